// Checks an application image of an ESP32 while it comes, piece by piece. Keeps its first 352 bytes, and counters.

import type { Sha256 } from "../platform/sha256";
import { ImageError } from "./image-error";
import {
	IMAGE_HEAD_BYTES,
	IMAGE_HEADER_BYTES,
	type ImageHead,
	parseImageHead,
	SEGMENT_HEADER_BYTES,
} from "./image-head";
import type { ImageTarget } from "./image-target";

export interface ImageCheckOptions {
	target: ImageTarget;
	/** Of the whole file. */
	sizeBytes: number;
	/** A fresh one. */
	sha256: Sha256;
}

const HASH_BYTES = 32;
/** The checksum's byte is the last of a block of this size. */
const CHECKSUM_BLOCK_BYTES = 16;
const CHECKSUM_START = 0xef;

type Step = "segment header" | "segment" | "padding" | "hash";

/**
 * An image is: a header, up to 16 segments each with a header, zeros and one byte of checksum, and the SHA-256 of all
 * before it. Nothing may follow.
 */
export class ImageCheck {
	private readonly target: ImageTarget;
	private readonly sizeBytes: number;
	private readonly sha256: Sha256;
	private readonly hash = new Uint8Array(HASH_BYTES);
	private readonly segmentHeader = new Uint8Array(SEGMENT_HEADER_BYTES);
	private headBytes = new Uint8Array(IMAGE_HEAD_BYTES);
	#head: ImageHead | undefined;
	#receivedBytes = 0;
	/** Of what was looked at; behind `receivedBytes` as long as the head is not complete. */
	private position = 0;
	private step: Step = "segment header";
	private segmentsLeft = 0;
	/** Of the step: where it ends. */
	private stepEnd = IMAGE_HEADER_BYTES + SEGMENT_HEADER_BYTES;
	private checksum = CHECKSUM_START;
	private checksumFound = 0;

	constructor({ target, sizeBytes, sha256 }: ImageCheckOptions) {
		this.target = target;
		this.sizeBytes = sizeBytes;
		this.sha256 = sha256;
	}

	/** Known, and found to be right, once its bytes are there. */
	get head(): ImageHead | undefined {
		return this.#head;
	}

	get receivedBytes(): number {
		return this.#receivedBytes;
	}

	/** The image's first bytes, for whoever waited for {@link head} before doing anything with them. Can be taken once. */
	takeHeadBytes(): Uint8Array {
		const bytes = this.headBytes;
		this.headBytes = new Uint8Array(0);
		return bytes;
	}

