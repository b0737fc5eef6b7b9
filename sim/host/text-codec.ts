// UTF-8 with the means of the platform.

import type { TextCodec } from "../../modules/platform/text-codec";

export function createTextCodec(): TextCodec {
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	return {
		decode: (bytes) => decoder.decode(bytes),
		encode: (text) => encoder.encode(text),
	};
}
