// Spools: what is left on them, and everything that changes it.

import { notFound, refusal } from "./api-error";
import { type FieldSpecs, readBodyFields } from "./body-fields";
import type { Context } from "./context";
import {
	type Column,
	deleteRow,
	insertRow,
	mergeExtra,
	type Row,
	readExtra,
	readRow,
	updateRow,
	withoutNulls,
} from "./database";
import { checkExtra } from "./extra-fields";
import { filamentOrder, filamentRow, readFilament } from "./filaments";
import { lengthOf, type Strand, weightOf } from "./length";
import { type Found, readFlag, type Search, search } from "./search";
import { nowStamp } from "./timestamps";

const creation: FieldSpecs = {
	first_used: { kind: "time" },
	last_used: { kind: "time" },
	filament_id: { kind: "integer", required: true },
	price: { kind: "number", min: 0 },
	initial_weight: { kind: "number", min: 0 },
	spool_weight: { kind: "number", min: 0 },
	remaining_weight: { kind: "number", min: 0 },
	used_weight: { kind: "number", min: 0 },
	location: { kind: "string", maxLength: 64 },
	lot_nr: { kind: "string", maxLength: 64 },
	comment: { kind: "string", maxLength: 1024 },
	archived: { kind: "boolean", notNull: true },
	extra: { kind: "extra" },
};
const change: FieldSpecs = {
	...creation,
	filament_id: { kind: "integer", notNull: true },
	// The real one fails on these with a 500.
	remaining_weight: { kind: "number", min: 0, notNull: true },
	used_weight: { kind: "number", min: 0, notNull: true },
};
const use: FieldSpecs = { use_length: { kind: "number" }, use_weight: { kind: "number" } };
const measurement: FieldSpecs = { weight: { kind: "number", required: true } };

const ONE_WEIGHT = "Only specify either remaining_weight or used_weight.";

const plainColumns = [
	"id",
	"registered",
	...Object.keys(creation).filter((name) => !["remaining_weight", "extra"].includes(name)),
];
const remaining = "coalesce(spool.initial_weight, filament.weight) - spool.used_weight";
const lengthOfGram = "filament.density / (filament.diameter * filament.diameter)";

const spoolSearch: Search = {
	entity: "spool",
	tables:
		"spool JOIN filament ON filament.id = spool.filament_id LEFT JOIN vendor ON vendor.id = filament.vendor_id",
	filters: {
		filament_name: { column: "filament.name", kind: "text" },
		filament_id: { column: "spool.filament_id", kind: "ids" },
		filament_material: { column: "filament.material", kind: "text" },
		vendor_name: { column: "vendor.name", kind: "text" },
		vendor_id: { column: "filament.vendor_id", kind: "ids" },
		"filament.name": { column: "filament.name", kind: "text" },
		"filament.id": { column: "spool.filament_id", kind: "ids" },
		"filament.material": { column: "filament.material", kind: "text" },
		"filament.multi_color_direction": { column: "filament.multi_color_direction", kind: "text" },
		"filament.vendor.name": { column: "vendor.name", kind: "text" },
		"filament.vendor.id": { column: "filament.vendor_id", kind: "ids" },
		location: { column: "spool.location", kind: "text" },
		lot_nr: { column: "spool.lot_nr", kind: "text" },
		first_used: { column: "spool.first_used", kind: "time" },
		last_used: { column: "spool.last_used", kind: "time" },
		registered: { column: "spool.registered", kind: "time" },
	},
	order: {
		...Object.fromEntries(plainColumns.map((column) => [column, [`spool.${column}`]])),
		...Object.fromEntries(Object.entries(filamentOrder).map(([name, sql]) => [`filament.${name}`, sql])),
		price: ["coalesce(spool.price, filament.price)"],
		remaining_weight: [`(${remaining})`],
		remaining_length: [`((${remaining}) / ${lengthOfGram})`],
		used_length: [`(spool.used_weight / ${lengthOfGram})`],
	},
};

export function readSpool(context: Context, id: number): Record<string, unknown> {
	const { filament_id, used_weight, archived, ...row } = spoolRow(context, id);
	const filament = filamentRow(context, Number(filament_id));
	const usedG = Number(used_weight);
	const baseG = numberOf(row.initial_weight) ?? numberOf(filament.weight);
	const remainingG = baseG === undefined ? undefined : Math.max(baseG - usedG, 0);
	const strand = strandOf(filament);
	return withoutNulls({
		id,
		registered: row.registered,
		first_used: row.first_used,
		last_used: row.last_used,
		filament: readFilament(context, Number(filament_id)),
		price: row.price,
		remaining_weight: remainingG,
		initial_weight: row.initial_weight,
		spool_weight: row.spool_weight,
		used_weight: usedG,
		remaining_length: remainingG === undefined ? undefined : lengthOf(remainingG, strand),
		used_length: lengthOf(usedG, strand),
		location: row.location,
		lot_nr: row.lot_nr,
		comment: row.comment,
		archived: archived === 1,
		extra: readExtra(context.db, "spool", id),
	});
}

