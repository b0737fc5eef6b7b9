// Reads the fields of a command as they came from outside: each of a known kind, within its limits.

import { type CommandFailure, failed } from "../command";

/** A tray of a unit, or the spool outside of all units. The left one is that of the left of two nozzles. */
export type SpoolPlace = { readonly unit: number; readonly slot: number } | "external" | "external_left";

interface FieldOf<Kind extends string> {
	readonly kind: Kind;
	readonly optional?: true;
}
export type FlagField = FieldOf<"flag">;
/** `whole`: without a fraction. Limits that depend on the printer are a guard's. */
export interface NumberField extends FieldOf<"number"> {
	readonly min: number;
	readonly max: number;
	readonly whole: boolean;
}
/** Printable ASCII. */
export interface TextField extends FieldOf<"text"> {
	readonly minLength: number;
	readonly maxLength: number;
}
/** Printable ASCII in one line or several. */
export interface LinesField extends FieldOf<"lines"> {
	readonly maxLength: number;
}
/** Any characters but control characters, for what people have named. */
export interface NameField extends FieldOf<"name"> {
	readonly maxLength: number;
}
export interface WordField<Word extends string = string> extends FieldOf<"word"> {
	readonly words: readonly Word[];
}
/** At least one of them; naming one twice is the same as naming it once. */
export interface WordsField<Word extends string = string> extends FieldOf<"words"> {
	readonly words: readonly Word[];
}
/** At least one. */
export interface NumbersField extends FieldOf<"numbers"> {
	readonly max: number;
	readonly maxCount: number;
}
export type PlaceField = FieldOf<"place">;
/** `null` for a filament that is not used. */
export interface PlacesField extends FieldOf<"places"> {
	readonly maxCount: number;
}

export type Field =
	| FlagField
	| NumberField
	| TextField
	| LinesField
	| NameField
	| WordField
	| WordsField
	| NumbersField
	| PlaceField
	| PlacesField;
export type Fields = Readonly<Record<string, Field>>;

type FieldValue<F> =
	F extends FieldOf<"flag">
		? boolean
		: F extends FieldOf<"number">
			? number
			: F extends FieldOf<"text" | "lines" | "name">
				? string
				: F extends WordField<infer Word>
					? Word
					: F extends WordsField<infer Word>
						? readonly Word[]
						: F extends FieldOf<"numbers">
							? readonly number[]
							: F extends FieldOf<"place">
								? SpoolPlace
								: readonly (SpoolPlace | null)[];
export type FieldValues<F extends Fields> = {
	readonly [K in keyof F as F[K] extends { optional: true } ? never : K]: FieldValue<F[K]>;
} & { readonly [K in keyof F as F[K] extends { optional: true } ? K : never]?: FieldValue<F[K]> };

export const flag: FlagField = Object.freeze({ kind: "flag" });
export const place: PlaceField = Object.freeze({ kind: "place" });
export const whole = (min: number, max: number): NumberField =>
	Object.freeze({ kind: "number", min, max, whole: true });
export const decimal = (min: number, max: number): NumberField =>
	Object.freeze({ kind: "number", min, max, whole: false });
export const text = (minLength: number, maxLength: number): TextField =>
	Object.freeze({ kind: "text", minLength, maxLength });
export const lines = (maxLength: number): LinesField => Object.freeze({ kind: "lines", maxLength });
export const name = (maxLength: number): NameField => Object.freeze({ kind: "name", maxLength });
export const word = <const Word extends string>(...words: readonly Word[]): WordField<Word> =>
	Object.freeze({ kind: "word", words: Object.freeze(words) });
export const words = <const Word extends string>(...words: readonly Word[]): WordsField<Word> =>
	Object.freeze({ kind: "words", words: Object.freeze(words) });
export const numbers = (max: number, maxCount: number): NumbersField =>
	Object.freeze({ kind: "numbers", max, maxCount });
export const places = (maxCount: number): PlacesField => Object.freeze({ kind: "places", maxCount });
export function optional<F extends Field>(field: F): F & { readonly optional: true } {
	return Object.freeze(Object.assign({}, field, { optional: true } as const));
}

/** Of a stranger's field name in an answer. */
const MAX_NAME_CHARACTERS = 40;
/** "\n" */
const LINE_END = 0x0a;
/** Units and slots have one byte each in the printers' own numbering. */
const MAX_ADDRESS = 255;

/** What a field's value is not; `limits` when it is of the right kind. */
interface Problem {
	readonly expected: string;
	readonly limits?: true;
}

