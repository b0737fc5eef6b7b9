// Reads the body of a request: a JSON object with known fields, each of a known kind.

import type { TextCodec } from "../platform/text-codec";
import { ApiError } from "./answers";

/**
 * No body of ours goes deeper. Engines read JSON recursively, and that of a small device ends when its stack is full;
 * so deeper ones are not even begun.
 */
const MAX_DEPTH = 8;
/** Of a stranger's field name in an error. */
const MAX_NAME_CHARACTERS = 40;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** `"flag"`, `"number"`, `"integer"`, `"text"`, or the words that are allowed. */
export type FieldKind = "flag" | "number" | "integer" | "text" | readonly string[];

export type Fields<Kinds extends Readonly<Record<string, FieldKind>>> = {
	-readonly [Name in keyof Kinds]?: Kinds[Name] extends "flag"
		? boolean
		: Kinds[Name] extends "number" | "integer"
			? number
			: Kinds[Name] extends readonly (infer Word)[]
				? Word
				: string;
};

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws an {@link ApiError} `bad_json` for what is no JSON object. An empty body is an empty object. */
export function readObject(body: Uint8Array, text: TextCodec): JsonObject {
	if (body.length === 0) return {};
	if (isTooDeep(body)) throw new ApiError("bad_json", "The body is nested too deeply.");
	let value: unknown;
	try {
		value = JSON.parse(text.decode(body));
	} catch {
		throw new ApiError("bad_json", "The body is not JSON.");
	}
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new ApiError("bad_json", "The body has to be a JSON object.");
	return value as JsonObject;
}

/** Throws an {@link ApiError} `bad_field` that names the field: one that is unknown, or not of its kind. */
export function readFields<const Kinds extends Readonly<Record<string, FieldKind>>>(
	object: JsonObject,
	kinds: Kinds,
): Fields<Kinds> {
	const fields: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(object)) {
		const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
		if (kind === undefined)
			throw new ApiError(
				"bad_field",
				`There is no field ${quote(name)} here; there is ${Object.keys(kinds).join(", ") || "none"}.`,
			);
		const expected = problemOf(kind, value);
		if (expected !== undefined) throw new ApiError("bad_field", `"${name}" has to be ${expected}.`);
		fields[name] = value;
	}
	return fields as Fields<Kinds>;
}

/** The value of a field that has to be there. */
export function required<T>(name: string, value: T | undefined): T {
	if (value === undefined) throw new ApiError("bad_field", `"${name}" is missing.`);
	return value;
}

function problemOf(kind: FieldKind, value: unknown): string | undefined {
	switch (kind) {
		case "flag":
			return typeof value === "boolean" ? undefined : "true or false";
		case "number":
			return typeof value === "number" && Number.isFinite(value) ? undefined : "a number";
		case "integer":
			return Number.isInteger(value) ? undefined : "a whole number";
		case "text":
			return typeof value === "string" ? undefined : "a text";
		default:
			return typeof value === "string" && kind.includes(value) ? undefined : `one of ${kind.join(", ")}`;
	}
}

function isTooDeep(body: Uint8Array): boolean {
	let depth = 0;
	let isText = false;
	for (let at = 0; at < body.length; at++) {
		const byte = body[at];
		if (isText) {
			if (byte === BACKSLASH) at++;
			else if (byte === QUOTE) isText = false;
		} else if (byte === QUOTE) isText = true;
		// "[" and "{", "]" and "}": they differ in one bit.
		else if (byte !== undefined && (byte | 0x20) === 0x7b) {
			if (++depth > MAX_DEPTH) return true;
		} else if (byte !== undefined && (byte | 0x20) === 0x7d) depth--;
	}
	return false;
}

function quote(name: string): string {
	return JSON.stringify(name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name);
}
