// One printer at a broker: whether it is there, how it is asked, and on which topics it listens.

import type { Clock, Timer } from "../../../platform/clock";
import type { Random } from "../../../platform/random";
import type { LinkReport } from "../../link-report";
import type {
	AnycubicAddress,
	AnycubicCommand,
	AnycubicLink,
	AnycubicLinkEvents,
} from "../anycubic-connection";
import { messageId } from "../commands/message-id";
import { writeCommand } from "../envelope";
import { KOBRA_2 } from "../models";
import { commandTopic } from "../topics";
import { type BrokerTrouble, linkErrorOf } from "./broker-help";
import { type AskedForms, type BrokerForm, formOf } from "./command-form";

/** After this time without a word it is asked; it says something by itself only when something changes. */
export const SILENCE_MS = 30_000;
/** After this time without a word, and questions that were not answered, it is taken to be gone without a last will. */
export const GONE_MS = 90_000;
/** For an answer. */
export const ANSWER_MS = 10_000;
/** Questions on both forms without a usable answer; then it is taken to listen as today's firmware does. */
const MOST_PROBES = 3;

/** The broker's connection, as far as a printer needs it. */
export interface BrokerDoor {
	/** Of the connection to the broker itself; "online" when everything can be read. */
	readonly status: LinkReport;
	/** False when there is no connection to take it. */
	publish(topic: string, payload: string): boolean;
	help(trouble: BrokerTrouble): string;
	opened(printer: BrokerPrinter): void;
	closed(printer: BrokerPrinter): Promise<void>;
}

export interface BrokerPrinterOptions extends AnycubicLinkEvents {
	address: AnycubicAddress;
	clock: Clock;
	random: Random;
	door: BrokerDoor;
}

type Heard = AnycubicAddress & { type: string };

export class BrokerPrinter implements AnycubicLink {
	readonly address: AnycubicAddress;
	private readonly options: BrokerPrinterOptions;
	private topicAddress: AnycubicAddress;
	private isStarted = false;
	/** The broker's connection is there. */
	private isJoined = false;
	/** On this connection; a last will does not count. */
	private heardAtMs: number | undefined;
	/** Of a question that was not answered yet. */
	private askedAtMs: number | undefined;
	private isOff = false;
	private isSilent = false;
	private form: BrokerForm | undefined;
	private asked: AskedForms | undefined;
	private probes = 0;
	/** Whether it was asked for everything since it is there. */
	private isQueried = false;
	private timer: Timer | undefined;
	private reported = "";

	constructor(options: BrokerPrinterOptions) {
		this.options = options;
		this.address = options.address;
		this.topicAddress = options.address;
	}

	start(): void {
		if (this.isStarted) return;
		this.isStarted = true;
		this.reported = "";
		this.options.door.opened(this);
		// The broker may have been connected before.
		this.brokerChanged();
	}

	publish(command: AnycubicCommand): boolean {
		return this.isJoined && !this.isOff && this.send(command, this.form ?? "type");
	}

	async close(): Promise<void> {
		if (!this.isStarted) return;
		this.isStarted = false;
		this.leave();
		await this.options.door.closed(this);
	}

	/** The connection to the broker is another one, or is none. */
	brokerChanged(): void {
		if (!this.isStarted) return;
		const isOpen = this.options.door.status.status === "online";
		if (isOpen && !this.isJoined) this.join();
		else if (!isOpen) this.leave();
		this.report();
	}

	/** A message of the printer; the text of those that could be read. */
	heard({ modelId, deviceId, type }: Heard, text: string | undefined, isOffline: boolean): void {
		if (!this.isJoined) return;
		// As the printer spells it: topics are case-sensitive.
		const isOther = modelId !== this.topicAddress.modelId;
		this.topicAddress = { modelId, deviceId };
		if (isOther) this.options.onModel?.(modelId);
		// Whoever was told of it may have closed this.
		if (!this.isJoined) return;
		const nowMs = this.options.clock.now();
		const wasThere = this.heardAtMs !== undefined;
		// The answer to what was asked a moment ago may be this one, or be on its way.
		const wasAsked = this.askedAtMs !== undefined && nowMs - this.askedAtMs < ANSWER_MS && !this.isOff;
		this.isOff = isOffline;
		this.askedAtMs = undefined;
		this.isSilent = false;
		if (isOffline) {
			this.heardAtMs = undefined;
			this.timer?.cancel();
		} else {
			this.heardAtMs = nowMs;
			if (!wasThere && !wasAsked) this.welcome();
			if (type === "ota" && text !== undefined) this.learn(text);
		}
		this.report();
		if (text !== undefined && this.isStarted) this.options.onReport(type, text);
	}

