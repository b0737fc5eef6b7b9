// UTF-8 with the SDK's natives.

import TextDecoder from "text/decoder";
import TextEncoder from "text/encoder";
import type { TextCodec } from "../text-codec";

export function createTextCodec(): TextCodec {
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	return {
		decode: (bytes) => decoder.decode(bytes),
		// XS keeps halves of surrogate pairs as they are.
		encode: (text) => encoder.encode(text.isWellFormed() ? text : text.toWellFormed()),
	};
}
