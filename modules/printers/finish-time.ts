// When a job will be done, by what its printer says of the time that is left.

/** Longer than any job; what is more would be no date. */
const MAX_REMAINING_MINUTES = 366 * 24 * 60;
const MINUTE_MS = 60_000;
/** A printer tells whole minutes, at any moment of them: within this the same end is meant. */
const SAME_FINISH_MS = 90_000;

/** ISO 8601, to the minute; `before` as long as the printer keeps to it. `nowMs` since 1970. */
export function finishTime(
	nowMs: number,
	remainingMinutes: number,
	before: string | undefined,
): string | undefined {
	if (remainingMinutes > MAX_REMAINING_MINUTES) return undefined;
	const finishMs = nowMs + remainingMinutes * MINUTE_MS;
	if (before !== undefined && Math.abs(finishMs - Date.parse(before)) <= SAME_FINISH_MS) return before;
	return new Date(Math.round(finishMs / MINUTE_MS) * MINUTE_MS).toISOString();
}
