// How it would be done without a thought for memory: hold the message, parse all of it, keep all of it, and make a
// text of everything for each page. It derives nothing: what a report means would be the page's business.

import { MAX_CLIENTS as MAX_PAGES } from "../../../modules/web/live-feed";
import { textCodec } from "../../fakes/text-codec";
import type { Subject } from "./device";

type Json = Record<string, unknown>;

export class NaiveFirmware implements Subject {
	#pieces: Uint8Array[] = [];
	readonly #known: Json = {};
	#changed = false;
	sentBytes = 0;

	/** It knows one printer. */
	select(): void {}

	take(bytes: Uint8Array, remainingBytes: number): void {
		this.#pieces.push(bytes.slice());
		if (remainingBytes > 0) return;
		const message = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
		let at = 0;
		for (const piece of this.#pieces) {
			message.set(piece, at);
			at += piece.length;
		}
		this.#pieces = [];
		merge(this.#known, JSON.parse(textCodec.decode(message)) as Json);
		this.#changed = true;
	}

	pass(): void {
		if (!this.#changed) return;
		this.#changed = false;
		for (let page = 0; page < MAX_PAGES; page++)
			this.sentBytes += JSON.stringify({ update: this.#known }).length;
	}

	/** It has no heater. */
	ask(): void {}

	visit(): void {}
}

function merge(known: Json, incoming: Json): void {
	for (const [key, value] of Object.entries(incoming)) {
		const before = known[key];
		if (isObject(before) && isObject(value)) merge(before, value);
		else known[key] = value;
	}
}

function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
