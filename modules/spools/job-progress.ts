// How far a printer's job has come, and what it took of each tray by then. Pure.

import type { JobFilament, JobStatus } from "../printers/printer-state";
import { gramsDue, MOST_TRAYS, planOf, type Relief, relieve } from "./job-plan";
import { isWeight } from "./spool";

/**
 * `remain`: by what the printer measures to be left. `usage`: by what the job takes, after its slicer or after the
 * length that the printer measures.
 */
export type UsageMode = "remain" | "usage";

/** Of one tray; with neither weight nor a sound length it is as if it were not there. */
export type TrayUse = JobFilament;

export interface JobReport {
	state: JobStatus;
	/** Another one for each job. Without it a job of which the beginning was not seen is counted from then on. */
	key?: string;
	/** 0–100 */
	percent?: number;
	/** Global tray whose filament is in the nozzle. */
	active?: number;
	/** Also still when the job has ended. */
	use?: readonly TrayUse[];
}

/** Of the job: what has to survive a restart, in the same stored value as the outbox. */
export interface Progress {
	readonly isUnderWay: boolean;
	/** It had ended and goes on under the same key: the same job, or another one that was given the key again. */
	readonly isResumed?: true;
	readonly key?: string;
	/** Percent from which it is counted; `undefined` until the first one is known. */
	readonly from?: number;
	/** Percent up to which it is known to have come. */
	readonly percent: number;
	/** Percent by tray that it came while that one was in the nozzle. */
	readonly active: ReadonlyMap<number, number>;
	/** By tray. */
	readonly lengths: ReadonlyMap<number, Length>;
	/** By tray: what is handed on, or belongs to a spool that is no longer there. mm where `lengths` has the tray, else g. */
	readonly counted: ReadonlyMap<number, number>;
	/** By spool. */
	readonly modes: ReadonlyMap<number, UsageMode>;
	/** By tray of the job: which one gives in its place. */
	readonly reliefs: ReadonlyMap<number, Relief>;
	/** By spool: percent to be added to what the printer measures, since a person has said that Spoolman is right. */
	readonly offsets: ReadonlyMap<number, number>;
}

/** As the printer counts it. */
export interface Length {
	/** Where the job began. */
	readonly fromMm: number;
	readonly toMm: number;
}

/** What the last report said; forgotten when the printer is not heard for a while. */
export interface Sight {
	readonly nowMs: number;
	readonly job: JobReport;
	/** Of a job that is printed, if it is one to go by. */
	readonly percent?: number;
	/** ms by tray in the nozzle since the last percent; `undefined` when some of that time was not seen. */
	readonly times: ReadonlyMap<number, number> | undefined;
	/** Percent where the job before ended: not this one's, until another is said. */
	readonly stale?: number;
	/** mm by tray. */
	readonly lengths: ReadonlyMap<number, number>;
}

export interface Step {
	readonly progress: Progress;
	readonly sight: Sight;
	/** Another job than before. */
	readonly isNew: boolean;
	/** It may be another one: nothing is to be concluded until it was said twice. */
	readonly isDoubtful?: true;
}

/** Of a printer that was never seen to print. */
export function noProgress(): Progress {
	return {
		isUnderWay: false,
		percent: 0,
		active: new Map(),
		lengths: new Map(),
		counted: new Map(),
		modes: new Map(),
		reliefs: new Map(),
		offsets: new Map(),
	};
}

