// The one connection to a broker that all Kobra 2 printers share: finds them by their topics, and hands each its reports.

import type { Clock, Timer } from "../../../platform/clock";
import type { Log } from "../../../platform/log";
import type { MqttClient, MqttConnection } from "../../../platform/mqtt";
import type { PortError } from "../../../platform/port-error";
import type { Random } from "../../../platform/random";
import type { TextCodec } from "../../../platform/text-codec";
import type { LinkReport } from "../../link-report";
import { LAST_RETRY_MS, retryDelayMs } from "../../retry";
import type { AnycubicAddress, AnycubicLink, AnycubicLinkEvents } from "../anycubic-connection";
import { randomClientId } from "../client-id";
import { ENVELOPE_KEYS, readEnvelope } from "../envelope";
import { MessageAssembly } from "../message-assembly";
import { parseTopic, type ReportTopic, reportFilter } from "../topics";
import { type BrokerTrouble, brokerHelp, brokerTroubleOf, linkErrorOf, needsPerson } from "./broker-help";
import { BrokerPrinter } from "./broker-printer";
import type { BrokerTarget } from "./broker-target";
import { type FoundPrinter, FoundPrinters } from "./found-printers";

export const KEEP_ALIVE_MS = 30_000;
export const CONNECT_TIMEOUT_MS = 15_000;
/** For the answer to the subscription. */
export const SUBSCRIBE_MS = 10_000;
/** A connection that lasted this long was a good one: the next pause is the shortest again. */
export const STABLE_MS = 60_000;

export interface BrokerLinkOptions {
	target: BrokerTarget;
	clock: Clock;
	random: Random;
	log: Log;
	mqtt: MqttClient;
	text: TextCodec;
	/** Of the connection to the broker. */
	onStatus?(report: LinkReport): void;
	/** A printer was heard for the first time, or has come or gone. The one that was heard last comes first. */
	onFound?(printers: readonly FoundPrinter[]): void;
}

type Phase = "stopped" | "waiting" | "connecting" | "subscribing" | "open";

export class BrokerLink {
	private readonly options: BrokerLinkOptions;
	private target: BrokerTarget;
	/** Somebody wants it beside the printers: to find some. */
	private isStarted = false;
	private readonly users = new Set<BrokerPrinter>();
	private phase: Phase = "stopped";
	private failures = 0;
	private openSinceMs = 0;
	private trouble: BrokerTrouble | undefined;
	private cause: PortError | undefined;
	private connection: MqttConnection | undefined;
	/** While the connection before says goodbye. */
	private farewell: Promise<void> | undefined;
	private timer: Timer | undefined;
	private reported = "";
	readonly #found = new FoundPrinters();
	private readonly assembly = new MessageAssembly();
	/** Of the message that is coming in. */
	private message: { topic: ReportTopic | undefined; isWanted: boolean } | undefined;
	private hasDropped = false;

	constructor(options: BrokerLinkOptions) {
		this.options = options;
		this.target = options.target;
	}

	/** Connects, and stays connected until closed, also without any printer. */
	start(): void {
		this.isStarted = true;
		this.open();
	}

	/** Resolves when the goodbye is said, unless a printer still needs the connection. May be called any number of times. */
	close(): Promise<void> {
		this.isStarted = false;
		return this.closeIfUnused();
	}

	/** Connects there from now on: at once, if it is in use. */
	retarget(target: BrokerTarget): void {
		this.target = target;
		if (this.phase === "stopped") return;
		this.stop();
		this.open();
	}

	/** Those that were heard of, on this connection or before. The one that was heard last comes first. */
	get found(): readonly FoundPrinter[] {
		return this.#found.list;
	}

	/** The way to that printer. It is used from its `start` on. Of one whose model is not known, that is found out. */
	printer(address: AnycubicAddress, events: AnycubicLinkEvents): AnycubicLink {
		const { clock, random } = this.options;
		const link = this;
		return new BrokerPrinter({
			address,
			clock,
			random,
			onStatus: (report) => events.onStatus(report),
			onReport: (type, text) => events.onReport(type, text),
			onResponse: (text) => events.onResponse?.(text),
			onModel: (modelId) => events.onModel?.(modelId),
			door: {
				get status() {
					return link.status;
				},
				publish: (topic, payload) => this.connection?.publish(topic, payload) ?? false,
				help: (trouble) => this.help(trouble),
				opened: (printer) => {
					this.users.add(printer);
					this.open();
				},
				closed: (printer) => {
					this.users.delete(printer);
					return this.closeIfUnused();
				},
			},
		});
	}

	private open(): void {
		if (this.phase !== "stopped") return;
		this.failures = 0;
		this.enter("connecting");
		this.connect();
	}

	private async closeIfUnused(): Promise<void> {
		if (!this.isStarted && this.users.size === 0 && this.phase !== "stopped") this.stop();
		await this.farewell;
	}

	private stop(): void {
		this.timer?.cancel();
		this.trouble = undefined;
		this.cause = undefined;
		this.disconnect();
		this.enter("stopped");
	}

