// Makes zip archives, in all the ways in which slicers and archivers write them.

export interface ZipEntry {
	name: string;
	/** As it is in the archive. */
	bytes: Uint8Array;
	/** 0 stored (when left out), 8 deflated; others are not known to anybody. */
	method?: number;
	/** Where the length is written: in the header (when left out), or behind the file in one of four ways. */
	length?:
		| "header"
		| "long_header"
		| "descriptor"
		| "bare_descriptor"
		| "long_descriptor"
		| "long_bare_descriptor";
	isEncrypted?: boolean;
}

const FULL = 0xffffffff;

export function zipArchive(entries: readonly ZipEntry[], comment = ""): Uint8Array {
	const pieces: number[] = [];
	const directory: number[] = [];
	for (const entry of entries) {
		const offset = pieces.length;
		for (const byte of localPart(entry)) pieces.push(byte);
		const size = entry.bytes.length;
		directory.push(
			...u32(0x02014b50),
			...u16(20),
			...u16(20),
			...u16(flags(entry)),
			...u16(entry.method ?? 0),
		);
		directory.push(...u32(0), ...u32(0), ...u32(size), ...u32(size), ...u16(entry.name.length));
		directory.push(...Array<number>(12).fill(0), ...u32(offset), ...ascii(entry.name));
	}
	const start = pieces.length;
	const count = u16(entries.length);
	const end = [...u32(0x06054b50), 0, 0, 0, 0, ...count, ...count, ...u32(directory.length), ...u32(start)];
	return Uint8Array.from([...pieces, ...directory, ...end, ...u16(comment.length), ...ascii(comment)]);
}

/** DEFLATE without compression, for one block. */
export function storedBlock(bytes: Uint8Array): Uint8Array {
	const { length } = bytes;
	return Uint8Array.from([1, ...u16(length), ...u16(0xffff - length), ...bytes]);
}

export function ascii(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function* localPart(entry: ZipEntry): Iterable<number> {
	const { name, bytes, method = 0, length = "header" } = entry;
	const size = bytes.length;
	const inHeader = length === "header" ? size : length === "long_header" ? FULL : 0;
	// Another extra field comes first, as time stamps do.
	const extra =
		length === "long_header"
			? [...u16(0x5455), ...u16(1), 0, ...u16(1), ...u16(16), ...u64(size), ...u64(size)]
			: [];
	yield* u32(0x04034b50);
	yield* [...u16(20), ...u16(flags(entry)), ...u16(method), ...u32(0), ...u32(0)];
	yield* [...u32(inHeader), ...u32(inHeader), ...u16(name.length), ...u16(extra.length)];
	yield* ascii(name);
	yield* extra;
	yield* bytes;
	if (length === "descriptor") yield* [...u32(0x08074b50), ...u32(7), ...u32(size), ...u32(size + 1)];
	if (length === "bare_descriptor") yield* [...u32(7), ...u32(size), ...u32(size + 1)];
	if (length === "long_descriptor") yield* [...u32(0x08074b50), ...u32(7), ...u64(size), ...u64(size + 1)];
	if (length === "long_bare_descriptor") yield* [...u32(7), ...u64(size), ...u64(size + 1)];
}

function flags({ length = "header", isEncrypted = false }: ZipEntry): number {
	return (length.endsWith("descriptor") ? 8 : 0) + (isEncrypted ? 1 : 0);
}

function u16(value: number): number[] {
	return [value & 255, (value >>> 8) & 255];
}

function u32(value: number): number[] {
	return [...u16(value), ...u16(value >>> 16)];
}

function u64(value: number): number[] {
	return [...u32(value), ...u32(0)];
}
