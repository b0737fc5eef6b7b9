// Finds the JSON in the NDEF message of an NFC tag.

import type { TextCodec } from "../platform/text-codec";

/**
 * - `empty`: there is no message on it, or nothing in the message
 * - `too_large`: longer than a tag can be
 * - `malformed`: it ends too early, or is no NDEF message
 * - `chunked`: one of its records is in several pieces
 * - `no_json`: there are records, and none of them is JSON
 */
export type NdefErrorCode = "empty" | "too_large" | "malformed" | "chunked" | "no_json";

export type NdefResult =
	| { readonly ok: true; readonly json: string }
	/** `message`: what is wrong and what to do, in words. */
	| { readonly ok: false; readonly code: NdefErrorCode; readonly message: string };

/** The largest of the tags in use holds as much. */
export const MOST_TAG_BYTES = 888;

/** The first byte of a record. */
const MESSAGE_BEGINS = 0x80;
const MESSAGE_ENDS = 0x40;
const IS_CHUNK = 0x20;
const SHORT_LENGTH = 0x10;
const HAS_ID = 0x08;
const KIND = 0x07;

/** Kinds of records. */
const EMPTY = 0;
const MIME = 2;
const UNCHANGED = 6;
const RESERVED = 7;

const MESSAGES: Readonly<Record<NdefErrorCode, string>> = Object.freeze({
	empty:
		"There is nothing on that tag that can be read here: it is blank, or a maker's own, such as those of Bambu Lab and Anycubic. Write an OpenSpool description on it with a phone.",
	too_large: `That tag holds more than ${MOST_TAG_BYTES} bytes, and no spool's description is as long.`,
	malformed:
		"What is on that tag is damaged. Hold it to the reader again; if that does not help, write it anew.",
	chunked: "That tag holds its description in pieces, which cannot be read here. Write it anew in one piece.",
	no_json:
		"There is something else on that tag, such as a web address, and no description of a spool. Write an OpenSpool description on it with a phone.",
});

interface NdefRecord {
	kind: number;
	type: Uint8Array;
	payload: Uint8Array;
	isLast: boolean;
	/** Where the next one begins. */
	end: number;
}

/** The text of the first record that is JSON; what is in the others does not matter. Never throws. */
export function readNdefJson(message: Uint8Array, text: TextCodec): NdefResult {
	if (message.length > MOST_TAG_BYTES) return refused("too_large");
	if (message.length === 0) return refused("empty");
	let hasContent = false;
	for (let at = 0; ; ) {
		const record = readRecord(message, at);
		if (typeof record === "string") return refused(record);
		const { kind, type, payload, isLast, end } = record;
		if (kind === MIME && isJson(text.decode(type))) return { ok: true, json: text.decode(payload) };
		hasContent ||= kind !== EMPTY;
		if (isLast) return refused(hasContent ? "no_json" : "empty");
		at = end;
	}
}

/** Head, length of type, length of payload (1 or 4 bytes), perhaps length of id; then type, id, payload. */
function readRecord(message: Uint8Array, start: number): NdefRecord | NdefErrorCode {
	const head = message[start];
	const typeLength = message[start + 1];
	if (head === undefined || typeLength === undefined) return "malformed";
	if (((head & MESSAGE_BEGINS) !== 0) !== (start === 0)) return "malformed";
	const kind = head & KIND;
	if (kind === RESERVED) return "malformed";
	if ((head & IS_CHUNK) !== 0 || kind === UNCHANGED) return "chunked";

	let at = start + 2;
	const lengthBytes = (head & SHORT_LENGTH) === 0 ? 4 : 1;
	let payloadLength = 0;
	// By multiplication: shifted, a hostile length would become negative.
	for (const end = at + lengthBytes; at < end; at++) payloadLength = payloadLength * 256 + (message[at] ?? 0);
	const idLength = (head & HAS_ID) === 0 ? 0 : (message[at++] ?? 0);
	const typeEnd = at + typeLength;
	const payloadStart = typeEnd + idLength;
	const end = payloadStart + payloadLength;
	if (end > message.length) return "malformed";
	if (kind === EMPTY && end > at) return "malformed";
	return {
		kind,
		type: message.subarray(at, typeEnd),
		payload: message.subarray(payloadStart, end),
		isLast: (head & MESSAGE_ENDS) !== 0,
		end,
	};
}

/** Also with a parameter, such as the charset. */
function isJson(type: string): boolean {
	return /^application\/json *(;|$)/i.test(type);
}

function refused(code: NdefErrorCode): NdefResult {
	return { ok: false, code, message: MESSAGES[code] };
}
