// Outbox and progress in one stored value: either both are as before a report or both as after it, whenever power fails.

import { STORAGE_VALUE_BYTES } from "../platform/storage";
import { utf8Length } from "../settings/utf8-length";
import { MOST_TRAYS, type Relief } from "./job-plan";
import { isPercent, type Length, type Progress, type UsageMode } from "./job-progress";
import { EMPTY_OUTBOX, type Outbox, packOutbox, unpackOutbox } from "./outbox";
import { isRecord, isSpoolId, isWeight } from "./spool";

export interface Stored {
	outbox: Outbox;
	/** By printer. */
	progress: ReadonlyMap<string, Progress>;
}

/**
 * Never more than `mostBytes`. What there is no room for is left out, idle printers first: of a job without its progress
 * too little is counted, never too much.
 */
export function writeStored({ outbox, progress }: Stored, mostBytes = STORAGE_VALUE_BYTES): string {
	const jobs: { text: string; worth: number }[] = [];
	for (const [id, one] of progress)
		if (worthOf(one) > 0) jobs.push({ text: JSON.stringify([id, packProgress(one)]), worth: worthOf(one) });
	const head = `{"o":${JSON.stringify(packOutbox(outbox))},"j":[`;
	// Each job and what stands after it, a comma or a bracket, and the last brace.
	let bytes = utf8Length(head) + 1;
	for (const { text } of jobs) bytes += utf8Length(text) + 1;
	for (let least = 1; least <= MOST_WORTH; least++)
		for (let index = 0; index < jobs.length && bytes > mostBytes; index++) {
			const job = jobs[index];
			if (job?.worth !== least) continue;
			bytes -= utf8Length(job.text) + 1;
			jobs.splice(index--, 1);
		}
	return `${head}${jobs.map(({ text }) => text).join(",")}]}`;
}

const MOST_WORTH = 3;

/** 0: nothing would be lost without it. */
function worthOf({ isUnderWay, key, modes, offsets }: Progress): number {
	if (isUnderWay) return MOST_WORTH;
	if (offsets.size > 0) return 2;
	for (const mode of modes.values()) if (mode === "usage") return 2;
	return key === undefined ? 0 : 1;
}

function packProgress(progress: Progress): unknown {
	const { isUnderWay, isResumed, key, from, percent, active, lengths, counted, modes, reliefs, offsets } =
		progress;
	const packed: Record<string, unknown> = { u: isUnderWay ? (isResumed ? 2 : 1) : 0, p: percent };
	if (key !== undefined) packed.k = key;
	if (from !== undefined) packed.f = from;
	if (active.size > 0) packed.a = flat(active);
	if (lengths.size > 0) packed.l = [...lengths].flatMap(([tray, { fromMm, toMm }]) => [tray, fromMm, toMm]);
	if (counted.size > 0) packed.c = flat(counted);
	if (reliefs.size > 0)
		packed.t = [...reliefs].flatMap(([tray, { to, grams }]) => [tray, to, thousandth(grams)]);
	const byUse = [...modes].filter(([, mode]) => mode === "usage").map(([id]) => id);
	const byRemain = [...modes].filter(([, mode]) => mode === "remain").map(([id]) => id);
	if (byUse.length > 0) packed.m = byUse;
	// Without a job it is chosen anew.
	if (byRemain.length > 0 && isUnderWay) packed.r = byRemain;
	if (offsets.size > 0) packed.o = flat(offsets);
	return packed;
}

/** What is damaged is left out. A job without its progress is counted from where it is by then. */
export function readStored(text: unknown): Stored {
	const progress = new Map<string, Progress>();
	try {
		const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
		if (!isRecord(value)) return { outbox: EMPTY_OUTBOX, progress };
		for (const entry of Array.isArray(value.j) ? value.j : []) {
			const [id, job]: unknown[] = Array.isArray(entry) ? entry : [];
			const one = unpackProgress(job);
			if (typeof id === "string" && one) progress.set(id, one);
		}
		return { outbox: unpackOutbox(value.o), progress };
	} catch {
		return { outbox: EMPTY_OUTBOX, progress };
	}
}

function unpackProgress(value: unknown): Progress | undefined {
	if (!isRecord(value) || !isPercent(value.p)) return undefined;
	const modes = new Map<number, UsageMode>();
	for (const id of list(value.r)) if (isSpoolId(id)) modes.set(id, "remain");
	for (const id of list(value.m)) if (isSpoolId(id)) modes.set(id, "usage");
	const lengths = new Map<number, Length>();
	for (const [tray, fromMm, toMm] of groups(value.l, 3))
		if (isWeight(tray) && isWeight(fromMm) && isWeight(toMm)) lengths.set(tray, { fromMm, toMm });
	const reliefs = new Map<number, Relief>();
	for (const [tray, to, grams] of groups(value.t, 3))
		if (isWeight(tray) && isWeight(to) && isWeight(grams)) reliefs.set(tray, { to, grams });
	return {
		isUnderWay: value.u === 1 || value.u === 2,
		...(value.u === 2 ? { isResumed: true } : {}),
		...(typeof value.k === "string" ? { key: value.k } : {}),
		...(isPercent(value.f) ? { from: value.f } : {}),
		percent: value.p,
		active: numbers(value.a, isPercent),
		lengths,
		counted: numbers(value.c, isWeight),
		modes,
		reliefs,
		offsets: numbers(value.o, isOffset),
	};
}

function isOffset(value: unknown): value is number {
	return typeof value === "number" && Math.abs(value) <= 100;
}

/** Grams and percent to a thousandth. */
function flat(values: ReadonlyMap<number, number>): number[] {
	return [...values].flatMap(([id, value]) => [id, thousandth(value)]);
}

function thousandth(value: number): number {
	return Math.round(value * 1000) / 1000;
}

function numbers(value: unknown, isOne: (entry: unknown) => entry is number): Map<number, number> {
	const found = new Map<number, number>();
	for (const [id, entry] of groups(value, 2)) if (isWeight(id) && isOne(entry)) found.set(id, entry);
	return found;
}

function groups(value: unknown, size: number): unknown[][] {
	const values = list(value);
	const found: unknown[][] = [];
	for (let index = 0; index + size <= values.length && found.length < MOST_TRAYS; index += size)
		found.push(values.slice(index, index + size));
	return found;
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
