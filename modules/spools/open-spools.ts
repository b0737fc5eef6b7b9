// Opens the door to the spools. A board without it has none of that code.

import type { HttpClientPort } from "../platform/http";
import type { TextCodec } from "../platform/text-codec";
import { SpoolTracker, type SpoolTrackerOptions } from "./spool-tracker";
import { SpoolmanClient } from "./spoolman/spoolman-client";

export interface OpenSpoolsOptions extends Omit<SpoolTrackerOptions, "openSpoolman"> {
	http: HttpClientPort;
	text: TextCodec;
}

export function openSpools({ http, text, ...options }: OpenSpoolsOptions): SpoolTracker {
	const { clock } = options;
	return new SpoolTracker({
		...options,
		openSpoolman: (target) => new SpoolmanClient({ http, text, clock, ...target }),
	});
}
