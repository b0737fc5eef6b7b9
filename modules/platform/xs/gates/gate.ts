// What stands between the network and a parser of the SDK.

import { PortError } from "../../port-error";

/**
 * Sees the bytes of a connection first and hands them on in units that the SDK's parser can take whole.
 * The SDK's parsers are written for well-behaved peers: some throw, some never end, some keep everything in memory
 * when bytes come that should not. A gate lets nothing of that kind through. It does no I/O.
 */
export interface Gate {
	/** Takes bytes as they came; they are the gate's from then on. */
	push(bytes: Uint8Array): void;
	/** The next unit, or `undefined` when more has to come first. Throws a {@link PortError} at what may not pass. */
	next(): Uint8Array | undefined;
	/** Sees what goes out. */
	sent?(bytes: Uint8Array): void;
}

const NO_PIECES: readonly Uint8Array[] = Object.freeze([]);

/** Bytes that wait, as they came: nothing is copied until somebody asks for more than one piece holds. */
export class ByteQueue {
	/** `undefined` when there are none: most queues are empty nearly always, and an array is memory. */
	private pieces: Uint8Array[] | undefined;
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(bytes: Uint8Array): void {
		if (bytes.length === 0) return;
		if (this.pieces === undefined) this.pieces = [bytes];
		else this.pieces.push(bytes);
		this.#length += bytes.length;
	}

	/** `undefined` beyond the end. */
	at(index: number): number | undefined {
		let offset = index;
		for (const piece of this.pieces ?? NO_PIECES) {
			if (offset < piece.length) return piece[offset];
			offset -= piece.length;
		}
		return undefined;
	}

	/** Where `byte` is, from `start` on; -1 when it is nowhere. */
	indexOf(byte: number, start: number): number {
		let offset = 0;
		for (const piece of this.pieces ?? NO_PIECES) {
			if (offset + piece.length > start) {
				const found = piece.indexOf(byte, Math.max(0, start - offset));
				if (found >= 0) return offset + found;
			}
			offset += piece.length;
		}
		return -1;
	}

	/** What is there of the first piece, at most `limit` bytes. */
	takeSome(limit: number): Uint8Array {
		const first = this.pieces?.[0];
		if (first === undefined) return new Uint8Array(0);
		return this.take(Math.min(first.length, limit));
	}

	/** At most what is there. */
	take(length: number): Uint8Array {
		const wanted = Math.min(length, this.#length);
		const pieces = this.pieces;
		const first = pieces?.[0];
		if (pieces === undefined || first === undefined || wanted === 0) return new Uint8Array(0);
		this.#length -= wanted;
		if (this.#length === 0) this.pieces = undefined;
		if (first.length === wanted) {
			pieces.shift();
			return first;
		}
		if (first.length > wanted) {
			pieces[0] = first.subarray(wanted);
			return first.subarray(0, wanted);
		}
		const taken = new Uint8Array(wanted);
		let offset = 0;
		while (offset < wanted) {
			const piece = pieces.shift();
			if (piece === undefined) break;
			const use = Math.min(piece.length, wanted - offset);
			taken.set(piece.subarray(0, use), offset);
			offset += use;
			if (use < piece.length) pieces.unshift(piece.subarray(use));
		}
		return taken;
	}
}

export function protocolError(message: string): PortError {
	return new PortError("protocol", message);
}
