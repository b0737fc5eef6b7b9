// The spool in one slot: which of Spoolman's it is, and what can be done about that.

import type { SpoolAction, SpoolSlot } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { isKnown, percent } from "../words/format";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { slotsOf } from "./all-slots";
import { colorName, skinColor } from "./color-names";
import type { SlotView } from "./filament";
import {
	gramsText,
	neededText,
	type SlotId,
	slotNote,
	spoolName,
	spoolShare,
	spoolSlotOf,
} from "./spool-slots";
import { spoolmanState } from "./spoolman";
import type { Tone } from "./tone";

export interface SpoolView {
	/** "Slot A1", with the printer's name when there are several. */
	readonly title: string;
	readonly color: string;
	/** "Prusament Galaxy Black"; of what is not linked, what the printer says. */
	readonly name: string;
	/** "No. 12 · PLA · Black" */
	readonly details: string;
	/** "640 g of 1 kg left"; a dash where it is not known. */
	readonly remaining: string;
	readonly remainingTone: Tone;
	/** "No. 12 · 640 g of 1 kg left": both in one line. */
	readonly summary: string;
	/** What is to be known about it, in one or two sentences. */
	readonly text: string;
	readonly textTone: Tone;
	readonly choose: SpoolChoice;
	readonly create: SpoolWish;
	readonly unlink: SpoolWish & { readonly question: Question };
	readonly compare: SpoolCompare;
}

/** What a touch asks for, or why it cannot be asked for. */
export interface SpoolWish {
	readonly label: string;
	/** "" when it can. */
	readonly why: string;
	readonly action: SpoolAction;
}

export interface SpoolChoice {
	readonly label: string;
	readonly why: string;
	/** The one that most likely has the new tag. */
	readonly suggestion: { readonly label: string; readonly action: SpoolAction } | undefined;
	readonly another: string;
	/** Of the slot, as the printer says it: spools of it are offered first; "" when it is not known. */
	readonly material: string;
}

export interface SpoolCompare {
	readonly label: string;
	readonly why: string;
	readonly title: string;
	readonly choices: readonly {
		readonly label: string;
		readonly text: string;
		readonly action: SpoolAction;
	}[];
}

export function spoolView(input: ModelInput, id: SlotId): SpoolView {
	const { state, words } = input;
	const { spools: text, common } = words;
	const found = slotsOf(input).find(
		({ printer, slot }) => printer.id === id.printerId && slot.tray === id.tray,
	);
	const slot = found?.slot;
	const spoolSlot = spoolSlotOf(state.spools, id);
	const spool = spoolSlot?.status === "linked" ? spoolSlot.spool : undefined;
	const note = spoolSlot && slotNote(words, spoolSlot);
	const isWarned = spoolSlot?.warning !== undefined;
	const remaining = spool === undefined ? (note?.text ?? common.unknown) : remainingOf(words, spool);
	return {
		title: titleOf(words, state.printers.length > 1 ? (found?.printer.name ?? "") : "", slot),
		color: skinColor(spool?.color) || (slot?.color ?? ""),
		name: spool === undefined ? (slot?.material ?? common.unknown) : spoolName(spool) || text.unnamed,
		details: spool === undefined ? (slot ? brandOf(words, slot) : "") : detailsOf(words, spool),
		remaining,
		summary:
			spool === undefined ? remaining : fill(text.number, { n: spool.id }) + words.format.part + remaining,
		remainingTone: spool === undefined ? (note?.tone ?? "muted") : isWarned ? "warn" : "text",
		...sentences(words, state.spools, spoolSlot),
		choose: chooseOf(input, id, spoolSlot, slot),
		create: {
			label: text.create,
			why: createWhy(input, spoolSlot),
			action: { action: "create", ...id },
		},
		unlink: unlinkOf(input, id, spoolSlot, slot),
		compare: compareOf(input, id, spoolSlot),
	};
}

function titleOf(words: Words, printer: string, slot: SlotView | undefined): string {
	if (slot === undefined) return words.spools.title;
	return printer === "" ? slot.name : fill(words.spools.at, { printer, slot: slot.name });
}

