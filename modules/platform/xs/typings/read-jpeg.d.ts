// The SDK's JPEG decoder, whose typings leave out what a picture is put together by.

declare module "commodetto/readJPEG" {
	/** A piece of the picture, of whole blocks; the same object each time. */
	export interface Block {
		readonly x: number;
		readonly y: number;
		readonly width: number;
		readonly height: number;
		/** In the pixel format of the build. */
		readonly buffer: ArrayBuffer;
	}

	export default class JPEG {
		/** Throws when its head is not understood. */
		constructor(jpeg: Uint8Array);
		readonly width: number;
		readonly height: number;
		/** There is a piece that has not been read. */
		readonly ready: boolean;
		/** Throws when it is broken. */
		read(): Block | undefined;
		close(): void;
	}
}
