// Time on XS: the ticks of the system for intervals, its date for the time of day.

import Time from "time";
import SystemTimer from "timer";
import type { Clock } from "../clock";
import { AlarmClock } from "../parts/alarm-clock";

/** No device of ours was on the shelf before: an earlier date is that of a chip that has not learnt the time. */
const EARLIEST_WALL_TIME_MS = Date.UTC(2025, 0, 1);
/** Ticks are 32 bits on a device; they are looked at well before they come round. */
const LONGEST_ALARM_MS = 2 ** 30;

/** The simulator on Linux loses one timer in 65,536: that one must not take all others with it. */
const LOST_AFTER_MS = 1000;

export function createClock(): Clock {
	return new XsClock({ lostAfterMs: LOST_AFTER_MS });
}

class XsClock extends AlarmClock {
	private lastTicks = Time.ticks;
	#now = 0;
	private alarm: SystemTimer | undefined;

	now(): number {
		const ticks = Time.ticks;
		// The simulator's ticks are those of the computer's date, which may be set back.
		this.#now += Math.max(0, Time.delta(this.lastTicks, ticks));
		this.lastTicks = ticks;
		return this.#now;
	}

	wallTime(): number | undefined {
		const now = Date.now();
		return now < EARLIEST_WALL_TIME_MS ? undefined : now;
	}

	protected setAlarm(delayMs: number): void {
		this.alarm = SystemTimer.set(
			() => {
				this.alarm = undefined;
				this.ring();
			},
			Math.min(LONGEST_ALARM_MS, Math.max(0, Math.ceil(delayMs))),
		);
	}

	protected clearAlarm(): void {
		SystemTimer.clear(this.alarm);
		this.alarm = undefined;
	}
}
