// The connection to one printer in LAN mode: a handshake for each connection, then MQTT at the printer's own broker.

import type { Timer } from "../../../platform/clock";
import type { Log } from "../../../platform/log";
import type { MqttClient, MqttConnection } from "../../../platform/mqtt";
import type { PortError } from "../../../platform/port-error";
import type { LinkReport } from "../../link-report";
import type { LinkStatus } from "../../printer-state";
import { LAST_RETRY_MS, retryDelayMs } from "../../retry";
import type {
	AnycubicAddress,
	AnycubicCommand,
	AnycubicLink,
	AnycubicLinkEvents,
} from "../anycubic-connection";
import { randomClientId } from "../client-id";
import { messageId } from "../commands/message-id";
import { writeCommand } from "../envelope";
import { MessageAssembly } from "../message-assembly";
import { commandTopic, lanForm, parseTopic, type ReportTopic, reportFilter } from "../topics";
import type { LanSession } from "./handshake";
import { LanError } from "./lan-error";
import { type LanTrouble, lanHelp, lanTroubleOf, linkErrorOf, needsPerson } from "./lan-help";
import { type LanMeans, shakeHands } from "./shake-hands";

export const KEEP_ALIVE_MS = 30_000;
export const CONNECT_TIMEOUT_MS = 15_000;
/** For the answer to the subscription. */
export const SUBSCRIBE_MS = 10_000;
/** How often it is looked whether the printer still talks; every second time its boxes are asked for, which never talk. */
export const TICK_MS = 15_000;
export const STALE_MS = 45_000;
/** After this time without a word the connection is made anew. */
export const RECONNECT_MS = 90_000;
/** A connection that lasted this long was a good one: the next pause is the shortest again. */
export const STABLE_MS = 60_000;

/** What the state is made of, and the printer does not say before it changes. */
const QUERIES: readonly string[] = Object.freeze([
	"info",
	"tempature",
	"fan",
	"light",
	"print",
	"peripherie",
]);

/** Where the printer is. */
export interface LanTarget {
	host: string;
	/** Of its HTTP server; that of all printers when left out. */
	port?: number;
	/** SHA-256 of the certificate that a person has confirmed. Left out: whatever is shown is refused, and told. */
	pinnedSha256?: string;
}

export interface LanLinkOptions extends LanMeans, AnycubicLinkEvents {
	target: LanTarget;
	/** Which printer is expected there. */
	deviceId: string;
	mqtt: MqttClient;
	log: Log;
}

type Phase = "stopped" | "waiting" | "asking" | "connecting" | "subscribing" | "silent" | "online" | "stale";

export class LanLink implements AnycubicLink {
	private readonly options: LanLinkOptions;
	private target: LanTarget;
	private phase: Phase = "stopped";
	private address: AnycubicAddress | undefined;
	/** Counts handshakes: what an older one brings is of no interest. */
	private attempt = 0;
	private failures = 0;
	private openSinceMs = 0;
	private heardAtMs = 0;
	private ticks = 0;
	private trouble: LanTrouble | undefined;
	private cause: LanError | PortError | undefined;
	/** TLS cannot use what the printer hands out; most of them do not ask for it. */
	private isNobody = false;
	private connection: MqttConnection | undefined;
	/** While the connection before says goodbye. */
	private farewell: Promise<void> | undefined;
	private timer: Timer | undefined;
	private reported = "";
	private readonly assembly = new MessageAssembly();
	/** Of the message that is coming in. */
	private message: { topic: ReportTopic | undefined } | undefined;
	private hasDropped = false;

	constructor(options: LanLinkOptions) {
		this.options = options;
		this.target = options.target;
	}

	start(): void {
		if (this.phase !== "stopped") return;
		this.reported = "";
		this.failures = 0;
		this.ask();
	}

