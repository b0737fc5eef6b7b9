// From the bytes of an answer to JSON, of which only the wanted names are built.

import type { TextCodec } from "../../platform/text-codec";

/** A list of spools has five levels. A parser that recurses must not be driven out of its stack. */
const MAX_DEPTH = 8;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * `undefined` for what is no JSON, or nested too deep. `names`: of the properties that are wanted, at any depth; on
 * XS, which keeps every name for good, no others are built.
 */
export function parseAnswer(body: Uint8Array, text: TextCodec, names: readonly string[]): unknown {
	if (isTooDeep(body)) return undefined;
	try {
		return JSON.parse(text.decode(body), [...names]);
	} catch {
		return undefined;
	}
}

/** Goes from text to text, most of which the engine skips at once. Whether brackets match is the parser's business. */
function isTooDeep(body: Uint8Array): boolean {
	let depth = 0;
	let index = 0;
	while (index < body.length) {
		const quote = body.indexOf(QUOTE, index);
		const end = quote < 0 ? body.length : quote;
		for (; index < end; index++) {
			const byte = body[index];
			if (byte === 0x7b /* { */ || byte === 0x5b /* [ */) {
				depth++;
				if (depth > MAX_DEPTH) return true;
			} else if (byte === 0x7d /* } */ || byte === 0x5d /* ] */) depth--;
		}
		if (quote >= 0) index = afterText(body, quote);
	}
	return false;
}

function afterText(body: Uint8Array, start: number): number {
	let end = body.indexOf(QUOTE, start + 1);
	while (end >= 0 && isEscaped(body, end)) end = body.indexOf(QUOTE, end + 1);
	return end < 0 ? body.length : end + 1;
}

function isEscaped(body: Uint8Array, index: number): boolean {
	let first = index;
	while (body[first - 1] === BACKSLASH) first--;
	return (index - first) % 2 === 1;
}
