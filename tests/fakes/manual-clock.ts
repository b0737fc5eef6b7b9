// A clock that only moves when a test says so.

import type { Clock, Timer } from "../../modules/platform/clock";
import { type PendingTimer, TimerQueue } from "../../modules/platform/parts/timer-queue";

export interface ManualClockOptions {
	/** What `now()` starts at. */
	startMs?: number;
	/** Left out: the device has not learnt the time yet. */
	wallTimeMs?: number;
}

/** More timer calls than this in one `advance` are timers that feed each other without time passing. */
const MOST_CALLS = 1_000_000;

export class ManualClock implements Clock {
	#nowMs: number;
	/** What the wall clock showed when `now()` was 0. */
	#wallTimeAtZero: number | undefined;
	readonly #timers = new TimerQueue();
	#advancing = false;

	constructor({ startMs = 0, wallTimeMs }: ManualClockOptions = {}) {
		this.#nowMs = startMs;
		this.setWallTime(wallTimeMs);
	}

	/** Timers that will call back if time goes on. */
	get pendingTimers(): number {
		return this.#timers.size;
	}

	now(): number {
		return this.#nowMs;
	}

	wallTime(): number | undefined {
		return this.#wallTimeAtZero === undefined ? undefined : this.#wallTimeAtZero + this.#nowMs;
	}

	/** The wall clock is set to that moment and goes on from there; `undefined` makes the time unknown. */
	setWallTime(wallTimeMs: number | undefined): void {
		this.#wallTimeAtZero = wallTimeMs === undefined ? undefined : wallTimeMs - this.#nowMs;
	}

	after(delayMs: number, callback: () => void): Timer {
		return this.#started(this.#timers.after(this.#nowMs, delayMs, callback));
	}

	every(intervalMs: number, callback: () => void): Timer {
		return this.#started(this.#timers.every(this.#nowMs, intervalMs, callback));
	}

	/**
	 * Lets time pass and runs what falls due, each callback at its own time, also those started meanwhile.
	 * What a callback throws comes out here; the clock then stands at that callback's time.
	 */
	advance(ms: number): void {
		if (this.#advancing) throw new Error("advance() was called by a timer's callback");
		if (!(ms >= 0)) throw new RangeError(`time cannot advance by ${ms}`);
		const until = this.#nowMs + ms;
		this.#advancing = true;
		try {
			let calls = 0;
			let timer = this.#timers.first;
			while (timer !== undefined && timer.dueAt <= until) {
				if (++calls > MOST_CALLS) throw new Error(`more than ${MOST_CALLS} timer calls in ${ms} ms`);
				this.#nowMs = timer.dueAt;
				this.#timers.delete(timer);
				if (timer.intervalMs !== undefined) {
					timer.dueAt += timer.intervalMs;
					this.#timers.add(timer);
				}
				timer.callback();
				timer = this.#timers.first;
			}
			this.#nowMs = until;
		} finally {
			this.#advancing = false;
		}
	}

	#started(timer: PendingTimer): Timer {
		return { cancel: () => void this.#timers.delete(timer) };
	}
}
