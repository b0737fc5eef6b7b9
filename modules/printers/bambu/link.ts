// One MQTT connection to one Bambu printer: carries out what the link machine decides.

import type { Clock, Timer } from "../../platform/clock";
import type { Log } from "../../platform/log";
import type { MqttClient, MqttConnection } from "../../platform/mqtt";
import type { PortError } from "../../platform/port-error";
import type { Random } from "../../platform/random";
import type { PrinterTarget } from "../printer";
import type { LinkError, LinkStatus } from "../printer-state";
import { linkHelp } from "./link-errors";
import {
	initialLink,
	isSettled,
	type LinkAction,
	type LinkEvent,
	type LinkMachine,
	linkStatus,
	stepLink,
} from "./link-machine";

/** All printers know this one user; the access code is the password. */
export const USER = "bblp";
export const KEEP_ALIVE_MS = 30_000;
/** The slowest handshakes measured took 5 s. */
export const CONNECT_TIMEOUT_MS = 15_000;
/** The AMS hangs on larger ids. */
const LAST_SEQUENCE_ID = 0x7fffffff;
/** Below are ids of the vendor's own slicer (20000–29999). */
const FIRST_SEQUENCE_ID = 100_000;

/** Whom to connect to, and by what means. */
export interface BambuConnection extends PrinterTarget {
	serial: string;
	clock: Clock;
	random: Random;
	log: Log;
	mqtt: MqttClient;
	/** DER certificates that a printer's chain may end at. */
	authorities: readonly Uint8Array[];
	/** Unique on the network: two clients with one id push each other out for ever. */
	clientId: string;
}

export interface BambuLinkOptions extends BambuConnection {
	onStatus(status: LinkReport): void;
	/** A piece of a message from the printer; see {@link MqttOptions.onMessage}. */
	onMessage(bytes: Uint8Array, remainingBytes: number): void;
}

export interface LinkReport {
	status: LinkStatus;
	error?: LinkError;
	help?: string;
	certificate?: { commonName: string; sha256: string };
}

export class BambuLink {
	private readonly options: BambuLinkOptions;
	private target: PrinterTarget;
	private machine: LinkMachine = initialLink;
	private connection: MqttConnection | undefined;
	/** While the connection before says goodbye: a printer must not meet one client id twice. */
	private farewell: Promise<void> | undefined;
	private timer: Timer | undefined;
	#heardAtMs: number | undefined;
	/** As the certificate spells it; topics are case-sensitive. */
	private topicSerial: string;
	private sequenceId: number;
	/** Why the last attempt failed; what is said about the error that it led to. */
	private cause: PortError | undefined;
	private reported = "";

	constructor(options: BambuLinkOptions) {
		this.options = options;
		this.target = options;
		this.topicSerial = options.serial;
		// Secured printers refuse an id that was used before, also before our last restart.
		this.sequenceId = FIRST_SEQUENCE_ID + Math.floor(options.random() * 0x3fffffff);
	}

	start(): void {
		this.step({ type: "start", nowMs: this.now() });
	}

	/** A whole message was understood; `full` when it names everything. Keeps the link alive. */
	heard(full: boolean): void {
		const nowMs = this.now();
		this.#heardAtMs = nowMs;
		// Printers send several messages a second; nearly all of them take this way.
		if (isSettled(this.machine, full)) this.machine = { ...this.machine, lastMessageAtMs: nowMs };
		else this.step({ type: "message", full, nowMs });
	}

	/** The sequence id under which the request went out; `undefined` when there is no connection to take it. */
	send(section: string, body: object): string | undefined {
		this.sequenceId = this.sequenceId >= LAST_SEQUENCE_ID ? FIRST_SEQUENCE_ID : this.sequenceId + 1;
		const sequenceId = String(this.sequenceId);
		const request = JSON.stringify({ [section]: { sequence_id: sequenceId, ...body } });
		const isSent = this.connection?.publish(`device/${this.topicSerial}/request`, request) ?? false;
		return isSent ? sequenceId : undefined;
	}

	/** When a whole message was last understood. `undefined`: never. */
	get heardAtMs(): number | undefined {
		return this.#heardAtMs;
	}

