// How much is to be counted on which spool, by what one printer says. Pure: a state, a report, the next state.
//
// Two sources, never both on one spool in one job. `usage`: what the job takes, by how far it has come. `remain`: the
// printer measures what is left of a tagged spool, in whole percent; only ever lowers.

import { planned, planOf } from "./job-plan";
import {
	amountDue,
	followJob,
	isUseKnown,
	type JobReport,
	noProgress,
	type Progress,
	type Sight,
	type UsageMode,
} from "./job-progress";
import { EMPTY_OUTBOX, enqueue, type Intent, leastLeft, type Outbox } from "./outbox";
import { type Measurement, measurementOf, type TrayReport } from "./remain";
import { gramsOn, leftOn, type Spool, tagOf } from "./spool";

export type { JobReport, Progress, UsageMode } from "./job-progress";
export type { TrayReport } from "./remain";

export interface UsageOptions {
	/** Of a full spool; what changed less waits. */
	thresholdPercent: number;
	/** From one write of a spool to the next, but for the end of a job and a change of spool. */
	minIntervalMs: number;
	/** Where both sources are there. */
	prefer: UsageMode;
	/** Printers measure a spool of less than 1 kg as if it were one of 1 kg. */
	isSmallSpoolScaled: boolean;
}

export const DEFAULT_USAGE_OPTIONS: UsageOptions = Object.freeze({
	thresholdPercent: 0.5,
	minIntervalMs: 120_000,
	prefer: "usage",
	isSmallSpoolScaled: true,
});

export interface UsageReport {
	nowMs: number;
	/** Whether the printer measures what is left; `undefined` when it does not say. */
	tracksRemaining?: boolean;
	job: JobReport;
	trays: readonly TrayReport[];
}

export interface UsageState {
	readonly progress: Progress;
	/** What the last report said of the job. */
	readonly sight?: Sight;
	readonly trays: ReadonlyMap<number, TrayWatch>;
	/** By spool: when something of it was last handed on. */
	readonly writtenAtMs: ReadonlyMap<number, number>;
}

/** What was seen of one tray. Percent of a full spool. */
export interface TrayWatch {
	readonly uuid: string | undefined;
	readonly spool: Spool | undefined;
	/** The last value that passed the guards, until it is said twice. */
	readonly said?: number;
	/** The last one that was said twice. */
	readonly accepted?: number;
	/** The one that was last handed on, or that Spoolman had anyway. */
	readonly written?: number;
	/** As the printer says it, while it is far from what Spoolman has. */
	readonly differs?: number;
}

/** Spoolman and the printer do not agree about a spool: to be asked which one is right. Percent of a full spool. */
export interface SpoolDiffers {
	readonly spoolId: number;
	readonly tray: number;
	readonly printerPercent: number;
}

export interface UsageResult {
	readonly state: UsageState;
	/** With all that was handed on. To be stored together with `state.progress` before anything is sent. */
	readonly outbox: Outbox;
	/** What was handed on, in order. */
	readonly intents: readonly Intent[];
	/** Those that were not there before. */
	readonly differs: readonly SpoolDiffers[];
	/** Spools of which a length was used, and Spoolman does not say what it weighs: nothing is counted on them. */
	readonly noDensity: readonly number[];
}

/** Points. The estimate goes up and down by as much. */
const NOISE = 3;
/** Points. No print takes as much between two reports. */
const MOST_DROP = 10;
/** g; of a spool of which nothing else is known. */
const USUAL_SPOOL_G = 1000;
const SMALLEST_USE_G = 0.01;

/** `progress` as it was stored. */
export function beginUsage(progress: Progress = noProgress()): UsageState {
	return { progress, trays: new Map(), writtenAtMs: new Map() };
}

/** The printer was not heard for a while: what it said before is no measure for what it says next. */
export function loseSight({ progress, writtenAtMs }: UsageState): UsageState {
	return { progress, trays: new Map(), writtenAtMs };
}