	/** A command has reached the printer. */
	answered(text: string | undefined): void {
		if (this.isJoined && text !== undefined) this.options.onResponse?.(text);
	}

	private join(): void {
		this.isJoined = true;
		this.isOff = false;
		this.isSilent = false;
		this.heardAtMs = undefined;
		this.welcome();
	}

	private leave(): void {
		this.isJoined = false;
		this.heardAtMs = undefined;
		this.timer?.cancel();
	}

	/** It may be there: asks on both forms, since its firmware may be another one than before. */
	private welcome(): void {
		this.form = undefined;
		this.probes = 0;
		this.isQueried = false;
		this.ask();
	}

	private ask(): void {
		const { clock } = this.options;
		this.askedAtMs = clock.now();
		if (this.form === undefined) this.probe();
		else this.query("status", "query", this.form);
		this.wakeAfter(ANSWER_MS);
	}

	private probe(): void {
		this.probes++;
		this.asked = {
			type: this.query("ota", "reportVersion", "type"),
			type_action: this.query("ota", "reportVersion", "type_action"),
		};
	}

	private learn(text: string): void {
		const form = formOf(text, this.asked);
		if (form === undefined) return;
		this.form = form;
		if (!this.isQueried) this.queryAll(form);
	}

	/** What it does not say by itself. */
	private queryAll(form: BrokerForm): void {
		this.isQueried = true;
		this.query("status", "query", form);
		this.query("print", "query", form);
		this.query("peripherie", "query", form);
	}

	private woken(): void {
		const nowMs = this.options.clock.now();
		const silentMs = nowMs - (this.heardAtMs ?? Number.NEGATIVE_INFINITY);
		const isWaiting = this.askedAtMs !== undefined;
		if (isWaiting && silentMs >= ANSWER_MS) this.isSilent = true;
		if (this.isSilent && this.heardAtMs !== undefined && silentMs >= GONE_MS) this.gone();
		const isUnknown = this.form === undefined;
		if (isUnknown && this.heardAtMs !== undefined && this.probes >= MOST_PROBES) {
			// It talks, and does not say what it is.
			this.form = "type";
			this.queryAll("type");
			this.wakeAfter(SILENCE_MS);
		} else if (isUnknown || silentMs >= SILENCE_MS) {
			this.ask();
			// One that is not there is not asked all the time.
			if (this.isSilent) this.wakeAfter(SILENCE_MS);
		} else {
			this.wakeAfter(SILENCE_MS - silentMs);
		}
		this.report();
	}

	/** When it is back it may have other firmware, and be doing something else. */
	private gone(): void {
		this.heardAtMs = undefined;
		this.form = undefined;
		this.probes = 0;
		this.isQueried = false;
	}

	private wakeAfter(delayMs: number): void {
		this.timer?.cancel();
		this.timer = this.options.clock.after(delayMs, () => this.woken());
	}

	private query(type: string, action: string, form: BrokerForm): string {
		const msgid = messageId(this.options.random);
		this.send({ type, action, msgid, data: null }, form);
		return msgid;
	}

	private send(command: AnycubicCommand, form: BrokerForm): boolean {
		const { clock, door } = this.options;
		const { modelId, deviceId } = this.topicAddress;
		const text = writeCommand(command, clock.wallTime() ?? clock.now());
		let isSent = false;
		// One whose model is not known yet is called by all the names that it can have.
		for (const id of modelId === "" ? KOBRA_2 : [modelId]) {
			const topic = commandTopic({ modelId: id, deviceId }, command, form);
			if (topic !== undefined && door.publish(topic, text)) isSent = true;
		}
		return isSent;
	}

	private report(): void {
		if (!this.isStarted) return;
		const report = this.status;
		const key = `${report.status} ${report.help ?? ""} ${report.certificate?.sha256 ?? ""}`;
		if (key === this.reported) return;
		this.reported = key;
		this.options.onStatus(report);
	}

	private get status(): LinkReport {
		if (!this.isJoined) return this.options.door.status;
		if (this.isOff) return this.trouble("printer_off");
		if (this.heardAtMs !== undefined) return { status: this.isSilent ? "stale" : "online" };
		return this.isSilent ? this.trouble("printer_silent") : { status: "connecting" };
	}

	private trouble(trouble: BrokerTrouble): LinkReport {
		return { status: "offline", error: linkErrorOf(trouble), help: this.options.door.help(trouble) };
	}
}
