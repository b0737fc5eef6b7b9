// What Xvfb shows, from the file that it keeps its frame buffer in, and the simulated device's screen in that.

import type { Picture } from "../../tests/golden/node/picture";

export interface Frame {
	readonly width: number;
	readonly height: number;
	/** 0xRRGGBB */
	colorAt(x: number, y: number): number;
}

/** Offsets in the header of an X window dump, whose numbers have 32 bits, big-endian. */
const HEADER = Object.freeze({
	size: 0,
	width: 16,
	height: 20,
	byteOrder: 28,
	bitsPerPixel: 44,
	bytesPerLine: 48,
	colors: 76,
});
/** Of one entry of the color map, which a screen of true colors has too. */
const COLOR_BYTES = 12;
const LEAST_SIGNIFICANT_FIRST = 0;

/** Takes an X window dump of a screen with 24 bits a pixel. Throws when it is none. */
export function readFrame(dump: Buffer): Frame {
	const number = (at: number): number => dump.readUInt32BE(at);
	if (number(HEADER.bitsPerPixel) !== 32 || number(HEADER.byteOrder) !== LEAST_SIGNIFICANT_FIRST)
		throw new Error("the screen has other than 32 bits a pixel, little-endian");
	const start = number(HEADER.size) + number(HEADER.colors) * COLOR_BYTES;
	const lineBytes = number(HEADER.bytesPerLine);
	return {
		width: number(HEADER.width),
		height: number(HEADER.height),
		colorAt: (x, y) => dump.readUInt32LE(start + y * lineBytes + 4 * x) & 0xffffff,
	};
}

/** What the devices of `sim/mcsim` have around their screens: so many pixels of that color on every side. */
const EDGE = Object.freeze({ width: 12, color: 0x1b1d20 });

/** The screen of that size which has the edge of our devices around it. Throws when there is none. */
export function deviceScreen(frame: Frame, width: number, height: number): Picture {
	const { left, top } = findScreen(frame, width, height);
	const pixels = new Uint8Array(2 * width * height);
	for (let index = 0; index < width * height; index++) {
		const color = frame.colorAt(left + (index % width), top + Math.floor(index / width));
		const pixel = ((color >> 19) << 11) | (((color >> 10) & 0x3f) << 5) | ((color >> 3) & 0x1f);
		pixels[2 * index] = pixel & 0xff;
		pixels[2 * index + 1] = pixel >> 8;
	}
	return { width, height, pixels };
}

function findScreen(frame: Frame, width: number, height: number): { left: number; top: number } {
	const outerWidth = width + 2 * EDGE.width;
	const outerHeight = height + 2 * EDGE.width;
	const isEdge = (x: number, y: number): boolean => frame.colorAt(x, y) === EDGE.color;
	for (let y = 0; y + outerHeight <= frame.height; y++) {
		for (let run = 0, x = 0; x < frame.width; x++) {
			run = isEdge(x, y) ? run + 1 : 0;
			if (run < outerWidth) continue;
			const left = x + 1 - outerWidth;
			const isClosed = isEdge(left, y + outerHeight - 1) && isEdge(x, y + outerHeight - 1);
			if (isClosed) return { left: left + EDGE.width, top: y + EDGE.width };
		}
	}
	throw new Error(`the simulator shows no device of ${width} × ${height} pixels`);
}