/**
 * What `outbox` has no room for is not counted as handed on, and comes again with the next report. A `progress` or an
 * outbox that did not change is the same object as before.
 */
export function takeReport(
	state: UsageState,
	report: UsageReport,
	options: UsageOptions = DEFAULT_USAGE_OPTIONS,
	outbox: Outbox = EMPTY_OUTBOX,
): UsageResult {
	if (report.job.state === "unknown") return { state, outbox, intents: [], differs: [], noDensity: [] };
	const { trays: seen, job, nowMs } = report;
	const isThere = (tray: number): boolean => seen.some((one) => one.tray === tray && one.isThere);
	const { progress, sight, isNew, isDoubtful } = followJob(state.progress, state.sight, job, nowMs, isThere);
	const step: Step = {
		nowMs: report.nowMs,
		job: report.job,
		tracksRemaining: report.tracksRemaining,
		options,
		progress,
		isEnd: state.progress.isUnderWay && !progress.isUnderWay,
		writtenAtMs: state.writtenAtMs,
		outbox,
		intents: [],
		differs: [],
		noDensity: [],
	};
	if (isDoubtful) return resultOf(step, { ...state, sight });
	if (isNew && !endLast(step, state)) return resultOf(step, { ...state, progress: step.progress });
	const trays = new Map(state.trays);
	for (const tray of report.trays) {
		const watch = takeTray(step, tray, state.trays.get(tray.tray));
		if (watch) trays.set(tray.tray, watch);
		else trays.delete(tray.tray);
	}
	// A unit may have been taken away with what its last spool gave.
	if (!progress.isUnderWay)
		for (const [tray, { spool }] of state.trays)
			if (spool && !report.trays.some((one) => one.tray === tray)) countUse(step, tray, spool, true);
	return resultOf(step, { progress: step.progress, sight, trays, writtenAtMs: step.writtenAtMs });
}

/** The differences that nobody has resolved yet. */
export function differences({ trays }: UsageState): readonly SpoolDiffers[] {
	const found: SpoolDiffers[] = [];
	for (const [tray, { spool, differs }] of trays)
		if (spool && differs !== undefined) found.push({ spoolId: spool.id, tray, printerPercent: differs });
	return found;
}

/** A person says that the printer is right, also when it measures more. `undefined`: no difference, or no room. */
export function trustPrinter(
	state: UsageState,
	tray: number,
	outbox: Outbox,
): { readonly state: UsageState; readonly outbox: Outbox } | undefined {
	const watch = state.trays.get(tray);
	if (!watch?.spool || watch.differs === undefined) return undefined;
	const { spool, differs } = watch;
	const grams = gramsAt(spool, differs);
	const taken = enqueue(outbox, { kind: "left", spoolId: spool.id, grams, isForced: true });
	if (!taken.isTaken) return undefined;
	const { progress } = state;
	const offsets = new Map(progress.offsets);
	offsets.delete(spool.id);
	// What was used until now the printer has seen as well.
	const due = amountDue(progress, state.sight?.job.use, tray);
	const counted = withCounted(progress, tray, due).counted;
	return {
		state: settled({ ...state, progress: { ...progress, offsets, counted } }, tray, watch, differs),
		outbox: taken.outbox,
	};
}

/** A person says that Spoolman is right: what the printer measures from now on is off by as much. */
export function trustSpoolman(state: UsageState, tray: number): UsageState | undefined {
	const watch = state.trays.get(tray);
	if (!watch?.spool || watch.differs === undefined) return undefined;
	const left = percentLeft(watch.spool);
	const offsets = new Map(state.progress.offsets).set(watch.spool.id, rounded(left - watch.differs));
	return settled({ ...state, progress: { ...state.progress, offsets } }, tray, watch, left);
}

