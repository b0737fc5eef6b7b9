// The device as a whole: its state, a restart, a factory reset.

import type { HttpResponse } from "../../platform/http";
import { ApiError, json } from "../answers";
import { askerOf } from "../asker";
import { readFields, readObject } from "../json-body";
import type { Call, WebParts } from "../route";

/** For the answer to go out. */
const RESTART_DELAY_MS = 1_000;

const CONFIRMED = Object.freeze({ confirm: "flag" } as const);

export function readState({ parts }: Call): HttpResponse {
	return json(parts.state());
}

export function restart({ request, parts }: Call): HttpResponse {
	readFields(readObject(request.body, parts.text), {});
	parts.events.add("restart_asked", askerOf(request));
	restartSoon(parts);
	return json({ restarting: true });
}

export async function factoryReset({ request, parts }: Call): Promise<HttpResponse> {
	const { confirm } = readFields(readObject(request.body, parts.text), CONFIRMED);
	if (!confirm) throw new ApiError("bad_field", '"confirm" has to be true: every setting will be gone.');
	parts.events.add("factory_reset", askerOf(request));
	try {
		await parts.factoryReset();
	} catch {
		throw new ApiError("not_stored", "Storage refuses: nothing was reset.");
	}
	restartSoon(parts);
	return json({ restarting: true });
}

function restartSoon({ clock, restart: begin }: WebParts): void {
	clock.after(RESTART_DELAY_MS, () => begin());
}
