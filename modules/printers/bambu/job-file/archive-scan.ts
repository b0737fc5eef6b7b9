// Takes one file out of a zip archive while the archive comes, byte by byte or in pieces, and holds nothing else of it.

import { readUint16, readUint32, readUint64 } from "./little-endian";

/** As it is in the archive: stored, or compressed by DEFLATE. */
export interface ArchivedFile {
	isDeflated: boolean;
	bytes: Uint8Array;
}

export type ScanFailure =
	/** The archive has no such file. */
	| "absent"
	/** It is longer than there is room for. */
	| "too_large"
	/** It is encrypted, or compressed in another way. */
	| "unreadable"
	/** This is no archive. */
	| "broken";

export interface ArchiveScanOptions {
	/** In UTF-8, as archives have it. */
	name: Uint8Array;
	/** Of the file, compressed. */
	maxBytes: number;
}

// A local header, the central directory's, and the descriptor that follows a file whose length was not known before.
const SIGNATURE = 0x4b50;
const LOCAL = 0x0403;
const CENTRAL = 0x0201;
const DESCRIPTOR = 0x0807;
const HEADER_BYTES = 30;
/** Of name and extra fields together; archives of slicers have less than 200. */
const LONGEST_NAMES_BYTES = 4096;
const ENCRYPTED = 1;
const LENGTH_FOLLOWS = 8;
const STORED = 0;
const DEFLATED = 8;
const LENGTH_IN_EXTRA = 0xffffffff;
const FIRST_BYTE = 0x50;
/** A descriptor has 12 bytes, or 20 with lengths of 64 bits; with a signature 4 more. */
const SHORT_BYTES = 12;
const LONG_BYTES = 20;
/** To tell them apart it is looked at what follows: the next signature begins with "PK". */
const LOOK_AHEAD_BYTES = 4 + LONG_BYTES + 2;

type State = "header" | "names" | "counted" | "uncounted";

/** The bytes begin at any file's local header. */
export class ArchiveScan {
	private readonly name: Uint8Array;
	private readonly maxBytes: number;
	private state: State = "header";
	/** Collected up to `#wanted`: a header, its names, or the file. */
	private piece = new Uint8Array(HEADER_BYTES);
	private length = 0;
	private wanted = HEADER_BYTES;
	private flags = 0;
	private method = 0;
	private nameBytes = 0;
	private headerSize = 0;
	private isWanted = false;
	/** Still to come of a file of known length. */
	private remaining = 0;
	/** Of a file of unknown length: the last bytes that have come, and how many came before them. */
	private window = new Uint8Array(0);
	private before = 0;
	/** What is not looked at yet begins there, in the window. */
	private next = 0;
	#file: ArchivedFile | undefined;
	#failure: ScanFailure | undefined;

	constructor({ name, maxBytes }: ArchiveScanOptions) {
		this.name = name;
		this.maxBytes = maxBytes;
	}

	/** True as long as more is wanted. */
	take(bytes: Uint8Array): boolean {
		let rest = bytes;
		while (rest.length > 0 && this.wantsMore) rest = this.step(rest);
		return this.wantsMore;
	}

	get wantsMore(): boolean {
		return this.#file === undefined && this.#failure === undefined;
	}

	get file(): ArchivedFile | undefined {
		return this.#file;
	}

	/** Why there is no file. `broken` as long as more is wanted: then the archive has ended too early. */
	get failure(): ScanFailure {
		return this.#failure ?? "broken";
	}

	private step(bytes: Uint8Array): Uint8Array {
		switch (this.state) {
			case "header":
				return this.collect(bytes, () => this.takeHeader());
			case "names":
				return this.collect(bytes, () => this.takeNames());
			case "counted":
				return this.isWanted ? this.collect(bytes, () => this.takeFile(this.piece)) : this.skip(bytes);
			case "uncounted":
				return this.search(bytes);
		}
	}

	private expect(state: State, wanted: number): void {
		this.state = state;
		this.length = 0;
		this.wanted = wanted;
		if (this.piece.length !== wanted) this.piece = new Uint8Array(wanted);
	}

	private collect(bytes: Uint8Array, onWhole: () => void): Uint8Array {
		const part = bytes.subarray(0, this.wanted - this.length);
		this.piece.set(part, this.length);
		this.length += part.length;
		if (this.length === this.wanted) onWhole();
		return bytes.subarray(part.length);
	}

	private skip(bytes: Uint8Array): Uint8Array {
		const count = Math.min(bytes.length, this.remaining);
		this.remaining -= count;
		if (this.remaining === 0) this.expect("header", HEADER_BYTES);
		return bytes.subarray(count);
	}

	private takeHeader(): void {
		const header = this.piece;
		const kind = readUint16(header, 2);
		if (readUint16(header, 0) !== SIGNATURE) {
			this.#failure = "broken";
			return;
		}
		if (kind !== LOCAL) {
			// Files come first, then everything else.
			this.#failure = "absent";
			return;
		}
		this.flags = readUint16(header, 6);
		this.method = readUint16(header, 8);
		this.headerSize = readUint32(header, 18);
		this.nameBytes = readUint16(header, 26);
		const namesBytes = this.nameBytes + readUint16(header, 28);
		if (this.nameBytes === 0 || namesBytes > LONGEST_NAMES_BYTES) this.#failure = "broken";
		else this.expect("names", namesBytes);
	}

