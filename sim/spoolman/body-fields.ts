// The fields of a request's body: their types and limits, and what the validator says about wrong ones.

import { type Detail, invalid } from "./api-error";
import type { Column } from "./database";
import { parseTime, toTimestamp } from "./timestamps";

export interface FieldSpec {
	kind:
		| "number"
		| "integer"
		| "string"
		| "boolean"
		| "time"
		| "choice"
		| "extra"
		| "strings"
		| "color"
		| "colors";
	required?: boolean;
	/** `null` is refused, although the field may be left out. */
	notNull?: boolean;
	min?: number;
	/** Exclusive. */
	above?: number;
	minLength?: number;
	maxLength?: number;
	/** Of a choice. */
	choices?: readonly string[];
}

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;
export type Extra = Record<string, string | null>;

export interface BodyFields {
	/** What the body has of the known fields, in the order of the specs: booleans as 0 and 1, times in UTC. */
	values: Record<string, Column>;
	/** Of the `extra` field. */
	extra: Extra | undefined;
	/** Of fields that are lists. */
	lists: Record<string, string[] | null>;
}

/** Other keys of the body are left alone. Throws an {@link invalid} with all that is wrong. */
export function readBodyFields(body: unknown, specs: FieldSpecs): BodyFields {
	if (body === undefined)
		throw invalid([{ type: "missing", loc: ["body"], msg: "Field required", input: null }]);
	if (typeof body !== "object" || body === null || Array.isArray(body))
		throw invalid([
			{
				type: "model_attributes_type",
				loc: ["body"],
				msg: "Input should be a valid dictionary or object to extract fields from",
				input: body,
			},
		]);
	const found: BodyFields = { values: {}, extra: undefined, lists: {} };
	const details: Detail[] = [];
	const given = body as Readonly<Record<string, unknown>>;
	for (const [name, spec] of Object.entries(specs)) {
		if (!Object.hasOwn(given, name)) {
			if (spec.required)
				details.push({ type: "missing", loc: ["body", name], msg: "Field required", input: body });
			continue;
		}
		const details_ = readField(name, given[name], spec, found);
		details.push(...details_);
	}
	if (details.length > 0) throw invalid(details);
	return found;
}

function readField(name: string, input: unknown, spec: FieldSpec, found: BodyFields): Detail[] {
	const wrong = (type: string, msg: string, ctx?: Detail["ctx"]): Detail[] => [
		{ type, loc: ["body", name], msg, input, ...(ctx && { ctx }) },
	];
	if (input === null && !spec.required) {
		if (spec.notNull) return wrong("value_error", "Value error, Value must not be None.", { error: {} });
		if (spec.kind === "strings") found.lists[name] = null;
		else if (spec.kind !== "extra") found.values[name] = null;
		return [];
	}
	switch (spec.kind) {
		case "number":
		case "integer": {
			const number = spec.kind === "number" ? toNumber(input) : toInteger(input);
			if (typeof number === "object") return wrong(number.type, number.msg);
			if (spec.above !== undefined && !(number > spec.above))
				return wrong("greater_than", `Input should be greater than ${spec.above}`, { gt: spec.above });
			if (spec.min !== undefined && !(number >= spec.min))
				return wrong("greater_than_equal", `Input should be greater than or equal to ${spec.min}`, {
					ge: spec.min,
				});
			found.values[name] = number;
			return [];
		}
		case "boolean": {
			const flag = toBoolean(input);
			if (typeof flag === "object") return wrong(flag.type, flag.msg);
			found.values[name] = flag ? 1 : 0;
			return [];
		}
		case "extra":
			return readExtraField(name, input, found);
		case "strings":
			if (!Array.isArray(input)) return wrong("list_type", "Input should be a valid list");
			if (input.length < (spec.minLength ?? 0))
				return wrong("too_short", "List should have at least 1 item after validation, not 0");
			if (!input.every((item) => typeof item === "string"))
				return wrong("string_type", "Input should be a valid string");
			found.lists[name] = input;
			return [];
	}
	if (typeof input !== "string") return wrong("string_type", "Input should be a valid string");
	const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, choices = [] } = spec;
	const length = [...input].length;
	if (length < minLength)
		return wrong("string_too_short", `String should have at least ${characters(minLength)}`, {
			min_length: minLength,
		});
	if (length > maxLength)
		return wrong("string_too_long", `String should have at most ${characters(maxLength)}`, {
			max_length: maxLength,
		});
	switch (spec.kind) {
		case "choice": {
			const expected = choices.map((choice) => `'${choice}'`).join(" or ");
			if (!choices.includes(input)) return wrong("enum", `Input should be ${expected}`, { expected });
			break;
		}
		case "time": {
			const time = parseTime(input);
			if (time === undefined)
				return wrong("datetime_from_date_parsing", "Input should be a valid datetime or date");
			found.values[name] = toTimestamp(time);
			return [];
		}
		case "color":
		case "colors": {
			const colors = (spec.kind === "color" ? [input] : input.split(",")).map(plainColor);
			if (colors.some((color) => !/^([0-9A-F]{6}|[0-9A-F]{8})$/.test(color)))
				return wrong("value_error", "Value error, a color has to be 6 or 8 hexadecimal digits", {
					error: {},
				});
			found.values[name] = colors.join(",");
			return [];
		}
	}
	found.values[name] = input;
	return [];
}

