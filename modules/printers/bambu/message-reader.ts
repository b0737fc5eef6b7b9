// From the bytes of an MQTT message to a parsed object, or to a counted refusal.

import type { TextCodec } from "../../platform/text-codec";
import { knownSections, wantedKeys } from "./report-schema";
import { ReportSieve } from "./report-sieve";

/** The largest report seen is 36 KB (an H2D with six units, indented). */
export const MAX_MESSAGE_BYTES = 48 * 1024;
/** Of a message that comes in pieces. Of the largest report seen, 10 KB are wanted. */
export const MAX_KEPT_BYTES = 16 * 1024;

const wanted: ReadonlySet<string> = new Set(wantedKeys);

/** What stands in decoded text for bytes that are not UTF-8. */
const REPLACEMENT = "\uFFFD";

/**
 * Why a message, or a part of it, was not used.
 *
 * - `too_large`: over {@link MAX_MESSAGE_BYTES}, or in pieces with more than {@link MAX_KEPT_BYTES} to keep
 * - `not_json`: cut off, or not JSON at all
 * - `not_an_object`: JSON, but no object of sections
 * - `unknown_section`: none of the sections that printers send
 * - `bad_text`: has bytes that are not UTF-8; the message was used, with U+FFFD in their place
 * - `wrong_type`: fields whose value does not fit; they stay as they were, the others were used
 */
export type RefusalCode =
	| "too_large"
	| "not_json"
	| "not_an_object"
	| "unknown_section"
	| "bad_text"
	| "wrong_type";

export interface MessageReaderOptions {
	text: TextCodec;
	onMessage(message: Record<string, unknown>): void;
	onRefused(code: RefusalCode): void;
}

export class MessageReader {
	readonly #options: MessageReaderOptions;
	#receivedBytes = 0;
	/** Reads the present message, if it comes in more than one piece. */
	#sieve: ReportSieve | undefined;
	#skipping = false;

	constructor(options: MessageReaderOptions) {
		this.#options = options;
	}

	/** Takes the next piece of a message; the message ends with the piece after which 0 bytes remain. */
	take(bytes: Uint8Array, remainingBytes: number): void {
		this.#receivedBytes += bytes.length;
		if (this.#receivedBytes + remainingBytes > MAX_MESSAGE_BYTES) {
			this.#sieve?.close();
			this.#skipping = true;
		}
		const isWhole = remainingBytes === 0 && this.#receivedBytes === bytes.length;
		if (!isWhole && !this.#skipping) {
			const { text } = this.#options;
			this.#sieve ??= new ReportSieve({ text, wanted, maxKeptBytes: MAX_KEPT_BYTES });
			this.#sieve.take(bytes);
		}
		if (remainingBytes > 0) return;
		const message = this.#read(bytes);
		this.reset();
		if (typeof message === "string") this.#options.onRefused(message);
		else this.#options.onMessage(message);
	}

	/** Forgets a message that was begun: its connection is gone. */
	reset(): void {
		this.#receivedBytes = 0;
		this.#sieve?.close();
		this.#sieve = undefined;
		this.#skipping = false;
	}

	/** The message is over; `bytes` are its last piece. */
	#read(bytes: Uint8Array): Record<string, unknown> | RefusalCode {
		if (this.#skipping || this.#sieve?.overflowed) return "too_large";
		const json = this.#sieve ? this.#sieve.finish() : this.#options.text.decode(bytes);
		this.#sieve?.close();
		const message = json === undefined ? "not_json" : parse(json);
		// Some printers write a job's name in another encoding; the rest of their report is fine.
		if (typeof message !== "string" && json?.includes(REPLACEMENT)) this.#options.onRefused("bad_text");
		return message;
	}
}

function parse(json: string): Record<string, unknown> | RefusalCode {
	let message: unknown;
	try {
		// Naming the keys saves most of the memory that a report takes on XS.
		message = JSON.parse(json, wantedKeys);
	} catch {
		return "not_json";
	}
	if (typeof message !== "object" || message === null || Array.isArray(message)) return "not_an_object";
	const known = Object.keys(message).some((section) => knownSections.has(section));
	return known ? (message as Record<string, unknown>) : "unknown_section";
}
