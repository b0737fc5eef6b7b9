// A picture with so few colors that a PNG of it takes one byte a pixel. The frequent ones stay; the others, of the
// edges of letters mostly, become the nearest of those.

import { MOST_COLORS } from "../tests/golden/node/indexed-png";
import type { Picture } from "../tests/golden/node/picture";

export function fewerColors(picture: Picture): Picture {
	const { pixels, width, height } = picture;
	const { buffer, byteOffset } = pixels;
	const all = new Uint16Array(buffer, byteOffset, width * height);
	const counts = new Map<number, number>();
	for (const color of all) counts.set(color, (counts.get(color) ?? 0) + 1);
	const frequent = [...counts]
		.sort(([one, times], [other, otherTimes]) => otherTimes - times || one - other)
		.slice(0, MOST_COLORS)
		.map(([color]) => color);
	const known = new Map(frequent.map((color) => [color, color]));
	const fewer = all.map((color) => {
		const nearest = known.get(color) ?? nearestOf(color, frequent);
		known.set(color, nearest);
		return nearest;
	});
	return { width, height, pixels: new Uint8Array(fewer.buffer) };
}

function nearestOf(color: number, colors: readonly number[]): number {
	let nearest = color;
	let least = Number.POSITIVE_INFINITY;
	for (const each of colors) {
		const distance = distanceOf(color, each);
		if (distance >= least) continue;
		nearest = each;
		least = distance;
	}
	return nearest;
}

/** Of RGB565, in steps of green. */
function distanceOf(one: number, other: number): number {
	const red = ((one >> 11) - (other >> 11)) * 2;
	const green = ((one >> 5) & 0x3f) - ((other >> 5) & 0x3f);
	const blue = ((one & 0x1f) - (other & 0x1f)) * 2;
	return red * red + green * green + blue * blue;
}