	/** Connects there from now on: at once, unless it is stopped. */
	retarget(target: PrinterTarget): void {
		this.target = target;
		const isStopped = this.machine.phase === "stopped";
		// Whether it was ever heard is true of the printer wherever it is.
		const { proven } = this.machine;
		if (!isStopped) void this.close();
		this.machine = { ...initialLink, proven };
		if (!isStopped) this.start();
	}

	/**
	 * Ends the connection in good order. May be called any number of times; no callback comes afterwards, unless it is
	 * started again.
	 */
	async close(): Promise<void> {
		this.machine = { ...this.machine, phase: "stopped" };
		this.timer?.cancel();
		this.timer = undefined;
		this.disconnect();
		await this.farewell;
	}

	private now(): number {
		return this.options.clock.now();
	}

	private step(event: LinkEvent): void {
		if (this.machine.phase === "stopped" && event.type !== "start") return;
		const { phase, error } = this.machine;
		const { machine, actions, wakeAfterMs } = stepLink(this.machine, event, this.options.random());
		this.machine = machine;
		if (wakeAfterMs !== undefined) this.wakeAfter(wakeAfterMs);
		for (const action of actions) this.act(action);
		if (this.machine.phase !== phase || this.machine.error !== error) this.report();
	}

	private act(action: LinkAction): void {
		switch (action) {
			case "connect":
				if (this.farewell) void this.farewell.then(() => this.connect());
				else this.connect();
				break;
			case "disconnect":
				this.disconnect();
				break;
			case "subscribe":
				this.connection?.subscribe(`device/${this.topicSerial}/report`);
				break;
			case "askVersion":
				this.request("info", { command: "get_version" });
				break;
			case "askFullReport":
				this.request("pushing", { command: "pushall", version: 1, push_target: 1 });
				break;
			case "askStream":
				this.request("pushing", { command: "start" });
				break;
		}
	}

	private connect(): void {
		if (this.machine.phase !== "connecting" || this.connection) return;
		const options = this.options;
		const { serial } = options;
		const { host, port, accessCode, pinnedSha256 } = this.target;
		this.connection = options.mqtt.connect({
			host,
			port,
			tls: {
				authorities: options.authorities,
				commonName: serial,
				...(pinnedSha256 && { pinnedSha256 }),
			},
			clientId: options.clientId,
			username: USER,
			password: accessCode,
			keepAliveMs: KEEP_ALIVE_MS,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			onOpen: (certificateName) => {
				this.topicSerial = certificateName ?? serial;
				// What is wrong from now on is not what was wrong with the attempt before.
				this.cause = undefined;
				this.step({ type: "opened", nowMs: this.now() });
			},
			onSubscribed: (_topic, granted) => this.step({ type: "subscribed", granted, nowMs: this.now() }),
			onMessage: (_topic, bytes, remaining) => options.onMessage(bytes, remaining),
			onClosed: (error) => {
				this.connection = undefined;
				this.cause = error;
				options.log.warn(`printer ${serial}: ${error.message} (${error.code})`);
				this.step({ type: "closed", error, nowMs: this.now() });
			},
		});
	}

	private disconnect(): void {
		const closing = this.connection?.close();
		this.connection = undefined;
		this.cause = undefined;
		if (!closing) return;
		const farewell = Promise.all([this.farewell, closing]).then(() => {
			if (this.farewell === farewell) this.farewell = undefined;
		});
		this.farewell = farewell;
	}

	private request(section: string, body: Record<string, string | number>): void {
		const sent = this.send(section, body);
		if (!sent) this.options.log.warn(`printer ${this.options.serial}: "${body.command}" could not be sent`);
	}

	private wakeAfter(delayMs: number): void {
		this.timer?.cancel();
		this.timer = this.options.clock.after(delayMs, () => {
			this.timer = undefined;
			this.step({ type: "woken", nowMs: this.now() });
		});
	}

	private report(): void {
		const { error } = this.machine;
		const status = linkStatus(this.machine);
		const report: LinkReport = { status };
		if (error) {
			const { serial } = this.options;
			const { host } = this.target;
			const cause = this.cause;
			report.error = error;
			report.help = linkHelp(error, { host, serial, cause });
			if (cause?.certificate) report.certificate = cause.certificate;
		}
		const text = `${status} ${report.help ?? ""}`;
		if (text === this.reported) return;
		this.reported = text;
		this.options.onStatus(report);
	}
}
