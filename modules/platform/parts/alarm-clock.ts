// A clock that has one timer of its host's, the alarm, for all of its own: so those due at the same time keep their
// order, whatever the host makes of delays, and long ones are possible.

import type { Clock, Timer } from "../clock";
import { type PendingTimer, TimerQueue } from "./timer-queue";

export interface AlarmClockOptions {
	/** An alarm that is that late was lost by the host. It is set again with the next timer that is started. */
	lostAfterMs?: number;
}

export abstract class AlarmClock implements Clock {
	readonly #timers = new TimerQueue();
	readonly #lostAfterMs: number;
	#alarmAt = Number.POSITIVE_INFINITY;

	constructor({ lostAfterMs = Number.POSITIVE_INFINITY }: AlarmClockOptions = {}) {
		this.#lostAfterMs = lostAfterMs;
	}

	abstract now(): number;
	abstract wallTime(): number | undefined;
	/**
	 * Has to call `ring` once, not before it returns, when that much of this clock's time has passed: 0 or less is soon.
	 * Of a delay that is too long for the host it may call earlier.
	 */
	protected abstract setAlarm(delayMs: number): void;
	/** There may be none. */
	protected abstract clearAlarm(): void;

	after(delayMs: number, callback: () => void): Timer {
		return this.started(this.#timers.after(this.now(), delayMs, callback));
	}

	every(intervalMs: number, callback: () => void): Timer {
		return this.started(this.#timers.every(this.now(), intervalMs, callback));
	}

	/** Calls back what is due. What a callback throws comes out of here. */
	protected ring(): void {
		const now = this.now();
		// Not those that the callbacks start: without a delay they would keep everything else from running.
		const due = this.#timers.dueAt(now);
		try {
			for (const timer of due) {
				// Another callback may have cancelled it.
				if (!this.#timers.has(timer)) continue;
				if (timer.intervalMs === undefined) this.#timers.delete(timer);
				else timer.dueAt = nextBeat(timer.dueAt, timer.intervalMs, now);
				timer.callback();
			}
		} finally {
			// Also when a callback throws, so that the others are not lost with it.
			const { first } = this.#timers;
			if (first === undefined) this.clear();
			else this.set(first.dueAt);
		}
	}

	private started(timer: PendingTimer): Timer {
		if (timer.dueAt < this.#alarmAt || this.now() > this.#alarmAt + this.#lostAfterMs)
			this.set(Math.min(timer.dueAt, Math.max(this.#alarmAt, this.now())));
		return {
			cancel: () => {
				this.#timers.delete(timer);
				if (this.#timers.size === 0) this.clear();
			},
		};
	}

	private set(at: number): void {
		this.clearAlarm();
		this.#alarmAt = at;
		this.setAlarm(at - this.now());
	}

	private clear(): void {
		this.clearAlarm();
		this.#alarmAt = Number.POSITIVE_INFINITY;
	}
}

/** Keeps the beat. A host that was busy or asleep does not make up for the beats it missed. */
function nextBeat(dueAt: number, intervalMs: number, now: number): number {
	return dueAt + intervalMs * Math.max(1, Math.ceil((now - dueAt) / intervalMs));
}
