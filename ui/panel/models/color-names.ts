// What people call a colour, so that it is not told by colour alone.

import type { Words } from "../words/en";

type ColorKey = keyof Words["colors"];

/** The middles of what is called so. */
const NAMED: readonly (readonly [ColorKey, number])[] = Object.freeze([
	Object.freeze(["black", 0x101010] as const),
	Object.freeze(["white", 0xffffff] as const),
	Object.freeze(["grey", 0x8e9089] as const),
	Object.freeze(["darkGrey", 0x4d4d4d] as const),
	Object.freeze(["silver", 0xc4c7ca] as const),
	Object.freeze(["red", 0xe02020] as const),
	Object.freeze(["darkRed", 0x8a1520] as const),
	Object.freeze(["orange", 0xff7a1a] as const),
	Object.freeze(["yellow", 0xfce300] as const),
	Object.freeze(["yellow", 0xf7e07a] as const),
	Object.freeze(["gold", 0xd4a72c] as const),
	Object.freeze(["lime", 0xb5e61d] as const),
	Object.freeze(["green", 0x1fa84a] as const),
	Object.freeze(["darkGreen", 0x1c5b35] as const),
	Object.freeze(["turquoise", 0x2ec4b6] as const),
	Object.freeze(["lightBlue", 0x7ec8f2] as const),
	Object.freeze(["blue", 0x1565d8] as const),
	Object.freeze(["darkBlue", 0x152a6b] as const),
	Object.freeze(["purple", 0x7b3fb5] as const),
	Object.freeze(["pink", 0xf7a8c4] as const),
	Object.freeze(["magenta", 0xe0218a] as const),
	Object.freeze(["brown", 0x7a4a21] as const),
	Object.freeze(["beige", 0xdcc7a1] as const),
	Object.freeze(["ivory", 0xf6f1df] as const),
]);
/** Of 255: what lets more light through than that has no colour that matters. */
const CLEAR_BELOW = 96;
const HEX = "0123456789ABCDEF";

/** Of RRGGBB or RRGGBBAA in hex; "" for what is none. */
export function colorName(words: Words, digits: string | undefined): string {
	const value = digits === undefined ? undefined : hexValue(digits.slice(0, 6));
	if (digits === undefined || value === undefined || digits.length < 6) return "";
	const alpha = digits.length === 8 ? hexValue(digits.slice(6)) : 255;
	if ((alpha ?? 255) < CLEAR_BELOW) return words.colors.clear;
	let nearest: ColorKey = "black";
	let least = Number.POSITIVE_INFINITY;
	for (const [key, color] of NAMED) {
		const distance = distanceOf(value, color);
		if (distance >= least) continue;
		least = distance;
		nearest = key;
	}
	return words.colors[nearest];
}

/** "#RRGGBB" for a skin, without its transparency; "" for what is no colour. */
export function skinColor(digits: string | undefined): string {
	if (digits === undefined || hexValue(digits.slice(0, 6)) === undefined || digits.length < 6) return "";
	return `#${digits.slice(0, 6).toUpperCase()}`;
}

function hexValue(digits: string): number | undefined {
	let value = 0;
	for (const digit of digits.toUpperCase()) {
		const place = HEX.indexOf(digit);
		if (place < 0) return undefined;
		value = value * 16 + place;
	}
	return value;
}

/** Weighted by how much eyes make of red, green and blue, which depends on how red it is. */
function distanceOf(a: number, b: number): number {
	const red = ((a >>> 16) & 255) - ((b >>> 16) & 255);
	const green = ((a >>> 8) & 255) - ((b >>> 8) & 255);
	const blue = (a & 255) - (b & 255);
	const mean = (((a >>> 16) & 255) + ((b >>> 16) & 255)) / 2;
	return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue;
}
