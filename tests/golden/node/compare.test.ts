import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "./compare";
import { decodePng, encodePng, type Picture } from "./picture";

function picture(width: number, height: number, pixels: Readonly<Record<number, number>> = {}): Picture {
	const bytes = new Uint8Array(2 * width * height);
	for (const [index, pixel] of Object.entries(pixels)) {
		bytes[2 * Number(index)] = pixel & 0xff;
		bytes[2 * Number(index) + 1] = pixel >> 8;
	}
	return { width, height, pixels: bytes };
}

test("the same pixels are the same, and one step of one channel is not", () => {
	assert.equal(compare(picture(4, 3, { 5: 0x1234 }), picture(4, 3, { 5: 0x1234 })), undefined);
	for (const step of [1 << 11, 1 << 5, 1])
		assert.equal(compare(picture(4, 3, { 5: step }), picture(4, 3))?.count, 1);
});

test("a difference says how many pixels, how far they are off and where they are", () => {
	const difference = compare(picture(10, 10, { 23: 3, 47: 9 << 5 }), picture(10, 10));
	assert.deepEqual(
		{ ...difference, picture: undefined },
		{
			count: 2,
			largest: 9,
			first: { x: 3, y: 2 },
			bounds: { x: 3, y: 2, width: 5, height: 3 },
			picture: undefined,
		},
	);
	assert.deepEqual(difference?.picture.pixels.subarray(46, 48), Uint8Array.of(0x00, 0xf8));
});

test("pictures of different sizes are not compared", () => {
	assert.throws(() => compare(picture(4, 3), picture(3, 4)), /4 × 3 instead of 3 × 4/);
});

test("every color comes back from a PNG as it was", () => {
	const all = picture(
		256,
		256,
		Object.fromEntries(Array.from({ length: 65536 }, (_, pixel) => [pixel, pixel])),
	);
	assert.deepEqual(decodePng(encodePng(all)), all);
});

test("a PNG of few colors and one of many hold the same pixels", () => {
	for (const count of [1, 256, 257]) {
		const some = picture(
			30,
			20,
			Object.fromEntries(Array.from({ length: 600 }, (_, index) => [index, (index % count) * 251])),
		);
		assert.deepEqual(decodePng(encodePng(some)), some);
	}
});
