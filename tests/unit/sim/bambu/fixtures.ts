// Captures of real printers, and small helpers to look into reports.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
	isJsonArray,
	isJsonObject,
	type JsonObject,
	type JsonValue,
} from "../../../../sim/printers/bambu/json";

const directory = fileURLToPath(new URL("../../../fixtures/bambu", import.meta.url));

export const captureNames = readdirSync(directory).filter((name) => /\.jsonl?$/.test(name));

export function capturePath(name: string): string {
	return `${directory}/${name}`;
}

/** The value below these keys; numbers look into lists. Fails when there is none. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue {
	let found = value;
	for (const key of path) {
		if (typeof key === "number") found = isJsonArray(found) ? found[key] : undefined;
		else found = isJsonObject(found) ? found[key] : undefined;
	}
	assert.ok(found !== undefined, `nothing at ${path.join(".")}`);
	return found;
}

export function objectAt(value: JsonValue | undefined, ...path: (string | number)[]): JsonObject {
	const found = at(value, ...path);
	assert.ok(isJsonObject(found), `no object at ${path.join(".")}`);
	return found;
}

export function numberAt(value: JsonValue | undefined, ...path: (string | number)[]): number {
	const found = at(value, ...path);
	assert.ok(typeof found === "number", `no number at ${path.join(".")}`);
	return found;
}