/** g that the job will still take of a tray, by its slicer; `undefined` when that is not known. */
export function jobGramsLeft({ progress, sight }: UsageState, tray: number): number | undefined {
	const whole = planOf(progress, sight?.job.use).get(tray);
	if (whole === undefined || !progress.isUnderWay || progress.lengths.has(tray)) return undefined;
	const ahead = (whole * (100 - (progress.from ?? 0))) / 100;
	return Math.max(0, ahead - amountDue(progress, sight?.job.use, tray));
}

/** What one report changes. */
interface Step {
	readonly nowMs: number;
	readonly job: JobReport;
	readonly tracksRemaining: boolean | undefined;
	readonly options: UsageOptions;
	readonly isEnd: boolean;
	progress: Progress;
	writtenAtMs: ReadonlyMap<number, number>;
	outbox: Outbox;
	readonly intents: Intent[];
	readonly differs: SpoolDiffers[];
	readonly noDensity: number[];
}

function resultOf({ outbox, intents, differs, noDensity }: Step, state: UsageState): UsageResult {
	return { state, outbox, intents, differs, noDensity };
}

/** Hands on what the job before took, as far as it was seen, before that is forgotten. False: there is no room yet. */
function endLast(step: Step, { progress, sight, trays }: UsageState): boolean {
	if (!sight) return true;
	const last: Step = { ...step, job: sight.job, progress };
	let isDone = true;
	for (const [tray, { spool }] of trays) if (spool && !countUse(last, tray, spool, true)) isDone = false;
	step.outbox = last.outbox;
	step.writtenAtMs = last.writtenAtMs;
	if (!isDone) step.progress = last.progress;
	return isDone;
}

/** `undefined`: nothing is known of it. The first spool that then is takes over what it gave. */
function takeTray(step: Step, tray: TrayReport, known: TrayWatch | undefined): TrayWatch | undefined {
	// It may be another spool's, or nobody's. What is known of the tray stands until it is read.
	if (tray.isReading) return known;
	// Its end is still on its way to the nozzle.
	const isRunningOut = !tray.isThere && step.job.state === "printing" && step.job.active === tray.tray;
	if (isRunningOut && known?.spool) return known;
	const uuid = tagOf(tray.uuid);
	const isUnknown = tray.isThere && tray.identity.kind === "unknown";
	if (isUnknown && known?.uuid === uuid) return known;
	const spool = tray.isThere && tray.identity.kind === "spool" ? tray.identity.spool : undefined;
	const isSame = known !== undefined && known.uuid === uuid && known.spool?.id === spool?.id;
	// As long as there is no room for what the last spool gave, it is as if it were still there.
	if (known && !isSame && !leave(step, tray.tray, known, uuid)) return known;
	if (isUnknown && uuid === undefined) return undefined;
	if (!spool) return { uuid, spool };
	const before: TrayWatch = isSame ? { ...known, spool } : { uuid, spool };
	const { accepted } = before;
	const offset = step.progress.offsets.get(spool.id) ?? 0;
	const raw = accepted === undefined ? undefined : accepted - offset;
	const measured = measurementOf(tray, raw, step.tracksRemaining, step.options.isSmallSpoolScaled);
	const mode = modeOf(step, tray.tray, spool, measured !== undefined);
	if (mode === "usage") {
		countUse(step, tray.tray, spool, !step.progress.isUnderWay);
		return compare(step, tray.tray, before, spool, measured, offset);
	}
	const watch = measure(step, tray.tray, before, spool, measured, offset);
	return mode === "remain" ? write(step, watch, spool) : watch;
}

/**
 * The spool was taken out, or it turned out to be another one: what is due of it is handed on. False: there is no room
 * for it yet.
 */
