// One slot and what can be done with it.

import type { SpoolPlace } from "../device";
import type { ModelInput } from "../screen";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { type SlotView, slotAt, unload } from "./filament";
import type { SlotId } from "./spool-slots";

export interface SlotScreenView {
	/** There is no such slot any more. */
	readonly isGone: boolean;
	/** "Slot A1" */
	readonly title: string;
	readonly slot: SlotView | undefined;
	/** Of Spoolman; absent on a device that keeps no track of spools. */
	readonly spool: { readonly label: string; readonly id: SlotId } | undefined;
	/** Colour, material and maker in one line. */
	readonly summary: string;
	readonly load: Action;
	readonly unload: Action;
	readonly readTag: Action;
	/** Opens the form; what it sends is checked there again. */
	readonly edit: { readonly label: string; readonly enabled: boolean; readonly why: string };
}

export function slotScreenView(input: ModelInput, place: SpoolPlace): SlotScreenView {
	const { printer, words } = input;
	const { filament, why } = words;
	const slot = printer && slotAt(words, printer, place, input.state.spools);
	const isEmpty = slot?.isEmpty === true;
	const empty = isEmpty ? why.slotEmpty : "";
	const loaded = slot?.isActive === true;
	const summary = slot === undefined || isEmpty ? "" : summaryOf(slot, words.format.list);
	const noTag = typeof place === "string" ? why.noTagReader : empty;
	return {
		isGone: slot === undefined,
		title: titleOf(input, place, slot),
		slot,
		spool:
			input.device.spools === undefined || printer === undefined || slot === undefined
				? undefined
				: { label: words.spools.one, id: { printerId: printer.id, tray: slot.tray } },
		summary,
		load: action(
			input,
			filament.load,
			{ command: "load", spool: place },
			{
				unless: empty || (loaded ? why.alreadyLoaded : ""),
				question: {
					title: fill(filament.loadQuestion, { what: summary || (slot?.name ?? "") }),
					text: filament.loadText,
					yes: filament.load,
					no: words.common.cancel,
					isDangerous: false,
				},
			},
		),
		unload: loaded ? unload(input) : { ...unload(input), enabled: false, why: why.nothingLoaded },
		readTag: action(input, filament.readTag, { command: "read_tag", spool: place }, { unless: noTag }),
		edit: editOf(input, place, slot, empty),
	};
}

/** "Slot A1", "External spool" */
export function titleOf({ words }: ModelInput, place: SpoolPlace, slot: SlotView | undefined): string {
	if (slot === undefined) return words.filament.title;
	return typeof place === "string" ? slot.name : fill(words.filament.slot, { name: slot.name });
}

function editOf(input: ModelInput, place: SpoolPlace, slot: SlotView | undefined, empty: string) {
	const { words } = input;
	const probe = { material: "PLA", filamentId: "GFL99", color: "FFFFFF", nozzleMin: 190, nozzleMax: 220 };
	const unless = empty || (slot?.hasTag === true ? words.why.spoolHasTag : "");
	const { label, enabled, why } = action(
		input,
		words.filament.edit,
		{ command: "filament_setting", spool: place, ...probe },
		{ unless },
	);
	return { label, enabled, why };
}

function summaryOf({ colorName, brand, material }: SlotView, separator: string): string {
	return [brand || material, colorName].filter((part) => part !== "").join(separator);
}
