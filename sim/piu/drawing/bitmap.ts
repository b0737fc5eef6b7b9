// Bitmaps as the panel's renderer holds them: alpha in 16 levels, colors in RGB565; made from PNG.
import { PNG } from "pngjs";

/** One byte for each pixel: 0 (nothing) to 15 (all). */
export interface Mask {
	readonly width: number;
	readonly height: number;
	readonly levels: Uint8Array;
}

export interface ColorBitmap {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint16Array;
}

/** What a PNG resource becomes: its alpha, its colors, or both. */
export interface Bitmaps {
	readonly mask?: Mask;
	readonly color?: ColorBitmap;
}

export type BitmapParts = "mask" | "color" | "both";

/**
 * The build's conversion: alpha keeps its upper four bits, colors lose their lower bits and are not multiplied.
 * Rows are padded with opaque black to 8 pixels, colors alone to 2; the texture is as wide as its padded rows.
 * Throws on a PNG that the build refuses: only 8 bits for each channel, and no gray without alpha.
 */
export function bitmapsFromPng(bytes: Buffer, parts: BitmapParts, name: string): Bitmaps {
	const depth = bytes[24];
	const colorType = bytes[25];
	if (depth !== 8 || colorType === 0 || colorType === undefined) {
		throw new Error(
			`${name}: save the PNG with 8 bits per channel, as RGB, RGBA, gray with alpha or palette`,
		);
	}
	const png = PNG.sync.read(bytes);
	const multiple = parts === "color" ? 2 : 8;
	const width = Math.ceil(png.width / multiple) * multiple;
	const levels = new Uint8Array(width * png.height).fill(15);
	const pixels = new Uint16Array(width * png.height);
	for (let y = 0; y < png.height; y++) {
		for (let x = 0; x < png.width; x++) {
			const from = (y * png.width + x) * 4;
			const [r = 0, g = 0, b = 0, a = 0] = png.data.subarray(from, from + 4);
			levels[y * width + x] = a >> 4;
			pixels[y * width + x] = ((r >> 3) << 11) | ((g >> 2) << 5) | (b >> 3);
		}
	}
	const size = { width, height: png.height };
	return {
		...(parts === "color" ? {} : { mask: { ...size, levels } }),
		...(parts === "mask" ? {} : { color: { ...size, pixels } }),
	};
}
