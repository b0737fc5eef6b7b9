// What the state of a job means for whoever is about to do something.

import type { JobStatus } from "./printer-state";

/** Begun and not ended, paused or not. */
export function isUnderWay(status: JobStatus): boolean {
	return status === "preparing" || status === "printing" || status === "paused";
}
