// All slots with a spool, of all printers, with what Spoolman says of them, and how Spoolman itself is.

import type { SpoolSlot } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import { slotsOf } from "./all-slots";
import { skinColor } from "./color-names";
import type { SlotView } from "./filament";
import { heldTagName } from "./held-tag";
import { gramsText, type SlotId, slotNote, spoolName } from "./spool-slots";
import { spoolmanShort, spoolmanState } from "./spoolman";
import type { Tone } from "./tone";

export interface SpoolsView {
	/** Why there is nothing to be listed; else "". */
	readonly emptyText: string;
	/** What it takes to have something; else "". */
	readonly emptyHelp: string;
	/** Spoolman can be set up here. */
	readonly canSetUp: boolean;
	/** "Connected", or what is wrong. */
	readonly spoolman: string;
	/** "Connected", "Not connected" */
	readonly spoolmanShort: string;
	readonly spoolmanTone: Tone;
	/** "12 g waiting", or "". */
	readonly waiting: string;
	/** "A tag was read: PLA, Red", or "". */
	readonly tag: string;
	readonly slots: readonly SpoolRow[];
	/** In place of rows, when there are none. */
	readonly none: string;
}

export interface SpoolRow {
	readonly id: SlotId;
	/** "A1 · Prusament Galaxy Black" */
	readonly title: string;
	/** "P1S Workshop · No. 12 · PLA", or what is to be looked at. */
	readonly text: string;
	readonly tone: Tone;
	/** "#RRGGBB", or "". */
	readonly color: string;
	/** "640 g"; a dash where it is not known. */
	readonly remaining: string;
	readonly remainingTone: Tone;
}

export function spoolsView(input: ModelInput): SpoolsView {
	const { state, words, device } = input;
	const { spools: text } = words;
	const { spools } = state;
	const isSetUp = spools !== undefined && spools.spoolman.state !== "not_set_up";
	const slots = isSetUp ? allSlots(input) : [];
	const { waiting } = spools ?? {};
	return {
		emptyText: spools === undefined ? text.unsupported : isSetUp ? "" : text.notConnected,
		emptyHelp: spools === undefined || isSetUp ? "" : text.setUpHelp,
		canSetUp: device.spools !== undefined,
		...spoolmanState(words, spools),
		spoolmanShort: spoolmanShort(words, spools),
		waiting:
			waiting === undefined
				? ""
				: fill(words.spoolman.waitingShort, { amount: gramsText(words, waiting.grams) }),
		tag: state.filamentTag ? fill(text.tagRow, { what: heldTagName(words, state.filamentTag) }) : "",
		slots,
		none: text.none,
	};
}

function allSlots(input: ModelInput): readonly SpoolRow[] {
	const { state, words } = input;
	const hasSeveral = state.printers.length > 1;
	const rows: SpoolRow[] = [];
	for (const { printer, slot, spoolSlot } of slotsOf(input))
		if (spoolSlot) rows.push(rowOf(words, hasSeveral ? printer.name : "", printer.id, slot, spoolSlot));
	return rows;
}

function rowOf(
	words: Words,
	printerName: string,
	printerId: string,
	slot: SlotView,
	spoolSlot: SpoolSlot,
): SpoolRow {
	const { spool, status } = spoolSlot;
	const isLinked = status === "linked" && spool !== undefined;
	const note = slotNote(words, spoolSlot);
	const name = isLinked ? spoolName(spool) || words.spools.unnamed : slot.material;
	const number = isLinked ? fill(words.spools.number, { n: spool.id }) : "";
	const material = isLinked ? (spool.material ?? "") : "";
	return {
		id: { printerId, tray: spoolSlot.tray },
		title: slot.name + words.format.part + name,
		text: joined(words, printerName, isLinked ? number : note.text, material),
		tone: isLinked ? "muted" : note.tone,
		color: (isLinked && skinColor(spool.color)) || slot.color,
		remaining: isLinked ? note.text || gramsText(words, spool.remainingGrams) : words.common.unknown,
		remainingTone: isLinked && note.isAttention ? "warn" : "muted",
	};
}

function joined(words: Words, ...parts: readonly string[]): string {
	return parts.filter((part) => part !== "").join(words.format.part);
}
