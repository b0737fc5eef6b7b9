// Plays a capture at its own pace and keeps the full report as it stands.

import type { Clock, Timer } from "../../../modules/platform/clock";
import { type Capture, isFullReport, isStatus } from "./capture";
import { isJsonObject, type JsonObject } from "./json";
import { mergeReport } from "./report-delta";

export interface ReplayOptions {
	readonly clock: Clock;
	readonly capture: Capture;
	/** A message of the capture is due. */
	onMessage(report: JsonObject): void;
	/** The last message has been played. Comes once. */
	onEnd(): void;
}

export class Replay {
	readonly #options: ReplayOptions;
	#report: JsonObject;
	#next = 0;
	#startedAtMs = 0;
	#timer: Timer | undefined;
	#state: "new" | "playing" | "over" = "new";

	constructor(options: ReplayOptions) {
		this.#options = options;
		this.#report = options.capture.firstFull;
	}

	/**
	 * All that the capture has told so far, what is below `print`. Before its first full report this is
	 * that report with the changes played until now, because a printer always answers with a full one.
	 */
	get report(): JsonObject {
		return this.#report;
	}

	/** Does nothing the second time, or after `close`. */
	start(): void {
		if (this.#state !== "new") return;
		this.#state = "playing";
		this.#startedAtMs = this.#options.clock.now();
		this.#wait();
	}

	/** Puts changes that the printer makes itself into the report. */
	merge(changes: JsonObject): void {
		this.#report = mergeReport(this.#report, changes);
	}

	/** May be called any number of times; no callback comes afterwards. */
	close(): void {
		this.#state = "over";
		this.#timer?.cancel();
		this.#timer = undefined;
	}

	#wait(): void {
		const { clock, capture } = this.#options;
		const message = capture.messages[this.#next];
		const dueMs = message === undefined ? 0 : this.#startedAtMs + message.atMs - clock.now();
		this.#timer = clock.after(Math.max(0, dueMs), () => this.#play());
	}

	#play(): void {
		const { clock, capture, onMessage, onEnd } = this.#options;
		// Several messages may share a time, and a fast clock may have passed several at once.
		for (;;) {
			const message = capture.messages[this.#next];
			if (message === undefined || message.atMs > clock.now() - this.#startedAtMs) break;
			this.#next += 1;
			this.#take(message.report);
			onMessage(message.report);
			if (this.#state !== "playing") return;
		}
		if (this.#next < capture.messages.length) {
			this.#wait();
			return;
		}
		this.#state = "over";
		onEnd();
	}

	#take(report: JsonObject): void {
		const { print } = report;
		if (!isJsonObject(print) || !isStatus(report)) return;
		this.#report = isFullReport(report) ? print : mergeReport(this.#report, print);
	}
}
