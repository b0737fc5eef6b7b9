// What a person or a program can ask of the chamber heater.

import type { HttpResponse } from "../../platform/http";
import { ApiError, json, jsonText } from "../answers";
import { askerOf } from "../asker";
import { type JsonObject, readFields, readObject } from "../json-body";
import type { Call, WebParts } from "../route";

const FIELDS = Object.freeze({
	mode: Object.freeze(["auto", "always_on", "drying"] as const),
	on: "flag",
	target: "number",
	bedThreshold: "number",
	filterThreshold: "number",
	fanOnly: "flag",
	dryingTarget: "number",
	dryingHours: "number",
	dryingPreset: Object.freeze(["pla", "petg_abs", "custom"] as const),
	dryingRunning: "flag",
	clearFault: "flag",
} as const);

/**
 * `on: false` counts before anything else is looked at, whoever asks: also without the password, and also next to
 * fields that are refused.
 */
export async function changeBreath({ request, parts, refusal }: Call): Promise<HttpResponse> {
	const breath = heaterOf(parts);
	const by = askerOf(request);
	let object: JsonObject;
	try {
		object = readObject(request.body, parts.text);
	} catch (error) {
		if (refusal) return refusal;
		throw error;
	}
	if (object.on === false) breath.change({ on: false }, by);
	if (refusal) return object.on === false && Object.keys(object).length === 1 ? json(breath.state) : refusal;

	const { clearFault, ...changes } = readFields(object, FIELDS);
	if (clearFault) await clear(breath, by);
	if (Object.keys(changes).length > 0) breath.change(changes, by);
	return json(breath.state);
}

export function readHistory({ parts }: Call): HttpResponse {
	if (!parts.history) throw noHeater();
	return jsonText(parts.history());
}

async function clear(breath: NonNullable<WebParts["breath"]>, by: ReturnType<typeof askerOf>): Promise<void> {
	switch (await breath.clearFault(by)) {
		case "cleared":
			return;
		case "still_there":
			throw new ApiError("fault_remains", "The fault is still there: what caused it has to end first.");
		case "not_stored":
			throw new ApiError("not_stored", "The device cannot store that the fault is cleared, so it stays.");
	}
}

function heaterOf({ breath }: WebParts): NonNullable<WebParts["breath"]> {
	if (!breath) throw noHeater();
	return breath;
}

function noHeater(): ApiError {
	return new ApiError("no_heater", "This device has no chamber heater.");
}
