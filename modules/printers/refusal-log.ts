// Counts what could not be used of a printer's messages, and says so without filling the log.

import type { Log } from "../platform/log";

const words = Object.freeze({
	too_large: "a message is larger than any report should be",
	not_json: "a message is cut off or no JSON",
	not_an_object: "a message has no sections",
	unknown_section: "a message has only unknown sections",
	bad_text: "a message has text that is not UTF-8; it was used all the same",
	wrong_type: "a field has a value that does not fit; it stays as it was",
});

type RefusalCode = keyof typeof words;

export class RefusalLog {
	private readonly counts = new Map<RefusalCode, number>();
	private readonly log: Log;
	private readonly printer: string;

	constructor({ log, printer }: { log: Log; printer: string }) {
		this.log = log;
		this.printer = printer;
	}

	/** The first one is logged, then each tenth power. `detail` may hold names of fields, but no values. */
	count(code: RefusalCode, detail = ""): void {
		const count = this.countOf(code) + 1;
		this.counts.set(code, count);
		if (!Number.isInteger(Math.log10(count))) return;
		const times = count === 1 ? "" : `, ${count} times by now`;
		this.log.warn(`printer ${this.printer}: ${words[code]}${detail && ` (${detail})`}${times}`);
	}

	countOf(code: RefusalCode): number {
		return this.counts.get(code) ?? 0;
	}
}
