// The slots as people see them: what is in each, how much is left on it, and what to look after.

import type { Identity } from "./identity";
import type { Outbox } from "./outbox";
import type { PrinterWatch } from "./printer-watch";
import type { Spool } from "./spool";
import { type SpoolDetails, toShown } from "./spoolman/spool-details";
import type { ShownSpool, SpoolSlot, SpoolSlotStatus } from "./spools-state";
import type { IdentifiedTray } from "./tray-identities";

export interface SlotsViewOptions {
	outbox: Outbox;
	/** g below which a spool is low; 0 is never. */
	lowGrams: number;
}

/** Those of one printer that are not empty. */
export function slotsOf(
	printerId: string,
	trays: readonly IdentifiedTray[],
	watch: PrinterWatch | undefined,
	{ outbox, lowGrams }: SlotsViewOptions,
): SpoolSlot[] {
	const slots: SpoolSlot[] = [];
	const differences = watch?.differences ?? [];
	for (const {
		tray,
		slot: { state },
		identity,
	} of trays) {
		if (state === "empty") continue;
		const shown: SpoolSlot = { printerId, tray, status: statusOf(identity) };
		const jobGrams = watch?.jobGrams(tray);
		if (jobGrams !== undefined && jobGrams > 0) shown.jobGrams = tenths(jobGrams);
		if (identity.kind === "spool") {
			const { spool, by } = identity;
			shown.by = by;
			shown.spool = shownSpool(spool, outbox);
			const warning = warningOf(shown.spool.remainingGrams, jobGrams, lowGrams);
			if (warning) shown.warning = warning;
			const difference = differences.find((one) => one.tray === tray && one.spoolId === spool.id);
			if (difference) shown.printerPercent = Math.round(difference.printerPercent);
		} else if (identity.kind === "offer" && identity.suggestedSpoolId !== undefined) {
			shown.suggestedSpoolId = identity.suggestedSpoolId;
		}
		slots.push(shown);
	}
	return slots;
}

function statusOf(identity: Identity): SpoolSlotStatus {
	if (identity.kind === "unknown") return "unknown";
	if (identity.kind === "spool") return "linked";
	if (identity.kind === "offer") return "new_tag";
	switch (identity.reason) {
		case "reading":
			return "reading";
		case "mapped_spool_missing":
			return "missing";
		case "mapped_spool_archived":
			return "archived";
		case "tag_twice":
			return "tag_twice";
		default:
			return "not_linked";
	}
}

/** With what waits for it already taken off. */
function shownSpool(spool: Spool, outbox: Outbox): ShownSpool {
	// The book gives what the client has read.
	const shown = toShown(spool as SpoolDetails);
	const { remainingGrams } = shown;
	if (remainingGrams === undefined) return shown;
	return {
		...shown,
		remainingGrams: tenths(Math.max(0, remainingGrams - waitingOn(outbox, spool.id, remainingGrams))),
	};
}

function waitingOn({ waiting, sending }: Outbox, spoolId: number, remainingGrams: number): number {
	let grams = sending?.spoolId === spoolId ? Math.max(0, sending.afterG - sending.beforeG) : 0;
	const entry = waiting.find((one) => one.spoolId === spoolId);
	if (entry) grams += entry.useG + (entry.thenG ?? 0);
	return entry?.leftG === undefined
		? grams
		: Math.max(grams, remainingGrams - entry.leftG + (entry.thenG ?? 0));
}

function warningOf(
	remainingGrams: number | undefined,
	jobGrams: number | undefined,
	lowGrams: number,
): SpoolSlot["warning"] {
	if (remainingGrams === undefined) return undefined;
	if (jobGrams !== undefined && jobGrams > remainingGrams) return "not_enough";
	return lowGrams > 0 && remainingGrams < lowGrams ? "low" : undefined;
}

function tenths(grams: number): number {
	return Math.round(grams * 10) / 10;
}
