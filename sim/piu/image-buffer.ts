// What "piu/ImageBuffer" is on Node: a content that shows pixels from a buffer.

import type { ImageBuffer as PiuImageBuffer } from "piu/ImageBuffer";
import { constructorOf } from "./faces/constructors";
import { checked } from "./faces/content";
import { imageBufferKeys } from "./faces/dictionary";
import { ImageBuffer as ImageBufferFace } from "./faces/leaves";
import { leaf } from "./faces/make";
import { ImageBufferNode } from "./tree/image-buffer-node";

export const ImageBuffer: typeof PiuImageBuffer = constructorOf(
	ImageBufferFace.prototype,
	($, dictionary) => {
		const width = checked("ImageBuffer: imageWidth", dictionary.imageWidth);
		const height = checked("ImageBuffer: imageHeight", dictionary.imageHeight);
		const node = new ImageBufferNode(width, height);
		return leaf(node, () => new ImageBufferFace(node), imageBufferKeys, $, dictionary);
	},
);
