// Filaments: what spools are wound with.

import { notFound, notThere, refusal } from "./api-error";
import { type FieldSpecs, readBodyFields } from "./body-fields";
import type { Context } from "./context";
import {
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
import { type Found, search } from "./search";
import { nowStamp } from "./timestamps";
import { readVendor, vendorOrder } from "./vendors";

const creation: FieldSpecs = {
	name: { kind: "string", maxLength: 64 },
	vendor_id: { kind: "integer" },
	material: { kind: "string", maxLength: 64 },
	price: { kind: "number", min: 0 },
	density: { kind: "number", required: true, above: 0 },
	diameter: { kind: "number", required: true, above: 0 },
	weight: { kind: "number", above: 0 },
	spool_weight: { kind: "number", min: 0 },
	article_number: { kind: "string", maxLength: 64 },
	comment: { kind: "string", maxLength: 1024 },
	settings_extruder_temp: { kind: "integer", min: 0 },
	settings_bed_temp: { kind: "integer", min: 0 },
	color_hex: { kind: "color" },
	multi_color_hexes: { kind: "colors" },
	multi_color_direction: { kind: "choice", choices: ["coaxial", "longitudinal"] },
	external_id: { kind: "string", maxLength: 256 },
	extra: { kind: "extra" },
};
const change: FieldSpecs = {
	...creation,
	density: { kind: "number", notNull: true, above: 0 },
	diameter: { kind: "number", notNull: true, above: 0 },
};

const columns = ["id", "registered", ...Object.keys(creation).filter((name) => name !== "extra")];

/** What a list of filaments may be sorted by. */
export const filamentOrder: Readonly<Record<string, readonly string[]>> = {
	...Object.fromEntries(columns.map((column) => [column, [`filament.${column}`]])),
	...Object.fromEntries(Object.entries(vendorOrder).map(([name, sql]) => [`vendor.${name}`, sql])),
	combined_name: ["vendor.name", "filament.name"],
};

export function readFilament(context: Context, id: number): Record<string, unknown> {
	const { vendor_id, registered, name, ...rest } = filamentRow(context, id);
	return withoutNulls({
		id,
		registered,
		name,
		vendor: typeof vendor_id === "number" ? readVendor(context, vendor_id) : null,
		...rest,
		extra: readExtra(context.db, "filament", id),
	});
}

/** As it is stored. */
export function filamentRow({ db }: Context, id: number): Row {
	const row = readRow(db, "filament", id);
	if (!row) throw notFound("filament", id);
	return row;
}

export function findFilaments(context: Context, query: URLSearchParams): Found {
	if (query.has("color_hex")) throw notThere();
	return search(
		context,
		{
			entity: "filament",
			tables: "filament LEFT JOIN vendor ON vendor.id = filament.vendor_id",
			filters: {
				vendor_name: { column: "vendor.name", kind: "text" },
				vendor_id: { column: "filament.vendor_id", kind: "ids" },
				"vendor.name": { column: "vendor.name", kind: "text" },
				"vendor.id": { column: "filament.vendor_id", kind: "ids" },
				name: { column: "filament.name", kind: "text" },
				material: { column: "filament.material", kind: "text" },
				article_number: { column: "filament.article_number", kind: "text" },
				external_id: { column: "filament.external_id", kind: "text" },
			},
			order: filamentOrder,
		},
		query,
	);
}

export function createFilament(context: Context, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, creation);
	checkExtra(context, "filament", extra);
	if (typeof values.vendor_id === "number") readVendor(context, values.vendor_id);
	const id = insertRow(context.db, "filament", { registered: nowStamp(context.now()), ...values });
	mergeExtra(context.db, "filament", id, extra ?? {});
	const filament = readFilament(context, id);
	context.events.tell("added", "filament", id, filament);
	return filament;
}

export function changeFilament(context: Context, id: number, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, change);
	checkExtra(context, "filament", extra);
	filamentRow(context, id);
	if (typeof values.vendor_id === "number") readVendor(context, values.vendor_id);
	updateRow(context.db, "filament", id, values);
	mergeExtra(context.db, "filament", id, extra ?? {});
	const filament = readFilament(context, id);
	context.events.tell("updated", "filament", id, filament);
	return filament;
}

/** One that spools are wound with stays. */
export function deleteFilament(context: Context, id: number): void {
	const filament = readFilament(context, id);
	if (context.db.prepare("SELECT 1 FROM spool WHERE filament_id = ?").get(id))
		throw refusal(403, "Failed to delete filament, see server logs for more information.");
	deleteRow(context.db, "filament", id);
	context.events.tell("deleted", "filament", id, filament);
}
