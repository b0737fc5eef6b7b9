// The spools: those in Spoolman, and what a person or a program decides of those in printers.

import type { HttpResponse } from "../../platform/http";
import type { SpoolAction, SpoolFailureCode } from "../../spools/spools";
import { ApiError, json } from "../answers";
import { type JsonObject, readFields, readObject, required } from "../json-body";
import { readQuery } from "../query";
import type { Call, WebParts } from "../route";

const MOST_SPOOLS = 20;
const LONGEST_SEARCH = 64;

const STATUS: Readonly<Record<SpoolFailureCode, number>> = Object.freeze({
	not_found: 404,
	unknown_slot: 404,
	not_set_up: 409,
	no_tag: 409,
	in_use: 409,
	archived: 409,
	nothing_to_do: 409,
	storage: 500,
	unreachable: 502,
	refused: 502,
	invalid: 502,
	not_spoolman: 502,
	too_large: 502,
	unavailable: 503,
	timeout: 504,
});

const QUERY = Object.freeze({ offset: "integer", limit: "integer", search: "text" } as const);
const ACTION = Object.freeze({
	action: Object.freeze(["link", "unlink", "create", "resync", "retry", "discard"] as const),
} as const);
const SLOT = Object.freeze({ ...ACTION, printerId: "text", tray: "integer" } as const);
const LINK = Object.freeze({ ...SLOT, spoolId: "integer" } as const);
const RESYNC = Object.freeze({ ...SLOT, by: Object.freeze(["printer", "spoolman"] as const) } as const);

export async function listSpools({ request, parts }: Call): Promise<HttpResponse> {
	const { offset = 0, limit = MOST_SPOOLS, search = "" } = readQuery(request.query, QUERY);
	if (limit < 1 || limit > MOST_SPOOLS)
		throw new ApiError("bad_field", `"limit" has to be from 1 to ${MOST_SPOOLS}.`);
	if (search.length > LONGEST_SEARCH)
		throw new ApiError("bad_field", `"search" has to be at most ${LONGEST_SEARCH} characters long.`);
	const wanted = search.trim();
	const page = await spoolsOf(parts).list({ offset, limit, ...(wanted !== "" && { search: wanted }) });
	if (!page.ok) return failure(page);
	const { spools, total } = page;
	return json({ spools, ...(total !== undefined && { total }) });
}

export async function actOnSpool({ request, parts }: Call): Promise<HttpResponse> {
	const action = readAction(readObject(request.body, parts.text));
	const result = await spoolsOf(parts).act(action);
	return result.ok ? json({ ok: true }) : failure(result);
}

/** What an action has no use for is refused by name, as what is unknown is. */
function readAction(object: JsonObject): SpoolAction {
	const { action: given } = object;
	const action = required("action", readFields(given === undefined ? {} : { action: given }, ACTION).action);
	switch (action) {
		case "retry":
		case "discard":
			readFields(object, ACTION);
			return { action };
		case "unlink":
		case "create":
			return { action, ...slotOf(readFields(object, SLOT)) };
		case "link": {
			const { spoolId, ...fields } = readFields(object, LINK);
			const id = required("spoolId", spoolId);
			if (id < 1) throw new ApiError("bad_field", '"spoolId" has to be 1 or more.');
			return { action, ...slotOf(fields), spoolId: id };
		}
		case "resync": {
			const { by, ...fields } = readFields(object, RESYNC);
			return { action, ...slotOf(fields), by: required("by", by) };
		}
	}
}

function slotOf({ printerId, tray }: { printerId?: string; tray?: number }) {
	const slot = { printerId: required("printerId", printerId || undefined), tray: required("tray", tray) };
	if (slot.tray < 0 || slot.tray > 255) throw new ApiError("bad_field", '"tray" has to be from 0 to 255.');
	return slot;
}

function spoolsOf({ spools }: WebParts): NonNullable<WebParts["spools"]> {
	if (!spools) throw new ApiError("no_spools", "This device keeps no track of spools.");
	return spools;
}

function failure({ code, message }: { code: SpoolFailureCode; message: string }): HttpResponse {
	return json({ error: { code, message } }, STATUS[code]);
}
