// Vendors: who makes filaments.

import { notFound } from "./api-error";
import { type FieldSpecs, readBodyFields } from "./body-fields";
import type { Context } from "./context";
import { deleteRow, insertRow, mergeExtra, readExtra, readRow, updateRow, withoutNulls } from "./database";
import { checkExtra } from "./extra-fields";
import { type Found, search } from "./search";
import { nowStamp } from "./timestamps";

const creation: FieldSpecs = {
	name: { kind: "string", required: true, maxLength: 64 },
	comment: { kind: "string", maxLength: 1024 },
	empty_spool_weight: { kind: "number", min: 0 },
	external_id: { kind: "string", maxLength: 256 },
	extra: { kind: "extra" },
};
const change: FieldSpecs = { ...creation, name: { kind: "string", notNull: true, maxLength: 64 } };

/** What a list of vendors may be sorted by. */
export const vendorOrder = {
	id: ["vendor.id"],
	registered: ["vendor.registered"],
	name: ["vendor.name"],
	comment: ["vendor.comment"],
	empty_spool_weight: ["vendor.empty_spool_weight"],
	external_id: ["vendor.external_id"],
};

export function readVendor({ db }: Context, id: number): Record<string, unknown> {
	const row = readRow(db, "vendor", id);
	if (!row) throw notFound("vendor", id);
	return { ...withoutNulls(row), extra: readExtra(db, "vendor", id) };
}

export function findVendors(context: Context, query: URLSearchParams): Found {
	return search(
		context,
		{
			entity: "vendor",
			tables: "vendor",
			filters: {
				name: { column: "vendor.name", kind: "text" },
				external_id: { column: "vendor.external_id", kind: "text" },
			},
			order: vendorOrder,
		},
		query,
	);
}

export function createVendor(context: Context, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, creation);
	checkExtra(context, "vendor", extra);
	const id = insertRow(context.db, "vendor", { registered: nowStamp(context.now()), ...values });
	mergeExtra(context.db, "vendor", id, extra ?? {});
	const vendor = readVendor(context, id);
	context.events.tell("added", "vendor", id, vendor);
	return vendor;
}

export function changeVendor(context: Context, id: number, body: unknown): Record<string, unknown> {
	const { values, extra } = readBodyFields(body, change);
	checkExtra(context, "vendor", extra);
	readVendor(context, id);
	updateRow(context.db, "vendor", id, values);
	mergeExtra(context.db, "vendor", id, extra ?? {});
	const vendor = readVendor(context, id);
	context.events.tell("updated", "vendor", id, vendor);
	return vendor;
}

/** Its filaments stay, without a vendor. */
export function deleteVendor(context: Context, id: number): void {
	const vendor = readVendor(context, id);
	deleteRow(context.db, "vendor", id);
	context.events.tell("deleted", "vendor", id, vendor);
}
