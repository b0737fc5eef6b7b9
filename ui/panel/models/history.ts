// Jobs that have ended, newest first.

import type { FinishedJob } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { duration, isKnown, type Moment, percent, timeOf, weight, whenText } from "../words/format";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { colorName, skinColor } from "./color-names";
import { momentOf } from "./moment";
import type { Tone } from "./tone";

export interface HistoryView {
	readonly jobs: readonly HistoryRow[];
	/** "12 jobs" */
	readonly count: string;
	/** When there are none; else "". */
	readonly emptyText: string;
	readonly clear: { readonly label: string; readonly enabled: boolean; readonly question: Question };
}

export interface HistoryRow {
	readonly name: string;
	readonly result: string;
	readonly tone: Tone;
	/** "yesterday 14:32 · took 1 h 12 min · P1S Workshop · 204 layers" */
	readonly facts: string;
	/** The same one by one, for all that there is to know of a job. */
	readonly details: readonly { readonly label: string; readonly value: string }[];
	readonly filament: readonly UsedFilament[];
}

export interface UsedFilament {
	/** "A1 PLA 12 g" */
	readonly text: string;
	/** "#RRGGBB", or "". */
	readonly color: string;
	readonly colorName: string;
}

/** `jobs` is `PanelDevice.jobs.list()`, which the screen keeps. */
export function historyView(input: ModelInput, jobs: readonly FinishedJob[]): HistoryView {
	const { words } = input;
	const { history, common } = words;
	const now = momentOf(input);
	return {
		jobs: jobs.map((job) => rowOf(words, job, now)),
		count: jobs.length === 1 ? history.jobOne : fill(history.jobMany, { n: jobs.length }),
		emptyText: jobs.length === 0 ? history.none : "",
		clear: {
			label: history.clear,
			enabled: jobs.length > 0,
			question: {
				title: history.clearQuestion,
				text: history.clearText,
				yes: common.delete,
				no: common.cancel,
				isDangerous: true,
			},
		},
	};
}

function rowOf(words: Words, job: FinishedJob, now: Moment): HistoryRow {
	const { history, format, common } = words;
	const ended = timeOf(job.endedAt);
	const when = ended === undefined ? "" : whenText(words, ended, now);
	const time = isKnown(job.seconds) ? duration(words, toMinutes(job.seconds)) : "";
	const facts = [
		when,
		time === "" ? "" : fill(history.took, { time }),
		job.printerName,
		isKnown(job.layers) ? fill(history.layers, { n: job.layers }) : "",
	];
	return {
		name: job.name || words.job.unnamed,
		result: history[job.result],
		tone: job.result === "finished" ? "accent" : job.result === "failed" ? "danger" : "muted",
		facts: facts.filter((fact) => fact !== "").join(format.part),
		details: [
			{ label: history.printer, value: job.printerName || common.unknown },
			{ label: history.ended, value: when || common.unknown },
			{ label: history.duration, value: time || common.unknown },
			{ label: history.layersPrinted, value: isKnown(job.layers) ? String(job.layers) : common.unknown },
		],
		filament: (job.filament ?? []).map((use) => {
			const amount = isKnown(use.grams)
				? weight(words, use.grams)
				: isKnown(use.percent)
					? percent(words, use.percent)
					: "";
			const slot = use.slot === "external" ? history.external : use.slot;
			return {
				text: [slot, use.material ?? "", amount].filter((part) => part !== "").join(" "),
				color: skinColor(use.color),
				colorName: colorName(words, use.color),
			};
		}),
	};
}

/** Seconds of a job of hours are of no use to anybody. */
function toMinutes(seconds: number): number {
	return seconds < 60 ? seconds : Math.round(seconds / 60) * 60;
}
