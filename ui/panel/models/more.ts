// The ways to what has no place of its own in the rail, and what is new there.

import type { FinishedJob } from "../device";
import type { ModelInput } from "../screen";
import { celsius, timeOf, whenText } from "../words/format";
import { fill } from "../words/texts";
import { isThere } from "./action";
import { severityTone, worstFault } from "./faults";
import { momentOf } from "./moment";
import { stationName } from "./settings";
import { attentionCount, gramsText } from "./spool-slots";
import { spoolmanShort, spoolmanState } from "./spoolman";
import type { Tone } from "./tone";

export interface MoreView {
	readonly printers: MoreEntry;
	readonly history: MoreEntry;
	readonly faults: MoreEntry;
	readonly camera: MoreEntry;
	readonly spools: MoreEntry;
	/** Of the printer that is shown. */
	readonly files: MoreEntry;
	/** It tells of its files. */
	readonly hasFiles: boolean;
	readonly settings: MoreEntry;
	/** Also where there is none. */
	readonly heater: MoreEntry;
}

export interface MoreEntry {
	readonly text: string;
	readonly detail: string;
	readonly tone: Tone;
	/** "" is none. */
	readonly badge: string;
	readonly badgeTone: Tone;
}

/** `last` is the job that ended last. */
export function moreView(input: ModelInput, last: FinishedJob | undefined): MoreView {
	return {
		printers: printers(input),
		history: history(input, last),
		faults: faults(input),
		camera: camera(input),
		spools: spools(input),
		files: files(input),
		hasFiles: filesIn(input).length > 0,
		settings: settings(input),
		heater: heater(input),
	};
}

function printers({ state, words }: ModelInput): MoreEntry {
	const { more } = words;
	const count = state.printers.length;
	if (count === 0) return entry(more.noneYet);
	const printing = state.printers.filter(({ job }) => job.state === "printing").length;
	const lost = state.printers.filter((printer) => !isThere(printer)).length;
	const detail = [
		printing > 0 ? fill(more.printing, { n: printing }) : "",
		lost > 0 ? fill(more.offline, { n: lost }) : "",
	];
	return entry(
		count === 1 ? more.printerOne : fill(more.printerMany, { n: count }),
		detail.filter((part) => part !== "").join(words.format.part),
	);
}

function history(input: ModelInput, last: FinishedJob | undefined): MoreEntry {
	const { words } = input;
	if (last === undefined) return entry(words.more.noneYet);
	const ended = timeOf(last.endedAt);
	const when = ended === undefined ? "" : words.format.part + whenText(words, ended, momentOf(input));
	return entry(last.name || words.job.unnamed, words.history[last.result] + when);
}

function faults({ printer, words }: ModelInput): MoreEntry {
	const worst = printer && worstFault(words, printer);
	if (printer === undefined || worst === undefined) return entry(words.faults.none);
	const count = printer.faults.length;
	return {
		...entry(
			count === 1 ? words.printers.faultOne : fill(words.printers.faultMany, { n: count }),
			worst.text,
		),
		tone: worst.tone === "muted" ? "text" : worst.tone,
		badge: String(count),
		badgeTone: severityTone(printer.faults.map(({ severity }) => severity)),
	};
}

function camera({ printer, words }: ModelInput): MoreEntry {
	if (printer === undefined) return entry(words.common.unknown);
	return entry(printer.capabilities.camera === "none" ? words.more.noCamera : printer.name);
}

function spools({ state, words }: ModelInput): MoreEntry {
	if (state.spools === undefined || state.spools.spoolman.state === "not_set_up")
		return entry(words.more.notSetUp);
	const { waiting } = state.spools;
	const { spoolmanTone: tone } = spoolmanState(words, state.spools);
	const text = spoolmanShort(words, state.spools);
	const detail =
		waiting === undefined
			? ""
			: fill(words.spoolman.waitingShort, { amount: gramsText(words, waiting.grams) });
	const count = attentionCount(state.spools);
	return { text, detail, tone, badge: count === 0 ? "" : String(count), badgeTone: "warn" };
}

function files(input: ModelInput): MoreEntry {
	const { printer, words } = input;
	const [first, ...others] = filesIn(input);
	if (printer === undefined || first === undefined) return entry(words.common.unknown);
	return entry(printer.name, words.more[`files_${others.length > 0 ? "both" : first}`]);
}

function filesIn({ printer }: ModelInput) {
	return printer?.capabilities.filesIn ?? [];
}

function settings(input: ModelInput): MoreEntry {
	const { state, words } = input;
	const { phase } = state.update;
	const shown = entry(stationName(input), state.device.firmware || words.common.unknown);
	if (phase === "idle") return shown;
	if (phase === "failed") return { ...shown, badge: "!", badgeTone: "danger" };
	return { ...shown, text: words.more.updating, tone: "accent" };
}

function heater({ state, words }: ModelInput): MoreEntry {
	const breath = state.breath ?? state.remoteBreath;
	if (breath === undefined) return entry(words.more.notSetUp);
	const chamber = celsius(words, breath.chamber);
	const text = `${words.parts.chamber} ${chamber.value}${chamber.unit === "" ? "" : `\u00a0${chamber.unit}`}`;
	return breath.fault === undefined
		? entry(text)
		: { ...entry(text, breath.fault.text), badge: "!", badgeTone: "danger" };
}

function entry(text: string, detail = ""): MoreEntry {
	return { text, detail, tone: "muted", badge: "", badgeTone: "muted" };
}
