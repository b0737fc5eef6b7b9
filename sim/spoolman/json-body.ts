// The JSON of a request. What is wrong with it is told as Spoolman's parser, that of Python, tells it.

import { invalid } from "./api-error";

interface Fault {
	position: number;
	words: string;
}

/** Throws an {@link invalid} with the place of the first fault. */
export function parseJsonBody(text: string): unknown {
	const isDeep = isTooDeep(text);
	try {
		if (!isDeep) return JSON.parse(text);
	} catch {}
	const { position, words } = isDeep ? NO_VALUE : findFault(text);
	throw invalid([
		{
			type: "json_invalid",
			loc: ["body", position],
			msg: "JSON decode error",
			input: {},
			ctx: { error: words },
		},
	]);
}

/** Python gives up at about that. */
const DEEPEST = 500;

/** So deep that neither a database nor an answer could take it. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (inString) {
			if (char === "\\") at++;
			else if (char === '"') inString = false;
		} else if (char === '"') inString = true;
		else if (char === "{" || char === "[") depth++;
		else if (char === "}" || char === "]") depth--;
		if (depth > DEEPEST) return true;
	}
	return false;
}

const NO_VALUE: Fault = { position: 0, words: "Expecting value" };
const NAME = "Expecting property name enclosed in double quotes";
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

function findFault(text: string): Fault {
	try {
		const end = afterSpace(text, value(text, afterSpace(text, 0)));
		return { position: end, words: "Extra data" };
	} catch (thrown) {
		if (thrown instanceof FaultFound) return thrown.fault;
		// Deeper than the stack: Python gives up there too.
		return NO_VALUE;
	}
}

class FaultFound extends Error {
	readonly fault: Fault;

	constructor(position: number, words: string) {
		super(words);
		this.fault = { position, words };
	}
}

/** Each of these takes the position where its part begins, and returns the one behind it. */
function value(text: string, start: number): number {
	if (text[start] === "{") return members(text, start, "}", member);
	if (text[start] === "[") return members(text, start, "]", value);
	if (text[start] === '"') return string(text, start);
	return match(SCALAR, text, start) ?? fail(start, "Expecting value");
}

function members(
	text: string,
	start: number,
	closing: string,
	one: (text: string, start: number) => number,
): number {
	let at = afterSpace(text, start + 1);
	if (text[at] === closing) return at + 1;
	for (;;) {
		at = afterSpace(text, one(text, at));
		if (text[at] === closing) return at + 1;
		if (text[at] !== ",") fail(at, "Expecting ',' delimiter");
		at = afterSpace(text, at + 1);
	}
}

function member(text: string, start: number): number {
	if (text[start] !== '"') fail(start, NAME);
	const colon = afterSpace(text, string(text, start));
	if (text[colon] !== ":") fail(colon, "Expecting ':' delimiter");
	return value(text, afterSpace(text, colon + 1));
}

function string(text: string, start: number): number {
	return match(STRING, text, start) ?? fail(start, "Unterminated string starting at");
}

function match(pattern: RegExp, text: string, start: number): number | undefined {
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}

function afterSpace(text: string, start: number): number {
	let at = start;
	while (" \t\n\r".includes(text[at] ?? "x")) at++;
	return at;
}

function fail(position: number, words: string): never {
	throw new FaultFound(position, words);
}
