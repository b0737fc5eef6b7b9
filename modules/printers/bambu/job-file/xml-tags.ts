// Reads the tags of a small XML file from its bytes: what is between them, comments and instructions are passed over.

import { PortError } from "../../../platform/port-error";
import type { TextCodec } from "../../../platform/text-codec";

export interface TagVisitor {
	/** `path`: the names of the elements around it, the outermost first. `attributes` can be asked during the call. */
	onElement(name: string, path: readonly string[], attributes: () => ReadonlyMap<string, string>): void;
}

const LONGEST_NAME_BYTES = 64;
const LONGEST_TAG_BYTES = 16 * 1024;
const DEEPEST = 16;
const MOST_ATTRIBUTES = 64;
const [OPEN, CLOSE, SLASH, BANG, ASK] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f];
const [QUOTE, APOSTROPHE] = [0x22, 0x27];

/**
 * Throws a {@link PortError} `protocol` for what is not well formed, and for what brings its own rules along (DOCTYPE).
 * By bytes, since on XS it takes long to get to the middle of a text that is not ASCII.
 */
export function visitTags(bytes: Uint8Array, text: TextCodec, { onElement }: TagVisitor): void {
	const path: string[] = [];
	let hasRoot = false;
	let at = bytes.indexOf(OPEN);
	while (at >= 0) {
		const next = bytes[at + 1];
		let end: number;
		if (next === ASK) {
			end = after(bytes, at, "?>");
		} else if (next === BANG) {
			if (begins(bytes, at, "<!--")) end = after(bytes, at + 4, "-->");
			else if (begins(bytes, at, "<![CDATA[") && path.length > 0) end = after(bytes, at, "]]>");
			else throw malformed("a declaration");
		} else if (next === SLASH) {
			end = endOfTag(bytes, at);
			const name = nameAt(bytes, at + 2, text);
			if (path.pop() !== name) throw malformed(`</${name}> closes nothing`);
		} else {
			end = endOfTag(bytes, at);
			const name = nameAt(bytes, at + 1, text);
			const isEmpty = bytes[end - 2] === SLASH;
			if (path.length === 0 && hasRoot) throw malformed("a second root");
			hasRoot = true;
			const from = at + 1 + name.length;
			const to = end - (isEmpty ? 2 : 1);
			onElement(name, path, () => attributesOf(text.decode(bytes.subarray(from, to))));
			if (!isEmpty) path.push(name);
			if (path.length > DEEPEST) throw malformed("too deep");
		}
		at = bytes.indexOf(OPEN, end);
	}
	if (path.length > 0 || !hasRoot) throw malformed("it ends too early");
}

/** Behind the ">" that is not in quotes. */
function endOfTag(bytes: Uint8Array, start: number): number {
	const limit = Math.min(bytes.length, start + LONGEST_TAG_BYTES);
	let quote = 0;
	for (let at = start + 1; at < limit; at++) {
		const byte = bytes[at] ?? 0;
		if (quote !== 0) {
			if (byte === quote) quote = 0;
		} else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
		else if (byte === CLOSE) return at + 1;
		else if (byte === OPEN) break;
	}
	throw malformed("a tag without an end");
}

/** Names are of ASCII here; others are of no interest, and are refused. */
function nameAt(bytes: Uint8Array, start: number, text: TextCodec): string {
	let end = start;
	while (end - start <= LONGEST_NAME_BYTES && isNameByte(bytes[end] ?? 0)) end += 1;
	if (end === start || end - start > LONGEST_NAME_BYTES) throw malformed("a tag without a name");
	return text.decode(bytes.subarray(start, end));
}

function isNameByte(byte: number): boolean {
	return (
		(byte >= 0x61 && byte <= 0x7a) ||
		(byte >= 0x41 && byte <= 0x5a) ||
		(byte >= 0x30 && byte <= 0x3a) ||
		byte === 0x5f ||
		byte === 0x2d ||
		byte === 0x2e
	);
}

function attributesOf(inside: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	const pattern = /\s+([A-Za-z_:][-\w.:]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;
	let at = 0;
	for (;;) {
		pattern.lastIndex = at;
		const match = pattern.exec(inside);
		if (match === null) break;
		const [, name = "", value = ""] = match;
		if (found.has(name) || found.size >= MOST_ATTRIBUTES) throw malformed(`attribute ${name}`);
		found.set(name, unescaped(value.slice(1, -1)));
		at = pattern.lastIndex;
	}
	if (inside.slice(at).trim() !== "") throw malformed("an attribute");
	return found;
}

function unescaped(value: string): string {
	if (!value.includes("&")) return value;
	return value.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));|&/g, (_all, decimal, hex, name) => {
		if (decimal !== undefined) return character(Number(decimal));
		if (hex !== undefined) return character(Number.parseInt(hex, 16));
		switch (name) {
			case "amp":
				return "&";
			case "lt":
				return "<";
			case "gt":
				return ">";
			case "quot":
				return '"';
			case "apos":
				return "'";
			default:
				throw malformed("an entity");
		}
	});
}

function character(code: number): string {
	if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw malformed("a character");
	return String.fromCodePoint(code);
}

function begins(bytes: Uint8Array, at: number, word: string): boolean {
	for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
	return true;
}

function after(bytes: Uint8Array, start: number, word: string): number {
	const first = word.charCodeAt(0);
	for (let at = bytes.indexOf(first, start); at >= 0; at = bytes.indexOf(first, at + 1)) {
		if (begins(bytes, at, word)) return at + word.length;
	}
	throw malformed("it ends too early");
}

function malformed(what: string): PortError {
	return new PortError("protocol", `what the slicer wrote cannot be read: ${what}`);
}
