// Locations: the different places that spools say they are in.

import { type FieldSpecs, readBodyFields } from "./body-fields";
import type { Context } from "./context";
import { distinctValues } from "./database";

const rename: FieldSpecs = { name: { kind: "string", required: true, minLength: 1 } };

export function listLocations({ db }: Context): unknown[] {
	return distinctValues(db, "spool", "location");
}

/** Answers with the new name, also where no spool was there. No event tells of it. */
export function renameLocation({ db }: Context, name: string, body: unknown): unknown {
	const { values } = readBodyFields(body, rename);
	db.prepare("UPDATE spool SET location = ? WHERE location = ?").run(values.name, name);
	return values.name;
}