/** Where a time is kept of which the tray is not known. */
const UNKNOWN_TRAY = -1;
/** Percent. A job that goes on after a break says no less than before, but for this. */
const BREAK_NOISE = 5;
/** mm. More than any spool has. */
const MOST_MM = 5_000_000;
/** `isThere`: whether there is a spool in that tray. */
export function followJob(
	before: Progress,
	sight: Sight | undefined,
	job: JobReport,
	nowMs: number,
	isThere: (tray: number) => boolean = () => true,
): Step {
	const begun = begin(before, sight, job);
	const isNew = begun !== undefined;
	const percentAnew = isNew ? undefined : lessFar(before, job);
	if (percentAnew !== undefined) {
		// What the last job took is not to be reckoned with what this one takes.
		const last = sight ?? { nowMs, job, times: undefined, lengths: new Map() };
		return { progress: before, sight: { ...last, percent: percentAnew }, isNew, isDoubtful: true };
	}
	const start = begun ?? goOn(before, job);
	const stale = staleOf(before, sight, job, isNew);
	const percent = isPercent(job.percent) && job.percent !== stale ? job.percent : undefined;
	const last = isNew ? undefined : sight?.percent;
	const measured = followLengths(start, sight, job, isNew);
	let progress = advance(start, job, percent, last);
	let times = isNew && sight ? new Map<number, number>() : timesOf(sight, nowMs);
	const gained = progress.percent - Math.max(start.percent, progress.from ?? 100);
	if (job.state === "finished" && progress.from === 0 && progress.active.size > 0)
		// All of every tray is due: whose percent it was no longer matters.
		progress = { ...progress, active: new Map() };
	else if (gained > 0) progress = { ...progress, active: shared(progress.active, gained, times, job.active) };
	if (gained > 0 || (last !== undefined && percent !== undefined && !times)) times = new Map();
	if (measured.lengths !== progress.lengths) progress = { ...progress, lengths: measured.lengths };
	progress = relieve(progress, isNew ? undefined : sight, job, isThere);
	const isCounting = job.state === "printing" || job.state === "paused";
	return {
		progress,
		sight: {
			nowMs,
			job,
			times,
			lengths: measured.said,
			...(isCounting && percent !== undefined ? { percent } : {}),
			...(stale === undefined ? {} : { stale }),
		},
		isNew,
	};
}

/** The progress of a job that was not there before; `undefined` when it is the same one, or none. */
function begin(before: Progress, sight: Sight | undefined, job: JobReport): Progress | undefined {
	const { key, state, percent } = job;
	if (!isUnderWay(state)) return undefined;
	const isOther = key !== undefined && before.key !== undefined && key !== before.key;
	const isSame = key !== undefined && key === before.key;
	// What has finished is over, so what is prepared under its key is another job. One that failed may go on.
	const isOver = !before.isUnderWay && state === "preparing" && before.percent === 100;
	const isGoingOn = before.isUnderWay ? !isOther && !isAgain(before, sight, job) : isSame && !isOver;
	if (isGoingOn) return undefined;
	const { offsets } = before;
	const isAnew = before.isUnderWay && !isOther && state !== "preparing";
	const fresh = { ...noProgress(), isUnderWay: true, offsets, ...(key === undefined ? {} : { key }) };
	if (isAnew) return { ...fresh, from: 0 };
	// Of a job with a name of its own, of which nothing was counted yet, all is to be counted.
	if (key !== undefined && (before.key !== undefined || state === "preparing")) return { ...fresh, from: 0 };
	return state !== "preparing" && isPercent(percent) ? { ...fresh, from: percent } : fresh;
}

/**
 * The key is given again to another job, or jobs have none and the end of the last one was not heard: what has come so
 * far cannot be less far, unless it began anew.
 */
function isAgain(before: Progress, sight: Sight | undefined, job: JobReport): boolean {
	const { state, percent } = job;
	if (isNameless(before, job) && state === "preparing") return before.percent > 0;
	if (lessFar(before, job) !== undefined)
		return sight?.percent !== undefined && sight.percent + BREAK_NOISE < before.percent;
	if (!before.isResumed || state === "preparing" || !isPercent(percent) || sight?.percent === undefined)
		return false;
	const most = Math.max(percent, sight.percent);
	return most + BREAK_NOISE < before.percent || (most === 0 && before.percent > 0);
}

function isNameless(before: Progress, { key }: JobReport): boolean {
	return before.isUnderWay && before.key === undefined && key === undefined;
}

/** Percent of a job without a key that says to be less far than it was. */
function lessFar(before: Progress, job: JobReport): number | undefined {
	const { state, percent } = job;
	if (!isNameless(before, job) || !isUnderWay(state) || state === "preparing") return undefined;
	return isPercent(percent) && percent + BREAK_NOISE < before.percent ? percent : undefined;
}

function goOn(before: Progress, { state, key }: JobReport): Progress {
	if (!isUnderWay(state)) return before;
	if (!before.isUnderWay) return { ...before, isUnderWay: true, isResumed: true };
	return key !== undefined && before.key === undefined ? { ...before, key } : before;
}

/** Right after its start a job still says where the last one ended. */
function staleOf(
	before: Progress,
	sight: Sight | undefined,
	{ percent }: JobReport,
	isNew: boolean,
): number | undefined {
	if (!isNew) return percent === undefined || percent === sight?.stale ? sight?.stale : undefined;
	return isPercent(percent) && percent > 0 && (sight || percent === before.percent) ? percent : undefined;
}

