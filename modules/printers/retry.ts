// How long to wait before a connection is tried again.

/** First and longest pause between attempts; it doubles in between. */
export const FIRST_RETRY_MS = 1_000;
export const LAST_RETRY_MS = 30_000;
/** Each pause is varied by this share in both directions, so that ten devices do not knock at once. */
export const RETRY_JITTER = 0.2;

/** The pause before the next attempt: 1, 2, 4 … 30 s, varied by jitter. `random` is from 0 to 1. */
export function retryDelayMs(failures: number, random: number): number {
	const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1));
	return Math.round(delayMs * (1 + RETRY_JITTER * (2 * random - 1)));
}
