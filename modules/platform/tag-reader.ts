// A reader of NFC tags beside the device, such as a PN532 on SPI or I²C.

import type { PortError } from "./port-error";

export interface TagReaderPort {
	/** Looks for tags until it is closed. Throws a `PortError` `unsupported` when there is no reader to be found. */
	open(options: TagReaderOptions): TagReader;
}

export interface TagReaderOptions {
	/** Once for each time that a tag is held to the reader. Never during `open`. */
	onTag(tag: ReadTag): void;
	/** It looks on. `too_large`, `protocol`: a tag that cannot be read; `unreachable`: the reader does not answer. */
	onError(error: PortError): void;
}

export interface ReadTag {
	/** The chip's number: 8, 14 or 20 hex digits in upper case. */
	uid: string;
	/** The NDEF message on it; empty for a tag without one. At most 888 bytes. The bytes are not changed afterwards. */
	ndef: Uint8Array;
}

export interface TagReader {
	/** May be called any number of times; no callback comes afterwards. */
	close(): void;
}
