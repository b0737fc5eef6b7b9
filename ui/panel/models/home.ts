// The printer at a glance.

import type { ModelInput } from "../screen";
import { fill } from "../words/texts";
import { type Action, isThere } from "./action";
import { worstFault } from "./faults";
import { slotAt } from "./filament";
import { type JobView, jobView } from "./job";
import { pauseOrResume, stopJob } from "./job-actions";
import { type LightView, lightsView } from "./lights";
import { linkView } from "./link";
import { momentOf } from "./moment";
import { fansText, type Reading, readingsOf } from "./readings";
import type { Tone } from "./tone";

export interface HomeView {
	/** No printer is set up: only `title`, `message` and the way to add one are shown. */
	readonly isEmpty: boolean;
	readonly title: string;
	/** The worst that is wrong: with the link, else the printer's worst fault; "" when nothing is. */
	readonly message: string;
	readonly messageTone: Tone;
	/** A touch on it opens the faults; otherwise it is about the link. */
	readonly isMessageFault: boolean;
	/** What is shown may no longer be so: it is greyed. */
	readonly isOld: boolean;
	readonly isReadOnly: boolean;
	readonly readOnlyBadge: string;
	readonly job: JobView | undefined;
	readonly layerLabel: string;
	readonly timeLeftLabel: string;
	readonly finishLabel: string;
	/** Nozzles, bed, chamber. */
	readonly readings: readonly Reading[];
	readonly fansLabel: string;
	readonly fans: string;
	/** "open", "closed" or ""; of a printer without that sensor "". */
	readonly doorLabel: string;
	readonly door: string;
	/** "A1 · PETG" of the spool that is loaded; a dash when none is. */
	readonly filamentLabel: string;
	readonly filament: string;
	readonly lights: readonly LightView[];
	readonly pause: Action;
	readonly stop: Action;
	/** "Speed: Standard"; a touch opens the levels. */
	readonly speed: { readonly label: string; readonly enabled: boolean; readonly why: string };
	/** Of an empty home. */
	readonly addLabel: string;
}

export function homeView(input: ModelInput): HomeView {
	const { printer, words } = input;
	const { home, parts } = words;
	const now = momentOf(input);
	const link = printer && linkView(words, printer, now);
	const fault = printer && worstFault(words, printer);
	const isLinkMessage = link !== undefined && link.message !== "";
	const pause = pauseOrResume(input);
	return {
		isEmpty: printer === undefined,
		title: printer?.name ?? home.noPrinterTitle,
		message: printer === undefined ? home.noPrinterText : isLinkMessage ? link.message : (fault?.text ?? ""),
		messageTone: isLinkMessage ? "warn" : (fault?.tone ?? "muted"),
		isMessageFault: !isLinkMessage && fault !== undefined,
		isOld: link?.isOld ?? false,
		isReadOnly: printer?.control === "read_only",
		readOnlyBadge: words.readOnly.badge,
		job: printer && jobView(words, printer, now),
		layerLabel: home.layer,
		timeLeftLabel: home.timeLeft,
		finishLabel: home.finish,
		readings: printer === undefined ? [] : readingsOf(words, printer),
		fansLabel: parts.fans,
		fans: printer === undefined ? words.common.unknown : fansText(words, printer),
		doorLabel: parts.door,
		door: doorText(input),
		filamentLabel: words.navigation.filament,
		filament: filamentText(input),
		lights: lightsView(input),
		pause,
		stop: stopJob(input),
		speed: speedOf(input),
		addLabel: home.addPrinter,
	};
}

function doorText({ printer, words }: ModelInput): string {
	if (printer === undefined || !printer.capabilities.doorSensor) return "";
	if (printer.door === undefined) return words.common.unknown;
	return printer.door === "open" ? words.parts.doorOpen : words.parts.doorClosed;
}

function filamentText({ printer, words }: ModelInput): string {
	const active = printer?.filament.active;
	if (printer === undefined || active === undefined) return words.common.unknown;
	if (active === "external") return words.filament.external;
	const slot = slotAt(words, printer, active);
	return slot === undefined ? words.common.unknown : slot.name + words.format.part + slot.material;
}

/** The levels can be looked at in any case; whether one can be chosen is said there. */
function speedOf({ printer, words }: ModelInput) {
	const level = printer?.job.speedLevel;
	const name = level === undefined ? words.common.unknown : words.speed[`level_${level}`];
	const why =
		printer === undefined
			? words.why.noPrinter
			: !isThere(printer)
				? words.why.offline
				: printer.control === "read_only"
					? words.why.readOnly
					: "";
	return { label: fill(words.home.speedButton, { level: name }), enabled: why === "", why };
}
