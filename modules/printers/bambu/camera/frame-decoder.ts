// Takes the pictures out of what a printer's camera sends: a header of 16 bytes before each, with its length.

import { PortError } from "../../../platform/port-error";

/** 32 bits of length, lowest byte first; then fields of which nothing is needed. */
const HEADER_BYTES = 16;
/** Pictures of 1280 × 720 have 20 to 200 KB. A header that says more than this is none. */
export const LONGEST_FRAME_BYTES = 4 * 1024 * 1024;

export interface FrameDecoderOptions {
	/** Asked at each header: yes takes that much memory. */
	isWanted(sizeBytes: number): boolean;
	/** A whole picture, or `undefined` for one that was not wanted, or came damaged. */
	onFrame(jpeg: Uint8Array | undefined): void;
}

/** Holds one picture at most, and no piece of another one. */
export class FrameDecoder {
	private readonly options: FrameDecoderOptions;
	private headerBytes = 0;
	/** As the header says it. */
	private sizeBytes = 0;
	/** What is still to come of the picture. */
	private remainingBytes = 0;
	/** `undefined`: it is let pass. */
	private frame: Uint8Array | undefined;

	constructor(options: FrameDecoderOptions) {
		this.options = options;
	}

	/** Throws a {@link PortError} `protocol` for what are no pictures; the decoder is of no use afterwards. */
	take(bytes: Uint8Array): void {
		let position = 0;
		while (position < bytes.length) {
			if (this.remainingBytes > 0) {
				position += this.takePart(bytes, position);
			} else {
				this.takeHeaderByte(bytes[position] ?? 0);
				position += 1;
			}
		}
	}

	private takeHeaderByte(byte: number): void {
		if (this.headerBytes < 4) this.sizeBytes += byte * 256 ** this.headerBytes;
		this.headerBytes += 1;
		if (this.headerBytes < HEADER_BYTES) return;
		const sizeBytes = this.sizeBytes;
		this.headerBytes = 0;
		this.sizeBytes = 0;
		if (sizeBytes > LONGEST_FRAME_BYTES)
			throw new PortError("protocol", `a picture of ${sizeBytes} bytes is announced`);
		this.remainingBytes = sizeBytes;
		if (sizeBytes > 0 && this.options.isWanted(sizeBytes)) this.frame = new Uint8Array(sizeBytes);
	}

	private takePart(bytes: Uint8Array, position: number): number {
		const count = Math.min(this.remainingBytes, bytes.length - position);
		this.frame?.set(bytes.subarray(position, position + count), this.frame.length - this.remainingBytes);
		this.remainingBytes -= count;
		if (this.remainingBytes === 0) this.finish();
		return count;
	}

	private finish(): void {
		const frame = this.frame;
		this.frame = undefined;
		if (frame !== undefined && !beginsAsJpeg(frame))
			throw new PortError("protocol", "what is announced as a picture is no JPEG");
		this.options.onFrame(frame !== undefined && endsAsJpeg(frame) ? frame : undefined);
	}
}

/** Start of image. */
function beginsAsJpeg(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[1] === 0xd8;
}

/** End of image. */
function endsAsJpeg(bytes: Uint8Array): boolean {
	return bytes.length > 3 && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
}
