// Commands to a printer. The answer comes when the printer has answered, or has not in time.

import type { HttpResponse } from "../../platform/http";
import type { CommandRefusal, CommandRequest } from "../../printers/command";
import { commandById } from "../../printers/command-by-id";
import { ApiError, json } from "../answers";
import { readObject } from "../json-body";
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
