// What changed between two reports, and a report with such changes put in: the rules printers' clients merge by.

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, sameJson } from "./json";

/**
 * The fields of `next` that differ from `previous`. Objects hold only what changed in them; units and trays of
 * the `ams` block come with their id and what changed; an emptied tray is its short form; any other array is whole.
 */
export function reportDelta(previous: JsonObject, next: JsonObject): JsonObject {
	return objectDelta(previous, next, []);
}

/** The report after a delta. Fields that the delta lacks stay as they are. */
export function mergeReport(report: JsonObject, delta: JsonObject): JsonObject {
	return mergeObject(report, delta, []);
}

type Path = readonly string[];

function objectDelta(previous: JsonObject, next: JsonObject, path: Path): JsonObject {
	const changes: Record<string, JsonValue> = {};
	for (const [key, value] of Object.entries(next)) {
		const before = previous[key];
		if (!sameJson(before, value)) changes[key] = valueDelta(before, value, [...path, key]);
	}
	return changes;
}

function valueDelta(before: JsonValue | undefined, value: JsonValue, path: Path): JsonValue {
	if (isJsonObject(before) && isJsonObject(value)) return objectDelta(before, value, path);
	if (isJsonArray(before) && isJsonArray(value) && isKeyed(path)) return listDelta(before, value, path);
	return value;
}

/** `ams.ams` and `ams.ams[].tray` are lists of things with an id. */
function isKeyed(path: Path): boolean {
	const name = path.join(".");
	return name === "ams.ams" || name === "ams.ams.tray";
}

function listDelta(
	before: readonly JsonValue[],
	next: readonly JsonValue[],
	path: Path,
): readonly JsonValue[] {
	return next.flatMap((item) => {
		const old = findById(before, item);
		if (sameJson(old, item)) return [];
		if (!isJsonObject(old) || !isJsonObject(item) || isEmptyTray(old, path) || isEmptyTray(item, path)) {
			return [item];
		}
		const changes = { id: item.id ?? "", ...objectDelta(old, item, path) };
		// With nothing but a state it would read as an empty tray.
		return [isEmptyTray(changes, path) ? { ...changes, tray_type: item.tray_type ?? "" } : changes];
	});
}

function mergeObject(report: JsonObject, delta: JsonObject, path: Path): JsonObject {
	const merged: Record<string, JsonValue> = { ...report };
	for (const [key, value] of Object.entries(delta)) {
		merged[key] = mergeValue(report[key], value, [...path, key]);
	}
	return merged;
}

function mergeValue(before: JsonValue | undefined, value: JsonValue, path: Path): JsonValue {
	if (isJsonObject(before) && isJsonObject(value)) return mergeObject(before, value, path);
	if (isJsonArray(before) && isJsonArray(value) && isKeyed(path)) return mergeList(before, value, path);
	return value;
}

function mergeList(
	before: readonly JsonValue[],
	delta: readonly JsonValue[],
	path: Path,
): readonly JsonValue[] {
	const kept = before.map((old) => {
		const item = findById(delta, old);
		return item === undefined ? old : mergeItem(old, item, path);
	});
	return [...kept, ...delta.filter((item) => findById(before, item) === undefined)];
}

function mergeItem(old: JsonValue, item: JsonValue, path: Path): JsonValue {
	if (!isJsonObject(old) || !isJsonObject(item) || isEmptyTray(item, path)) return item;
	return mergeObject(old, item, path);
}

function findById(list: readonly JsonValue[], item: JsonValue): JsonValue | undefined {
	if (!isJsonObject(item)) return undefined;
	return list.find((other) => isJsonObject(other) && other.id === item.id);
}

/** A tray that says nothing but its id and state holds no spool, and takes all old fields with it. */
function isEmptyTray(value: JsonObject, path: Path): boolean {
	return path.at(-1) === "tray" && Object.keys(value).every((key) => key === "id" || key === "state");
}
