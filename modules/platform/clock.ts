// Time, as the firmware sees it. Everything that waits takes a Clock, so that tests and simulation own time.

export interface Clock {
	/** Milliseconds since some fixed moment; never goes back. For intervals and timeouts. */
	now(): number;
	/** Milliseconds since 1970 UTC, or `undefined` as long as the device has not learnt the time. */
	wallTime(): number | undefined;
	/** Calls back once, after at least `delayMs`. Never calls back before it returns. */
	after(delayMs: number, callback: () => void): Timer;
	/** Calls back every `intervalMs`, the first time after one interval. */
	every(intervalMs: number, callback: () => void): Timer;
}

export interface Timer {
	/** After `cancel` the callback does not run again. May be called any number of times. */
	cancel(): void;
}
