// PNG files of few colors: one byte a pixel, and a list of the colors. A third smaller than with three bytes a pixel.

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
export const MOST_COLORS = 256;
const BIT_DEPTH = 8;
const INDEXED = 3;

export interface IndexedPicture {
	readonly width: number;
	readonly height: number;
	/** Red, green and blue of each color, 0 to 255; at most {@link MOST_COLORS} colors. */
	readonly colors: Uint8Array;
	/** The color of each pixel, row after row. */
	readonly indices: Uint8Array;
}

/** The same bytes for the same pixels. */
export function encodeIndexedPng({ width, height, colors, indices }: IndexedPicture): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head[8] = BIT_DEPTH;
	head[9] = INDEXED;
	// Before each row stands how it is filtered: not at all.
	const rows = new Uint8Array((width + 1) * height);
	for (let y = 0; y < height; y++)
		rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", head),
		chunk("PLTE", colors),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", new Uint8Array()),
	]);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(content));
	return Buffer.concat([length, content, sum]);
}