function brandOf(words: Words, { brand, colorName: color }: SlotView): string {
	return [brand, color].filter((part) => part !== "").join(words.format.part);
}

type Spool = NonNullable<SpoolSlot["spool"]>;

function detailsOf(words: Words, spool: Spool): string {
	const number = fill(words.spools.number, { n: spool.id });
	return [number, spool.material ?? "", colorName(words, spool.color)]
		.filter((part) => part !== "")
		.join(words.format.part);
}

function remainingOf(words: Words, { remainingGrams, fullGrams }: Spool): string {
	if (!isKnown(remainingGrams)) return words.common.unknown;
	const amount = gramsText(words, remainingGrams);
	return isKnown(fullGrams)
		? fill(words.spools.remainingOf, { amount, full: gramsText(words, fullGrams) })
		: fill(words.spools.remaining, { amount });
}

/** First what is urgent, then what is to be done, then how it is known. */
function sentences(
	words: Words,
	spools: ModelInput["state"]["spools"],
	slot: SpoolSlot | undefined,
): { text: string; textTone: Tone } {
	const { spools: text } = words;
	if (spools !== undefined && spools.spoolman.state === "not_set_up")
		return { text: text.error_not_set_up, textTone: "warn" };
	if (slot === undefined) return { text: text.gone, textTone: "muted" };
	const difference = differenceText(words, slot);
	if (slot.status === "linked" && slot.warning === "not_enough") {
		const left = gramsText(words, slot.spool?.remainingGrams);
		const needed = gramsText(words, slot.jobGrams);
		return { text: fill(text.notEnoughText, { needed, left }), textTone: "warn" };
	}
	if (difference !== "") return { text: difference, textTone: "warn" };
	if (slot.status === "linked" && slot.warning === "low")
		return {
			text: fill(text.lowText, { left: gramsText(words, slot.spool?.remainingGrams) }),
			textTone: "warn",
		};
	if (slot.status !== "linked") {
		// What it says of the slot may be wrong as long as Spoolman cannot be asked.
		if (slot.status === "unknown" && spools?.spoolman.state === "failed")
			return { text: spoolmanState(words, spools).spoolman, textTone: "warn" };
		if (slot.status === "new_tag" && slot.suggestedSpoolId !== undefined)
			return { text: fill(text.text_suggested, { n: slot.suggestedSpoolId }), textTone: "warn" };
		return {
			text: text[`text_${slot.status}`],
			textTone: slotNote(words, slot).isAttention ? "warn" : "muted",
		};
	}
	const needed = isKnown(slot.jobGrams)
		? fill(text.jobText, { needed: gramsText(words, slot.jobGrams) })
		: text[slot.by === "tag" ? "text_linked_tag" : "text_linked_slot"];
	return { text: needed, textTone: "muted" };
}

function differenceText(words: Words, { printerPercent, spool }: SpoolSlot): string {
	if (!isKnown(printerPercent)) return "";
	return fill(words.spools.differs, {
		printer: percent(words, printerPercent),
		spoolman: spoolmanPercent(words, spool),
	});
}

/** In percent of a full one, else in grams. */
function spoolmanPercent(words: Words, spool: Spool | undefined): string {
	const share = spool && spoolShare(spool);
	return share === undefined ? gramsText(words, spool?.remainingGrams) : percent(words, share * 100);
}

/** Why nothing at all can be asked for; "" when something can. */
function plainWhy({ state, words }: ModelInput, slot: SpoolSlot | undefined): string {
	const { spools: text } = words;
	const { spools } = state;
	if (spools === undefined) return text.unsupported;
	if (spools.spoolman.state === "not_set_up") return text.error_not_set_up;
	if (slot === undefined) return text.gone;
	if (slot.status === "reading") return text.whyReading;
	return "";
}

/** Of what needs Spoolman to answer. */
function spoolmanWhy(input: ModelInput, slot: SpoolSlot | undefined): string {
	const plain = plainWhy(input, slot);
	if (plain !== "") return plain;
	const { spools } = input.state;
	if (spools?.spoolman.state === "failed") return spoolmanState(input.words, spools).spoolman;
	return slot?.status === "unknown" ? input.words.spools.whyUnknown : "";
}

