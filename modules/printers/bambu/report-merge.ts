// Applies one message to what is known of a printer. Nothing here throws: what does not fit is left out and counted.

import { sameValue } from "../same-value";
import { hexBit } from "./hex-bits";
import { type ByIdField, type Fields, type ListField, Section, type Sections } from "./report-fields";
import { type AmsReport, type BambuReport, reportFields } from "./report-schema";
import { trayExistBit, unitExistBit } from "./unit-bits";

/** More faults or modules than are of use to anybody; the rest of such a list is left out. */
const MAX_LIST_LENGTH = 32;
/** Tray states that leave nothing of the old spool: empty, "empty" in newer firmware, spool without any data. */
const BARE_TRAY_STATES: readonly unknown[] = Object.freeze([undefined, 0, 8, 9]);

export interface MergeResult {
	/** Sections whose values changed. */
	changed: Sections;
	/** Names of the fields that were left as they were, because the value does not fit. */
	refused: string[];
}

type Values = Record<string, unknown>;
interface Merge extends MergeResult {
	/** The message names everything there is, so list entries that it does not name are gone. */
	readonly full: boolean;
}

/**
 * Merges a parsed message into `report`. Objects merge key by key, lists of objects with an id merge entry by entry,
 * other lists are replaced. A field of the wrong type stays as it was. `full` is for reports that name everything.
 */
export function mergeReport(report: BambuReport, message: object, full: boolean): MergeResult {
	const merge: Merge = { changed: Section.none, refused: [], full };
	const { ams_exist_bits: unitsBefore, tray_exist_bits: traysBefore } = report.print?.ams ?? {};
	mergeFields(report, message as Values, reportFields, merge);
	const ams = report.print?.ams;
	if (ams) {
		if (!full) dropUnpluggedUnits(ams, unitsBefore, merge);
		clearRemovedTrays(ams, traysBefore, merge);
	}
	return merge;
}

function mergeFields(known: Values, incoming: Values, fields: Fields, merge: Merge): void {
	for (const name of Object.keys(incoming)) {
		const field = fields[name];
		const value = incoming[name];
		// Newer firmware writes null where older firmware leaves the key out.
		if (!field || value === null) continue;
		switch (field.kind) {
			case "ignored":
				break;
			case "object":
				mergeObject(known, name, value, field.fields, merge);
				break;
			case "byId":
				mergeById(known, name, value, field, merge);
				break;
			case "list":
				replaceList(known, name, value, field, merge);
				break;
			default: {
				const checked = scalar(field.kind, value, field.kind === "text" ? field.maxLength : 0);
				if (checked === undefined) {
					merge.refused.push(name);
				} else if (known[name] !== checked) {
					known[name] = checked;
					merge.changed |= field.sections;
				}
			}
		}
	}
}

function mergeObject(known: Values, name: string, incoming: unknown, fields: Fields, merge: Merge): void {
	if (!isObject(incoming)) {
		merge.refused.push(name);
		return;
	}
	const before = known[name];
	const target = isObject(before) ? before : {};
	known[name] = target;
	mergeFields(target, incoming, fields, merge);
}

function mergeById(known: Values, name: string, incoming: unknown, field: ByIdField, merge: Merge): void {
	const before = Array.isArray(known[name]) ? (known[name] as Values[]) : [];
	const values: unknown[] = Array.isArray(incoming) ? incoming : [undefined];
	const ids = values.map((value) => (isObject(value) ? scalar("decimal", value.id) : undefined));
	const allIds = new Set([...before.map(({ id }) => id), ...ids]);
	if (allIds.has(undefined) || allIds.size > field.maxEntries) {
		merge.refused.push(name);
		return;
	}
	const entries = merge.full ? [] : [...before];
	for (const [index, value] of values.entries()) {
		if (!isObject(value)) continue;
		let entry = [...before, ...entries].find(({ id }) => id === ids[index]);
		if (entry && field.clearsWhenBare && isBare(value)) clear(entry, field.sections, merge);
		entry ??= {};
		mergeFields(entry, value, field.fields, merge);
		if (!entries.includes(entry)) entries.push(entry);
	}
	if (entries.length !== before.length || entries.some((entry) => !before.includes(entry)))
		merge.changed |= field.sections;
	known[name] = entries;
}

function isBare(entry: Values): boolean {
	return (
		BARE_TRAY_STATES.includes(entry.state) &&
		Object.keys(entry).every((key) => key === "id" || key === "state")
	);
}

/** Leaves nothing but the id. */
function clear(entry: Values, sections: Sections, merge: Merge): void {
	for (const key of Object.keys(entry)) {
		if (key === "id") continue;
		delete entry[key];
		merge.changed |= sections;
	}
}

function replaceList(known: Values, name: string, incoming: unknown, field: ListField, merge: Merge): void {
	const inner: Merge = { changed: Section.none, refused: [], full: merge.full };
	const entries: Values[] = [];
	for (const value of Array.isArray(incoming) ? incoming.slice(0, MAX_LIST_LENGTH) : [undefined]) {
		const entry: Values = {};
		if (isObject(value)) mergeFields(entry, value, field.fields, inner);
		else inner.refused.push(name);
		entries.push(entry);
	}
	// Half a list of faults would look like faults that went away.
	if (inner.refused.length > 0) {
		merge.refused.push(name);
	} else if (!sameValue(known[name], entries)) {
		known[name] = entries;
		merge.changed |= field.sections;
	}
}

/**
 * A delta tells of a unit that was unplugged only by its bit in `ams_exist_bits`, which goes from 1 to 0.
 * The bits alone do not say which units exist: some firmware contradicts itself there.
 */
function dropUnpluggedUnits(ams: AmsReport, bitsBefore: string | undefined, merge: Merge): void {
	const bits = ams.ams_exist_bits;
	if (!ams.ams || bitsBefore === undefined || bits === undefined || bits === bitsBefore) return;
	const left = ams.ams.filter(({ id = -1 }) => {
		const bit = unitExistBit(id);
		return !hexBit(bitsBefore, bit) || hexBit(bits, bit);
	});
	if (left.length === ams.ams.length) return;
	ams.ams = left;
	merge.changed |= Section.filament;
}

/** Its bit goes from 1 to 0 when a spool is taken out. The next spool there must not inherit what was known. */
function clearRemovedTrays(ams: AmsReport, bitsBefore: string | undefined, merge: Merge): void {
	const bits = ams.tray_exist_bits;
	if (bitsBefore === undefined || bits === undefined || bits === bitsBefore) return;
	for (const { id: unit = -1, tray: trays = [] } of ams.ams ?? [])
		for (const tray of trays) {
			const bit = trayExistBit(unit, tray.id ?? -1);
			if (hexBit(bitsBefore, bit) && !hexBit(bits, bit)) clear(tray, Section.filament, merge);
		}
}

function scalar(
	kind: "text" | "number" | "decimal" | "flag",
	value: unknown,
	maxLength = 0,
): string | number | boolean | undefined {
	switch (kind) {
		case "text":
			return typeof value === "string" ? value.slice(0, maxLength) : undefined;
		case "decimal":
			if (typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return finite(Number(value));
			return finite(value);
		case "number":
			return finite(value);
		case "flag":
			return typeof value === "boolean" ? value : undefined;
	}
}

/** Without the sign that 0 can have: JSON writes it, and nobody means it. */
function finite(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

function isObject(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
