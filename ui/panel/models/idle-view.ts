// What remains when nobody has touched the screen for a while: percent, time left and state, large.

import type { ModelInput } from "../screen";
import { clockNow, degrees, isKnown } from "../words/format";
import { fill } from "../words/texts";
import { jobView } from "./job";
import { linkView } from "./link";
import { momentOf } from "./moment";
import type { Tone } from "./tone";

export interface IdleView {
	/** "63" and "%" while a job is under way; else the clock, or "". */
	readonly large: string;
	readonly largeUnit: string;
	/** 0 to 1 */
	readonly progress: number;
	readonly isJob: boolean;
	readonly state: string;
	readonly tone: Tone;
	/** "1 h 12 min left, ends 15:44", or "". */
	readonly time: string;
	/** "1 h 12 min" and "ends 15:44"; each "" as long as it is not known. */
	readonly timeLeft: string;
	readonly ends: string;
	readonly printerName: string;
	readonly isOld: boolean;
	/** "Chamber 41 °C" of a device with a heater; else "". */
	readonly heater: string;
	/** What a wake is for when it changes: the state of the job and the faults. */
	readonly wakeKey: string;
}

export function idleView(input: ModelInput): IdleView {
	const { printer, words, state } = input;
	const now = momentOf(input);
	const job = printer && jobView(words, printer, now);
	const link = printer && linkView(words, printer, now);
	const isJob = job?.isUnderWay === true;
	const hasFaults = printer !== undefined && printer.faults.length > 0;
	const isLost = link?.isOld === true;
	const { breath } = state;
	return {
		large: isJob ? job.percent : clockNow(words, now),
		largeUnit: isJob ? job.percentUnit : "",
		progress: isJob ? job.progress : 0,
		isJob,
		state: isLost ? (link?.text ?? "") : (job?.state ?? ""),
		tone: hasFaults ? "danger" : isLost ? "warn" : (job?.tone ?? "muted"),
		time: isJob ? job.time : "",
		timeLeft: isJob && job.timeLeft !== words.common.unknown ? job.timeLeft : "",
		ends: isJob && job.finish !== words.common.unknown ? fill(words.idle.ends, { end: job.finish }) : "",
		printerName: printer?.name ?? state.device.name,
		isOld: isLost,
		heater:
			breath !== undefined && isKnown(breath.chamber)
				? fill(words.idle.heater, { temperature: degrees(words, breath.chamber) })
				: "",
		wakeKey: wakeKeyOf(input),
	};
}

function wakeKeyOf({ printer, state }: ModelInput): string {
	const heaterFault = state.breath?.fault?.code ?? "";
	if (printer === undefined) return heaterFault;
	return [printer.id, printer.job.state, ...printer.faults.map(({ code }) => code), heaterFault].join(" ");
}
