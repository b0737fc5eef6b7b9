// What waits to be written to Spoolman, and the one write that is under way: pure data, so that it can be stored whole.
//
// Every write says how much of a spool is used by then, never how much more, so that one that arrives twice, or late,
// counts once. It is stored before it is sent. After a restart or a timeout, what Spoolman has by then tells whether it
// arrived: the weight before it, the weight after it, or another one that somebody else wrote. Only in the first case is
// it repeated.

import { isRecord, isSpoolId, isWeight, type Spool } from "./spool";

/** To be counted on a spool. `use`: g that were used of it. `left`: g that are left on it. */
export interface Intent {
	readonly kind: "use" | "left";
	readonly spoolId: number;
	readonly grams: number;
	/** Of `left`: a person has said so, also when Spoolman has less. */
	readonly isForced?: true;
}

/** All that waits for one spool: what was used, then what was measured to be left, then what was used after that. */
export interface Waiting {
	readonly spoolId: number;
	readonly useG: number;
	readonly leftG?: number;
	readonly thenG?: number;
	readonly isForced?: true;
}

/** A write that may or may not have arrived. */
export interface Sending {
	readonly spoolId: number;
	/** `used_weight` when it was begun, and when it has arrived. */
	readonly beforeG: number;
	readonly afterG: number;
	/** Spoolman has not noted yet when it was used first. */
	readonly isFirstUse?: true;
}

export interface Outbox {
	/** In the order in which it is to be written. */
	readonly waiting: readonly Waiting[];
	readonly sending?: Sending;
}

export const EMPTY_OUTBOX: Outbox = Object.freeze({ waiting: Object.freeze([]) });

/** Spools; with the longest numbers they fill less than half of a stored value. */
export const MOST_WAITING = 32;
/** The share of a full spool below which no measurement and no sum goes: that it is empty, a person says. */
const LEAST_SHARE = 0.005;
/** g; databases round. */
const SAME_WEIGHT_G = 0.001;

/** `isTaken` is false when too many spools wait already. */
export function enqueue(outbox: Outbox, intent: Intent): { outbox: Outbox; isTaken: boolean } {
	const { waiting } = outbox;
	const known = waiting.find(({ spoolId }) => spoolId === intent.spoolId);
	if (!known && waiting.length >= MOST_WAITING) return { outbox, isTaken: false };
	const entry = merge(known ?? { spoolId: intent.spoolId, useG: 0 }, intent);
	const next = known ? waiting.map((other) => (other === known ? entry : other)) : [...waiting, entry];
	return { outbox: { ...outbox, waiting: next }, isTaken: true };
}

/** The last measurement wins; what is used after it is taken from it. */
function merge(entry: Waiting, { kind, grams, isForced }: Intent): Waiting {
	const { spoolId, useG, leftG, thenG = 0 } = entry;
	if (kind === "use")
		return leftG === undefined ? { ...entry, useG: useG + grams } : { ...entry, thenG: thenG + grams };
	// What a person has said stands for everything before it.
	if (isForced || entry.isForced) return { spoolId, useG: 0, leftG: grams, isForced: true };
	return { spoolId, useG: useG + thenG, leftG: grams };
}

/** The spool whose turn it is, to be asked for before {@link begin}; `undefined` when nothing waits or one is under way. */
export function nextSpool({ sending, waiting }: Outbox): number | undefined {
	return sending ? undefined : waiting[0]?.spoolId;
}

/** g that are used and not yet known to be in Spoolman. */
export function waitingGrams({ sending, waiting }: Outbox): number {
	const under = sending ? Math.max(0, sending.afterG - sending.beforeG) : 0;
	return waiting.reduce((sum, { useG, thenG = 0 }) => sum + useG + thenG, under);
}

export function waitingSpools({ sending, waiting }: Outbox): number {
	const isAnother = sending && !waiting.some(({ spoolId }) => spoolId === sending.spoolId);
	return waiting.length + (isAnother ? 1 : 0);
}

/**
 * Turns what waits for this spool into a write under way, which has to be stored before it is sent. `spool` as Spoolman
 * has it now. Without `sending` in the result nothing was left to write. `notCountedG`: g that a spool with less on it
 * cannot have given.
 */
