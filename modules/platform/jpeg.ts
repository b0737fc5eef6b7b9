// Reads JPEG pictures piece by piece, so that not all of a picture has to be in memory.

export interface JpegPort {
	/** The bytes have to stay as they are until it is closed. Throws a `PortError` `protocol` when they are none it can read. */
	open(jpeg: Uint8Array): JpegReader;
}

export interface JpegReader {
	/** Of the whole picture, in pixels. */
	readonly width: number;
	readonly height: number;
	/**
	 * The next piece, from left to right and from top to bottom; `undefined` after the last one. It holds until the next
	 * call. Throws a `PortError` `protocol` when the picture is broken.
	 */
	read(): JpegPiece | undefined;
	/** May be called any number of times. */
	close(): void;
}

export interface JpegPiece {
	/** Of its top left in the picture. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** RGB565, row by row without gaps. */
	readonly pixels: Uint16Array;
}