	publish(command: AnycubicCommand): boolean {
		const address = this.address;
		const isOpen = this.phase === "silent" || this.phase === "online" || this.phase === "stale";
		const topic = address && isOpen ? commandTopic(address, command, lanForm(command)) : undefined;
		if (topic === undefined) return false;
		const { clock } = this.options;
		return this.connection?.publish(topic, writeCommand(command, clock.wallTime() ?? clock.now())) ?? false;
	}

	async close(): Promise<void> {
		this.phase = "stopped";
		this.attempt++;
		this.trouble = undefined;
		this.cause = undefined;
		this.disconnect();
		await this.farewell;
	}

	/** Connects there from now on: at once, unless it is stopped. */
	retarget(target: LanTarget): void {
		this.target = target;
		this.isNobody = false;
		if (this.phase === "stopped") return;
		void this.close();
		this.start();
	}

	private ask(): void {
		const attempt = ++this.attempt;
		this.enter("asking");
		this.session(attempt).catch((error: unknown) => {
			if (attempt !== this.attempt) return;
			const cause = error instanceof LanError ? error : new LanError("bad_answer", String(error), error);
			this.retry(cause.code, cause);
		});
	}

	private async session(attempt: number): Promise<void> {
		const { host, port } = this.target;
		// A printer must not meet its own login of before while that says goodbye.
		await this.farewell;
		if (attempt !== this.attempt) return;
		const session = await shakeHands(this.options, host, port);
		if (attempt !== this.attempt) return;
		const { deviceId } = session.address;
		if (deviceId.toLowerCase() !== this.options.deviceId.toLowerCase())
			throw new LanError("wrong_device", `it is the ${session.model} with the id ${deviceId}`);
		this.options.onModel?.(session.address.modelId);
		// Whoever was told of it may have closed this.
		if (attempt === this.attempt) this.connect(session);
	}

	private connect({ address, port, username, password, identity }: LanSession): void {
		const { mqtt, random } = this.options;
		const { host, pinnedSha256 } = this.target;
		const shown = this.isNobody ? undefined : identity;
		this.address = address;
		this.enter("connecting");
		// Whoever was told of it may have closed this.
		if (this.phase !== "connecting") return;
		this.connection = mqtt.connect({
			host,
			port,
			tls: { authorities: [], ...(pinnedSha256 && { pinnedSha256 }), ...(shown && { identity: shown }) },
			clientId: randomClientId(random),
			username,
			password,
			keepAliveMs: KEEP_ALIVE_MS,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			onOpen: () => this.opened(address),
			onSubscribed: (_topic, granted) => this.subscribed(granted),
			onMessage: (topic, bytes, remainingBytes) => this.take(topic, bytes, remainingBytes),
			onClosed: (error) => {
				this.connection = undefined;
				if (error.code === "invalid" && shown !== undefined) this.isNobody = true;
				this.retry(lanTroubleOf(error), error);
			},
		});
	}

	private opened(address: AnycubicAddress): void {
		this.enter("subscribing");
		this.connection?.subscribe(reportFilter(address));
		this.after(SUBSCRIBE_MS, () => this.retry("silent", undefined));
	}

	private subscribed(granted: boolean): void {
		if (this.phase !== "subscribing") return;
		if (!granted) {
			this.retry("refused", undefined);
			return;
		}
		const nowMs = this.options.clock.now();
		this.openSinceMs = nowMs;
		this.heardAtMs = nowMs;
		this.ticks = 0;
		this.enter("silent");
		for (const type of QUERIES) this.query(type, "query");
		this.query("multiColorBox", "getInfo");
		this.after(TICK_MS, () => this.tick());
	}

	private tick(): void {
		const silentMs = this.options.clock.now() - this.heardAtMs;
		if (silentMs >= RECONNECT_MS) {
			this.retry("silent", undefined);
			return;
		}
		this.after(TICK_MS, () => this.tick());
		this.ticks++;
		if (this.ticks % 2 === 0) this.query("multiColorBox", "getInfo");
		if (silentMs >= TICK_MS) this.query("info", "query");
		if (silentMs >= STALE_MS && this.phase === "online") this.enter("stale");
	}

