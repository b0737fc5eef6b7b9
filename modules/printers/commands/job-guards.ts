// What has to be so before a command about the job or about heat goes out, whoever made the printer.

import type { PrinterCapabilities } from "../capabilities";
import { type CommandFailure, failed } from "../command";
import { isUnderWay } from "../job-status";
import type { PrinterState } from "../printer-state";
import type { Guard } from "./entry";

export interface JobContext {
	readonly state: Pick<PrinterState, "job">;
	readonly capabilities: Pick<PrinterCapabilities, "nozzles">;
	/** Whether the printer has said what it is doing since something may have changed that unnoticed. */
	readonly isCurrent: boolean;
}

export const NOT_KNOWN = failed(
	"wrong_state",
	"The printer has not said yet what it is doing. Try again in a moment.",
);
export const ONE_NOZZLE = failed("not_supported", "This printer has one nozzle.");
const UNDER_WAY = failed("wrong_state", "A job is under way. Wait for its end, or stop it first.");
const NO_JOB = failed("wrong_state", "No job is under way.");
const NOT_PAUSED = failed("wrong_state", "Nothing is paused.");
const NOT_RUNNING = failed("wrong_state", "Nothing is being printed that could be paused.");

/** Idle, finished or failed: nothing is in the way. */
export const atRest: Guard<unknown, JobContext> = (_values, { state, isCurrent }) => {
	if (!isCurrent) return NOT_KNOWN;
	switch (state.job.state) {
		case "idle":
		case "finished":
		case "failed":
			return undefined;
		case "unknown":
			return NOT_KNOWN;
		default:
			return UNDER_WAY;
	}
};

export const jobRunning: Guard<unknown, JobContext> = (_values, { state }) =>
	state.job.state === "printing" || state.job.state === "preparing" ? undefined : NOT_RUNNING;

export const jobPaused: Guard<unknown, JobContext> = (_values, { state }) =>
	state.job.state === "paused" ? undefined : NOT_PAUSED;

export const jobUnderWay: Guard<unknown, JobContext> = (_values, { state }) =>
	isUnderWay(state.job.state) ? undefined : NO_JOB;

/** Also for a request that names none. */
export const nozzleExists: Guard<{ readonly nozzle?: number }, JobContext> = (
	{ nozzle = 0 },
	{ capabilities },
) => (nozzle < capabilities.nozzles ? undefined : ONE_NOZZLE);

/** °C; `part` as in "the bed". */
export function withinLimit(target: number, limit: number, part: string): CommandFailure | undefined {
	return target <= limit
		? undefined
		: failed("out_of_range", `This printer heats ${part} to ${limit} °C at most.`);
}
