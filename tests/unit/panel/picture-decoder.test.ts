// Pictures for the panel: how they are shrunk, that others get their turn meanwhile, and what becomes of broken ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePicture, shrinkage } from "../../../modules/panel/picture-decoder";
import type { Clock } from "../../../modules/platform/clock";
import type { JpegPort } from "../../../modules/platform/jpeg";
import { createJpeg } from "../../../sim/host/jpeg";
import { encodeMosaic } from "../../../sim/printers/bambu/mosaic-jpeg";
import type { Picture } from "../../../ui/panel/device";
import { ManualClock } from "../../fakes/manual-clock";

const LARGE = { width: 712, height: 390 };

/** 16 × 8 tiles: red on the left, blue on the right. */
function mosaic(): Uint8Array {
	const colors = new Uint8Array(16 * 8 * 3);
	for (let tile = 0; tile < 16 * 8; tile++)
		colors.set(tile % 16 < 8 ? [230, 20, 20] : [20, 20, 230], tile * 3);
	return encodeMosaic({ width: 16, height: 8, colors });
}

function pixel({ width, pixels }: Picture, x: number, y: number): { red: number; blue: number } {
	const at = (y * width + x) * 2;
	const value = (pixels[at] ?? 0) | ((pixels[at + 1] ?? 0) << 8);
	return { red: value >> 11, blue: value & 31 };
}

/** What comes of it, once all turns were given. */
function decoded(
	bytes: Uint8Array,
	room: Parameters<typeof decodePicture>[2],
	jpeg: JpegPort = createJpeg(),
) {
	const clock = new ManualClock();
	const ends: (Picture | undefined)[] = [];
	decodePicture({ jpeg, clock }, bytes, room, (picture) => void ends.push(picture));
	assert.equal(ends.length, 0);
	for (let turn = 0; turn < 100 && ends.length === 0; turn++) clock.advance(2);
	assert.equal(ends.length, 1);
	return ends[0];
}

test("pictures are shrunk by a whole number until they fit, and small ones stay as they are", () => {
	assert.deepEqual(shrinkage({ width: 1280, height: 720 }, LARGE), { step: 2, width: 640, height: 360 });
	assert.deepEqual(shrinkage({ width: 1536, height: 1080 }, LARGE), { step: 3, width: 512, height: 360 });
	assert.deepEqual(shrinkage({ width: 320, height: 240 }, LARGE), { step: 1, width: 320, height: 240 });
});

test("a narrow edge is cut off rather than a picture made much smaller", () => {
	const small = { width: 320, height: 172 };
	assert.deepEqual(shrinkage({ width: 1280, height: 720 }, small), { step: 4, width: 320, height: 172 });
	assert.deepEqual(shrinkage({ width: 1280, height: 960 }, small), { step: 6, width: 213, height: 160 });
});

test("a picture keeps its colours where they were", () => {
	const picture = decoded(mosaic(), { width: 64, height: 32 });
	assert.ok(picture);
	assert.deepEqual([picture.width, picture.height, picture.pixels.length], [64, 32, 64 * 32 * 2]);
	for (const y of [0, 16, 31]) {
		const left = pixel(picture, 2, y);
		const right = pixel(picture, 61, y);
		assert.ok(left.red > 24 && left.blue < 6, `${left.red} ${left.blue}`);
		assert.ok(right.red < 6 && right.blue > 24, `${right.red} ${right.blue}`);
	}
});

test("pieces of any size make the same picture", () => {
	const whole = createJpeg();
	/** Cuts each band into pieces of 5 pixels. */
	const inPieces: JpegPort = {
		open(bytes) {
			const reader = whole.open(bytes);
			let band = reader.read();
			let x = 0;
			return {
				width: reader.width,
				height: reader.height,
				read() {
					if (band && x >= band.width) {
						band = reader.read();
						x = 0;
					}
					if (!band) return undefined;
					const from = { ...band, x, width: Math.min(5, band.width - x) };
					const pixels = new Uint16Array(from.width * from.height);
					for (let at = 0; at < pixels.length; at++)
						pixels[at] = band.pixels[Math.floor(at / from.width) * band.width + x + (at % from.width)] ?? 0;
					x += from.width;
					return { ...from, pixels };
				},
				close: () => reader.close(),
			};
		},
	};
	for (const room of [
		{ width: 128, height: 64 },
		{ width: 43, height: 21 },
		{ width: 64, height: 30 },
	])
		assert.deepEqual(decoded(mosaic(), room, inPieces), decoded(mosaic(), room));
});

test("a picture of the same size takes the place of the one before", () => {
	const first = decoded(mosaic(), { width: 64, height: 32 });
	const second = decoded(mosaic(), { width: 64, height: 32, into: first });
	assert.equal(second, first);
	assert.notEqual(decoded(mosaic(), { width: 128, height: 64, into: first }), first);
});

test("what is no picture ends as none", () => {
	assert.equal(decoded(new Uint8Array([1, 2, 3]), LARGE), undefined);
	assert.equal(decoded(mosaic().slice(0, 40), LARGE), undefined);
});

test("others get their turn while a large picture is decoded, and nothing comes after it was given up", () => {
	const clock = new ManualClock();
	let pieces = 0;
	let isClosed = false;
	const slow: JpegPort = {
		open: () => ({
			width: 64,
			height: 64,
			read() {
				pieces++;
				return { x: 0, y: 0, width: 64, height: 64, pixels: new Uint16Array(4096) };
			},
			close() {
				isClosed = true;
			},
		}),
	};
	// Each piece takes 5 ms.
	const busy: Clock = {
		now: () => clock.now() + pieces * 5,
		wallTime: () => clock.wallTime(),
		after: (delayMs, callback) => clock.after(delayMs, callback),
		every: (intervalMs, callback) => clock.every(intervalMs, callback),
	};
	const stop = decodePicture({ jpeg: slow, clock: busy }, mosaic(), LARGE, () => assert.fail("given up"));
	clock.advance(0);
	assert.equal(pieces, 2);
	stop();
	assert.equal(isClosed, true);
	clock.advance(100);
	assert.equal(pieces, 2);
});

/** The same picture, which says another size, or another kind, of itself. */
function pretending(width: number, height: number, kind = 0xc0): Uint8Array {
	const bytes = mosaic();
	const at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0);
	bytes.set([0xff, kind], at);
	bytes.set([height >> 8, height & 255, width >> 8, width & 255], at + 5);
	return bytes;
}

test("no decoder is asked for a picture that says it is huge or empty, is progressive, or does not say its size", () => {
	let asked = 0;
	const whole = createJpeg();
	const counted: JpegPort = {
		open(bytes) {
			asked++;
			return whole.open(bytes);
		},
	};
	for (const bytes of [
		pretending(65_535, 65_535),
		pretending(4_000, 4_000),
		pretending(4_097, 16),
		pretending(16, 4_097),
		pretending(0, 64),
		pretending(128, 0),
		pretending(128, 64, 0xc2),
		pretending(128, 64, 0xc9),
		new Uint8Array(100_000).fill(0xff),
		Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		mosaic().slice(0, 60),
	])
		assert.equal(decoded(bytes, LARGE, counted), undefined);
	assert.equal(asked, 0);
	assert.ok(decoded(pretending(128, 64), LARGE, counted));
	assert.equal(asked, 1);
});

test("a picture of which nothing is left when it is shrunk ends as none", () => {
	const line: JpegPort = {
		open: () => ({ width: 4_000, height: 2, read: () => undefined, close() {} }),
	};
	assert.equal(decoded(mosaic(), LARGE, line), undefined);
});
