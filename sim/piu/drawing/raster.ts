// The panel's pixels in software: fills and blits in RGB565 with the rounding of the device's renderer.
import type { ColorBitmap, Mask } from "./bitmap";
import type { RasterLike, Rectangle } from "./interface";

/** Separates red and blue from green, so that one multiplication blends all three. */
const spread = 0x07e0f81f;
const half = 0x02008010;

/** Strength of 0 to 31 for the blend's upper four bits (row) and the complement of the mask's level. */
const strengths = Uint8Array.from(
	[
		[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
		[2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0],
		[4, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0],
		[6, 6, 5, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 0, 0],
		[8, 8, 7, 7, 6, 6, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0],
		[10, 10, 9, 8, 8, 7, 6, 6, 5, 4, 3, 3, 2, 1, 1, 0],
		[12, 12, 11, 10, 9, 8, 7, 7, 6, 5, 4, 3, 2, 2, 1, 0],
		[14, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
		[17, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 4, 3, 2, 1, 0],
		[19, 17, 16, 15, 14, 12, 11, 10, 9, 7, 6, 5, 4, 2, 1, 0],
		[21, 19, 18, 17, 15, 14, 12, 11, 10, 8, 7, 6, 4, 3, 1, 0],
		[23, 21, 20, 18, 17, 15, 14, 12, 11, 9, 8, 6, 5, 3, 2, 0],
		[25, 23, 21, 20, 18, 17, 15, 13, 12, 10, 8, 7, 5, 3, 2, 0],
		[27, 25, 23, 21, 20, 18, 16, 14, 13, 11, 9, 7, 5, 4, 2, 0],
		[29, 27, 25, 23, 21, 19, 17, 15, 14, 12, 10, 8, 6, 4, 2, 0],
		[31, 29, 27, 25, 23, 21, 19, 17, 14, 12, 10, 8, 6, 4, 2, 0],
	].flat(),
);

/** A part of a bitmap and where it goes after clipping. */
interface Placed {
	x: number;
	y: number;
	sx: number;
	sy: number;
	width: number;
	height: number;
}

export class Raster implements RasterLike {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint16Array;
	/** Fills, glyphs and parts of textures that were drawn since `begin`: each takes its place in a device's display list. */
	parts = 0;
	#left = 0;
	#top = 0;
	#right: number;
	#bottom: number;
	readonly #clips: { left: number; top: number; right: number; bottom: number }[] = [];

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.pixels = new Uint16Array(width * height);
		this.#right = width;
		this.#bottom = height;
	}

	/** Starts to draw in one rectangle of the frame; false when nothing of it is in the frame. */
	begin(area: Rectangle): boolean {
		this.parts = 0;
		this.#clips.length = 0;
		this.#left = Math.max(0, area.x);
		this.#top = Math.max(0, area.y);
		this.#right = Math.min(this.width, area.x + area.width);
		this.#bottom = Math.min(this.height, area.y + area.height);
		return this.#left < this.#right && this.#top < this.#bottom;
	}

	/** Narrows the clip; false when nothing is left. */
	pushClip(x: number, y: number, width: number, height: number): boolean {
		this.#clips.push({ left: this.#left, top: this.#top, right: this.#right, bottom: this.#bottom });
		this.#left = Math.max(this.#left, x);
		this.#top = Math.max(this.#top, y);
		this.#right = Math.min(this.#right, x + width);
		this.#bottom = Math.min(this.#bottom, y + height);
		if (this.#left < this.#right && this.#top < this.#bottom) return true;
		this.#left = this.#top = this.#right = this.#bottom = 0;
		return false;
	}

	popClip(): void {
		const clip = this.#clips.pop();
		if (clip === undefined) throw new Error("popClip without pushClip");
		this.#left = clip.left;
		this.#top = clip.top;
		this.#right = clip.right;
		this.#bottom = clip.bottom;
	}

	/** `blend` 0 to 255; its upper five bits count. */
	fill(pixel: number, blend: number, x: number, y: number, width: number, height: number): void {
		const left = Math.max(this.#left, x);
		const right = Math.min(this.#right, x + width);
		const top = Math.max(this.#top, y);
		const bottom = Math.min(this.#bottom, y + height);
		if (left >= right || blend === 0) return;
		this.parts++;
		const strength = blend >> 3;
		for (let row = top; row < bottom; row++) {
			const start = row * this.width;
			if (blend === 255) this.pixels.fill(pixel, start + left, start + right);
			else for (let at = start + left; at < start + right; at++) this.#blend(at, pixel, strength);
		}
	}

	/** One color through the levels of a mask. */
	drawMask(
		mask: Mask,
		pixel: number,
		blend: number,
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		if (blend === 0) return;
		const placed = this.#place(mask, x, y, sx, sy, sw, sh);
		if (placed === undefined) return;
		this.parts++;
		const row = blend & 0xf0;
		const { pixels, width } = this;
		const { levels } = mask;
		for (let line = 0; line < placed.height; line++) {
			let from = (placed.sy + line) * mask.width + placed.sx;
			let at = (placed.y + line) * width + placed.x;
			for (let count = placed.width; count > 0; count--, at++) {
				const level = levels[from++] ?? 0;
				if (level === 0) continue;
				const strength = strengths[row + 15 - level] ?? 0;
				if (strength === 31) pixels[at] = pixel;
				else if (strength > 0) this.#blend(at, pixel, strength);
			}
		}
	}

	/** Colors as they are. */
	drawBitmap(
		bitmap: ColorBitmap,
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		const placed = this.#place(bitmap, x, y, sx, sy, sw, sh);
		if (placed === undefined) return;
		this.parts++;
		for (let line = 0; line < placed.height; line++) {
			const from = (placed.sy + line) * bitmap.width + placed.sx;
			const at = (placed.y + line) * this.width + placed.x;
			this.pixels.set(bitmap.pixels.subarray(from, from + placed.width), at);
		}
	}

	/** Colors through the levels of a mask of the same size. */
	drawMasked(
		bitmap: ColorBitmap,
		mask: Mask,
		blend: number,
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		if (blend === 0) return;
		const placed = this.#place(mask, x, y, sx, sy, sw, sh);
		if (placed === undefined) return;
		this.parts++;
		const row = blend & 0xf0;
		for (let line = 0; line < placed.height; line++) {
			let from = (placed.sy + line) * bitmap.width + placed.sx;
			let at = (placed.y + line) * this.width + placed.x;
			for (let count = placed.width; count > 0; count--, at++, from++) {
				const level = mask.levels[from] ?? 0;
				if (level === 0) continue;
				const strength = strengths[row + 15 - level] ?? 0;
				const pixel = bitmap.pixels[from] ?? 0;
				if (strength === 31) this.pixels[at] = pixel;
				else this.#blend(at, pixel, strength);
			}
		}
	}

	/** Repeats a part of a bitmap from x, y on. */
	drawPattern(
		bitmap: ColorBitmap,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		const left = Math.max(this.#left, x);
		const right = Math.min(this.#right, x + width);
		const top = Math.max(this.#top, y);
		const bottom = Math.min(this.#bottom, y + height);
		this.parts++;
		for (let row = top; row < bottom; row++) {
			const from = (sy + ((row - y) % sh)) * bitmap.width + sx;
			const at = row * this.width;
			for (let column = left; column < right; column++) {
				this.pixels[at + column] = bitmap.pixels[from + ((column - x) % sw)] ?? 0;
			}
		}
	}

	/** Clips as the device does: a part that still reaches outside of the bitmap is not drawn at all. */
	#place(
		bitmap: { readonly width: number; readonly height: number },
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): Placed | undefined {
		if (x >= this.#right || y >= this.#bottom) return undefined;
		const placed = { x, y, sx, sy, width: sw, height: sh };
		if (x < this.#left) {
			const cut = this.#left - x;
			if (sw <= cut) return undefined;
			placed.x = this.#left;
			placed.sx += cut;
			placed.width -= cut;
		}
		if (y < this.#top) {
			const cut = this.#top - y;
			if (sh <= cut) return undefined;
			placed.y = this.#top;
			placed.sy += cut;
			placed.height -= cut;
		}
		placed.width = Math.min(placed.width, this.#right - placed.x);
		placed.height = Math.min(placed.height, this.#bottom - placed.y);
		if (placed.width <= 0 || placed.height <= 0) return undefined;
		if (placed.sx + placed.width > bitmap.width || placed.sy + placed.height > bitmap.height)
			return undefined;
		return placed;
	}

	#blend(at: number, pixel: number, strength: number): void {
		const back = this.pixels[at] ?? 0;
		const below = (back | (back << 16)) & spread;
		const above = (pixel | (pixel << 16)) & spread;
		let sum = (Math.imul(strength, above - below) + Math.imul(below, 31) + half) >>> 0;
		sum = (sum + ((sum >>> 5) & spread)) >>> 0;
		const mixed = (sum >>> 5) & spread;
		this.pixels[at] = mixed | (mixed >>> 16);
	}
}