function leave(
	step: Step,
	tray: number,
	{ spool, accepted, written, uuid }: TrayWatch,
	now: string | undefined,
): boolean {
	if (spool && step.progress.modes.get(spool.id) === "usage") {
		if (!countUse(step, tray, spool, true)) return false;
	} else if (spool && accepted !== undefined && accepted !== written) {
		if (!handMeasured(step, spool, accepted)) return false;
		step.progress = withMode(step.progress, spool.id, "remain");
	}
	// Only a spool that was linked meanwhile takes over what it gave before.
	if (spool || uuid === undefined || uuid !== now) {
		const due = amountDue(step.progress, step.job.use, tray);
		step.progress = withCounted(step.progress, tray, due);
	}
	return true;
}

/** For the whole job: both at once would count the same filament twice. */
function modeOf(step: Step, tray: number, spool: Spool, isMeasured: boolean): UsageMode | undefined {
	const { progress, job, options } = step;
	const chosen = progress.modes.get(spool.id);
	if (chosen) return chosen;
	// Also after a job, while something of it is due that no spool was known for.
	const isDue = amountDue(progress, job.use, tray) > (progress.counted.get(tray) ?? 0) + SMALLEST_USE_G;
	const isJob = progress.isUnderWay || step.isEnd || isDue;
	const isPreferred = options.prefer === "usage";
	// Where it is known what a job takes, it is also known what it does not take.
	const hasUse = isUseKnown(progress, job.use, tray) || (isPreferred && planned(job.use).size > 0);
	let mode: UsageMode | undefined;
	if (hasUse && isJob && (isPreferred || !isMeasured)) mode = "usage";
	else if (isMeasured && !(isPreferred && isJob)) mode = "remain";
	if (mode) step.progress = withMode(progress, spool.id, mode);
	return mode;
}

/** Believes what is said twice, if it is no jump. */
function measure(
	step: Step,
	tray: number,
	watch: TrayWatch,
	spool: Spool,
	measured: Measurement | undefined,
	offset: number,
): TrayWatch {
	const { said, ...rest } = watch;
	if (!measured) return rest;
	const { percent, point } = measured;
	if (said !== percent) return { ...rest, said: percent };
	const value = inRange(percent + offset);
	const { accepted } = watch;
	if (accepted === undefined) {
		const left = percentLeft(spool);
		if (value > left + NOISE * point)
			return differ(step, tray, { ...watch, accepted: value, written: value }, spool, percent);
		// Spoolman's weight is finer than a whole percent: the same is not to be written over it.
		return value < left - point
			? { ...watch, accepted: value }
			: { ...watch, accepted: value, written: value };
	}
	if (value > accepted + NOISE * point || value < accepted - MOST_DROP * point)
		return differ(step, tray, watch, spool, percent);
	const { differs, ...settledWatch } = watch;
	// Far above what Spoolman has it stays open, until a person says who is right.
	const isOpen = differs !== undefined && value > percentLeft(spool) + NOISE * point;
	const agreed = isOpen ? { ...settledWatch, differs: percent } : settledWatch;
	return value < accepted ? { ...agreed, accepted: value } : agreed;
}

/** Of a spool that is counted by its jobs: nothing is written, but after the job what is far off is asked about. */
function compare(
	step: Step,
	tray: number,
	{ uuid, said, differs }: TrayWatch,
	spool: Spool,
	measured: Measurement | undefined,
	offset: number,
): TrayWatch {
	const watch: TrayWatch = { uuid, spool, ...(differs === undefined ? {} : { differs }) };
	const { waiting, sending } = step.outbox;
	// Spoolman does not have all of it yet.
	if (sending?.spoolId === spool.id || waiting.some(({ spoolId }) => spoolId === spool.id)) return watch;
	const isUsed = step.progress.isUnderWay || step.isEnd;
	// While a job takes of it, what is asked about already is kept up to date.
	if (!measured || (isUsed && differs === undefined)) return watch;
	const { percent, point } = measured;
	if (said !== percent) return { ...watch, said: percent };
	if (isUsed) return { ...watch, said, differs: percent };
	if (Math.abs(inRange(percent + offset) - percentLeft(spool)) > MOST_DROP * point)
		return differ(step, tray, { ...watch, said }, spool, percent);
	return { uuid, spool, said };
}

