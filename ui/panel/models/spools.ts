// The spools of Spoolman, as far as the firmware knows them.

import type { Words } from "../words/en";
import { isKnown, weight } from "../words/format";
import { fill } from "../words/texts";
import { colorName, skinColor } from "./color-names";

/** What the firmware will tell of its spools; it has none yet. */
export interface SpoolsInput {
	readonly status: "not_set_up" | "unreachable" | "ready";
	readonly spools: readonly Spool[];
}

export interface Spool {
	/** Spoolman's. */
	readonly id: number;
	readonly name?: string;
	readonly vendor?: string;
	readonly material?: string;
	/** RRGGBB or RRGGBBAA */
	readonly color?: string;
	readonly remainingGrams?: number;
	readonly fullGrams?: number;
	/** "A1", when it is in a printer. */
	readonly slot?: string;
}

export interface SpoolsView {
	readonly spools: readonly SpoolRow[];
	/** Why there are none; else "". */
	readonly emptyText: string;
	/** What it takes to have some; else "". */
	readonly emptyHelp: string;
}

export interface SpoolRow {
	readonly id: number;
	/** "No. 12" */
	readonly number: string;
	readonly name: string;
	readonly material: string;
	readonly color: string;
	readonly colorName: string;
	/** "640 g left"; a dash where it is not known. */
	readonly remaining: string;
	/** 0 to 1; 1 where it is not known. */
	readonly fullness: number;
	/** "in A1", or "". */
	readonly place: string;
}

export function spoolsView(words: Words, { status, spools }: SpoolsInput): SpoolsView {
	const text = words.spools;
	const none =
		status === "not_set_up" ? text.notConnected : status === "unreachable" ? text.unreachable : text.none;
	return {
		spools: spools.map((spool) => rowOf(words, spool)),
		emptyText: spools.length === 0 ? none : "",
		emptyHelp: status === "not_set_up" ? text.notYet : "",
	};
}

function rowOf(words: Words, spool: Spool): SpoolRow {
	const { remainingGrams, fullGrams } = spool;
	const name = [spool.vendor ?? "", spool.name ?? ""].filter((part) => part !== "").join(" ");
	const isShareKnown = isKnown(remainingGrams) && isKnown(fullGrams) && fullGrams > 0;
	return {
		id: spool.id,
		number: fill(words.spools.number, { n: spool.id }),
		name: name || words.common.unknown,
		material: spool.material || words.common.unknown,
		color: skinColor(spool.color),
		colorName: colorName(words, spool.color),
		remaining: isKnown(remainingGrams)
			? fill(words.spools.remaining, { amount: weight(words, Math.max(0, remainingGrams)) })
			: words.common.unknown,
		fullness: isShareKnown ? Math.min(1, Math.max(0, remainingGrams / fullGrams)) : 1,
		place: spool.slot ? fill(words.spools.usedIn, { slot: spool.slot }) : "",
	};
}
