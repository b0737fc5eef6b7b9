// What can be done about an error from afar. Only errors wait for an answer; the list `hms` is there to be read.

import type { FaultAction } from "../../printer-state";
import { familyCode } from "./fault-codes";

type Actions = readonly FaultAction[];

/** Filament units ask to do the step again. */
const again: Actions = Object.freeze(["retry", "stop"]);
/** The printer cannot see whether filament comes out: it has to be told. */
const extruded: Actions = Object.freeze(["done", "retry", "stop"]);
const doubted: Actions = Object.freeze(["resume", "ignore", "stop"]);
const paused: Actions = Object.freeze(["resume", "stop"]);
const none: Actions = Object.freeze([]);

const byCode: ReadonlyMap<string, Actions> = new Map(
	(
		[
			[
				"0700_8003 0700_8004 0700_8005 0700_8006 0700_8010 07FF_8003 07FF_8004 07FF_8005 07FF_8006 07FF_8010",
				again,
			],
			["07FF_C003 07FF_C006 07FF_C008 07FF_C009", again],
			["07FF_8007 07FF_C00A", extruded],
			["0500_8051 0500_8061 0500_8062 0500_803C 0500_8036", doubted],
		] as const
	).flatMap(([codes, actions]) => codes.split(" ").map((code) => [code, actions] as const)),
);

/**
 * Of an error of 8 digits, as the job is now (`gcode_state`). The second half begins with 8 when the error pauses
 * the job, with 4 when it ends it or keeps it from starting, and with C when it is only a notice.
 */
export function faultActions(digits: string, jobState: string | undefined): FaultAction[] {
	const known = byCode.get(digits) ?? byCode.get(familyCode(digits));
	const offered = known ?? (digits[5] === "8" ? paused : none);
	const actions = offered.filter((action) => isPossible(action, jobState));
	actions.push("dismiss");
	return actions;
}

function isPossible(action: FaultAction, jobState: string | undefined): boolean {
	if (action === "resume" || action === "ignore") return jobState === "PAUSE";
	// A step may fail outside of a job, too.
	if (action === "stop") return jobState === "PAUSE" || jobState === "RUNNING" || jobState === "PREPARE";
	return true;
}
