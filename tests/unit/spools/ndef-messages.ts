// NDEF messages for tests, as a phone writes them.

import { textCodec } from "../../fakes/text-codec";

export interface RecordParts {
	/** 2 is a MIME type. */
	kind?: number;
	type?: string;
	payload?: string;
	id?: string;
	/** With a length of four bytes. */
	long?: boolean;
	chunk?: boolean;
}

export function ndefMessage(...records: readonly RecordParts[]): Uint8Array {
	return Uint8Array.from(
		records.flatMap((record, index) => recordBytes(record, index === 0, index === records.length - 1)),
	);
}

function recordBytes(
	{ kind = 2, type = "application/json", payload = "", id, long = false, chunk = false }: RecordParts,
	isFirst: boolean,
	isLast: boolean,
): number[] {
	const types = [...textCodec.encode(type)];
	const content = [...textCodec.encode(payload)];
	const ids = id === undefined ? [] : [...textCodec.encode(id)];
	const isLong = long || content.length > 255;
	const head =
		(isFirst ? 0x80 : 0) |
		(isLast ? 0x40 : 0) |
		(chunk ? 0x20 : 0) |
		(isLong ? 0 : 0x10) |
		(id === undefined ? 0 : 0x08) |
		kind;
	const { length } = content;
	return [
		head,
		types.length,
		...(isLong ? [0, 0, length >> 8, length & 0xff] : [length]),
		...(id === undefined ? [] : [ids.length]),
		...types,
		...ids,
		...content,
	];
}
