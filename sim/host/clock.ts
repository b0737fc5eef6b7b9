// The clock of the simulated world: real time, or real time run faster.

import type { Clock, Timer } from "../../modules/platform/clock";
import { LONGEST_DELAY_MS } from "./timeouts";

export interface ClockOptions {
	/** How many times faster than real time the simulated world runs. */
	speed?: number;
}

/** A running timer keeps the process alive until its owner cancels it. */
export function createClock({ speed = 1 }: ClockOptions = {}): Clock {
	if (!Number.isFinite(speed) || speed <= 0) throw new RangeError(`speed must be above 0, not ${speed}`);
	return new HostClock(speed);
}

interface PendingTimer {
	dueAt: number;
	/** Of a timer that calls back again and again. */
	readonly intervalMs: number | undefined;
	readonly callback: () => void;
}

/** Has one timer of Node's for all of its own, since Node rounds delays and so would mix up their order. */
class HostClock implements Clock {
	readonly #speed: number;
	readonly #startedAt = performance.now();
	readonly #wallTimeAtStart = Date.now();
	/** In the order in which they were started, which is the order of those due at the same time. */
	readonly #pending = new Set<PendingTimer>();
	#alarm: NodeJS.Timeout | undefined;
	#alarmAt = Number.POSITIVE_INFINITY;

	constructor(speed: number) {
		this.#speed = speed;
	}

	now(): number {
		return (performance.now() - this.#startedAt) * this.#speed;
	}

	wallTime(): number {
		return Math.floor(this.#wallTimeAtStart + this.now());
	}

	after(delayMs: number, callback: () => void): Timer {
		return this.#start({ dueAt: this.now() + Math.max(0, delayMs || 0), intervalMs: undefined, callback });
	}

	every(intervalMs: number, callback: () => void): Timer {
		const step = Math.max(1, intervalMs || 0);
		return this.#start({ dueAt: this.now() + step, intervalMs: step, callback });
	}

	#start(timer: PendingTimer): Timer {
		this.#pending.add(timer);
		if (timer.dueAt < this.#alarmAt) this.#setAlarm(timer.dueAt);
		return {
			cancel: () => {
				this.#pending.delete(timer);
				if (this.#pending.size === 0) this.#clearAlarm();
			},
		};
	}

	#setAlarm(at: number): void {
		this.#clearAlarm();
		this.#alarmAt = at;
		const delayMs = Math.ceil((at - this.now()) / this.#speed);
		this.#alarm = setTimeout(() => this.#onAlarm(), Math.min(LONGEST_DELAY_MS, Math.max(1, delayMs)));
	}

	#clearAlarm(): void {
		clearTimeout(this.#alarm);
		this.#alarmAt = Number.POSITIVE_INFINITY;
	}

	#onAlarm(): void {
		const now = this.now();
		// Not those that the callbacks start: without a delay they would keep everything else from running.
		const due = [...this.#pending].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
		try {
			for (const timer of due) {
				// Another callback may have cancelled it.
				if (!this.#pending.has(timer)) continue;
				if (timer.intervalMs === undefined) this.#pending.delete(timer);
				else timer.dueAt = nextBeat(timer.dueAt, timer.intervalMs, now);
				timer.callback();
			}
		} finally {
			// Also when a callback throws, so that the others are not lost with it.
			this.#clearAlarm();
			const next = Math.min(...[...this.#pending].map(({ dueAt }) => dueAt));
			if (this.#pending.size > 0) this.#setAlarm(next);
		}
	}
}

/** Keeps the beat. A machine that slept does not make up for the beats it missed. */
function nextBeat(dueAt: number, intervalMs: number, now: number): number {
	return dueAt + intervalMs * Math.max(1, Math.ceil((now - dueAt) / intervalMs));
}