function differ(step: Step, tray: number, watch: TrayWatch, spool: Spool, percent: number): TrayWatch {
	if (watch.differs === undefined) step.differs.push({ spoolId: spool.id, tray, printerPercent: percent });
	return { ...watch, differs: percent };
}

function settled(state: UsageState, tray: number, { uuid, spool }: TrayWatch, percent: number): UsageState {
	const watch: TrayWatch = { uuid, spool, accepted: percent, written: percent };
	return { ...state, trays: new Map(state.trays).set(tray, watch) };
}

function write(step: Step, watch: TrayWatch, spool: Spool): TrayWatch {
	const { accepted, written } = watch;
	if (accepted === undefined || accepted === written) return watch;
	const before = written ?? percentLeft(spool);
	const isEnough = Math.abs(before - accepted) >= step.options.thresholdPercent && isTime(step, spool);
	if (!isEnough && !step.isEnd) return watch;
	return handMeasured(step, spool, accepted) ? { ...watch, written: accepted } : watch;
}

function handMeasured(step: Step, spool: Spool, percent: number): boolean {
	const grams = gramsAt(spool, percent);
	const left = leftOn(spool);
	// Who has entered less knows it better.
	if (left === undefined || grams >= left) return true;
	return hand(step, { kind: "left", spoolId: spool.id, grams });
}

/** Of a spool that is counted by its jobs. False: something of it could not be handed on. */
function countUse(step: Step, tray: number, spool: Spool, isLast: boolean): boolean {
	const { progress, options } = step;
	if (progress.modes.get(spool.id) !== "usage") return true;
	const due = amountDue(progress, step.job.use, tray);
	const amount = due - (progress.counted.get(tray) ?? 0);
	if (amount <= 0) return true;
	const grams = progress.lengths.has(tray) ? gramsOn(spool, amount) : amount;
	if (grams === undefined) {
		step.noDensity.push(spool.id);
		return true;
	}
	const threshold = ((spool.baseG ?? USUAL_SPOOL_G) * options.thresholdPercent) / 100;
	if (grams < SMALLEST_USE_G || (!isLast && (grams < threshold || !isTime(step, spool)))) return true;
	if (!hand(step, { kind: "use", spoolId: spool.id, grams })) return false;
	step.progress = withCounted(progress, tray, due);
	return true;
}

function hand(step: Step, intent: Intent): boolean {
	const { outbox, isTaken } = enqueue(step.outbox, intent);
	if (!isTaken) return false;
	step.outbox = outbox;
	step.intents.push(intent);
	step.writtenAtMs = new Map(step.writtenAtMs).set(intent.spoolId, step.nowMs);
	return true;
}

function isTime({ writtenAtMs, nowMs, options }: Step, { id }: Spool): boolean {
	const last = writtenAtMs.get(id);
	return last === undefined || nowMs - last >= options.minIntervalMs;
}

function withCounted(progress: Progress, tray: number, due: number): Progress {
	if (due <= (progress.counted.get(tray) ?? 0)) return progress;
	return { ...progress, counted: new Map(progress.counted).set(tray, due) };
}

function withMode(progress: Progress, spoolId: number, mode: UsageMode): Progress {
	if (progress.modes.get(spoolId) === mode) return progress;
	return { ...progress, modes: new Map(progress.modes).set(spoolId, mode) };
}

/** Never nothing: whether a spool is empty, a person says. */
function gramsAt({ baseG = 0 }: Spool, percent: number): number {
	return Math.max(leastLeft(baseG), (baseG * percent) / 100);
}

function percentLeft(spool: Spool): number {
	const left = leftOn(spool);
	return left === undefined || !spool.baseG ? 100 : (left / spool.baseG) * 100;
}

function inRange(percent: number): number {
	return Math.min(100, Math.max(0, percent));
}

function rounded(percent: number): number {
	return Math.round(percent * 100) / 100;
}
