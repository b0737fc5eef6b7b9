// Pictures are taken whole out of whatever a printer, or somebody in its place, sends.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../../../modules/platform/port-error";
import {
	FrameDecoder,
	LONGEST_FRAME_BYTES,
} from "../../../../../modules/printers/bambu/camera/frame-decoder";
import { framed, joined, jpeg } from "./pictures";

function bench({ roomBytes = 10_000, isReady = (): boolean => true } = {}) {
	const frames: (Uint8Array | undefined)[] = [];
	const asked: number[] = [];
	const decoder = new FrameDecoder({
		isWanted(sizeBytes) {
			asked.push(sizeBytes);
			return sizeBytes <= roomBytes && isReady();
		},
		onFrame: (frame) => frames.push(frame),
	});
	return { decoder, frames, asked };
}

/** Takes all of it in pieces of these lengths, over and over. */
function takeInPieces(decoder: FrameDecoder, bytes: Uint8Array, lengths: readonly number[]): void {
	let at = 0;
	for (let turn = 0; at < bytes.length; turn++) {
		const length = Math.max(1, lengths[turn % lengths.length] ?? 1);
		const piece = bytes.slice(at, at + length);
		decoder.take(piece);
		// Bytes are only lent.
		piece.fill(0xaa);
		at += length;
	}
}

const isProtocolError = (error: unknown): boolean => error instanceof PortError && error.code === "protocol";

test("pictures come out whole, in whatever pieces they came in", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 4, max: 3_000 }), { minLength: 1, maxLength: 6 }),
			fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 8 }),
			(sizes, lengths) => {
				const pictures = sizes.map((size, index) => jpeg(size, index));
				const { decoder, frames } = bench();
				takeInPieces(decoder, joined(...pictures.map((picture) => framed(picture))), lengths);
				assert.deepEqual(frames, pictures);
			},
		),
	);
});

test("pictures that are not wanted pass without a trace, and those around them are whole", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({ min: 4, max: 2_000 }), fc.boolean()), { maxLength: 8 }),
			fc.integer({ min: 1, max: 700 }),
			(wishes, length) => {
				let turn = 0;
				const { decoder, frames, asked } = bench({ isReady: () => wishes[turn++]?.[1] ?? false });
				const pictures = wishes.map(([size], index) => jpeg(size, index));
				takeInPieces(decoder, joined(...pictures.map((picture) => framed(picture))), [length]);
				assert.deepEqual(
					frames,
					pictures.map((picture, index) => (wishes[index]?.[1] ? picture : undefined)),
				);
				assert.deepEqual(
					asked,
					pictures.map(({ length: size }) => size),
				);
			},
		),
	);
});

test("whatever comes, what is handed over is a JPEG that was wanted, or the connection is given up", () => {
	const anything = fc.uint8Array({ maxLength: 400 });
	const header = fc
		.tuple(fc.integer({ min: 0, max: 300 }), fc.uint8Array({ minLength: 12, maxLength: 12 }))
		.map(([size, rest]) => joined(Uint8Array.of(size & 0xff, size >> 8, 0, 0), rest));
	const start = fc.constant(Uint8Array.of(0xff, 0xd8));
	const end = fc.constant(Uint8Array.of(0xff, 0xd9));
	fc.assert(
		fc.property(
			fc.array(fc.oneof(anything, header, start, end), { maxLength: 20 }),
			fc.integer({ min: 1, max: 100 }),
			(parts, length) => {
				const roomBytes = 200;
				const { decoder, frames, asked } = bench({ roomBytes });
				try {
					takeInPieces(decoder, joined(...parts), [length]);
				} catch (error) {
					assert.ok(isProtocolError(error), String(error));
				}
				assert.ok(frames.length <= asked.length);
				for (const frame of frames) {
					if (frame === undefined) continue;
					assert.ok(frame.length <= roomBytes);
					assert.deepEqual([frame[0], frame[1], frame.at(-2), frame.at(-1)], [0xff, 0xd8, 0xff, 0xd9]);
				}
			},
		),
		{ numRuns: 500 },
	);
});

test("a header that announces more than any picture has is refused, before anybody is asked for room", () => {
	for (const size of [LONGEST_FRAME_BYTES + 1, 0x7fffffff, 0x80000000, 0xffffffff]) {
		const { decoder, asked } = bench({ roomBytes: Number.POSITIVE_INFINITY });
		assert.throws(() => decoder.take(framed(new Uint8Array(), size)), isProtocolError);
		assert.deepEqual(asked, []);
	}
	const { decoder, asked } = bench();
	decoder.take(framed(new Uint8Array(), LONGEST_FRAME_BYTES));
	assert.deepEqual(asked, [LONGEST_FRAME_BYTES]);
});

test("a header without a picture is passed over", () => {
	const { decoder, frames, asked } = bench();
	decoder.take(joined(framed(new Uint8Array()), framed(jpeg(10))));
	assert.deepEqual([frames, asked], [[jpeg(10)], [10]]);
});

test("what does not begin as a JPEG is refused, and what does not end as one is left out", () => {
	const { decoder, frames } = bench();
	const torn = jpeg(50);
	torn[49] = 0;
	decoder.take(joined(framed(torn), framed(jpeg(4)), framed(jpeg(60))));
	assert.deepEqual(frames, [undefined, jpeg(4), jpeg(60)]);
	const other = jpeg(50);
	other[1] = 0xd9;
	assert.throws(() => decoder.take(framed(other)), isProtocolError);
	for (const size of [1, 2, 3]) assert.throws(() => bench().decoder.take(framed(new Uint8Array(size))));
	// Two markers do not share a byte.
	const short = bench();
	short.decoder.take(framed(Uint8Array.of(0xff, 0xd8, 0xd9)));
	assert.deepEqual(short.frames, [undefined]);
});
