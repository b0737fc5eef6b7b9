// Files that lie in the image packed by gzip: who can take them as they are, and how they are unpacked for others.

import type { Inflate } from "../platform/inflate";

/** Of a file without a name or anything else in its header, as `npm run page` makes them. */
const HEADER_BYTES = 10;
/** Checksum, and the length before it was packed. */
const TRAILER_BYTES = 8;
const LENGTH_BYTES = 4;

/** Whether the value of an `accept-encoding` header allows it. Without one, nothing is known of the client. */
export function takesGzip(accepted = ""): boolean {
	const weights = new Map<string, number>();
	for (const entry of accepted.toLowerCase().split(",")) {
		const [name = "", ...parameters] = entry.split(";").map((part) => part.trim());
		const weight = parameters.find((part) => part.startsWith("q="));
		weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
	}
	return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
}

/** Throws a `PortError` as {@link Inflate} does. */
export function unpack(packed: Uint8Array, inflate: Inflate): Uint8Array {
	const end = packed.length - TRAILER_BYTES;
	const lengthAt = packed.length - LENGTH_BYTES;
	const length = new DataView(packed.buffer, packed.byteOffset + lengthAt, LENGTH_BYTES).getUint32(0, true);
	return inflate(packed.subarray(HEADER_BYTES, end), length);
}
