// Applies one message to what is known of a printer. Nothing here throws: what does not fit is left out and counted.

import { sameValue } from "../same-value";
import { hexBit } from "./hex-bits";
import {
	type BitsField,
	type ByIdField,
	type Fields,
	type ListField,
	type NumbersField,
	type ScalarField,
	Section,
	type Sections,
} from "./report-fields";
import type { AmsReport, BambuReport, ReportSchema } from "./report-schema";
import { trayExistBit, unitExistBit } from "./unit-bits";

/** More faults or modules than are of use to anybody; the rest of such a list is left out. */
const MAX_LIST_LENGTH = 32;
/** Tray states that leave nothing of the old spool: empty, "empty" in newer firmware, spool without any data. */
const BARE_TRAY_STATES: readonly unknown[] = Object.freeze([undefined, 0, 8, 9]);

export interface ReportChanges {
	/** Sections whose values changed. */
	changed: Sections;
	/** Entries of lists by id that were there before and say something else now. */
	entries: object[];
}

export interface MergeResult extends ReportChanges {
	/** Names of the fields that were left as they were, because the value does not fit. */
	refused: string[];
}

type Values = Record<string, unknown>;
type Entry = Values & { id: number };
interface Merge extends MergeResult {
	/** The message names everything there is, so list entries that it does not name are gone. */
	readonly full: boolean;
}

/**
 * Merges a parsed message into `report`. Objects merge key by key, lists of objects with an id merge entry by entry,
 * other lists are replaced. A field of the wrong type stays as it was. `full` is for reports that name everything.
 */
export function mergeReport(
	report: BambuReport,
	message: object,
	full: boolean,
	{ fields }: Pick<ReportSchema, "fields">,
): MergeResult {
	const merge: Merge = { changed: Section.none, entries: [], refused: [], full };
	const before = report.print?.ams;
	const unitsBefore = before?.ams_exist_bits;
	const traysBefore = before?.tray_exist_bits;
	mergeFields(report, message as Values, fields, merge);
	const ams = report.print?.ams;
	if (ams && merge.changed & Section.filament) {
		if (!full) dropUnpluggedUnits(ams, unitsBefore, merge);
		clearRemovedTrays(ams, traysBefore, merge);
	}
	return merge;
}

function mergeFields(known: Values, incoming: Values, fields: Fields, merge: Merge): void {
	const names = Object.keys(incoming);
	// On XS, for…of takes as long as three fields.
	for (let index = 0; index < names.length; index++) {
		const name = names[index] as string;
		const field = fields[name];
		const value = incoming[name];
		// Newer firmware writes null where older firmware leaves the key out.
		if (!field || value === null) continue;
		if (field.kind === "object") {
			if (isObject(value)) {
				known[name] ??= {};
				mergeFields(known[name] as Values, value, field.fields, merge);
			} else {
				merge.refused.push(name);
			}
		} else if (field.kind === "byId") {
			mergeById(known, name, value, field, merge);
		} else if (field.kind === "list") {
			replaceList(known, name, value, field, merge);
		} else if (field.kind === "numbers") {
			replaceNumbers(known, name, value, field, merge);
		} else if (field.kind !== "ignored") {
			const checked = scalar(field, value);
			if (checked === undefined) {
				merge.refused.push(name);
			} else if (known[name] !== checked) {
				merge.changed |= field.kind === "bits" ? sectionsOf(field, known[name], checked) : field.sections;
				known[name] = checked;
			}
		}
	}
}

function mergeById(known: Values, name: string, incoming: unknown, field: ByIdField, merge: Merge): void {
	const before = (known[name] ?? []) as Entry[];
	const ids = Array.isArray(incoming) ? incoming.map(idOf) : [undefined];
	if (ids.includes(undefined) || areMore(field.maxEntries, before, ids)) {
		merge.refused.push(name);
		return;
	}
	const countBefore = before.length;
	const entries = merge.full ? [] : before;
	ids.forEach((id, index) => {
		const isIt = (entry: Entry): boolean => entry.id === id;
		const entry = before.find(isIt) ?? entries.find(isIt);
		const value = (incoming as Values[])[index] as Values;
		if (entry) mergeEntry(entry, value, field, merge);
		else entries.push(newEntry(id as number, value, field, merge));
		if (entry && !entries.includes(entry)) entries.push(entry);
	});
	// An empty list that was not known before says something too: there is nothing.
	if (entries.length < countBefore || known[name] === undefined) merge.changed |= field.sections;
	if (entries.length > countBefore || merge.full) entries.sort((a, b) => a.id - b.id);
	known[name] = entries;
}

