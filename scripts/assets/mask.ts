// A mask: alpha in sixteen levels, and the PNG file that carries it.

import { PNG } from "pngjs";
import type { Coverage } from "./polygon";

/** The SDK keeps four bits of a mask's pixel. 17 steps of alpha apart, every level survives that exactly. */
export const LEVELS = 16;
export const LEVEL_STEP = 255 / (LEVELS - 1);
/** The SDK widens a mask to whole bytes of its rows and fills what it adds with solid pixels. */
export const WIDTH_STEP = 8;

export class Mask {
	readonly width: number;
	readonly height: number;
	/** 0 (nothing) to 15 (solid), a row after the other. */
	readonly levels: Uint8Array;

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.levels = new Uint8Array(width * height);
	}

	level(x: number, y: number): number {
		return this.levels[y * this.width + x] ?? 0;
	}

	/** Copies a part of another mask to a place of this one. */
	place(from: Mask, x: number, y: number): void {
		for (let row = 0; row < from.height; row++)
			this.levels.set(
				from.levels.subarray(row * from.width, (row + 1) * from.width),
				(y + row) * this.width + x,
			);
	}

	/** `weight` above 1 makes half covered pixels lighter, below 1 heavier. */
	static of(coverage: Coverage, weight = 1): Mask {
		const mask = new Mask(coverage.width, coverage.height);
		coverage.alpha.forEach((alpha, index) => {
			mask.levels[index] = Math.round((LEVELS - 1) * (weight === 1 ? alpha : alpha ** weight));
		});
		return mask;
	}

	/** What a function of the pixel's middle says it is: alpha in 0 to 1. */
	static draw(width: number, height: number, alpha: (x: number, y: number) => number): Mask {
		const mask = new Mask(width, height);
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const inside = Math.min(1, Math.max(0, alpha(x + 0.5, y + 0.5)));
				mask.levels[y * width + x] = Math.round((LEVELS - 1) * inside);
			}
		return mask;
	}

	/** Without the empty rows and columns around; `left` and `top` say how many there were. */
	cropped(): { mask: Mask; left: number; top: number } {
		let [left, top, right, bottom] = [this.width, this.height, 0, 0];
		this.levels.forEach((level, index) => {
			if (level === 0) return;
			const x = index % this.width;
			const y = Math.floor(index / this.width);
			left = Math.min(left, x);
			right = Math.max(right, x + 1);
			top = Math.min(top, y);
			bottom = Math.max(bottom, y + 1);
		});
		if (right === 0) return { mask: new Mask(0, 0), left: 0, top: 0 };
		const mask = new Mask(right - left, bottom - top);
		for (let y = 0; y < mask.height; y++)
			for (let x = 0; x < mask.width; x++) mask.levels[y * mask.width + x] = this.level(left + x, top + y);
		return { mask, left, top };
	}

	/** Black, grey and alpha of 8 bits; as wide as the SDK would make it. */
	toPng(): Buffer {
		const width = Math.ceil(this.width / WIDTH_STEP) * WIDTH_STEP;
		const png = new PNG({ width, height: this.height });
		for (let y = 0; y < this.height; y++)
			for (let x = 0; x < this.width; x++) png.data[4 * (y * width + x) + 3] = LEVEL_STEP * this.level(x, y);
		return PNG.sync.write(png, { colorType: 4, deflateLevel: 9 });
	}
}
