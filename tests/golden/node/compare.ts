// Compares what the host for Node drew with what the real Piu drew.

import { type Channels, channelsAt, type Picture } from "./picture";

/**
 * How far a channel may be off, in steps of RGB565 (31 of red and blue, 63 of green). The host for Node draws as Piu does
 * to the last bit: nothing.
 */
export const TOLERANCE = 0;

export interface Difference {
	/** Pixels that are further off than that. */
	count: number;
	/** Where the first of them is, from the top, and the rectangle around all. */
	first: { x: number; y: number };
	bounds: { x: number; y: number; width: number; height: number };
	/** Of all pixels, the channel that is furthest off, in its steps. */
	largest: number;
	/** What is off is red; what is the same is as it is, darker. */
	picture: Picture;
}

/** `undefined` when they are the same. Throws when they are not of the same size. */
export function compare(actual: Picture, expected: Picture, tolerance = TOLERANCE): Difference | undefined {
	const { width, height } = expected;
	if (actual.width !== width || actual.height !== height)
		throw new Error(`drawn in ${actual.width} × ${actual.height} instead of ${width} × ${height}`);
	let count = 0;
	let largest = 0;
	let first: number | undefined;
	let [left, top, right, bottom] = [width, height, -1, -1];
	const pixels = new Uint8Array(2 * width * height);
	for (let index = 0; index < width * height; index++) {
		const wanted = channelsAt(expected, index);
		const distance = distanceOf(channelsAt(actual, index), wanted);
		const isOff = distance > tolerance;
		const shown = isOff
			? 0xf800
			: ((wanted.red >> 2) << 11) | ((wanted.green >> 2) << 5) | (wanted.blue >> 2);
		pixels[2 * index] = shown & 0xff;
		pixels[2 * index + 1] = shown >> 8;
		if (!isOff) continue;
		count += 1;
		first ??= index;
		largest = Math.max(largest, distance);
		const [x, y] = [index % width, Math.floor(index / width)];
		left = Math.min(left, x);
		right = Math.max(right, x);
		top = Math.min(top, y);
		bottom = Math.max(bottom, y);
	}
	if (first === undefined) return undefined;
	return {
		count,
		first: { x: first % width, y: Math.floor(first / width) },
		bounds: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
		largest,
		picture: { width, height, pixels },
	};
}

function distanceOf(a: Channels, b: Channels): number {
	return Math.max(Math.abs(a.red - b.red), Math.abs(a.green - b.green), Math.abs(a.blue - b.blue));
}