function newEntry(id: number, value: Values, field: ByIdField, merge: Merge): Entry {
	const entry: Entry = { id };
	mergeFields(entry, value, field.fields, merge);
	merge.changed |= field.sections;
	return entry;
}

function mergeEntry(entry: Entry, value: Values, field: ByIdField, merge: Merge): void {
	const changedElsewhere = merge.changed;
	merge.changed = Section.none;
	if (field.clearsWhenBare && isBare(value)) clear(entry, field.sections, merge, value);
	mergeFields(entry, value, field.fields, merge);
	if (merge.changed !== Section.none) merge.entries.push(entry);
	merge.changed |= changedElsewhere;
}

function idOf(value: unknown): number | undefined {
	return isObject(value) ? decimal(value.id) : undefined;
}

function areMore(most: number, entries: Entry[], ids: (number | undefined)[]): boolean {
	return entries.length + ids.length > most && new Set([...entries.map(({ id }) => id), ...ids]).size > most;
}

function isBare(entry: Values): boolean {
	return (
		BARE_TRAY_STATES.includes(entry.state) &&
		Object.keys(entry).every((key) => key === "id" || key === "state")
	);
}

/** Leaves nothing but the id, and what `value` names: that is compared with it afterwards. */
function clear(entry: Values, sections: Sections, merge: Merge, value: Values = {}): void {
	for (const key of Object.keys(entry)) {
		if (key === "id" || Object.hasOwn(value, key)) continue;
		delete entry[key];
		merge.changed |= sections;
	}
}

function replaceList(known: Values, name: string, incoming: unknown, field: ListField, merge: Merge): void {
	const inner: Merge = { changed: Section.none, entries: [], refused: [], full: merge.full };
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

/** Half a list would say something else than the whole one. */
function replaceNumbers(
	known: Values,
	name: string,
	incoming: unknown,
	{ maxItems, sections }: NumbersField,
	merge: Merge,
): void {
	const isList = Array.isArray(incoming) && incoming.length <= maxItems;
	if (!isList || !incoming.every((item) => finite(item) !== undefined)) {
		merge.refused.push(name);
	} else if (!sameValue(known[name], incoming)) {
		known[name] = incoming.slice();
		merge.changed |= sections;
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

function scalar(field: ScalarField, value: unknown): string | number | boolean | undefined {
	switch (field.kind) {
		case "number":
			return finite(value);
		case "decimal":
			return decimal(value);
		case "text":
			return typeof value === "string" ? value.slice(0, field.maxLength) : undefined;
		case "flag":
			return typeof value === "boolean" ? value : undefined;
		case "bits":
			return typeof value === "number" ? value & field.mask : undefined;
		case "hexBit":
			return typeof value === "string" ? hexBit(value, field.bit) : undefined;
	}
}

/** Of the bits that differ; of all of them when none was known. */
function sectionsOf({ parts, sections }: BitsField, before: unknown, now: unknown): Sections {
	if (before === undefined) return sections;
	const different = (before as number) ^ (now as number);
	return parts.reduce(
		(changed, part) => (different & part.mask ? changed | part.sections : changed),
		Section.none as Sections,
	);
}

/** Of texts only plain decimals are taken, not all that `Number()` reads: "", " 7", "0x10", "1e5". */
function decimal(value: unknown): number | undefined {
	if (typeof value !== "string") return finite(value);
	// A regular expression would do, but XS compiles it for each value.
	const hasLetters = value.toLowerCase() !== value.toUpperCase();
	return value === "" || value !== value.trim() || hasLetters ? undefined : finite(Number(value));
}

/** Without the sign that 0 can have: JSON writes it, and nobody means it. */
function finite(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

function isObject(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
