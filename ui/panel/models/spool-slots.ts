// What Spoolman knows of the spool in a slot, in words: how much is left, and what is to be looked at.

import type { DeviceState, ShownSpool, SpoolSlot } from "../device";
import type { PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { isKnown, weight } from "../words/format";
import { fill } from "../words/texts";
import type { Tone } from "./tone";

type RawSlot = PrinterOfState["filament"]["external"][number];
type RawUnit = PrinterOfState["filament"]["units"][number];

/** The state's part that says it. */
export type Spools = DeviceState["spools"];

/** A slot of a printer, wherever that printer is in the list. */
export interface SlotId {
	readonly printerId: string;
	readonly tray: number;
}

const FIRST_SINGLE_UNIT = 128;

/** Global tray, as the firmware counts them; outside of units it is the slot's own number. */
export function trayOf(unit: RawUnit | undefined, { id }: RawSlot): number {
	if (unit === undefined) return id;
	return unit.id >= FIRST_SINGLE_UNIT ? unit.id : unit.id * 4 + id;
}

export function spoolSlotOf(spools: Spools, { printerId, tray }: SlotId): SpoolSlot | undefined {
	return spools?.slots.find((slot) => slot.printerId === printerId && slot.tray === tray);
}

/** "Prusament Galaxy Black"; "" where it has neither. */
export function spoolName({ vendor = "", name = "" }: ShownSpool): string {
	return [vendor, name].filter((part) => part !== "").join(" ");
}

/** 0 to 1; `undefined` where it is not known. */
export function spoolShare({ remainingGrams, fullGrams }: ShownSpool): number | undefined {
	if (!isKnown(remainingGrams) || !isKnown(fullGrams) || fullGrams <= 0) return undefined;
	return Math.min(1, Math.max(0, remainingGrams / fullGrams));
}

/** Never below nothing. */
export function gramsText(words: Words, grams: number | undefined): string {
	return weight(words, grams === undefined ? undefined : Math.max(0, grams));
}

export interface SlotNote {
	/** "New tag", "30 g, too little"; "" when all is well. */
	readonly text: string;
	/** Somebody has to do something. */
	readonly isAttention: boolean;
	readonly tone: Tone;
}

/** What is to be said of it in a few words. */
export function slotNote(words: Words, slot: SpoolSlot): SlotNote {
	const { spools } = words;
	if (slot.status !== "linked") {
		const isAttention = needsHelp(slot);
		return { text: spools[`short_${slot.status}`], isAttention, tone: isAttention ? "warn" : "muted" };
	}
	if (slot.warning === undefined) return { text: "", isAttention: false, tone: "muted" };
	return { text: warningText(words, slot), isAttention: true, tone: "warn" };
}

function warningText(words: Words, { warning, spool }: SpoolSlot): string {
	const left = gramsText(words, spool?.remainingGrams);
	return fill(warning === "not_enough" ? words.spools.tooLittle : words.spools.low, { left });
}

/** "43 g needed, 30 g left" */
export function neededText(words: Words, { spool, jobGrams }: SpoolSlot): string {
	return fill(words.spools.needed, {
		needed: gramsText(words, jobGrams),
		left: gramsText(words, spool?.remainingGrams),
	});
}

/** Nothing is counted until a person has said which spool it is. */
function needsHelp({ status }: SpoolSlot): boolean {
	return status === "new_tag" || status === "missing" || status === "archived" || status === "tag_twice";
}

/** Slots that somebody has to look at. */
export function attentionCount(spools: Spools): number {
	let count = 0;
	for (const slot of spools?.slots ?? [])
		if (needsHelp(slot) || slot.warning !== undefined || isKnown(slot.printerPercent)) count++;
	return count;
}