export function begin(outbox: Outbox, spool: Spool): { outbox: Outbox; notCountedG: number } {
	const entry = outbox.waiting.find(({ spoolId }) => spoolId === spool.id);
	if (!entry || outbox.sending) return { outbox, notCountedG: 0 };
	const waiting = outbox.waiting.filter((other) => other !== entry);
	const { useG, leftG, thenG = 0 } = entry;
	const { id: spoolId, baseG, usedG: beforeG } = spool;
	const mostG = baseG === undefined ? Number.POSITIVE_INFINITY : baseG - leastLeft(baseG);
	const isForced = entry.isForced === true && baseG !== undefined;
	const measuredG = baseG === undefined || leftG === undefined ? 0 : Math.max(0, baseG - leftG);
	// A measurement only ever lowers what is left, unless a person has said so: who has entered less knows it better.
	const wantedG = (isForced ? measuredG : Math.max(beforeG + useG, measuredG)) + thenG;
	const limitG = isForced ? mostG : Math.max(beforeG, mostG);
	const afterG = rounded(Math.min(wantedG, limitG));
	const notCountedG = Math.min(useG + thenG, Math.max(0, wantedG - limitG));
	if (Math.abs(afterG - beforeG) < SAME_WEIGHT_G) return { outbox: { waiting }, notCountedG };
	const sending: Sending = { spoolId, beforeG, afterG };
	const isFirstUse = !spool.wasUsed && afterG > beforeG;
	return { outbox: { waiting, sending: isFirstUse ? { ...sending, isFirstUse } : sending }, notCountedG };
}

/** Spoolman has answered that it took the write, or that it never will. */
export function end({ waiting }: Outbox): Outbox {
	return { waiting };
}

/** Spoolman does not have that spool any more. */
export function forget(outbox: Outbox, spoolId: number): Outbox {
	const waiting = outbox.waiting.filter((entry) => entry.spoolId !== spoolId);
	const { sending } = outbox;
	return sending && sending.spoolId !== spoolId ? { waiting, sending } : { waiting };
}

/** Others first: Spoolman cannot say anything of that spool at the moment. */
export function postpone(outbox: Outbox, spoolId: number): Outbox {
	const { waiting } = outbox;
	const [first, ...others] = waiting;
	return first?.spoolId === spoolId && others.length > 0
		? { ...outbox, waiting: [...others, first] }
		: outbox;
}

/** Without all that waits. What is under way stays until it is known how it ended. */
export function discardWaiting({ sending }: Outbox): Outbox {
	return sending ? { waiting: [], sending } : EMPTY_OUTBOX;
}

/**
 * Of a write without an answer, by the spool as Spoolman has it now. `unclear`: somebody else has written meanwhile, so
 * that it cannot be told; it is not to be repeated.
 */
export function outcome({ beforeG, afterG }: Sending, { usedG }: Spool): "arrived" | "repeat" | "unclear" {
	if (Math.abs(usedG - afterG) <= SAME_WEIGHT_G / 2) return "arrived";
	return Math.abs(usedG - beforeG) <= SAME_WEIGHT_G / 2 ? "repeat" : "unclear";
}

/** The least that a spool is said to have left; g. */
export function leastLeft(baseG: number): number {
	return baseG * LEAST_SHARE;
}

/** To be stored as JSON. Weights in mg where they are sums; those that are compared are kept as they are. */
export function packOutbox({ waiting, sending }: Outbox): unknown {
	return {
		w: waiting.map(({ spoolId, useG, leftG, thenG, isForced }) =>
			leftG === undefined
				? [spoolId, rounded(useG)]
				: [spoolId, rounded(useG), rounded(leftG), rounded(thenG ?? 0), ...(isForced ? [1] : [])],
		),
		...(sending
			? { s: [sending.spoolId, sending.beforeG, sending.afterG, ...(sending.isFirstUse ? [1] : [])] }
			: {}),
	};
}

/** What is damaged is left out: rather too little is counted than twice. */
export function unpackOutbox(value: unknown): Outbox {
	if (!isRecord(value)) return EMPTY_OUTBOX;
	const waiting: Waiting[] = [];
	for (const entry of Array.isArray(value.w) ? value.w.slice(0, MOST_WAITING) : []) {
		const [spoolId, useG, leftG, thenG, forced]: unknown[] = Array.isArray(entry) ? entry : [];
		if (!isSpoolId(spoolId) || !isWeight(useG)) continue;
		if (waiting.some((other) => other.spoolId === spoolId)) continue;
		waiting.push({
			spoolId,
			useG,
			...(isWeight(leftG) ? { leftG } : {}),
			...(isWeight(leftG) && isWeight(thenG) && thenG > 0 ? { thenG } : {}),
			...(isWeight(leftG) && forced === 1 ? { isForced: true } : {}),
		});
	}
	const [spoolId, beforeG, afterG, first]: unknown[] = Array.isArray(value.s) ? value.s : [];
	if (!isSpoolId(spoolId) || !isWeight(beforeG) || !isWeight(afterG)) return { waiting };
	const sending: Sending = { spoolId, beforeG, afterG };
	return { waiting, sending: first === 1 ? { ...sending, isFirstUse: true } : sending };
}

function rounded(grams: number): number {
	return Math.round(grams * 1000) / 1000;
}
