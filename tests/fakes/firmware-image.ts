// Application images of an ESP32 as ESP-IDF's tools make them, small, and as wrong as a test wants.

import { createFakeSha256 } from "./sha256";

export interface ImageOptions {
	/** 5: ESP32-C3. */
	chip?: number;
	/** Of `esp_app_desc_t`. */
	project?: string;
	/** Of Culm's own descriptor; `undefined` leaves it out. */
	board?: string | undefined;
	version?: string;
	/** Of each segment; the first holds the descriptors. */
	segmentBytes?: readonly number[];
}

const HEADER_BYTES = 24;
const SEGMENT_HEADER_BYTES = 8;
const APP_BYTES = 256;
const OWN_BYTES = 64;
const HASH_BYTES = 32;

export const OWN_OFFSET = HEADER_BYTES + SEGMENT_HEADER_BYTES + APP_BYTES;

/** Of Culm, for a Panda Breath, unless said otherwise. */
export function firmwareImage(options: ImageOptions = {}): Uint8Array {
	const { chip = 5, segmentBytes = [1000, 0, 36] } = options;
	const contentBytes = segmentBytes.reduce((sum, size) => sum + SEGMENT_HEADER_BYTES + size, HEADER_BYTES);
	// The checksum is the last byte of a block of 16.
	const hashedBytes = Math.ceil((contentBytes + 1) / 16) * 16;
	const image = new Uint8Array(hashedBytes + HASH_BYTES);
	const view = new DataView(image.buffer);
	image[0] = 0xe9;
	image[1] = segmentBytes.length;
	view.setUint32(4, 0x40380000, true);
	view.setUint16(12, chip, true);
	image[23] = 1;
	let offset = HEADER_BYTES;
	let checksum = 0xef;
	for (const [segment, size] of segmentBytes.entries()) {
		view.setUint32(offset, 0x3c000000 + segment * 0x10000, true);
		view.setUint32(offset + 4, size, true);
		offset += SEGMENT_HEADER_BYTES;
		for (let index = 0; index < size; index++) image[offset + index] = (index * 13 + segment) % 256;
		if (segment === 0) describe(view, offset, options);
		for (let index = 0; index < size; index++) checksum ^= image[offset + index] ?? 0;
		offset += size;
	}
	image[hashedBytes - 1] = checksum;
	return sealed(image);
}

/** With the SHA-256 that belongs to its content. */
export function sealed(image: Uint8Array): Uint8Array {
	const sha256 = createFakeSha256();
	sha256.update(image.subarray(0, -HASH_BYTES));
	image.set(sha256.digest(), image.length - HASH_BYTES);
	return image;
}

function describe(view: DataView, offset: number, options: ImageOptions): void {
	const { project = "xs_esp32", version = "1.2.3" } = options;
	const board = "board" in options ? options.board : "panda_breath";
	fill(view, offset, APP_BYTES);
	view.setUint32(offset, 0xabcd5432, true);
	write(view, offset + 16, version);
	write(view, offset + 48, project);
	if (board === undefined) return;
	fill(view, offset + APP_BYTES, OWN_BYTES);
	write(view, offset + APP_BYTES, "CULM");
	view.setUint16(offset + APP_BYTES + 4, 1, true);
	view.setUint16(offset + APP_BYTES + 6, OWN_BYTES, true);
	write(view, offset + APP_BYTES + 8, board);
	write(view, offset + APP_BYTES + 32, version);
}

function fill(view: DataView, offset: number, length: number): void {
	new Uint8Array(view.buffer, offset, length).fill(0);
}

function write(view: DataView, offset: number, text: string): void {
	for (const [index, character] of [...text].entries())
		view.setUint8(offset + index, character.charCodeAt(0));
}