/** The values of the known fields, or why there are none. `command` and, where asked for, `confirm` are no fields. */
export function readFields(
	fields: Fields,
	request: Readonly<Record<string, unknown>>,
	confirmable: boolean,
): { values: Readonly<Record<string, unknown>> } | CommandFailure {
	const values: Record<string, unknown> = {};
	for (const key of Object.keys(request)) {
		if (key === "command" || (confirmable && key === "confirm")) continue;
		const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
		if (field === undefined) return unknownField(key, Object.keys(fields));
		const problem = problemOf(field, request[key]);
		if (problem)
			return failed(problem.limits ? "out_of_range" : "bad_field", `"${key}" has to be ${problem.expected}.`);
		values[key] = request[key];
	}
	for (const key of Object.keys(fields))
		if (fields[key]?.optional === undefined && !Object.hasOwn(values, key))
			return failed("bad_field", `"${key}" is missing.`);
	return { values };
}

function unknownField(key: string, known: readonly string[]): CommandFailure {
	const shown = JSON.stringify(
		key.length > MAX_NAME_CHARACTERS ? `${key.slice(0, MAX_NAME_CHARACTERS)}…` : key,
	);
	return failed(
		"bad_field",
		`This command has no field ${shown}; it has ${known.join(", ") || "none at all"}.`,
	);
}

function problemOf(field: Field, value: unknown): Problem | undefined {
	switch (field.kind) {
		case "flag":
			return typeof value === "boolean" ? undefined : { expected: "true or false" };
		case "number":
			return numberProblem(field, value);
		case "text":
			return textProblem(field, value);
		case "lines":
			return isText(value, 1, field.maxLength, (code) => isPrintable(code) || code === LINE_END)
				? undefined
				: { expected: `ASCII text of 1 to ${field.maxLength} characters, in lines that end with \\n` };
		case "name":
			return isName(value, field.maxLength)
				? undefined
				: { expected: `a text of 1 to ${field.maxLength} characters, without control characters` };
		case "word":
			return isOneOf(field.words, value) ? undefined : { expected: `one of ${field.words.join(", ")}` };
		case "words":
			return isList(value, field.words.length) && value.every((item) => isOneOf(field.words, item))
				? undefined
				: { expected: `a list of at least one of ${field.words.join(", ")}` };
		case "numbers":
			return isList(value, field.maxCount) && value.every((item) => isWhole(item, 0, field.max))
				? undefined
				: { expected: `a list of 1 to ${field.maxCount} whole numbers from 0 to ${field.max}` };
		case "place":
			return isPlace(value) ? undefined : { expected: PLACE };
		case "places":
			return isList(value, field.maxCount) && value.every((item) => item === null || isPlace(item))
				? undefined
				: { expected: `a list of 1 to ${field.maxCount} items, each null or ${PLACE}` };
	}
}

const PLACE = '{ "unit", "slot" } with whole numbers, "external" or "external_left"';

function numberProblem({ min, max, whole }: NumberField, value: unknown): Problem | undefined {
	const expected = `a ${whole ? "whole " : ""}number from ${min} to ${max}`;
	if (typeof value !== "number" || !(whole ? Number.isInteger(value) : Number.isFinite(value)))
		return { expected };
	return value >= min && value <= max ? undefined : { expected, limits: true };
}

function textProblem({ minLength, maxLength }: TextField, value: unknown): Problem | undefined {
	return isText(value, minLength, maxLength, isPrintable)
		? undefined
		: { expected: `a text of ${minLength} to ${maxLength} ASCII characters` };
}

function isName(value: unknown, maxLength: number): boolean {
	return isText(value, 1, maxLength, (code) => code >= 0x20 && code !== 0x7f);
}

function isPrintable(code: number): boolean {
	return code >= 0x20 && code < 0x7f;
}

function isText(value: unknown, min: number, max: number, isFine: (code: number) => boolean): boolean {
	if (typeof value !== "string" || value.length < min || value.length > max) return false;
	for (let at = 0; at < value.length; at++) if (!isFine(value.charCodeAt(at))) return false;
	return true;
}

function isOneOf(words: readonly string[], value: unknown): boolean {
	return typeof value === "string" && words.includes(value);
}

function isList(value: unknown, maxCount: number): value is unknown[] {
	return Array.isArray(value) && value.length > 0 && value.length <= maxCount;
}

function isWhole(value: unknown, min: number, max: number): boolean {
	return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function isPlace(value: unknown): value is SpoolPlace {
	if (value === "external" || value === "external_left") return true;
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	const { unit, slot } = value as { unit?: unknown; slot?: unknown };
	return Object.keys(value).length === 2 && isWhole(unit, 0, MAX_ADDRESS) && isWhole(slot, 0, MAX_ADDRESS);
}
