// How long ago something began.

import Time from "time";

export class Stopwatch {
	private readonly startedAt = Time.ticks;

	get elapsedMs(): number {
		return Math.max(0, Time.delta(this.startedAt, Time.ticks));
	}
}
