// Time limits on what the network does. They count real time, also when the simulated world runs faster.

/** Node treats a longer delay as 1 ms. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

export function startTimeout(delayMs: number, callback: () => void): NodeJS.Timeout {
	return setTimeout(callback, Math.min(delayMs, LONGEST_DELAY_MS));
}
