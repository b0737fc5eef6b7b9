// UTF-8 by Node's own coder, for tests that need no host.

import type { TextCodec } from "../../modules/platform/text-codec";

export const textCodec: TextCodec = {
	decode: (bytes) => new TextDecoder().decode(bytes),
	encode: (text) => new TextEncoder().encode(text),
};
