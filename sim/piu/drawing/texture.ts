// Piu's Texture: a PNG resource as alpha, colors or both.
import { currentAssets } from "./assets";
import type { ColorBitmap, Mask } from "./bitmap";
import type { TextureLike } from "./interface";

export class Texture implements TextureLike {
	readonly mask: Mask | undefined;
	readonly color: ColorBitmap | undefined;
	/** Padded: see bitmapsFromPng. */
	readonly width: number;
	readonly height: number;

	/** Throws when there is no such resource. */
	constructor(from: string | { readonly path: string }) {
		const path = typeof from === "string" ? from : from.path;
		const bitmaps = currentAssets().bitmaps(path);
		const size = bitmaps?.color ?? bitmaps?.mask;
		if (bitmaps === undefined || size === undefined) throw new URIError(`Texture ${path} not found!`);
		this.mask = bitmaps.mask;
		this.color = bitmaps.color;
		this.width = size.width;
		this.height = size.height;
	}
}
