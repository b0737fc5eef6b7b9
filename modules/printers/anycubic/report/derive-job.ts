import { finishTime } from "../../finish-time";
import type { JobFilament, JobState } from "../../printer-state";
import type { AnycubicReport } from "./anycubic-report";
import { BUSY_STAGE, isUnderWay } from "./job-words";

/** `before`: what was derived last. `nowMs` since 1970, when the time is known. */
export function deriveJob(
	{ job, isBusy, speedMode, usage }: AnycubicReport,
	before: JobState,
	nowMs: number | undefined,
): JobState {
	const state: JobState = { state: "unknown" };
	if (speedMode !== undefined) state.speedLevel = speedMode;
	if (!job || job.isGone) {
		if (isBusy === false) state.state = "idle";
		// It levels its bed, or a person works at it.
		else if (isBusy) state.stage = { ...BUSY_STAGE };
		return state;
	}
	const { status, stage } = job.word;
	const { name, percent, layer, totalLayers, remainingMinutes: minutes, ids } = job;
	state.state = status;
	if (job.isCancelled) state.cancelled = true;
	if (stage) state.stage = { ...stage };
	if (name !== undefined) state.name = name;
	if (percent !== undefined) state.percent = percent;
	if (layer !== undefined) state.layer = layer;
	if (totalLayers !== undefined) state.totalLayers = totalLayers;
	// 0 while preparing means that the printer does not know yet.
	if (minutes !== undefined && !(minutes === 0 && status === "preparing")) state.remainingMinutes = minutes;
	if (ids[0] !== undefined) state.key = ids[0];
	if (nowMs !== undefined && state.remainingMinutes && isUnderWay(job.word) && status !== "paused") {
		const finish = finishTime(nowMs, state.remainingMinutes, before.finishTime);
		if (finish) state.finishTime = finish;
	}
	if (usage.byTray.size > 0) state.filament = filamentOf(usage.byTray);
	return state;
}

function filamentOf(byTray: ReadonlyMap<number, number>): JobFilament[] {
	const used: JobFilament[] = [];
	for (const [tray, mm] of byTray) used.push({ tray, usedLengthMm: Math.round(mm * 10) / 10 });
	return used.sort((a, b) => a.tray - b.tray);
}
