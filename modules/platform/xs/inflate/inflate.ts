// DEFLATE, by the SDK.

import Inflator from "inflate";
import type { Inflate } from "../../inflate";
import { PortError } from "../../port-error";

/** What comes out at once. */
const PIECE_BYTES = 4096;
/** Without a header around it. */
const RAW = -15;

export const inflate: Inflate = (compressed, maxBytes) => {
	const pieces: Uint8Array[] = [];
	const output = new Uint8Array(PIECE_BYTES);
	const inflator = open();
	let length = 0;
	let rest = compressed;
	let hasEnded = false;
	inflator.onData = (piece) => {
		const bytes = new Uint8Array(piece);
		length += bytes.length;
		if (length <= maxBytes) pieces.push(bytes);
	};
	inflator.onEnd = () => {
		hasEnded = true;
	};
	try {
		while (!hasEnded && length <= maxBytes) {
			const before = length;
			push(inflator, rest, output);
			const left = inflator.strm.avail_in;
			const isStuck = left === rest.length && length === before;
			rest = rest.subarray(rest.length - left);
			if (isStuck && !hasEnded) throw new PortError("protocol", "what was compressed ends too early");
		}
	} finally {
		// After its end it is closed already.
		inflator.close();
	}
	if (length > maxBytes)
		throw new PortError("too_large", `what was compressed becomes more than ${maxBytes} bytes`);
	if (rest.length > 0) throw new PortError("protocol", "what was compressed goes on after its end");
	return joined(pieces, length);
};

function open(): Inflator {
	try {
		return new Inflator({ windowBits: RAW });
	} catch (cause) {
		throw new PortError("too_large", "there is no memory to take apart what was compressed", { cause });
	}
}

function push(inflator: Inflator, bytes: Uint8Array, output: Uint8Array): void {
	try {
		inflator.push(bytes, false, output);
	} catch (cause) {
		throw new PortError("protocol", "what was compressed is damaged", { cause });
	}
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}
