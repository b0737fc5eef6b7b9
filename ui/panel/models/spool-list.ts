// Spoolman's spools to choose from, page by page, those of one material or all.

import type { Outcome, ShownSpool, SpoolFailureCode, SpoolList } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import { slotsOf } from "./all-slots";
import { colorName, skinColor } from "./color-names";
import { gramsText, type SlotId, spoolName } from "./spool-slots";
import { spoolFailure } from "./spoolman";

/** The firmware answers no more at once. */
export const PAGE = 20;
/** All of them are in memory while they are listed. */
export const MOST = 200;

/** What has been asked for so far; the screen keeps it. */
export interface SpoolPages {
	/** Of one material; "" is all. */
	readonly search: string;
	readonly spools: readonly ShownSpool[];
	readonly total: number | undefined;
	/** The last page was not full: there are no more. */
	readonly isEnd: boolean;
	readonly isLoading: boolean;
	readonly failure: { readonly code: SpoolFailureCode; readonly message: string } | undefined;
}

export function noPages(search: string): SpoolPages {
	return { search, spools: [], total: undefined, isEnd: false, isLoading: false, failure: undefined };
}

export function asking(pages: SpoolPages): SpoolPages {
	return { ...pages, isLoading: true, failure: undefined };
}

export function answered(pages: SpoolPages, answer: Outcome<SpoolList, SpoolFailureCode>): SpoolPages {
	if (!answer.ok) return { ...pages, isLoading: false, failure: answer };
	const { spools: page, total } = answer.value;
	// One that was made meanwhile has moved the others: none is listed twice.
	const known = new Set(pages.spools.map(({ id }) => id));
	const spools = [...pages.spools, ...page.filter(({ id }) => !known.has(id))];
	const isEnd = page.length < PAGE || (total !== undefined && pages.spools.length + page.length >= total);
	return { ...pages, spools, total, isEnd, isLoading: false };
}

export type SpoolListRow =
	| {
			readonly kind: "spool";
			readonly id: number;
			readonly title: string;
			/** "No. 12 · PLA · Red" */
			readonly text: string;
			/** "#RRGGBB", or "". */
			readonly color: string;
			readonly remaining: string;
			/** It is in this slot. */
			readonly isChosen: boolean;
			/** Why it cannot be chosen; "" when it can. */
			readonly why: string;
	  }
	| {
			readonly kind: "more";
			readonly title: string;
			readonly text: string;
			/** Why no more can be asked for; "" when they can. */
			readonly why: string;
	  };

export interface SpoolListView {
	readonly rows: readonly SpoolListRow[];
	/** In place of rows; "" when there are some. */
	readonly message: string;
	readonly isFailed: boolean;
}

export function spoolListView(input: ModelInput, id: SlotId, pages: SpoolPages): SpoolListView {
	const { words } = input;
	const { spools: text } = words;
	const { spools, failure, isLoading } = pages;
	const why = failure === undefined ? "" : spoolFailure(words, failure);
	const places = placesOf(input);
	const rows = spools.map((spool) => rowOf(words, spool, places.get(spool.id), id));
	const more = moreRow(words, pages, why);
	return {
		rows: more && spools.length > 0 ? [...rows, more] : rows,
		message: spools.length > 0 ? "" : why || (isLoading ? text.loading : text.noneFound),
		isFailed: failure !== undefined,
	};
}

interface PlaceOfSpool extends SlotId {
	readonly name: string;
}

/** Where spools are by what Spoolman and the printers say. */
function placesOf(input: ModelInput): ReadonlyMap<number, PlaceOfSpool> {
	const { state, words } = input;
	const places = new Map<number, PlaceOfSpool>();
	for (const { printer, slot, spoolSlot } of slotsOf(input)) {
		if (spoolSlot?.status !== "linked" || spoolSlot.spool === undefined) continue;
		const name =
			state.printers.length > 1
				? fill(words.spools.at, { printer: printer.name, slot: slot.name })
				: slot.name;
		places.set(spoolSlot.spool.id, { printerId: printer.id, tray: slot.tray, name });
	}
	return places;
}

function rowOf(
	words: Words,
	spool: ShownSpool,
	place: PlaceOfSpool | undefined,
	{ printerId, tray }: SlotId,
): SpoolListRow {
	const { spools: text } = words;
	const parts = [fill(text.number, { n: spool.id }), spool.material ?? "", colorName(words, spool.color)];
	const isChosen = place?.printerId === printerId && place.tray === tray;
	return {
		kind: "spool",
		id: spool.id,
		title: spoolName(spool) || text.unnamed,
		text: parts.filter((part) => part !== "").join(words.format.part),
		color: skinColor(spool.color),
		remaining: gramsText(words, spool.remainingGrams),
		isChosen,
		why: place === undefined || isChosen ? "" : fill(text.takenBy, { slot: place.name }),
	};
}

function moreRow(words: Words, pages: SpoolPages, failure: string): SpoolListRow | undefined {
	const { spools: text } = words;
	const { spools, total, isEnd, isLoading } = pages;
	if (isEnd) return undefined;
	const shown =
		total === undefined
			? fill(text.shown, { n: spools.length })
			: fill(text.shownOf, { n: spools.length, total });
	return {
		kind: "more",
		title: isLoading ? text.loading : text.more,
		text: failure || shown,
		why: isLoading ? text.loading : spools.length >= MOST ? fill(text.mostShown, { n: MOST }) : "",
	};
}
