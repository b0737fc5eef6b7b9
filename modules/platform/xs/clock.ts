// Time on XS: the ticks of the system for intervals, its date for the time of day.

import Time from "time";
import SystemTimer from "timer";
import type { Clock, Timer } from "../clock";

/** No device of ours was on the shelf before: an earlier date is that of a chip that has not learnt the time. */
const EARLIEST_WALL_TIME_MS = Date.UTC(2025, 0, 1);
/** Ticks are 32 bits on a device; they are looked at well before they come round. */
const LONGEST_ALARM_MS = 2 ** 30;

/** The simulator on Linux loses one timer in 65,536: that one must not take all others with it. */
const LOST_AFTER_MS = 1000;

interface PendingTimer {
	dueAt: number;
	/** Of a timer that calls back again and again. */
	readonly intervalMs: number | undefined;
	readonly callback: () => void;
}

export function createClock(): Clock {
	return new XsClock();
}

/** Has one timer of the system's for all of its own: those due at the same time keep their order, long ones are possible. */
class XsClock implements Clock {
	#lastTicks = Time.ticks;
	#now = 0;
	/** In the order in which they were started, which is the order of those due at the same time. */
	readonly #pending = new Set<PendingTimer>();
	#alarm: SystemTimer | undefined;
	#alarmAt = Number.POSITIVE_INFINITY;

	now(): number {
		const ticks = Time.ticks;
		// The simulator's ticks are those of the computer's date, which may be set back.
		this.#now += Math.max(0, Time.delta(this.#lastTicks, ticks));
		this.#lastTicks = ticks;
		return this.#now;
	}

	wallTime(): number | undefined {
		const now = Date.now();
		return now < EARLIEST_WALL_TIME_MS ? undefined : now;
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
		if (timer.dueAt < this.#alarmAt || this.now() > this.#alarmAt + LOST_AFTER_MS)
			this.#setAlarm(Math.min(timer.dueAt, Math.max(this.#alarmAt, this.now())));
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
		const delayMs = Math.min(LONGEST_ALARM_MS, Math.max(0, Math.ceil(at - this.now())));
		this.#alarm = SystemTimer.set(() => this.#onAlarm(), delayMs);
	}

	#clearAlarm(): void {
		SystemTimer.clear(this.#alarm);
		this.#alarm = undefined;
		this.#alarmAt = Number.POSITIVE_INFINITY;
	}

	#onAlarm(): void {
		this.#alarm = undefined;
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
			let next = Number.POSITIVE_INFINITY;
			for (const { dueAt } of this.#pending) if (dueAt < next) next = dueAt;
			if (this.#pending.size > 0) this.#setAlarm(next);
		}
	}
}

/** Keeps the beat. A device that was busy does not make up for the beats it missed. */
function nextBeat(dueAt: number, intervalMs: number, now: number): number {
	return dueAt + intervalMs * Math.max(1, Math.ceil((now - dueAt) / intervalMs));
}
