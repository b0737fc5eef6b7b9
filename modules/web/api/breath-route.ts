// What a person or a program can ask of the chamber heater.

import { clearRefusal } from "../../breath/clear-words";
import type { RemoteRefusal } from "../../breath/remote/remote-breath-state";
import type { HttpResponse } from "../../platform/http";
import { ApiError, type ApiErrorCode, json, jsonText } from "../answers";
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

const NOT_IN_PROTOCOL =
	"A heater on the network can be asked for that on its own page only: its protocol has neither the fan alone nor the clearing of a fault.";

const REMOTE_CODES: Readonly<Record<RemoteRefusal, ApiErrorCode>> = Object.freeze({
	unreachable: "unreachable",
	not_supported: "not_supported",
	locked: "heater_locked",
	refused: "heater_refused",
	no_answer: "no_answer",
	superseded: "superseded",
	busy: "busy",
});

/**
 * `on: false` counts before anything else is looked at, whoever asks: also without the password, and also next to
 * fields that are refused.
 */
export async function changeBreath({ request, parts, refusal }: Call): Promise<HttpResponse> {
	const { breath } = parts;
	if (!breath) return changeRemoteBreath(parts, request, refusal);
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

/** The same fields for a heater on the network; the answer comes once that says that it does it. */
async function changeRemoteBreath(
	{ remoteBreath, text }: WebParts,
	{ body }: Call["request"],
	refusal: Call["refusal"],
): Promise<HttpResponse> {
	if (!remoteBreath?.state) throw noHeater();
	let object: JsonObject;
	try {
		object = readObject(body, text);
	} catch (error) {
		if (refusal) return refusal;
		throw error;
	}
	const isOff = object.on === false;
	const isOffAlone = isOff && Object.keys(object).length === 1;
	if (isOff && !isOffAlone) void remoteBreath.change({ on: false });
	if (refusal && !isOffAlone) return refusal;

	const { clearFault, fanOnly, ...changes } = readFields(object, FIELDS);
	if (clearFault !== undefined || fanOnly !== undefined) throw new ApiError("not_supported", NOT_IN_PROTOCOL);
	const result = await remoteBreath.change(changes);
	if (!result.ok) throw new ApiError(REMOTE_CODES[result.code], result.message);
	return json(remoteBreath.state);
}

export async function scanHeaters({ request, parts: { heaterFinder, text } }: Call): Promise<HttpResponse> {
	readFields(readObject(request.body, text), {});
	if (!heaterFinder) throw new ApiError("not_found", "A device with a heater of its own looks for no other.");
	return json({ heaters: await heaterFinder.scan() });
}

export function readHistory({ parts }: Call): HttpResponse {
	if (!parts.history) throw noHeater();
	return jsonText(parts.history());
}

async function clear(breath: NonNullable<WebParts["breath"]>, by: ReturnType<typeof askerOf>): Promise<void> {
	const refusal = clearRefusal(await breath.clearFault(by));
	if (refusal) throw new ApiError(refusal.code, refusal.message);
}

function noHeater(): ApiError {
	return new ApiError("no_heater", "This device has no chamber heater.");
}
