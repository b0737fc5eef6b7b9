// Counts what could not be used of clients' frames, and says so without filling the log.

import type { Log } from "../../platform/log";
import type { FrameProblem } from "./commands";

/** `wrong_type`: fields, the others of their frame were used. `locked`: by a connection that may only read. */
export type RefusedInput = FrameProblem | "wrong_type" | "locked";

const words: Readonly<Record<RefusedInput, string>> = Object.freeze({
	too_large: "a frame is longer than any that makes sense",
	too_deep: "a frame is nested deeper than any that makes sense",
	not_json: "a frame is no JSON",
	not_an_object: "a frame is no object",
	wrong_type: "a field has a value that does not fit and was left out",
	locked: "a connection without the device's password tried to change something",
});

export class Refusals {
	private readonly log: Log;
	private readonly counts = new Map<RefusedInput, number>();

	constructor(log: Log) {
		this.log = log;
	}

	/** The first one is logged, then each tenth power. */
	count(input: RefusedInput): void {
		const count = this.countOf(input) + 1;
		this.counts.set(input, count);
		if (!Number.isInteger(Math.log10(count))) return;
		this.log.warn(`ws: ${words[input]}${count === 1 ? "" : `, ${count} times by now`}`);
	}

	countOf(input: RefusedInput): number {
		return this.counts.get(input) ?? 0;
	}
}
