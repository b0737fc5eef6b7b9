// What a printer is printing, and how far it is.

import type { PrinterOfState } from "../screen";
import { anycubicStageName } from "../words/anycubic-stages";
import type { Words } from "../words/en";
import { durationOfMinutes, isKnown, type Moment, timeOf, whenText, whole } from "../words/format";
import { stageName } from "../words/stages";
import { fill } from "../words/texts";
import { isUnderWay } from "./action";
import type { Tone } from "./tone";

export interface JobView {
	/** "Printing", or "Preparing: Heating the nozzle". */
	readonly state: string;
	/** "Printing", without the stage. */
	readonly shortState: string;
	readonly tone: Tone;
	readonly isUnderWay: boolean;
	readonly name: string;
	/** "63", and "%" beside it; "–" and "". */
	readonly percent: string;
	readonly percentUnit: string;
	/** 0 to 1; 0 as long as it is not known. */
	readonly progress: number;
	/** "129 / 204" */
	readonly layer: string;
	/** "1 h 12 min" */
	readonly timeLeft: string;
	/** "15:44" */
	readonly finish: string;
	/** "1 h 12 min left, ends 15:44"; "" without a job or without both. */
	readonly time: string;
}

export function jobView(words: Words, printer: PrinterOfState, now: Moment): JobView {
	const { job } = printer;
	const { common } = words;
	const underWay = isUnderWay(printer);
	const isPercent = isKnown(job.percent) && job.state !== "idle" && job.state !== "unknown";
	const timeLeft = underWay ? durationOfMinutes(words, job.remainingMinutes) : common.unknown;
	const finish = underWay ? finishText(words, printer, now) : common.unknown;
	return {
		...stateText(words, printer),
		tone: toneOf(printer),
		isUnderWay: underWay,
		name: nameOf(words, printer),
		percent: isPercent ? whole(words, Math.floor(job.percent ?? 0)) : common.unknown,
		percentUnit: isPercent ? "%" : "",
		progress: isPercent ? Math.min(1, Math.max(0, (job.percent ?? 0) / 100)) : 0,
		layer: layerText(words, printer),
		timeLeft,
		finish,
		time: timeText(words, timeLeft, finish),
	};
}

function stateText(words: Words, { vendor, job }: PrinterOfState) {
	const shortState =
		job.state === "failed" && job.cancelled === true ? words.job.cancelled : words.job[job.state];
	const { stage } = job;
	// Stage 0 is printing itself.
	if (stage === undefined || stage.id === 0) return { shortState, state: shortState };
	const name = vendor === "bambu" ? stageName(words, stage) : anycubicStageName(words, stage);
	if (name === "") return { shortState, state: shortState };
	// Of a stage such as "Paused: filament ran out" the name says it already.
	const state = name.startsWith(shortState)
		? name
		: fill(words.job.withStage, { state: shortState, stage: name });
	return { shortState, state };
}

function toneOf({ job }: PrinterOfState): Tone {
	switch (job.state) {
		case "preparing":
		case "printing":
		case "finished":
			return "accent";
		case "paused":
			return "warn";
		case "failed":
			return job.cancelled === true ? "muted" : "danger";
		default:
			return "muted";
	}
}

function nameOf(words: Words, printer: PrinterOfState): string {
	const { state, name } = printer.job;
	if (name !== undefined && name !== "" && state !== "idle") return name;
	if (isUnderWay(printer)) return words.job.unnamed;
	return state === "unknown" ? words.common.unknown : words.job.noJob;
}

function layerText(words: Words, printer: PrinterOfState): string {
	const { state, layer, totalLayers } = printer.job;
	if (!isKnown(layer) || state === "idle" || state === "unknown") return words.common.unknown;
	return fill(words.home.layerOf, {
		layer: whole(words, layer),
		total: whole(words, totalLayers || undefined),
	});
}

/** Counted from now as long as the printer has not been asked while the device knew the time. */
function finishText(words: Words, { job }: PrinterOfState, now: Moment): string {
	const told = timeOf(job.finishTime);
	if (told !== undefined) return whenText(words, told, now);
	// A paused job ends later with each minute.
	if (job.state === "paused" || !isKnown(job.remainingMinutes) || job.remainingMinutes <= 0)
		return words.common.unknown;
	if (!isKnown(now.wallTimeMs)) return words.common.unknown;
	return whenText(words, now.wallTimeMs + job.remainingMinutes * 60_000, now);
}

function timeText(words: Words, time: string, end: string): string {
	const { home, common } = words;
	if (time === common.unknown) return "";
	return end === common.unknown ? fill(home.left, { time }) : fill(home.leftEnds, { time, end });
}
