// The dead man's timer: how long heat has been wanted with nobody there.

import type { Clock } from "../platform/clock";

/** Who is alone for less than this is not told that heat will go off: pages connect anew all the time. */
const TELL_AFTER_MS = 60_000;

export class Presence {
	private readonly clock: Clock;
	private attendees = 0;
	/** When somebody was there last, or no heat was wanted. */
	private lastMs: number;
	/** As of the last tick. */
	#aloneMs = 0;

	constructor(clock: Clock) {
		this.clock = clock;
		this.lastMs = clock.now();
	}

	/** Somebody is there until the returned function is called, which may be done any number of times. */
	attend(): () => void {
		this.attendees++;
		this.touch();
		let present = true;
		return () => {
			if (!present) return;
			present = false;
			this.attendees--;
			this.touch();
		};
	}

	/** Somebody was there just now: pressed a button, sent a command. */
	touch(): void {
		this.lastMs = this.clock.now();
	}

	/** To be asked at each tick: milliseconds alone with the heat. */
	aloneMs(heatWanted: boolean, printerOnline: boolean): number {
		if (!heatWanted || printerOnline || this.attendees > 0) this.touch();
		this.#aloneMs = this.clock.now() - this.lastMs;
		return this.#aloneMs;
	}

	/** What is left of so many minutes alone, as of the last tick; `undefined` when that need not be told. */
	minutesLeft(limitMinutes: number): number | undefined {
		if (this.#aloneMs < TELL_AFTER_MS) return undefined;
		return Math.max(1, limitMinutes - Math.floor(this.#aloneMs / 60_000));
	}
}
