// Reads JPEG pictures with the SDK's decoder: baseline only, a block or a band of blocks at a time.

import JPEG, { type Block } from "commodetto/readJPEG";
import type { JpegPiece, JpegPort, JpegReader } from "../../jpeg";
import { PortError } from "../../port-error";

export function createJpeg(): JpegPort {
	return { open: (jpeg) => new SdkReader(jpeg) };
}

class SdkReader implements JpegReader {
	private decoder: JPEG | undefined;
	readonly width: number;
	readonly height: number;
	/** The same for all pieces, as the decoder's block and its buffer are: there may be thousands. */
	private piece: { x: number; y: number; width: number; height: number; pixels: Uint16Array } | undefined;

	constructor(jpeg: Uint8Array) {
		try {
			this.decoder = new JPEG(jpeg);
		} catch (cause) {
			throw unreadable(cause);
		}
		this.width = this.decoder.width;
		this.height = this.decoder.height;
	}

	read(): JpegPiece | undefined {
		const decoder = this.decoder;
		if (!decoder?.ready) return undefined;
		let block: Block | undefined;
		try {
			block = decoder.read();
		} catch (cause) {
			throw unreadable(cause);
		}
		if (!block) return undefined;
		const { x, y, width, height } = block;
		const piece = this.piece;
		if (!piece) {
			this.piece = { x, y, width, height, pixels: new Uint16Array(block.buffer) };
			return this.piece;
		}
		piece.x = x;
		piece.y = y;
		piece.width = width;
		piece.height = height;
		return piece;
	}

	close(): void {
		this.decoder?.close();
		this.decoder = undefined;
	}
}

function unreadable(cause: unknown): PortError {
	return new PortError("protocol", "The picture is no JPEG that can be read.", { cause });
}
