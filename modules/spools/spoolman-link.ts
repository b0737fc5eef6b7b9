// How Spoolman is reached: the client that the settings ask for, what came of the last request, and when to ask again.

import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { Settings } from "../settings/settings";
import type { SpoolmanClient } from "./spoolman/spoolman-client";
import { SpoolmanError } from "./spoolman/spoolman-error";
import type { SpoolmanStatus } from "./spools-state";

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

/** What is asked of Spoolman. */
export type Spoolman = Pick<
	SpoolmanClient,
	"info" | "list" | "get" | "findByTag" | "setUsed" | "setTag" | "setLocation" | "ensureSpoolFor" | "close"
>;

export interface SpoolmanTarget {
	/** As it was entered. */
	url: string;
	apiKey: string;
	tagField: string;
}

export interface SpoolmanLinkOptions {
	settings: Pick<Settings, "get">;
	clock: Clock;
	events: Pick<EventLog, "add">;
	openSpoolman(target: SpoolmanTarget): Spoolman;
	onChange(): void;
}

export class SpoolmanLink {
	private readonly options: SpoolmanLinkOptions;
	private client: Spoolman | undefined;
	private shown: SpoolmanStatus = { state: "not_set_up" };
	private failures = 0;
	/** Not asked before, but for a person. */
	private nextAtMs = 0;
	/** Ends when clients of other settings have ended. Never rejects. */
	private ending: Promise<unknown> = Promise.resolve();
	private isClosed = false;

	constructor(options: SpoolmanLinkOptions) {
		this.options = options;
	}

	get status(): SpoolmanStatus {
		return this.shown;
	}

	get isSetUp(): boolean {
		return this.client !== undefined;
	}

	get isReady(): boolean {
		return this.shown.state === "ready";
	}

	/** Until it is to be asked again; 0 is now. */
	get waitMs(): number {
		return Math.max(0, this.nextAtMs - this.options.clock.now());
	}

	/** Takes the settings as they are now. */
	open(): void {
		if (this.isClosed) return;
		const { settings, openSpoolman } = this.options;
		this.end();
		const url = settings.get("spoolman.url");
		this.hurry();
		if (url.trim() === "") {
			this.show({ state: "not_set_up" });
			return;
		}
		const apiKey = settings.get("spoolman.apiKey");
		this.client = openSpoolman({ url, apiKey, tagField: settings.get("spoolman.tagField") });
		this.show({ state: "connecting" });
	}

	/** It need not be waited any longer. */
	hurry(): void {
		this.failures = 0;
		this.nextAtMs = 0;
	}

	/** Rejects with a {@link SpoolmanError}, and remembers what came of it. */
	async ask<T>(work: (client: Spoolman) => Promise<T>): Promise<T> {
		const { client } = this;
		if (!client) throw new SpoolmanError("unreachable", "No Spoolman is entered in the settings.");
		try {
			const answer = await work(client);
			if (client === this.client) this.reached();
			return answer;
		} catch (error) {
			if (client === this.client) this.failed(error);
			throw error;
		}
	}

	/** Asks for the version, as a sign of life. */
	async greet(): Promise<void> {
		const { client } = this;
		const { version } = await this.ask((spoolman) => spoolman.info());
		if (client === this.client) this.show({ state: "ready", version });
	}

	/** May be called any number of times. */
	async close(): Promise<void> {
		this.isClosed = true;
		this.end();
		await this.ending;
	}

	private end(): void {
		const { client } = this;
		this.client = undefined;
		if (client) this.ending = Promise.all([this.ending, client.close().catch(() => {})]);
	}

	private reached(): void {
		this.hurry();
		if (this.isReady) return;
		this.options.events.add("spoolman_reached", "firmware");
		const { version } = this.shown;
		this.show({ state: "ready", ...(version !== undefined && { version }) });
	}

	private failed(error: unknown): void {
		const { code, message } = toSpoolmanError(error);
		// It has answered, and what it answers is about that one request.
		if (code === "not_found" || code === "invalid") {
			this.reached();
			return;
		}
		const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.failures, 10));
		this.failures++;
		this.nextAtMs = this.options.clock.now() + waitMs;
		if (this.shown.state !== "failed") this.options.events.add("spoolman_lost", "firmware");
		const { version } = this.shown;
		this.show({ state: "failed", error: code, help: message, ...(version !== undefined && { version }) });
	}

	private show(status: SpoolmanStatus): void {
		const { state, error, version } = this.shown;
		if (state === status.state && error === status.error && version === status.version) return;
		this.shown = status;
		this.options.onChange();
	}
}

export function toSpoolmanError(error: unknown): SpoolmanError {
	if (error instanceof SpoolmanError) return error;
	const message = "Asking Spoolman failed. Try again; if that does not help, restart the device.";
	return new SpoolmanError("not_spoolman", message, { cause: error });
}
