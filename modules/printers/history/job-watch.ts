// Follows one printer from a job's beginning to its end. Knows no storage and no clock.

import type { FilamentState, JobState, PrinterState } from "../printer-state";
import type { FilamentUse, JobResult } from "./finished-job";

/**
 * Who was not heard for longer than this may have begun or ended a job at any time in between. Printers that have no
 * connection of their own are looked at every five minutes at the latest.
 */
const MOST_UNHEARD_MS = 6 * 60_000;
/** More slots than this are not remembered of one job. */
const MOST_SLOTS = 16;

export interface JobEnd {
	name: string | undefined;
	result: JobResult;
	/** When both its beginning and its end were seen. */
	seconds: number | undefined;
	layers: number | undefined;
	filament: FilamentUse[];
	/** It has ended about now; if not, at some moment before. */
	isNow: boolean;
}

/** What a slot held when the job first took from it. */
interface UsedSlot {
	unit: number | "external";
	slot: number;
	use: FilamentUse;
	percentBefore: number | undefined;
}

export class JobWatch {
	/** Whether the printer was ever heard. */
	private isKnown = false;
	/** Since when it is not heard. */
	private lostAtMs: number | undefined;
	private isUnderWay = false;
	/** `undefined` when that was not seen. */
	private beganAtMs: number | undefined;
	private name: string | undefined;
	/** As it was last taken or noted. */
	private job: JobState | undefined;
	private used: UsedSlot[] = [];

	/**
	 * Whether the job has only gone on, so that the rest of the state need not be taken. A printer says so several times a
	 * minute.
	 */
	note(job: JobState): boolean {
		if (job.state !== this.job?.state || job.name !== this.job.name) return false;
		this.job = job;
		return true;
	}

	/**
	 * Takes the printer's state, as it is at that moment; a job that has ended is returned. A job that ended unheard while
	 * another one has begun is forgotten: how it ended nobody knows.
	 */
	take(state: PrinterState, nowMs: number): JobEnd | undefined {
		const { job } = state;
		if (state.link !== "online" || job.state === "unknown") {
			this.lostAtMs ??= nowMs;
			return undefined;
		}
		// Else its end would have been seen; a name alone changes while a job is being prepared.
		const mayBeAnother = this.lostAtMs !== undefined || state.watch === "polled";
		const isHeard = this.isKnown && (this.lostAtMs === undefined || nowMs - this.lostAtMs <= MOST_UNHEARD_MS);
		this.isKnown = true;
		this.lostAtMs = undefined;
		if (job.state === "preparing" || job.state === "printing" || job.state === "paused") {
			const isRenamed = job.name !== undefined && this.name !== undefined && job.name !== this.name;
			const isAnother = isRenamed && mayBeAnother;
			if (!this.isUnderWay || isAnother) this.begin(isHeard && !this.isUnderWay ? nowMs : undefined);
			this.follow(state);
			return undefined;
		}
		if (!this.isUnderWay) {
			this.job = job;
			return undefined;
		}
		// Some printers forget it when the job has ended.
		const layers = job.layer || this.job?.layer;
		this.follow(state);
		return this.end(resultOf(job.state), layers, state.filament, isHeard ? nowMs : undefined);
	}

	private begin(nowMs: number | undefined): void {
		this.isUnderWay = true;
		this.beganAtMs = nowMs;
		this.name = undefined;
		this.used = [];
	}

	private follow({ job, filament }: PrinterState): void {
		this.job = job;
		// Likewise.
		this.name = job.name ?? this.name;
		const { active } = filament;
		if (active === undefined || this.used.length >= MOST_SLOTS) return;
		const unit = active === "external" ? active : active.unit;
		const slot = active === "external" ? 0 : active.slot;
		if (this.used.some((used) => used.unit === unit && used.slot === slot)) return;
		const spool = spoolIn(filament, unit, slot);
		const use: FilamentUse = { slot: slotName(filament, unit, slot) };
		if (spool?.material !== undefined) use.material = spool.material;
		if (spool?.color !== undefined) use.color = spool.color;
		this.used.push({ unit, slot, use, percentBefore: spool?.remainPercent });
	}

	private end(
		result: JobResult,
		layers: number | undefined,
		filament: FilamentState,
		nowMs: number | undefined,
	): JobEnd {
		const began = this.beganAtMs;
		const end: JobEnd = {
			result,
			name: this.name,
			layers: layers || undefined,
			seconds: began === undefined || nowMs === undefined ? undefined : Math.round((nowMs - began) / 1000),
			filament: this.used.map(({ unit, slot, use, percentBefore }) => {
				const left = spoolIn(filament, unit, slot)?.remainPercent;
				// A spool that was exchanged meanwhile has more on it than before.
				const isKnown = percentBefore !== undefined && left !== undefined && left <= percentBefore;
				return isKnown ? { ...use, percent: percentBefore - left } : use;
			}),
			isNow: nowMs !== undefined,
		};
		this.begin(undefined);
		this.isUnderWay = false;
		return end;
	}
}

/** A printer that waits again after a job, and has neither finished it nor failed, was stopped. */
function resultOf(state: "idle" | "finished" | "failed"): JobResult {
	return state === "idle" ? "cancelled" : state;
}

function spoolIn(filament: FilamentState, unit: number | "external", slot: number) {
	if (unit === "external") return filament.external[0];
	return filament.units.find(({ id }) => id === unit)?.slots.find(({ id }) => id === slot);
}

/** "A1" is the first slot of the first unit; units for one spool are counted by themselves: "HT-A". */
function slotName({ units }: FilamentState, unit: number | "external", slot: number): string {
	if (unit === "external") return unit;
	const isSingle = units.find(({ id }) => id === unit)?.kind === "ams_ht";
	let before = 0;
	for (const { id, kind } of units) if (id < unit && (kind === "ams_ht") === isSingle) before++;
	const letter = String.fromCharCode(0x41 + Math.min(before, 25));
	return isSingle ? `HT-${letter}` : `${letter}${slot + 1}`;
}
