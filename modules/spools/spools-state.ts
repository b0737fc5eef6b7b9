// What the device says of spools: which one is in which slot, how Spoolman is reached, what waits to be written to it.

import type { SpoolmanErrorCode } from "./spoolman/spoolman-error";

export interface SpoolsState {
	spoolman: SpoolmanStatus;
	/** What was used and is not yet in Spoolman; absent when nothing waits. */
	waiting?: { grams: number; spools: number };
	/** The last use that will not be in Spoolman; a retry or a discard takes the message away. */
	refused?: RefusedUse;
	/** Every slot that is not empty, of every printer. */
	slots: readonly SpoolSlot[];
}

export interface RefusedUse {
	spoolId: number;
	grams: number;
	/** Why, and what to do, in words. */
	message: string;
}

export interface SpoolmanStatus {
	state: "not_set_up" | "connecting" | "ready" | "failed";
	/** Spoolman's own version, such as "0.26.1". */
	version?: string;
	/** `storage`: the device cannot keep what is under way, so it sends nothing. */
	error?: SpoolmanErrorCode | "storage";
	/** What is wrong and what to do, in words. There when `error` is. */
	help?: string;
}

/**
 * - `unknown`: Spoolman has not been asked yet
 * - `reading`: the printer is reading the tag
 * - `linked`: `spool` is in there
 * - `new_tag`: Spoolman does not know its tag: to be linked or created
 * - `not_linked`: it has no tag, and nobody has said which spool it is
 * - `missing`, `archived`: somebody has, but Spoolman has no such spool, or put it away
 * - `tag_twice`: two spools have the same tag in Spoolman
 */
export type SpoolSlotStatus =
	| "unknown"
	| "reading"
	| "linked"
	| "new_tag"
	| "not_linked"
	| "missing"
	| "archived"
	| "tag_twice";

export interface SpoolSlot {
	printerId: string;
	/** See `globalTray` in `slot-map.ts`. */
	tray: number;
	status: SpoolSlotStatus;
	/** Of a linked one: whether its tag says which spool it is, or a person has. */
	by?: "tag" | "slot";
	spool?: ShownSpool;
	/** Of a new tag: the spool that a person has put into this slot, if it has no tag yet. */
	suggestedSpoolId?: number;
	/** g that the running job will still take of it. */
	jobGrams?: number;
	/** `low`: less is left than the settings want. `not_enough`: the running job takes more than is left. */
	warning?: "low" | "not_enough";
	/** The printer's measurement is far from Spoolman's, in percent of a full spool: to be asked which one is right. */
	printerPercent?: number;
}

export interface ShownSpool {
	/** Spoolman's number. */
	id: number;
	name?: string;
	vendor?: string;
	material?: string;
	/** RRGGBB or RRGGBBAA, upper-case hex */
	color?: string;
	remainingGrams?: number;
	/** g that were on it when it was new. */
	fullGrams?: number;
	location?: string;
}
