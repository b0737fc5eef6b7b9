// RGB565 pixels as PNG, and back: nothing is lost on the way.

import { PNG } from "pngjs";
import { encodeIndexedPng, MOST_COLORS } from "./indexed-png";

/** RGB565, little endian, row after row. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
}

export interface Channels {
	/** 0 to 31 */
	red: number;
	/** 0 to 63 */
	green: number;
	/** 0 to 31 */
	blue: number;
}

export function channelsAt({ pixels }: Picture, index: number): Channels {
	const pixel = (pixels[2 * index] ?? 0) | ((pixels[2 * index + 1] ?? 0) << 8);
	return { red: pixel >> 11, green: (pixel >> 5) & 0x3f, blue: pixel & 0x1f };
}

/** The same bytes for the same pixels. */
export function encodePng(picture: Picture): Buffer {
	const { width, height } = picture;
	const pixels = Array.from({ length: width * height }, (_, index) => rgbAt(picture, index));
	const colors = [...new Set(pixels)].sort((a, b) => a - b);
	if (colors.length <= MOST_COLORS) {
		const indexOf = new Map(colors.map((color, index) => [color, index]));
		return encodeIndexedPng({
			width,
			height,
			colors: Uint8Array.from(colors.flatMap(bytesOf)),
			indices: Uint8Array.from(pixels, (color) => indexOf.get(color) ?? 0),
		});
	}
	const png = new PNG({ width, height });
	for (const [index, color] of pixels.entries()) png.data.writeUInt32BE(color * 256 + 0xff, 4 * index);
	// Flat areas: unfiltered and with the plain strategy it is half as long.
	return PNG.sync.write(png, {
		colorType: 2,
		inputColorType: 6,
		deflateLevel: 9,
		deflateStrategy: 0,
		filterType: 0,
	});
}

/** 0xRRGGBB */
function rgbAt(picture: Picture, index: number): number {
	const { red, green, blue } = channelsAt(picture, index);
	return (((red << 3) | (red >> 2)) << 16) | (((green << 2) | (green >> 4)) << 8) | (blue << 3) | (blue >> 2);
}

function bytesOf(color: number): number[] {
	return [color >> 16, (color >> 8) & 0xff, color & 0xff];
}

export function decodePng(bytes: Buffer): Picture {
	const { width, height, data } = PNG.sync.read(bytes);
	const pixels = new Uint8Array(2 * width * height);
	for (let index = 0; index < width * height; index++) {
		const red = (data[4 * index] ?? 0) >> 3;
		const green = (data[4 * index + 1] ?? 0) >> 2;
		const blue = (data[4 * index + 2] ?? 0) >> 3;
		const pixel = (red << 11) | (green << 5) | blue;
		pixels[2 * index] = pixel & 0xff;
		pixels[2 * index + 1] = pixel >> 8;
	}
	return { width, height, pixels };
}
