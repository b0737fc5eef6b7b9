// Who sent a request, for the log of events.

import type { Asker } from "../event-log/asker";
import type { HttpRequestHead } from "../platform/http";

/** Browsers name the page that asks; programs do not. */
export function askerOf({ headers }: HttpRequestHead): Asker {
	return headers.origin === undefined ? "program" : "page";
}
