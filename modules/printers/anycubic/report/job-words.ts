// What printers call the states of a job, and what is to be made of each.

import type { JobState, JobStatus } from "../../printer-state";

export interface JobWord {
	readonly status: JobStatus;
	/** Progress, layers and times said with it are this job's; before, they may still be those of the last one. */
	readonly hasValues?: true;
	/** Likewise what it has used. */
	readonly hasUsage?: true;
	/** Nothing is printed yet. */
	readonly isBeginning?: true;
	/** Comes once, before anything else. */
	readonly isFirst?: true;
	readonly stage?: NonNullable<JobState["stage"]>;
}

/** The numbers of the stages are Culm's; 0 is left out: it stands for no stage of its own. */
function preparing(id: number, name: string, more: Partial<JobWord> = {}): JobWord {
	return Object.freeze({ status: "preparing", isBeginning: true, stage: stage(id, name), ...more });
}

function going(status: JobStatus, id?: number, name = ""): JobWord {
	const word = { status, hasValues: true, hasUsage: true } as const;
	return Object.freeze(id === undefined ? word : { ...word, stage: stage(id, name) });
}

function stage(id: number, name: string): NonNullable<JobState["stage"]> {
	return Object.freeze({ id, name });
}

const printing = going("printing");
const stopped = going("failed");

/** `stoped` is how printers spell it. */
const words: ReadonlyMap<string, JobWord> = new Map([
	["downloading", preparing(1, "Downloading the file", { isFirst: true })],
	["checking", preparing(2, "Checking the file", { isFirst: true })],
	["preheating", preparing(3, "Heating", { hasValues: true })],
	["auto_leveling", preparing(4, "Levelling the bed")],
	["leveling", preparing(4, "Levelling the bed")],
	["vibrating", preparing(5, "Measuring vibrations")],
	["flow_calibrating", preparing(6, "Calibrating the flow")],
	["fod", preparing(7, "Looking for things on the bed")],
	["printing", printing],
	["resumed", printing],
	["pausing", going("printing", 8, "Pausing")],
	["paused", going("paused")],
	["resuming", going("paused", 9, "Resuming")],
	["stopping", going("printing", 10, "Stopping")],
	["stoped", stopped],
	["stopped", stopped],
	["canceled", stopped],
	["cancelled", stopped],
	["failed", Object.freeze({ status: "failed" } as const)],
	["finished", going("finished")],
]);

/** Of one who is busy without a job. */
export const BUSY_STAGE = stage(11, "Busy, but not with a job");

/** `undefined` for a word that says nothing of a job. */
export function jobWord(state: string): JobWord | undefined {
	return words.get(state);
}

export function isUnderWay({ status }: JobWord): boolean {
	return status === "preparing" || status === "printing" || status === "paused";
}