function readExtraField(name: string, input: unknown, found: BodyFields): Detail[] {
	if (typeof input !== "object" || input === null || Array.isArray(input))
		return [{ type: "dict_type", loc: ["body", name], msg: "Input should be a valid dictionary", input }];
	const details: Detail[] = [];
	const extra: [key: string, value: string | null][] = [];
	for (const [key, value] of Object.entries(input)) {
		if (value === null || typeof value === "string") extra.push([key, value]);
		else
			details.push({
				type: "string_type",
				loc: ["body", name, key],
				msg: "Input should be a valid string",
				input: value,
			});
	}
	found.extra = Object.fromEntries(extra);
	return details;
}

type Wrong = Pick<Detail, "type" | "msg">;

function toNumber(input: unknown): number | Wrong {
	if (typeof input === "boolean") return input ? 1 : 0;
	if (typeof input !== "string" && typeof input !== "number")
		return { type: "float_type", msg: "Input should be a valid number" };
	const number = typeof input === "string" && input.trim() === "" ? Number.NaN : Number(input);
	if (Number.isFinite(number)) return number;
	if (typeof input === "number") return { type: "finite_number", msg: "Input should be a finite number" };
	return { type: "float_parsing", msg: "Input should be a valid number, unable to parse string as a number" };
}

/** Also for numbers in a path and a query. */
export function toInteger(input: unknown): number | Wrong {
	if (typeof input === "boolean") return input ? 1 : 0;
	if (typeof input === "number") {
		if (Number.isInteger(input)) return input;
		return {
			type: "int_from_float",
			msg: "Input should be a valid integer, got a number with a fractional part",
		};
	}
	if (typeof input !== "string") return { type: "int_type", msg: "Input should be a valid integer" };
	if (/^\s*[+-]?\d{1,15}\s*$/.test(input)) return Number(input);
	return {
		type: "int_parsing",
		msg: "Input should be a valid integer, unable to parse string as an integer",
	};
}

/** Likewise. */
export function toBoolean(input: unknown): boolean | Wrong {
	if (typeof input === "boolean") return input;
	if (typeof input === "string" || typeof input === "number") {
		const word = String(input).toLowerCase();
		if (["true", "1", "yes", "y", "on", "t"].includes(word)) return true;
		if (["false", "0", "no", "n", "off", "f"].includes(word)) return false;
		return { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" };
	}
	return { type: "bool_type", msg: "Input should be a valid boolean" };
}

function characters(count: number): string {
	return count === 1 ? "1 character" : `${count} characters`;
}

function plainColor(text: string): string {
	return text.trim().replace(/^#/, "").toUpperCase();
}
