// Why Spoolman did not do what it was asked.

/**
 * - `unreachable`, `timeout`: no answer; it may have done it nevertheless
 * - `unavailable`: it answered that it cannot at the moment (5xx)
 * - `refused`: it, or what stands before it, wants a key or another one (401, 403)
 * - `not_found`: it has no such thing (404)
 * - `invalid`: it does not take that (400, 422 and other 4xx)
 * - `not_spoolman`: what answered is no Spoolman, or one that cannot be understood
 * - `too_large`: the answer is longer than there is room for
 */
export type SpoolmanErrorCode =
	| "unreachable"
	| "timeout"
	| "unavailable"
	| "refused"
	| "not_found"
	| "invalid"
	| "not_spoolman"
	| "too_large";

export interface SpoolmanErrorOptions {
	/** HTTP status, when there was one. */
	status?: number;
	cause?: unknown;
}

/** Its message is for people: what is wrong and what to do. */
export class SpoolmanError extends Error {
	readonly code: SpoolmanErrorCode;
	readonly status: number | undefined;

	constructor(code: SpoolmanErrorCode, message: string, { status, cause }: SpoolmanErrorOptions = {}) {
		super(message, { cause });
		this.name = "SpoolmanError";
		this.code = code;
		this.status = status;
	}

	/** Whether it may help to ask again later. */
	get isPassing(): boolean {
		return this.code === "unreachable" || this.code === "timeout" || this.code === "unavailable";
	}
}
