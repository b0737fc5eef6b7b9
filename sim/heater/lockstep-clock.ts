// A faster clock that leaves nothing out: however fast it runs, each timer calls back at its own time, one by one.

import type { Clock, Timer } from "../../modules/platform/clock";
import { type PendingTimer, TimerQueue } from "../../modules/platform/parts/timer-queue";

export interface LockstepClockOptions {
	/** Real time. */
	clock: Clock;
	/** How many times faster this one runs. */
	speed: number;
}

/**
 * For a control and the plant it controls. A clock that is merely scaled comes late by what the process is busy with,
 * times its speed: at 100 times, a busy 30 ms are a heater without control for three seconds. Here the simulated time
 * waits instead, and stands still while a callback runs.
 */
export class LockstepClock implements Clock {
	readonly #clock: Clock;
	readonly #speed: number;
	readonly #wallTimeAtZero: number | undefined;
	readonly #beat: Timer;
	#timers = new TimerQueue();
	#realMs: number;
	#nowMs = 0;

	/** Runs, and keeps the process alive, until it is closed. */
	constructor({ clock, speed }: LockstepClockOptions) {
		if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`speed must be above 0, not ${speed}`);
		this.#clock = clock;
		this.#speed = speed;
		this.#wallTimeAtZero = clock.wallTime();
		this.#realMs = clock.now();
		this.#beat = clock.every(BEAT_MS, () => this.#catchUp());
	}

	now(): number {
		return this.#nowMs;
	}

	wallTime(): number | undefined {
		return this.#wallTimeAtZero === undefined ? undefined : Math.floor(this.#wallTimeAtZero + this.#nowMs);
	}

	after(delayMs: number, callback: () => void): Timer {
		return this.#started(this.#timers.after(this.#nowMs, delayMs, callback));
	}

	every(intervalMs: number, callback: () => void): Timer {
		return this.#started(this.#timers.every(this.#nowMs, intervalMs, callback));
	}

	/** Time stands still from now on. May be called any number of times. */
	close(): void {
		this.#beat.cancel();
		this.#timers = new TimerQueue();
	}

	#started(timer: PendingTimer): Timer {
		return { cancel: () => void this.#timers.delete(timer) };
	}

	#catchUp(): void {
		const realMs = this.#clock.now();
		const passedMs = Math.min(realMs - this.#realMs, LONGEST_CATCH_UP_MS);
		this.#realMs = realMs;
		const until = this.#nowMs + passedMs * this.#speed;
		let timer = this.#timers.first;
		while (timer !== undefined && timer.dueAt < until) {
			// A timer without a delay was started by a callback of this very moment.
			this.#nowMs = Math.max(this.#nowMs, timer.dueAt);
			// Last among those that are due at the same time.
			this.#timers.delete(timer);
			if (timer.intervalMs !== undefined) {
				timer.dueAt += timer.intervalMs;
				this.#timers.add(timer);
			}
			timer.callback();
			timer = this.#timers.first;
		}
		this.#nowMs = until;
	}
}

/** As often as a person could see a difference, and rarely enough to leave the process to others. */
const BEAT_MS = 10;
/** Real time that is made up for after the process was busy, or the computer asleep. */
const LONGEST_CATCH_UP_MS = 250;