/** Archived ones only where the query allows them. */
export function findSpools(context: Context, query: URLSearchParams): Found {
	const isAllowed = readFlag(query, "allow_archived");
	return search(context, spoolSearch, query, isAllowed ? undefined : "NOT spool.archived");
}

export function createSpool(context: Context, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, creation);
	const { remaining_weight: remains, used_weight: used, ...given } = values;
	if (typeof remains === "number" && typeof used === "number") throw refusal(400, ONE_WEIGHT);
	checkExtra(context, "spool", extra);
	const filament = filamentRow(context, Number(given.filament_id));
	const initial = numberOf(given.initial_weight) ?? numberOf(filament.weight);
	if (typeof remains === "number" && !initial)
		throw refusal(400, "Failed to create spool, see server logs for more information.");
	const id = insertRow(context.db, "spool", {
		...given,
		registered: nowStamp(context.now()),
		initial_weight: initial ?? null,
		spool_weight: given.spool_weight ?? filament.spool_weight ?? null,
		used_weight: numberOf(used) ?? (typeof remains === "number" ? Math.max((initial ?? 0) - remains, 0) : 0),
	});
	mergeExtra(context.db, "spool", id, extra ?? {});
	return told(context, "added", id);
}

/** Does not touch the times of use. */
export function changeSpool(context: Context, id: number, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, change);
	const { remaining_weight: remains, ...columns } = values;
	if (remains !== undefined && columns.used_weight !== undefined) throw refusal(400, ONE_WEIGHT);
	checkExtra(context, "spool", extra);
	const row = spoolRow(context, id);
	if (typeof columns.filament_id === "number") filamentRow(context, columns.filament_id);
	if (typeof remains === "number") {
		// That of the same request counts.
		const initial = numberOf("initial_weight" in columns ? columns.initial_weight : row.initial_weight);
		if (initial === undefined)
			throw refusal(400, "Failed to update spool, see server logs for more information.");
		columns.used_weight = Math.max(initial - remains, 0);
	}
	updateRow(context.db, "spool", id, columns);
	mergeExtra(context.db, "spool", id, extra ?? {});
	return told(context, "updated", id);
}

export function deleteSpool(context: Context, id: number): void {
	const spool = readSpool(context, id);
	deleteRow(context.db, "spool", id);
	context.events.tell("deleted", "spool", id, spool);
}

/** `{ use_weight: g }` or `{ use_length: mm }`; a negative one gives back. */
export function useSpool(context: Context, id: number, body: unknown): Record<string, unknown> {
	const { use_weight: grams, use_length: millimetres } = readBodyFields(body, use).values;
	if (typeof grams === "number" && typeof millimetres === "number")
		throw refusal(400, "Only specify either use_weight or use_length.");
	if (typeof grams === "number") return useWeight(context, id, grams);
	if (typeof millimetres !== "number")
		throw refusal(400, "Either use_weight or use_length must be specified.");
	const row = readRow(context.db, "spool", id);
	if (!row) throw refusal(404, "Filament not found for spool.");
	return useWeight(
		context,
		id,
		weightOf(millimetres, strandOf(filamentRow(context, Number(row.filament_id)))),
	);
}

/** `{ weight: g }`: filament and spool together, on scales. */
export function measureSpool(context: Context, id: number, body: unknown): Record<string, unknown> {
	const weightG = Number(readBodyFields(body, measurement).values.weight);
	const row = readRow(context.db, "spool", id);
	if (!row) throw refusal(400, "Spool not found.");
	const filament = filamentRow(context, Number(row.filament_id));
	const initialG = numberOf(row.initial_weight) || numberOf(filament.weight);
	if (!initialG) throw refusal(400, "Initial weight is not set.");
	const emptyG = numberOf(row.spool_weight) || (numberOf(filament.spool_weight) ?? 0);
	if (weightG > initialG + emptyG) {
		updateRow(context.db, "spool", id, { initial_weight: weightG - emptyG, used_weight: 0 });
		return told(context, "updated", id);
	}
	const usedG = Number(row.used_weight);
	const leftG = Math.max(weightG - emptyG, 0);
	return useWeight(context, id, initialG - usedG - leftG);
}

function useWeight(context: Context, id: number, weightG: number): Record<string, unknown> {
	const now = nowStamp(context.now());
	const { changes } = context.db
		.prepare(
			`UPDATE spool SET used_weight = max(used_weight + ?, 0.0),
				first_used = coalesce(first_used, ?), last_used = ? WHERE id = ?`,
		)
		.run(weightG, now, now, id);
	if (changes === 0) throw notFound("spool", id);
	return told(context, "updated", id);
}

function told(context: Context, type: "added" | "updated", id: number): Record<string, unknown> {
	const spool = readSpool(context, id);
	context.events.tell(type, "spool", id, spool);
	return spool;
}

function spoolRow({ db }: Context, id: number): Row {
	const row = readRow(db, "spool", id);
	if (!row) throw notFound("spool", id);
	return row;
}

function strandOf(filament: Row): Strand {
	return { density: Number(filament.density), diameter: Number(filament.diameter) };
}

function numberOf(value: Column | undefined): number | undefined {
	return typeof value === "number" ? value : undefined;
}
