import { known } from "../../known";
import type { JobState, JobStatus } from "../../printer-state";
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

export function deriveJob(print: PrintReport): JobState {
	const state = statuses.get(print.gcode_state ?? "") ?? "unknown";
	// A1 report stage 0, "printing", while idle; every model does so after its start.
	const underWay = state === "preparing" || state === "printing" || state === "paused";
	const remaining = print.mc_remaining_time;
	return known<JobState>({
		state,
		name: jobName(print),
		percent: between(0, print.mc_percent, 100),
		// 0 while preparing means that the printer does not know yet.
		remainingMinutes: state === "preparing" && remaining === 0 ? undefined : atLeast0(remaining),
		layer: atLeast0(print.layer_num ?? print["3D"]?.layer_num),
		totalLayers: atLeast0(print.total_layer_num ?? print["3D"]?.total_layer_num),
		stage: underWay ? stageOf(print.stg_cur) : undefined,
		speedLevel: speedLevel(print.spd_lvl),
	});
}

function jobName({ subtask_name = "", gcode_file = "" }: PrintReport): string | undefined {
	const title = subtask_name.trim() || gcode_file.slice(gcode_file.lastIndexOf("/") + 1).trim();
	return title.replace(/(\.gcode)?(\.3mf)?$/i, "").trim() || undefined;
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