	private query(type: string, action: string): void {
		this.publish({ type, action, msgid: messageId(this.options.random), data: null });
	}

	private take(topicName: string, bytes: Uint8Array, remainingBytes: number): void {
		this.message ??= { topic: this.topicOf(topicName) };
		const { topic } = this.message;
		const whole = topic === undefined ? undefined : this.assembly.take(bytes, remainingBytes);
		if (remainingBytes > 0) return;
		this.message = undefined;
		if (topic === undefined || whole === undefined) return;
		if (whole === "too_large") this.dropped(topic);
		else this.heard(topic, this.options.text.decode(whole));
	}

	private topicOf(topicName: string): ReportTopic | undefined {
		const topic = parseTopic(topicName);
		return topic?.deviceId === this.address?.deviceId ? topic : undefined;
	}

	private heard({ type, kind }: ReportTopic, text: string): void {
		if (kind === "response") {
			this.options.onResponse?.(text);
			return;
		}
		this.heardAtMs = this.options.clock.now();
		if (this.phase === "silent" || this.phase === "stale") {
			this.trouble = undefined;
			this.cause = undefined;
			this.enter("online");
		}
		// It may just have been closed.
		if (this.phase === "online") this.options.onReport(type, text);
	}

	/** Once is enough: who sends such messages sends many. */
	private dropped({ type, deviceId }: ReportTopic): void {
		if (this.hasDropped) return;
		this.hasDropped = true;
		this.options.log.warn(`printer ${deviceId}: a message "${type}" is larger than any report should be`);
	}

	private retry(trouble: LanTrouble, cause: LanError | PortError | undefined): void {
		const { clock, log, random, deviceId } = this.options;
		const wasOnline = this.phase === "online" || this.phase === "stale";
		const hasLasted = wasOnline && clock.now() - this.openSinceMs >= STABLE_MS;
		this.failures = hasLasted ? 1 : this.failures + 1;
		this.trouble = trouble;
		this.cause = cause;
		log.warn(`printer ${deviceId}: ${cause?.message ?? "it says nothing"} (${cause?.code ?? trouble})`);
		this.disconnect();
		this.enter("waiting");
		if (this.phase !== "waiting") return;
		const delayMs = retryDelayMs(needsPerson(trouble) ? LAST_RETRY_MS : this.failures, random());
		this.after(delayMs, () => this.ask());
	}

	private disconnect(): void {
		this.timer?.cancel();
		this.assembly.reset();
		this.message = undefined;
		const closing = this.connection?.close();
		this.connection = undefined;
		if (!closing) return;
		const farewell = Promise.all([this.farewell, closing]).then(() => {
			if (this.farewell === farewell) this.farewell = undefined;
		});
		this.farewell = farewell;
	}

	private after(delayMs: number, callback: () => void): void {
		this.timer?.cancel();
		// Whoever was told of it may have closed this.
		if (this.phase === "stopped") return;
		this.timer = this.options.clock.after(delayMs, callback);
	}

	private enter(phase: Phase): void {
		this.phase = phase;
		const trouble = this.trouble;
		const report: LinkReport = { status: statusOf(phase) };
		if (trouble !== undefined) {
			report.error = linkErrorOf(trouble);
			report.help = lanHelp(trouble, this.target.host, this.cause);
			const certificate = this.cause instanceof LanError ? undefined : this.cause?.certificate;
			if (certificate) report.certificate = certificate;
		}
		const key = `${report.status} ${report.help ?? ""} ${report.certificate?.sha256 ?? ""}`;
		if (key === this.reported) return;
		this.reported = key;
		this.options.onStatus(report);
	}
}

function statusOf(phase: Phase): LinkStatus {
	switch (phase) {
		case "stopped":
		case "waiting":
			return "offline";
		case "asking":
		case "connecting":
		case "subscribing":
		case "silent":
			return "connecting";
		case "online":
		case "stale":
			return phase;
	}
}