	/** The next piece. Throws an {@link ImageError} as soon as it is clear that the image is not right. */
	take(bytes: Uint8Array): void {
		const start = this.#receivedBytes;
		this.#receivedBytes += bytes.length;
		if (this.#receivedBytes > this.sizeBytes) throw tooLong();
		if (this.#head !== undefined) {
			this.look(bytes);
			return;
		}
		this.headBytes.set(bytes.subarray(0, IMAGE_HEAD_BYTES - start), start);
		if (this.#receivedBytes < IMAGE_HEAD_BYTES) return;
		this.#head = parseImageHead(this.headBytes, this.target);
		this.segmentsLeft = this.#head.segments;
		this.look(this.headBytes);
		this.look(bytes.subarray(IMAGE_HEAD_BYTES - start));
	}

	/** All has come. Throws an {@link ImageError} when that is not a whole image. */
	end(): void {
		if (this.#head === undefined || this.position !== this.sizeBytes || this.step !== "hash")
			throw tooShort();
		if ((this.checksum & 0xff) !== this.checksumFound) {
			throw new ImageError("wrong_checksum", "The image is damaged: its checksum is wrong. Send it again.");
		}
		const digest = this.sha256.digest();
		if (digest.some((byte, index) => byte !== this.hash[index])) {
			throw new ImageError("wrong_hash", "The image is damaged: its SHA-256 is wrong. Send it again.");
		}
	}

	private look(bytes: Uint8Array): void {
		const hashedBytes = Math.max(0, this.sizeBytes - HASH_BYTES - this.position);
		if (hashedBytes > 0) this.sha256.update(bytes.subarray(0, hashedBytes));
		let offset = 0;
		while (offset < bytes.length) {
			const length = Math.min(bytes.length - offset, this.stepEnd - this.position);
			this.lookAt(bytes.subarray(offset, offset + length));
			offset += length;
			this.position += length;
			// More than once for a segment without bytes.
			while (this.position === this.stepEnd && this.step !== "hash") this.nextStep();
		}
	}

	/** A piece that is of one step only. */
	private lookAt(piece: Uint8Array): void {
		switch (this.step) {
			case "segment header": {
				// Before the first one there is the image's own header.
				const start = this.position - (this.stepEnd - SEGMENT_HEADER_BYTES);
				const skipped = Math.max(0, -start);
				if (skipped < piece.length) this.segmentHeader.set(piece.subarray(skipped), start + skipped);
				return;
			}
			case "segment":
				this.checksum ^= xorOf(piece);
				return;
			case "padding":
				this.checksumFound = piece[piece.length - 1] ?? 0;
				return;
			case "hash":
				this.hash.set(piece, this.position - (this.stepEnd - HASH_BYTES));
		}
	}

	private nextStep(): void {
		switch (this.step) {
			case "segment header":
				this.beginSegment();
				return;
			case "segment":
				this.segmentsLeft -= 1;
				if (this.segmentsLeft > 0) {
					this.begin("segment header", SEGMENT_HEADER_BYTES);
					return;
				}
				this.begin("padding", CHECKSUM_BLOCK_BYTES - (this.position % CHECKSUM_BLOCK_BYTES));
				// Now the image's length is known.
				if (this.stepEnd + HASH_BYTES > this.sizeBytes) throw tooShort();
				if (this.stepEnd + HASH_BYTES < this.sizeBytes) throw tooLong();
				return;
			case "padding":
				this.begin("hash", HASH_BYTES);
				return;
			case "hash":
				return;
		}
	}

	private beginSegment(): void {
		const { buffer } = this.segmentHeader;
		const length = new DataView(buffer).getUint32(4, true);
		if (length % 4 !== 0)
			throw new ImageError(
				"malformed",
				"The image is damaged: the length of a part is impossible. Send it again.",
			);
		this.begin("segment", length);
		if (this.stepEnd + HASH_BYTES >= this.sizeBytes) throw tooShort();
	}

	private begin(step: Step, length: number): void {
		this.step = step;
		this.stepEnd = this.position + length;
	}
}

/** Of all bytes together. Four at a time, as each turn of a loop costs an interpreter the same. */
function xorOf(bytes: Uint8Array): number {
	const { buffer, byteOffset, length } = bytes;
	const lead = Math.min(length, -byteOffset & 3);
	const wordCount = (length - lead) >> 2;
	const words = new Uint32Array(buffer, wordCount === 0 ? 0 : byteOffset + lead, wordCount);
	let word = 0;
	for (let index = 0; index < wordCount; index++) word ^= words[index] ?? 0;
	word ^= word >>> 16;
	let sum = word ^ (word >>> 8);
	for (let index = 0; index < lead; index++) sum ^= bytes[index] ?? 0;
	for (let index = lead + 4 * wordCount; index < length; index++) sum ^= bytes[index] ?? 0;
	return sum & 0xff;
}

function tooShort(): ImageError {
	return new ImageError(
		"wrong_size",
		"The file is shorter than the image in it. Send it again, or get it anew.",
	);
}

function tooLong(): ImageError {
	return new ImageError(
		"wrong_size",
		"The file is longer than the image in it. Choose the application's file alone, as the build made it.",
	);
}
