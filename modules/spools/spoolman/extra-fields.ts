// The extra field of spools that holds their tag: made where it is missing, written without losing its neighbours.

import { decodeTag, encodeTag, isRecord } from "../spool";
import { notSpoolman } from "./answer-errors";
import { SPOOL_NAMES } from "./spool-details";
import { SpoolmanError } from "./spoolman-error";
import type { SpoolmanHttp } from "./spoolman-http";

/** As Spoolman takes the name of a field. */
export function isFieldKey(text: string): boolean {
	return /^[a-z0-9_]{1,64}$/.test(text);
}

/** Of the fields that spools have there. */
export async function spoolFields(http: SpoolmanHttp): Promise<string[]> {
	const { value } = await http.request({ method: "GET", path: "/field/spool", names: ["key"] });
	if (!Array.isArray(value)) throw notSpoolman();
	return value.map((field: unknown) => {
		if (!isRecord(field) || typeof field.key !== "string") throw notSpoolman();
		return field.key;
	});
}

/** All fields that spools have then. */
export async function ensureTagField(http: SpoolmanHttp, tagField: string): Promise<string[]> {
	checkFieldKey(tagField);
	const fields = await spoolFields(http);
	if (fields.includes(tagField)) return fields;
	await http.request({
		method: "POST",
		path: `/field/spool/${tagField}`,
		body: { name: tagField, field_type: "text" },
		names: ["key"],
	});
	return [...fields, tagField];
}

/** Rejects with `invalid` for a spool that has another tag. Answers with the spool as Spoolman has it then. */
export async function writeTag(
	http: SpoolmanHttp,
	{ id, uuid, tagField }: { id: number; uuid: string | undefined; tagField: string },
): Promise<unknown> {
	checkFieldKey(tagField);
	const fields = uuid === undefined ? await spoolFields(http) : await ensureTagField(http, tagField);
	// Old versions replace all fields by those that are written, so all are read, and their names have to be known.
	const names = [...new Set([...SPOOL_NAMES, ...fields.filter(isFieldKey)])];
	const path = `/spool/${id}`;
	const { value: before } = await http.request({ method: "GET", path, names });
	if (!isRecord(before) || before.id !== id) throw notSpoolman();
	const { extra = {} } = before;
	if (!isRecord(extra)) throw notSpoolman();
	const said = Object.hasOwn(extra, tagField) ? extra[tagField] : undefined;
	const tag = decodeTag(said);
	if (uuid === tag) return before;
	if (uuid !== undefined && !isFree(said))
		throw new SpoolmanError(
			"invalid",
			tag === undefined
				? `Spool ${id} has something else in Spoolman's field "${tagField}". Empty it there first.`
				: `Spool ${id} has another tag already. Take that one off first.`,
		);
	const kept = Object.entries(extra).filter(
		([key, value]) => fields.includes(key) && key !== tagField && typeof value === "string",
	);
	const { value } = await http.request({
		method: "PATCH",
		path,
		// An empty text is understood by all versions.
		body: { extra: Object.fromEntries([...kept, [tagField, encodeTag(uuid ?? "")]]) },
		names,
	});
	return value;
}

function checkFieldKey(tagField: string): void {
	if (isFieldKey(tagField)) return;
	throw new SpoolmanError(
		"invalid",
		"The name of the tag's field has to be 1 to 64 small letters, digits and underscores.",
	);
}

/** Nothing, or an empty text as JSON. */
function isFree(value: unknown): boolean {
	if (typeof value !== "string") return true;
	const json = value.trim();
	return json === "" || json === '""' || json === "null";
}
