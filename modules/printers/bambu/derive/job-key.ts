// What tells one job from the next, also from one of the same file: made of the numbers that printers give their jobs.

import type { JobStatus } from "../../printer-state";
import type { PrintReport } from "../report-schema";

/** In the order of preference, so that a job has the same key after a restart of ours. */
const SOURCES = Object.freeze(["task_id", "subtask_id", "job_id", "gcode_start_time"] as const);
type Source = (typeof SOURCES)[number];
type JobIds = { readonly [S in Source]?: string };

/** Keys are stored. */
const MAX_NAME_LENGTH = 24;

export interface JobKey {
	/** Stays when the job has ended. */
	readonly key?: string;
	/** What it was made of. */
	readonly source?: Source;
	readonly value?: string;
	readonly isUnderWay: boolean;
	/** Of the job under way, or of the one that ended last. Printers may say the next one's before it begins. */
	readonly ids: JobIds | undefined;
	/** Of the job before: as long as they are the same, they are still that one's. */
	readonly past: JobIds;
}

export const NO_JOB_KEY: JobKey = Object.freeze({
	isUnderWay: false,
	ids: undefined,
	past: Object.freeze({}),
});

/** `name` of the job. */
export function stepJobKey(before: JobKey, state: JobStatus, print: PrintReport, name = ""): JobKey {
	switch (state) {
		case "unknown":
			return before;
		case "preparing":
		case "printing":
		case "paused":
			return underWay(before, state, readIds(print), name);
		default:
			return atRest(before, state, print, name);
	}
}

function underWay(before: JobKey, state: JobStatus, ids: JobIds, name: string): JobKey {
	const begins = !before.isUnderWay || isOther(before, ids);
	const known: JobKey = begins
		? { isUnderWay: true, ids, past: before.ids ?? {} }
		: { ...before, ids: { ...before.ids, ...ids } };
	if (known.key !== undefined) return known;
	// The others may still be to come, and the first of them decides.
	const sources: readonly Source[] = state === "preparing" ? SOURCES.slice(0, 1) : SOURCES;
	const source = sources.find((one) => ids[one] !== undefined && ids[one] !== known.past[one]);
	return source === undefined ? known : { ...known, ...makeKey(source, ids, name) };
}

/** Another job has begun unheard. */
function isOther({ source, value }: JobKey, now: JobIds): boolean {
	return source !== undefined && now[source] !== undefined && now[source] !== value;
}

function atRest(before: JobKey, state: JobStatus, print: PrintReport, name: string): JobKey {
	if (before.isUnderWay) return { ...before, isUnderWay: false };
	// When it is idle, these may already be the numbers of a job that is about to begin.
	if (before.ids || state === "idle") return before;
	const ids = readIds(print);
	const source = SOURCES.find((one) => ids[one] !== undefined);
	return source === undefined ? { ...before, ids } : { ...before, ids, ...makeKey(source, ids, name) };
}

function makeKey(source: Source, { [source]: value = "" }: JobIds, name: string) {
	// By characters: half of one would not come back from storage.
	const title = Array.from(name).slice(0, MAX_NAME_LENGTH).join("");
	return { source, value, key: `${source[0]}${value} ${title}`.trim() };
}

/** "0" and "" stand for none: of jobs that were sent over the local network. */
function readIds(print: PrintReport): JobIds {
	const ids: { [S in Source]?: string } = {};
	for (const source of SOURCES) {
		const id = print[source];
		if (id && id !== "0") ids[source] = id;
	}
	return ids;
}