function chooseOf(
	input: ModelInput,
	id: SlotId,
	slot: SpoolSlot | undefined,
	shown: SlotView | undefined,
): SpoolChoice {
	const { spools: text } = input.words;
	const suggested = slot?.status === "new_tag" ? slot.suggestedSpoolId : undefined;
	const isKnownByTag = slot?.status === "linked" && slot.by === "tag";
	const why =
		spoolmanWhy(input, slot) ||
		(isKnownByTag ? text.whyTagged : slot?.status === "tag_twice" ? text.whyTwice : "");
	return {
		label: slot?.status === "linked" ? text.chooseOther : text.choose,
		why,
		suggestion:
			suggested === undefined
				? undefined
				: {
						label: fill(text.suggested, { n: suggested }),
						action: { action: "link", ...id, spoolId: suggested },
					},
		another: text.another,
		material:
			shown?.isEmpty === false && shown.material !== input.words.filament.unknownSpool ? shown.material : "",
	};
}

function createWhy(input: ModelInput, slot: SpoolSlot | undefined): string {
	const { spools: text } = input.words;
	const why = spoolmanWhy(input, slot);
	if (why !== "" || slot?.status === "new_tag") return why;
	if (slot?.status === "linked") return text.whyKnown;
	return slot?.status === "tag_twice" ? text.whyTwice : text.whyNoTag;
}

function unlinkOf(
	input: ModelInput,
	id: SlotId,
	slot: SpoolSlot | undefined,
	shown: SlotView | undefined,
): SpoolView["unlink"] {
	const { words } = input;
	const { spools: text } = words;
	const isLinked = slot?.status === "linked" || slot?.status === "missing" || slot?.status === "archived";
	const name = slot?.spool === undefined ? (shown?.name ?? "") : fill(text.number, { n: slot.spool.id });
	return {
		label: text.unlink,
		why: plainWhy(input, slot) || (isLinked ? "" : text.whyNotLinked),
		action: { action: "unlink", ...id },
		question: {
			title: fill(text.unlinkQuestion, { spool: name }),
			text: text.unlinkText,
			yes: text.unlink,
			no: words.common.cancel,
			isDangerous: false,
		},
	};
}

function compareOf(input: ModelInput, id: SlotId, slot: SpoolSlot | undefined): SpoolCompare {
	const { words } = input;
	const { spools: text } = words;
	const measured = slot?.printerPercent;
	const resync = (by: "printer" | "spoolman"): SpoolAction => ({ action: "resync", ...id, by });
	return {
		label: text.compare,
		why: spoolmanWhy(input, slot) || (isKnown(measured) ? "" : text.whyAlike),
		title: text.compareQuestion,
		choices: [
			{
				label: fill(text.byPrinter, { percent: percent(words, measured) }),
				text: text.byPrinterText,
				action: resync("printer"),
			},
			{
				label: fill(text.bySpoolman, { percent: spoolmanPercent(words, slot?.spool) }),
				text: text.bySpoolmanText,
				action: resync("spoolman"),
			},
		],
	};
}

/** "A1: 43 g needed, 30 g left" of the worst slot of the shown printer; undefined when its job has enough. */
export function shortage(input: ModelInput): { readonly text: string; readonly id: SlotId } | undefined {
	const { printer, words, state } = input;
	if (printer === undefined || state.spools === undefined) return undefined;
	const short = state.spools.slots.find(
		({ printerId, warning }) => printerId === printer.id && warning === "not_enough",
	);
	if (short === undefined) return undefined;
	const found = slotsOf({ ...input, state: { ...state, printers: [printer] } }).find(
		({ slot }) => slot.tray === short.tray,
	);
	const text = neededText(words, short);
	return {
		text: found === undefined ? text : fill(words.spools.inSlot, { slot: found.slot.name, text }),
		id: { printerId: printer.id, tray: short.tray },
	};
}
