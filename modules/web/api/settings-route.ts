// The settings as they are stored, by name.

import type { HttpResponse } from "../../platform/http";
import { CODE_NEEDED } from "../../printers/printer-book";
import { handsOnBrokerPassword, handsOnCode } from "../../printers/printer-slots";
import { PRINTER_SLOTS } from "../../settings/schema";
import { ApiError, json } from "../answers";
import { askerOf } from "../asker";
import { hashPassword, passwordProblem } from "../device-password";
import { type JsonObject, readObject } from "../json-body";
import type { Call, WebParts } from "../route";

export function readSettings({ parts }: Call): HttpResponse {
	return json(parts.settings.describe());
}

/** Any of them, all or none. */
export function changeSettings({ request, parts }: Call): HttpResponse {
	const { settings, events } = parts;
	const object = readObject(request.body, parts.text);
	const { devicePassword, ...others } = object;
	refuseHandingOn(others, settings);
	if (devicePassword === undefined) {
		settings.patch(others);
	} else {
		settings.patch({ ...others, devicePassword: storedPassword(devicePassword, parts) });
		events.add("password_changed", askerOf(request));
	}
	return json(settings.describe());
}

const PASSWORD_NEEDED =
	'"anycubic.brokerPassword" has to be given anew with another broker or certificate: it is sent to whoever has that.';

function refuseHandingOn(changes: JsonObject, settings: WebParts["settings"]): void {
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) {
		const serial = changes[`printer${slot}.serial`];
		const pinnedSha256 = changes[`printer${slot}.pinnedSha256`];
		const accessCode = changes[`printer${slot}.accessCode`];
		if (handsOnCode(settings, slot, { serial, pinnedSha256, accessCode }))
			throw new ApiError("bad_field", CODE_NEEDED.replace("accessCode", `printer${slot}.accessCode`));
	}
	if (handsOnBrokerPassword(settings, changes)) throw new ApiError("bad_field", PASSWORD_NEEDED);
}

/** "" is kept as it is: it takes the password away. */
function storedPassword(password: unknown, parts: WebParts): string {
	if (typeof password !== "string") throw new ApiError("bad_field", '"devicePassword" has to be a text.');
	if (password === "") return "";
	const problem = passwordProblem(password);
	if (problem !== undefined) throw new ApiError("bad_field", `"devicePassword" ${problem}.`);
	return hashPassword(password, parts);
}