	private connect(): void {
		// Whoever was told of it may have closed this.
		if (this.phase !== "connecting" || this.connection) return;
		if (this.farewell) {
			void this.farewell.then(() => this.connect());
			return;
		}
		const { mqtt, random } = this.options;
		const { host, port, tls, username, password } = this.target;
		this.connection = mqtt.connect({
			host,
			port,
			...(tls && { tls }),
			...(username !== undefined && { username }),
			...(password !== undefined && { password }),
			clientId: randomClientId(random),
			keepAliveMs: KEEP_ALIVE_MS,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			onOpen: () => this.opened(),
			onSubscribed: (_topic, granted) => this.subscribed(granted),
			onMessage: (topic, bytes, remainingBytes) => this.take(topic, bytes, remainingBytes),
			onClosed: (error) => {
				this.connection = undefined;
				this.options.log.warn(`broker: ${error.message} (${error.code})`);
				this.retry(brokerTroubleOf(error), error);
			},
		});
	}

	private opened(): void {
		this.enter("subscribing");
		this.connection?.subscribe(reportFilter());
		this.after(SUBSCRIBE_MS, () => {
			this.disconnect();
			this.retry("unreachable", undefined);
		});
	}

	private subscribed(granted: boolean): void {
		if (this.phase !== "subscribing") return;
		if (!granted) {
			this.disconnect();
			this.retry("not_allowed", undefined);
			return;
		}
		this.timer?.cancel();
		this.openSinceMs = this.options.clock.now();
		this.trouble = undefined;
		this.cause = undefined;
		this.enter("open");
	}

	private retry(trouble: BrokerTrouble, cause: PortError | undefined): void {
		const { clock, random } = this.options;
		const hasLasted = this.phase === "open" && clock.now() - this.openSinceMs >= STABLE_MS;
		this.failures = hasLasted ? 1 : this.failures + 1;
		this.trouble = trouble;
		this.cause = cause;
		this.forget();
		this.enter("waiting");
		if (this.phase !== "waiting") return;
		const delayMs = retryDelayMs(needsPerson(trouble) ? LAST_RETRY_MS : this.failures, random());
		this.after(delayMs, () => {
			this.enter("connecting");
			this.connect();
		});
	}

	private disconnect(): void {
		const closing = this.connection?.close();
		this.connection = undefined;
		this.forget();
		if (!closing) return;
		const farewell = Promise.all([this.farewell, closing]).then(() => {
			if (this.farewell === farewell) this.farewell = undefined;
		});
		this.farewell = farewell;
	}

	/** The rest of a message never comes. */
	private forget(): void {
		this.assembly.reset();
		this.message = undefined;
	}

	private take(topicName: string, bytes: Uint8Array, remainingBytes: number): void {
		this.message ??= this.begin(topicName);
		const { topic, isWanted } = this.message;
		const whole = isWanted ? this.assembly.take(bytes, remainingBytes) : undefined;
		if (remainingBytes > 0) return;
		this.message = undefined;
		if (topic === undefined) return;
		if (whole === "too_large") this.dropped(topic);
		this.deliver(topic, whole instanceof Uint8Array ? this.options.text.decode(whole) : undefined);
	}

	private begin(topicName: string): { topic: ReportTopic | undefined; isWanted: boolean } {
		const topic = parseTopic(topicName);
		const isWanted = topic !== undefined && (topic.type === "lastWill" || this.userOf(topic).length > 0);
		return { topic, isWanted };
	}

	private deliver(topic: ReportTopic, text: string | undefined): void {
		if (topic.kind === "response") {
			for (const printer of this.userOf(topic)) printer.answered(text);
			return;
		}
		const isOffline = topic.type === "lastWill" && text !== undefined && saysOffline(text);
		const isNews = this.#found.heard(topic, !isOffline, this.options.clock.now());
		for (const printer of this.userOf(topic)) printer.heard(topic, text, isOffline);
		if (isNews) this.options.onFound?.(this.#found.list);
	}

	private userOf({ modelId, deviceId }: AnycubicAddress): BrokerPrinter[] {
		return [...this.users].filter(
			({ address }) =>
				(address.modelId === "" || address.modelId === modelId) &&
				address.deviceId.toLowerCase() === deviceId.toLowerCase(),
		);
	}

	/** Once is enough: who sends such messages sends many. */
	private dropped({ type, deviceId }: ReportTopic): void {
		if (this.hasDropped) return;
		this.hasDropped = true;
		this.options.log.warn(`printer ${deviceId}: a message "${type}" is larger than any report should be`);
	}

	private after(delayMs: number, callback: () => void): void {
		this.timer?.cancel();
		// Whoever was told of it may have closed this.
		if (this.phase === "stopped") return;
		this.timer = this.options.clock.after(delayMs, callback);
	}

	private enter(phase: Phase): void {
		this.phase = phase;
		const report = this.status;
		const key = `${phase === "open"} ${report.status} ${report.help ?? ""}`;
		if (key === this.reported) return;
		this.reported = key;
		for (const printer of [...this.users]) printer.brokerChanged();
		if (phase !== "stopped") this.options.onStatus?.(report);
	}

	private get status(): LinkReport {
		if (this.phase === "open") return { status: "online" };
		const isTrying = this.phase === "connecting" || this.phase === "subscribing";
		const report: LinkReport = { status: isTrying ? "connecting" : "offline" };
		const trouble = this.trouble;
		if (trouble === undefined) return report;
		report.error = linkErrorOf(trouble);
		report.help = this.help(trouble);
		if (this.cause?.certificate) report.certificate = this.cause.certificate;
		return report;
	}

	private help(trouble: BrokerTrouble): string {
		const { host, port } = this.target;
		return brokerHelp(trouble, `${host}:${port}`, this.cause);
	}
}

function saysOffline(text: string): boolean {
	const envelope = readEnvelope(text, ENVELOPE_KEYS);
	return typeof envelope !== "string" && envelope.state === "offline";
}