	private takeNames(): void {
		const names = this.piece;
		this.isWanted = isSame(names.subarray(0, this.nameBytes), this.name);
		if (this.isWanted && ((this.flags & ENCRYPTED) !== 0 || !isKnown(this.method))) {
			this.#failure = "unreadable";
			return;
		}
		if ((this.flags & LENGTH_FOLLOWS) !== 0) {
			this.state = "uncounted";
			this.window = new Uint8Array(0);
			this.before = 0;
			this.next = 0;
			return;
		}
		const size =
			this.headerSize === LENGTH_IN_EXTRA ? longSize(names.subarray(this.nameBytes)) : this.headerSize;
		if (size === undefined) this.#failure = "broken";
		else if (this.isWanted && size > this.maxBytes) this.#failure = "too_large";
		else if (size === 0 && this.isWanted) this.takeFile(new Uint8Array(0));
		else if (size === 0) this.expect("header", HEADER_BYTES);
		else if (this.isWanted) this.expect("counted", size);
		else {
			this.state = "counted";
			this.remaining = size;
		}
	}

	private takeFile(bytes: Uint8Array): void {
		this.#file = { isDeflated: this.method === DEFLATED, bytes };
	}

	/**
	 * Looks for the end of a file whose length comes after it: a signature with the very number of bytes that have
	 * come. Of what comes only the end is kept, or all of it when it is the wanted file.
	 */
	private search(bytes: Uint8Array): Uint8Array {
		const window = joined(this.window, bytes);
		let at = this.next;
		while (at >= 0 && at < window.length) {
			at = window.indexOf(FIRST_BYTE, at);
			if (at < 0) break;
			if (window.length - at < LOOK_AHEAD_BYTES) {
				const end = this.endWithoutSignature(window, at);
				if (end !== undefined) return this.ended(window, end.size, end.next);
				break;
			}
			const end = endWithSignature(window, at, this.before + at) ?? this.endWithoutSignature(window, at);
			if (end !== undefined) return this.ended(window, end.size, end.next);
			at += 1;
		}
		const undecided = at < 0 ? window.length : at;
		const kept = this.isWanted ? 0 : Math.max(0, undecided - LONG_BYTES);
		if (this.isWanted && window.length > this.maxBytes + LOOK_AHEAD_BYTES) {
			this.#failure = "too_large";
			this.window = new Uint8Array(0);
			return new Uint8Array(0);
		}
		this.window = window.slice(kept);
		this.before += kept;
		this.next = undecided - kept;
		return new Uint8Array(0);
	}

	private ended(window: Uint8Array, size: number, next: number): Uint8Array {
		if (this.isWanted) {
			if (size > this.maxBytes) this.#failure = "too_large";
			else this.takeFile(window.slice(0, size));
		}
		this.window = new Uint8Array(0);
		this.expect("header", HEADER_BYTES);
		return window.subarray(next);
	}

	/** Some archivers leave the descriptor's signature out. `at` is where the next file, or the directory, begins. */
	private endWithoutSignature(window: Uint8Array, at: number): { size: number; next: number } | undefined {
		if (window.length - at < 4 || readUint16(window, at) !== SIGNATURE) return undefined;
		const kind = readUint16(window, at + 2);
		if (kind !== LOCAL && kind !== CENTRAL) return undefined;
		const count = this.before + at;
		if (at >= SHORT_BYTES && readUint32(window, at - 8) === count - SHORT_BYTES)
			return { size: count - SHORT_BYTES, next: at };
		if (at >= LONG_BYTES && readUint64(window, at - 16) === count - LONG_BYTES)
			return { size: count - LONG_BYTES, next: at };
		return undefined;
	}
}

/** `count`: bytes of the file before `at`. */
function endWithSignature(
	window: Uint8Array,
	at: number,
	count: number,
): { size: number; next: number } | undefined {
	if (readUint16(window, at) !== SIGNATURE || readUint16(window, at + 2) !== DESCRIPTOR) return undefined;
	// Behind a signature and a checksum.
	const short = at + 4 + SHORT_BYTES;
	if (readUint32(window, at + 8) === count && readUint16(window, short) === SIGNATURE)
		return { size: count, next: short };
	const long = at + 4 + LONG_BYTES;
	if (readUint64(window, at + 8) === count && readUint16(window, long) === SIGNATURE)
		return { size: count, next: long };
	return undefined;
}

/** The compressed length in the extra field for long files; the uncompressed one comes before it. */
function longSize(extra: Uint8Array): number | undefined {
	for (let at = 0; at + 4 <= extra.length; at += 4 + readUint16(extra, at + 2)) {
		if (readUint16(extra, at) !== 1) continue;
		return readUint16(extra, at + 2) >= 16 && at + 20 <= extra.length
			? readUint64(extra, at + 12)
			: undefined;
	}
	return undefined;
}

function isKnown(method: number): boolean {
	return method === STORED || method === DEFLATED;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
	if (a.length === 0) return b;
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
