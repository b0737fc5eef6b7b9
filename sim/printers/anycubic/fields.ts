// Reads the fields of a command's data, whatever they are.

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../bambu/json";

/** Empty unless it is an object. */
export function objectOf(value: JsonValue | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}

/** The objects in it; none unless it is a list. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
	return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

export function textOf(value: JsonValue | undefined): string | undefined {
	return typeof value === "string" ? value : undefined;
}

export function numberOf(value: JsonValue | undefined): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Whole, from `min` to `max`. */
export function wholeOf(value: JsonValue | undefined, min: number, max: number): number | undefined {
	const number = numberOf(value);
	return number !== undefined && Number.isInteger(number) && number >= min && number <= max
		? number
		: undefined;
}
