// The clock of the simulated world: real time, or real time run faster.

import type { Clock } from "../../modules/platform/clock";
import { AlarmClock } from "../../modules/platform/parts/alarm-clock";
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

class HostClock extends AlarmClock {
	readonly #speed: number;
	readonly #startedAt = performance.now();
	readonly #wallTimeAtStart = Date.now();
	#alarm: NodeJS.Timeout | undefined;

	constructor(speed: number) {
		super();
		this.#speed = speed;
	}

	now(): number {
		return (performance.now() - this.#startedAt) * this.#speed;
	}

	wallTime(): number {
		return Math.floor(this.#wallTimeAtStart + this.now());
	}

	protected setAlarm(delayMs: number): void {
		const realMs = Math.ceil(delayMs / this.#speed);
		this.#alarm = setTimeout(() => this.ring(), Math.min(LONGEST_DELAY_MS, Math.max(1, realMs)));
	}

	protected clearAlarm(): void {
		clearTimeout(this.#alarm);
	}
}
