// A picture from memory in the middle of its place, on black.

import { ImageBuffer } from "piu/ImageBuffer";
import { Container } from "piu/MC";
import type { Picture } from "../device";
import type { KitBase } from "../kit";
import { type Place, placeOf } from "./place";

export interface PictureContent {
	readonly content: Container;
	/** Its pixels may be the same as before with something else in them. */
	show(picture: Picture | undefined): void;
}

export function picture(kit: KitBase, options: Place): PictureContent {
	const { look } = kit;
	// Words that stand in its place are to be read in the light theme too.
	const empty = look.fill(look.theme.background);
	const content = new Container(null, { ...placeOf(options), clip: true, skin: empty });
	let image: ImageBuffer | undefined;
	let size = "";
	return {
		content,
		show(shown) {
			if (shown === undefined) {
				content.empty();
				content.skin = empty;
				image = undefined;
				return;
			}
			const { width, height, pixels } = shown;
			if (!image || size !== `${width} ${height}`) {
				size = `${width} ${height}`;
				image = new ImageBuffer(null, { width, height, imageWidth: width, imageHeight: height });
				content.empty();
				content.skin = look.fill("#000000");
				content.add(image);
			}
			image.buffer = pixels;
		},
	};
}
