// A content that shows pixels from memory. What Piu calls ImageBuffer.

import { drawImage } from "../drawing/image-buffer";
import type { Rectangle, ViewLike } from "../drawing/interface";
import { type Direction, SIZE } from "./axis";
import { ContentNode } from "./content-node";

export class ImageBufferNode extends ContentNode {
	override readonly type = "ImageBuffer";
	readonly imageSize: readonly [number, number];
	buffer: ArrayBuffer | ArrayBufferView | undefined;

	constructor(imageWidth: number, imageHeight: number) {
		super();
		this.imageSize = [imageWidth, imageHeight];
	}

	setBuffer(buffer: ArrayBuffer | ArrayBufferView): void {
		this.buffer = buffer;
		this.invalidateBox();
	}

	override measure(direction: Direction): void {
		const axis = this.axes[direction];
		if (!(axis.given & SIZE)) axis.size = this.imageSize[direction];
	}

	override draw(view: ViewLike, area: Rectangle): void {
		super.draw(view, area);
		if (this.buffer === undefined) return;
		const { width, height } = this.box;
		drawImage(view, this.buffer, this.imageSize[0], this.imageSize[1], width, height);
	}
}
