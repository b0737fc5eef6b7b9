// Commands to a printer, and its files. The answer comes when the printer has answered, or has not in time.

import type { HttpResponse } from "../../platform/http";
import type { CommandRefusal, CommandRequest } from "../../printers/command";
import { commandById } from "../../printers/command-by-id";
import { filesById } from "../../printers/files-by-id";
import { ApiError, json } from "../answers";
import { readObject } from "../json-body";
import { readQuery } from "../query";
import type { Call } from "../route";

export const COMMAND_STATUS: Readonly<Record<CommandRefusal, number>> = Object.freeze({
	unknown_command: 400,
	bad_field: 400,
	not_confirmed: 409,
	not_supported: 409,
	wrong_state: 409,
	too_cold: 409,
	not_homed: 409,
	out_of_range: 409,
	read_only: 409,
	refused: 502,
	offline: 503,
	busy: 503,
	not_sent: 503,
	timed_out: 504,
});

export async function runCommand({ request, name: id, parts }: Call): Promise<HttpResponse> {
	const { printers, text } = parts;
	const asked = readObject(request.body, text) as CommandRequest;
	const result = await commandById(printers, id, asked);
	if (!result) throw new ApiError("not_found", "There is no such printer.");
	if (result.ok) return json({ ok: true });
	const { code, message } = result;
	return json({ error: { code, message } }, COMMAND_STATUS[code]);
}

const FILES = Object.freeze({ place: "text", folder: "text" } as const);

export async function listFiles({ request, name: id, parts: { printers } }: Call): Promise<HttpResponse> {
	const { place = "local", folder = "/" } = readQuery(request.query, FILES);
	if (place !== "local" && place !== "usb")
		throw new ApiError("bad_field", '"place" has to be one of local, usb.');
	const list = await filesById(printers, id, place, folder);
	if (!list) throw new ApiError("not_found", "There is no such printer.");
	if (list === "none") throw new ApiError("not_supported", "This printer does not tell of its files.");
	if (list.ok) return json({ files: list.files });
	const { code, message } = list;
	return json({ error: { code, message } }, COMMAND_STATUS[code]);
}
