// What a link to an Anycubic printer offers, whichever way it goes: by a broker, or by the printer's own LAN mode.

import type { LinkReport } from "../link-report";

/** Which printer it is, as its topics name it. */
export interface AnycubicAddress {
	/** "20022"; "" as long as it is not known. */
	modelId: string;
	/** 32 hex digits. */
	deviceId: string;
}

export interface AnycubicLink {
	/** Connects, and keeps connecting until closed. */
	start(): void;
	/** False when there is no connection to take it. `type` and `action` also choose the topic. */
	publish(command: AnycubicCommand): boolean;
	/** Resolves when the goodbye is said. May be called any number of times; no callback comes afterwards, unless started. */
	close(): Promise<void>;
}

export interface AnycubicLinkEvents {
	onStatus(report: LinkReport): void;
	/** A whole report: the last parts of its topic, such as "print" of `print/report`, and its text. */
	onReport(type: string, text: string): void;
	/** A `response`: a command has reached the printer. Its text names it. */
	onResponse?(text: string): void;
	/** The number of the printer's model, known before its first status "online". */
	onModel?(modelId: string): void;
}

/** One command, as its JSON says it. */
export interface AnycubicCommand {
	/** "print", "file", "status" … */
	readonly type: string;
	/** "start", "listLocal", "query" … */
	readonly action: string;
	/** Version 4 UUID; the printer's answers name it. */
	readonly msgid: string;
	readonly data: Readonly<Record<string, unknown>> | null;
}
