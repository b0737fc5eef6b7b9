// Reads JPEG pictures on Node: decoded as a whole when the first piece is asked for, and told in bands as the device's decoder does.

import { decode } from "jpeg-js";
import type { JpegPiece, JpegPort, JpegReader } from "../../modules/platform/jpeg";
import { PortError } from "../../modules/platform/port-error";

/** Rows of a piece. */
const BAND = 16;
/** A picture that takes more is none of a printer. */
const MOST_MEGAPIXELS = 16;
const MOST_MEMORY_MB = 256;

export function createJpeg(): JpegPort {
	return { open: (jpeg) => new DecodedReader(jpeg) };
}

class DecodedReader implements JpegReader {
	readonly width: number;
	readonly height: number;
	#rgba: Uint8Array | undefined;
	#pixels: Uint16Array;
	#y = 0;

	constructor(jpeg: Uint8Array) {
		const { width, height, data } = decoded(jpeg);
		this.width = width;
		this.height = height;
		this.#rgba = data;
		this.#pixels = new Uint16Array(width * BAND);
	}

	read(): JpegPiece | undefined {
		const rgba = this.#rgba;
		if (!rgba || this.#y >= this.height) return undefined;
		const { width } = this;
		const y = this.#y;
		const height = Math.min(BAND, this.height - y);
		this.#y += height;
		let from = y * width * 4;
		for (let at = 0; at < width * height; at++, from += 4) {
			const red = rgba[from] ?? 0;
			const green = rgba[from + 1] ?? 0;
			const blue = rgba[from + 2] ?? 0;
			this.#pixels[at] = ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
		}
		return { x: 0, y, width, height, pixels: this.#pixels };
	}

	close(): void {
		this.#rgba = undefined;
	}
}

function decoded(jpeg: Uint8Array) {
	try {
		return decode(jpeg, {
			useTArray: true,
			maxResolutionInMP: MOST_MEGAPIXELS,
			maxMemoryUsageInMB: MOST_MEMORY_MB,
		});
	} catch (cause) {
		throw new PortError("protocol", "The picture is no JPEG that can be read.", { cause });
	}
}
