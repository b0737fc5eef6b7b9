// Times as Spoolman writes them: UTC, with a Z, and without a fraction where there is none.

/** `timeMs`: since 1970 UTC. */
export function toTimestamp(timeMs: number): string {
	const [whole = "", fraction = "000Z"] = new Date(timeMs).toISOString().split(".");
	return fraction === "000Z" ? `${whole}Z` : `${whole}.${fraction.slice(0, 3)}000Z`;
}

/** The present second. */
export function nowStamp(timeMs: number): string {
	return toTimestamp(Math.floor(timeMs / 1000) * 1000);
}

/** For events, which always carry microseconds. */
export function eventStamp(timeMs: number): string {
	return new Date(timeMs).toISOString().replace("Z", "000Z");
}

/** A text without a time zone counts as UTC. `undefined` for what is no time. */
export function parseTime(text: string): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.test(text))
		return undefined;
	const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10))
		? text
		: `${text}${text.length > 10 ? "Z" : ""}`;
	const time = Date.parse(zoned.replace(" ", "T"));
	return Number.isNaN(time) ? undefined : time;
}
