// The printer at a glance.

import type { SpoolPlace } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
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
import { shortage } from "./spool";
import { type SlotId, spoolSlotOf } from "./spool-slots";
import type { Tone } from "./tone";

export interface HomeView {
	/** No printer is set up: only `title`, `message` and the way to add one are shown. */
	readonly isEmpty: boolean;
	readonly title: string;
	/** The worst that is wrong: with the link, else the printer's worst fault, else a spool; "" when nothing is. */
	readonly message: string;
	readonly messageTone: Tone;
	/** A touch on it opens the faults; otherwise it is about the link, or a spool. */
	readonly isMessageFault: boolean;
	/** The slot whose spool has too little for the job, when `message` is about that. */
	readonly shortSlot: SlotId | undefined;
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
	/** It is low, or has something else that has to be looked at: then `filament` says it. */
	readonly isFilamentLow: boolean;
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
	const short = isLinkMessage || fault !== undefined ? undefined : shortage(input);
	return {
		isEmpty: printer === undefined,
		title: printer?.name ?? home.noPrinterTitle,
		message:
			printer === undefined
				? home.noPrinterText
				: isLinkMessage
					? link.message
					: (fault?.text ?? short?.text ?? ""),
		messageTone: isLinkMessage || short !== undefined ? "warn" : (fault?.tone ?? "muted"),
		isMessageFault: !isLinkMessage && fault !== undefined,
		shortSlot: short?.id,
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
		...filamentOf(input),
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

function filamentOf(input: ModelInput): { readonly filament: string; readonly isFilamentLow: boolean } {
	const { printer, words, state } = input;
	const active = printer?.filament.active;
	const none = { filament: words.common.unknown, isFilamentLow: false };
	if (printer === undefined || active === undefined) return none;
	const place = active === "external" ? activeExternal(printer) : active;
	const slot = slotAt(words, printer, place, state.spools);
	const name =
		active === "external" ? words.filament.external : slot && slot.name + words.format.part + slot.material;
	if (name === undefined) return none;
	const found = slot && spoolSlotOf(state.spools, { printerId: printer.id, tray: slot.tray });
	// What takes the place of the material is worth a look before it runs out.
	if (slot === undefined || found?.warning !== "low") return { filament: name, isFilamentLow: false };
	const shortName = active === "external" ? words.filament.external : slot.name;
	return { filament: shortName + words.format.part + slot.note, isFilamentLow: true };
}

/** Of two outside, the one whose nozzle is in use. */
function activeExternal({ filament, nozzles }: PrinterOfState): SpoolPlace {
	return filament.external.length > 1 && nozzles[1]?.active === true ? "external_left" : "external";
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
