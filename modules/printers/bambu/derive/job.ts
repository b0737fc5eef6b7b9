import { finishTime } from "../../finish-time";
import { isUnderWay } from "../../job-status";
import { jobTitle, withoutEndings } from "../../job-title";
import type { JobState, JobStatus } from "../../printer-state";
import { Section } from "../report-fields";
import type { ReportChanges } from "../report-merge";
import type { PrintReport } from "../report-schema";
import { stageOf } from "../stages";

const statuses: ReadonlyMap<string, JobStatus> = new Map([
	["IDLE", "idle"],
	["INIT", "preparing"],
	["SLICING", "preparing"],
	["PREPARE", "preparing"],
	["RUNNING", "printing"],
	["PAUSE", "paused"],
	["FINISH", "finished"],
	["FAILED", "failed"],
]);

/** `print_error` of a job that a person ended: 0300_400C, and 0500_400E before it began. */
export const CANCELLED: readonly (number | undefined)[] = Object.freeze([0x0300400c, 0x0500400e]);

/** What did not change is that of `before`. `nowMs` since 1970, when the time is known. */
export function deriveJob(
	print: PrintReport,
	{ changed }: ReportChanges,
	before: JobState,
	nowMs: number | undefined,
): JobState {
	const state = statuses.get(print.gcode_state ?? "") ?? "unknown";
	const job: JobState = { state };
	// A1 report stage 0, "printing", while idle; every model does so after its start.
	const underWay = isUnderWay(state);
	const stage = underWay ? stageOf(print.stg_cur, before.stage) : undefined;
	const name = changed & Section.jobName ? jobName(print) : before.name;
	const percent = between(0, print.mc_percent, 100);
	const layer = atLeast0(print.layer_num ?? print["3D"]?.layer_num);
	const totalLayers = atLeast0(print.total_layer_num ?? print["3D"]?.total_layer_num);
	const remaining = atLeast0(print.mc_remaining_time);
	const level = speedLevel(print.spd_lvl);
	if (state === "failed" && CANCELLED.includes(print.print_error)) job.cancelled = true;
	if (stage !== undefined) job.stage = stage;
	if (name) job.name = name;
	if (percent !== undefined) job.percent = percent;
	if (layer !== undefined) job.layer = layer;
	if (totalLayers !== undefined) job.totalLayers = totalLayers;
	// 0 while preparing means that the printer does not know yet.
	if (remaining !== undefined && !(remaining === 0 && state === "preparing"))
		job.remainingMinutes = remaining;
	if (level !== undefined) job.speedLevel = level;
	if (nowMs !== undefined && job.remainingMinutes && underWay && state !== "paused") {
		const finish = finishTime(nowMs, job.remainingMinutes, before.finishTime);
		if (finish) job.finishTime = finish;
	}
	return job;
}

/** The job's title, else the name of its file, without the file's endings. */
function jobName({ subtask_name = "", gcode_file = "" }: PrintReport): string {
	const title = subtask_name.trim();
	return title ? withoutEndings(title) : jobTitle(gcode_file);
}

function speedLevel(level: number | undefined): 1 | 2 | 3 | 4 | undefined {
	return level === 1 || level === 2 || level === 3 || level === 4 ? level : undefined;
}

function between(min: number, value: number | undefined, max: number): number | undefined {
	return value !== undefined && value >= min && value <= max ? value : undefined;
}

function atLeast0(value: number | undefined): number | undefined {
	return value !== undefined && value >= 0 ? value : undefined;
}
