// The settings as they are stored, by name.

import type { HttpResponse } from "../../platform/http";
import { ApiError, json } from "../answers";
import { askerOf } from "../asker";
import { hashPassword, passwordProblem } from "../device-password";
import { readObject } from "../json-body";
import type { Call, WebParts } from "../route";

export function readSettings({ parts }: Call): HttpResponse {
	return json(parts.settings.describe());
}

/** Any of them, all or none. */
export function changeSettings({ request, parts }: Call): HttpResponse {
	const { settings, events } = parts;
	const object = readObject(request.body, parts.text);
	const { devicePassword, ...others } = object;
	if (devicePassword === undefined) {
		settings.patch(others);
	} else {
		settings.patch({ ...others, devicePassword: storedPassword(devicePassword, parts) });
		events.add("password_changed", askerOf(request));
	}
	return json(settings.describe());
}

/** "" is kept as it is: it takes the password away. */
function storedPassword(password: unknown, parts: WebParts): string {
	if (typeof password !== "string") throw new ApiError("bad_field", '"devicePassword" has to be a text.');
	if (password === "") return "";
	const problem = passwordProblem(password);
	if (problem !== undefined) throw new ApiError("bad_field", `"devicePassword" ${problem}.`);
	return hashPassword(password, parts);
}
