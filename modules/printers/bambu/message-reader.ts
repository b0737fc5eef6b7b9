// From the bytes of an MQTT message to a parsed object, or to a counted refusal.

import type { TextCodec } from "../../platform/text-codec";
import { knownSections, wantedKeys } from "./report-schema";

/** The largest report seen is 36 KB (an H2D with six units, indented). */
export const MAX_MESSAGE_BYTES = 48 * 1024;

/** What stands in decoded text for bytes that are not UTF-8. */
const REPLACEMENT = "\uFFFD";

/**
 * Why a message, or a part of it, was not used.
 *
 * - `too_large`: over {@link MAX_MESSAGE_BYTES}; not kept
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
	#pieces: Uint8Array[] = [];
	#heldBytes = 0;
	#skipping = false;

	constructor(options: MessageReaderOptions) {
		this.#options = options;
	}

	/** Takes the next piece of a message; the message ends with the piece after which 0 bytes remain. */
	take(bytes: Uint8Array, remainingBytes: number): void {
		if (this.#heldBytes + bytes.length + remainingBytes > MAX_MESSAGE_BYTES) {
			this.#pieces = [];
			this.#skipping = true;
		}
		if (remainingBytes > 0) {
			// The caller's bytes are only valid during the call.
			if (this.#skipping) return;
			this.#pieces.push(bytes.slice());
			this.#heldBytes += bytes.length;
			return;
		}
		const pieces = this.#pieces;
		const skipped = this.#skipping;
		this.reset();
		if (skipped) this.#options.onRefused("too_large");
		else this.#read(pieces.length === 0 ? bytes : joined([...pieces, bytes]));
	}

	/** Forgets a message that was begun: its connection is gone. */
	reset(): void {
		this.#pieces = [];
		this.#heldBytes = 0;
		this.#skipping = false;
	}

	#read(bytes: Uint8Array): void {
		const decoded = this.#options.text.decode(bytes);
		const message = parse(decoded);
		if (typeof message === "string") {
			this.#options.onRefused(message);
			return;
		}
		// Some printers write a job's name in another encoding; the rest of their report is fine.
		if (decoded.includes(REPLACEMENT)) this.#options.onRefused("bad_text");
		this.#options.onMessage(message);
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

function joined(pieces: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let offset = 0;
	for (const piece of pieces) {
		whole.set(piece, offset);
		offset += piece.length;
	}
	return whole;
}
