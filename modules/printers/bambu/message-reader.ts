// From the bytes of an MQTT message to a parsed object, or to a counted refusal.

import type { TextCodec } from "../../platform/text-codec";
import { IGNORED_KEY, type ReportSchema } from "./report-schema";
import { ReportSieve } from "./report-sieve";

/** The largest report seen is 36 KB (an H2D with six units, indented). */
export const MAX_MESSAGE_BYTES = 48 * 1024;
/** Of a message that comes in pieces. Of the largest report seen, 10 KB are wanted. */
export const MAX_KEPT_BYTES = 16 * 1024;

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

type Message = Record<string, unknown>;

export interface MessageReaderOptions {
	/** What is wanted of a message. */
	schema: Pick<ReportSchema, "knownSections" | "usedKeys" | "ignoredKeys" | "wantedKeys" | "flatKeys">;
	text: TextCodec;
	onMessage(message: Message): void;
	onRefused(code: RefusalCode): void;
}

export class MessageReader {
	private readonly options: MessageReaderOptions;
	private receivedBytes = 0;
	/** Reads the present message, if it comes in more than one piece. */
	private sieve: ReportSieve | undefined;
	private skipping = false;

	constructor(options: MessageReaderOptions) {
		this.options = options;
	}

	/** Takes the next piece of a message; the message ends with the piece after which 0 bytes remain. */
	take(bytes: Uint8Array, remainingBytes: number): void {
		if (remainingBytes > 0 || this.sieve || this.skipping) this.takePiece(bytes, remainingBytes);
		else if (bytes.length > MAX_MESSAGE_BYTES) this.options.onRefused("too_large");
		else this.deliver(this.parse(this.options.text.decode(bytes)));
	}

	/** Forgets a message that was begun: its connection is gone. */
	reset(): void {
		this.receivedBytes = 0;
		this.sieve?.close();
		this.sieve = undefined;
		this.skipping = false;
	}

	private takePiece(bytes: Uint8Array, remainingBytes: number): void {
		this.receivedBytes += bytes.length;
		if (this.receivedBytes + remainingBytes > MAX_MESSAGE_BYTES) {
			this.sieve?.close();
			this.skipping = true;
		}
		if (!this.skipping) {
			const { text, schema } = this.options;
			this.sieve ??= new ReportSieve({
				text,
				wanted: schema.usedKeys,
				noted: schema.ignoredKeys,
				note: IGNORED_KEY,
				maxKeptBytes: MAX_KEPT_BYTES,
			});
			this.sieve.take(bytes);
		}
		// The text of a large report must be gone when the report is used.
		if (remainingBytes === 0) this.deliver(this.readPieces());
	}

	private readPieces(): Message | RefusalCode {
		const tooLarge = this.skipping || this.sieve?.overflowed;
		const json = tooLarge ? undefined : this.sieve?.finish();
		this.reset();
		if (json === undefined) return tooLarge ? "too_large" : "not_json";
		return this.parse(json);
	}

	private parse(json: string): Message | RefusalCode {
		const { flatKeys, wantedKeys, knownSections } = this.options.schema;
		let message: unknown;
		try {
			// XS keeps the name of every key that it builds for good. It compares each name given with all the others:
			// the short list takes a third of the time.
			message = JSON.parse(json, isFlat(json) ? flatKeys : wantedKeys);
		} catch {
			return "not_json";
		}
		if (typeof message !== "object" || message === null || Array.isArray(message)) return "not_an_object";
		if (!Object.keys(message).some(knownSections.has, knownSections)) return "unknown_section";
		// Some printers write a job's name in another encoding; the rest of their report is fine.
		if (json.includes(REPLACEMENT)) this.options.onRefused("bad_text");
		return message as Message;
	}

	private deliver(message: Message | RefusalCode): void {
		if (typeof message === "string") this.options.onRefused(message);
		else this.options.onMessage(message);
	}
}

/**
 * Whether the message is one section of plain values, as most are: then it has no wanted keys but a section's.
 * Tells it by its two opening braces; with one more, if only in a text, the list of all keys is taken.
 */
function isFlat(json: string): boolean {
	return json.lastIndexOf("{") === json.indexOf("{", 1);
}
