// Finds a file in the directory at the end of a zip archive, so that not all of a large one has to come.

import { readUint16, readUint32 } from "./little-endian";

export interface ArchiveEnd {
	/** The archive's last bytes. */
	bytes: Uint8Array;
	/** How many come before them. */
	before: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;

/**
 * Where the file's local header is, from the archive's beginning; `absent` when there is no such file; `undefined` when
 * the end does not tell: it is no archive's, or its directory is longer, or is one for archives of more than 4 GB.
 */
export function findInDirectory(
	{ bytes, before }: ArchiveEnd,
	name: Uint8Array,
): number | "absent" | undefined {
	const end = findEnd(bytes);
	if (end === undefined) return undefined;
	const count = readUint16(bytes, end + 10);
	const start = readUint32(bytes, end + 16) - before;
	if (start < 0 || start > end || start + readUint32(bytes, end + 12) > end) return undefined;
	let at = start;
	for (let index = 0; index < count; index++) {
		if (at + ENTRY_BYTES > end || readUint32(bytes, at) !== ENTRY) return undefined;
		const nameBytes = readUint16(bytes, at + 28);
		const next = at + ENTRY_BYTES + nameBytes + readUint16(bytes, at + 30) + readUint16(bytes, at + 32);
		if (next > end) return undefined;
		if (nameBytes === name.length && name.every((byte, i) => bytes[at + ENTRY_BYTES + i] === byte)) {
			const offset = readUint32(bytes, at + 42);
			return offset < before + start ? offset : undefined;
		}
		at = next;
	}
	return "absent";
}

/** A comment may follow it, whose length it tells. */
function findEnd(bytes: Uint8Array): number | undefined {
	for (let at = bytes.length - END_BYTES; at >= 0; at--) {
		if (bytes[at] !== 0x50 || readUint32(bytes, at) !== END) continue;
		if (at + END_BYTES + readUint16(bytes, at + 20) === bytes.length) return at;
	}
	return undefined;
}