function advance(
	start: Progress,
	{ state, key }: JobReport,
	percent: number | undefined,
	last: number | undefined,
): Progress {
	const isNow = isUnderWay(state);
	if (state === "preparing" || (!isNow && !start.isUnderWay)) return start;
	const ended = isNow ? start : { ...start, isUnderWay: false };
	// A job ended and another one ended unheard: how far ours came nobody knows.
	if (!isNow && key !== undefined && start.key !== undefined && key !== start.key) return ended;
	if (state === "finished") return { ...ended, from: start.from ?? 100, percent: 100 };
	if (percent === undefined) return ended;
	const isCounted = start.percent > (start.from ?? 100);
	const from = isCounted ? start.from : Math.min(start.from ?? percent, percent);
	// Said twice, since one report alone may be wrong.
	const reached = Math.max(start.percent, Math.min(percent, last ?? 0));
	if (isNow && from === start.from && reached === start.percent) return start;
	return { ...ended, percent: reached, ...(from === undefined ? {} : { from }) };
}

function timesOf(sight: Sight | undefined, nowMs: number): ReadonlyMap<number, number> | undefined {
	if (!sight?.times || sight.job.state !== "printing") return sight?.times;
	const tray = sight.job.active ?? UNKNOWN_TRAY;
	const times = new Map(sight.times);
	return times.set(tray, (times.get(tray) ?? 0) + Math.max(1, nowMs - sight.nowMs));
}

/** Trays are changed many times in one percent: each gets of it by its time. */
function shared(
	before: ReadonlyMap<number, number>,
	gained: number,
	times: ReadonlyMap<number, number> | undefined,
	current: number | undefined,
): ReadonlyMap<number, number> {
	if (!times) return before;
	let totalMs = 0;
	for (const ms of times.values()) totalMs += ms;
	const shares = totalMs > 0 ? times : new Map(current === undefined ? [] : [[current, 1]]);
	const active = new Map(before);
	for (const [tray, ms] of shares) {
		if (tray === UNKNOWN_TRAY || (active.size >= MOST_TRAYS && !active.has(tray))) continue;
		// Rounded down as it is stored: together they are never more than the job has come.
		const percent = (active.get(tray) ?? 0) + (gained * ms) / (totalMs || 1);
		active.set(tray, Math.floor(percent * 1000) / 1000);
	}
	return active;
}

function followLengths(
	progress: Progress,
	sight: Sight | undefined,
	{ use, state }: JobReport,
	isNew: boolean,
): { lengths: ReadonlyMap<number, Length>; said: ReadonlyMap<number, number> } {
	const { counted } = progress;
	let { lengths } = progress;
	let said: ReadonlyMap<number, number> = sight?.lengths ?? new Map();
	for (const { tray, grams, usedLengthMm: mm } of use ?? []) {
		if (grams !== undefined || mm === undefined || !isWeight(mm) || mm > MOST_MM) continue;
		const known = lengths.get(tray);
		const last = isNew ? undefined : said.get(tray);
		let next: Length | undefined;
		if (known && last !== undefined) {
			const low = Math.min(mm, last);
			// Said twice, like all that is counted. Less than at the beginning: it was the last job's until now.
			if (Math.max(mm, last) < known.fromMm) next = { fromMm: 0, toMm: low };
			else if (low > known.toMm) next = { ...known, toMm: low };
		} else if (!known && isUnderWay(state) && !counted.has(tray) && lengths.size < MOST_TRAYS) {
			// Of a job that was begun unheard all is to be counted; else this may still be where the last one ended.
			const fromMm = progress.from === 0 && !sight && state !== "preparing" ? 0 : mm;
			next = { fromMm, toMm: fromMm };
		}
		if (next) lengths = new Map(lengths).set(tray, next);
		if (said.get(tray) !== mm) said = new Map(said).set(tray, mm);
	}
	return { lengths, said };
}

/** Of the whole job up to now, in mm where `progress.lengths` has the tray, else in g. Never falls while a job goes on. */
export function amountDue(progress: Progress, use: readonly TrayUse[] | undefined, tray: number): number {
	const length = progress.lengths.get(tray);
	if (length) return length.toMm - length.fromMm;
	return progress.reliefs.get(tray)?.grams ?? gramsDue(progress, use, tray);
}

/** Whether it is known what the job takes of a tray. */
export function isUseKnown(progress: Progress, use: readonly TrayUse[] | undefined, tray: number): boolean {
	return progress.lengths.has(tray) || planOf(progress, use).has(tray);
}

export function isUnderWay(state: JobStatus): boolean {
	return state === "preparing" || state === "printing" || state === "paused";
}

export function isPercent(value: unknown): value is number {
	return isWeight(value) && value <= 100;
}
