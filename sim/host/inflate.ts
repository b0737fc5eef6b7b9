// DEFLATE, by node:zlib.

import { inflateRawSync } from "node:zlib";
import type { Inflate } from "../../modules/platform/inflate";
import { PortError } from "../../modules/platform/port-error";

export const inflate: Inflate = (compressed, maxBytes) => {
	let result: { buffer: Buffer; engine: { bytesWritten: number } };
	try {
		// Nothing may come out of nothing; and node:zlib wants room for a byte at least.
		const options = { maxOutputLength: Math.max(1, maxBytes), info: true } as const;
		result = inflateRawSync(compressed, options) as unknown as typeof result;
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE")
			throw tooLarge(maxBytes);
		throw new PortError("protocol", "what was compressed is damaged", { cause });
	}
	if (result.buffer.length > maxBytes) throw tooLarge(maxBytes);
	if (result.engine.bytesWritten !== compressed.length)
		throw new PortError("protocol", "what was compressed goes on after its end");
	return new Uint8Array(result.buffer);
};

function tooLarge(maxBytes: number): PortError {
	return new PortError("too_large", `what was compressed becomes more than ${maxBytes} bytes`);
}
