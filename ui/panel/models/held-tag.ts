// The tag that was read and waits for its slot: what it says, and where it could belong.

import type { HeldTag, Refusal } from "../device";
import { refusalText } from "../refusal-text";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import { slotsOf } from "./all-slots";
import { colorName, skinColor } from "./color-names";
import type { SlotId } from "./spool-slots";

export interface HeldTagView {
	/** "PLA Silk, Red: which slot?" */
	readonly title: string;
	/** "#RRGGBB", or "". */
	readonly color: string;
	readonly slots: readonly TagSlot[];
	/** There are none; else "". */
	readonly none: string;
	readonly forget: string;
}

export interface TagSlot {
	readonly id: SlotId;
	/** "A1", or "P1S Workshop, A1" when there are several printers. */
	readonly label: string;
	/** "PLA", as the printer says it now. */
	readonly text: string;
	readonly color: string;
}

/** `undefined` while no tag is held. */
export function heldTagView(input: ModelInput): HeldTagView | undefined {
	const { state, words } = input;
	const { filamentTag } = state;
	if (filamentTag === undefined) return undefined;
	const { spools } = words;
	const hasSeveral = state.printers.length > 1;
	const slots = slotsOf(input).map(({ printer, slot }) => ({
		id: { printerId: printer.id, tray: slot.tray },
		label: hasSeveral ? fill(spools.at, { printer: printer.name, slot: slot.name }) : slot.name,
		text: slot.material,
		color: slot.color,
	}));
	return {
		title: fill(spools.tagQuestion, { what: heldTagName(words, filamentTag) }),
		color: skinColor(filamentTag.color),
		slots,
		none: slots.length === 0 ? spools.tagNoSlot : "",
		forget: spools.tagForget,
	};
}

/** "Prusament PLA Silk, Red" */
export function heldTagName(words: Words, { brand, type, subtype = "", color }: HeldTag): string {
	const name = [brand, type, subtype].filter((part) => part !== "").join(" ");
	const shade = colorName(words, color);
	return shade === "" ? name : name + words.format.list + shade;
}

/** Why the printer was not told, in the panel's language. */
export function tagFailure(words: Words, { code, message }: Refusal): string {
	if (words.language.code === "en") return message;
	const { spools } = words;
	if (code === "no_tag") return spools.tagGone;
	if (code === "no_profile") return spools.tagNoProfile;
	if (code === "unknown_printer") return spools.error_unknown_slot;
	return refusalText(words, { ok: false, code, message });
}

/** Why a tag could not be read: the firmware's own words say more, and only in English. */
export function tagErrorText(words: Words, message: string): string {
	return words.language.code === "en" ? message : words.spools.tagUnreadable;
}
