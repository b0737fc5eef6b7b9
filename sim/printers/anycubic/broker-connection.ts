// A Kobra 2 at somebody's MQTT broker: connects as such printers do, and leaves a last will there.

import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { commandFilter } from "./topics";
import type { VirtualKobra } from "./virtual-kobra";

export interface BrokerTarget {
	/** "mqtt://host:1883" or "mqtts://host:8883"; user and password may stand in it. */
	readonly url: string;
	/** PEM: whom the printer trusts to vouch for the broker. Of `mqtts` alone. */
	readonly authorities?: readonly string[];
	/** PEM: what the printer shows of itself. */
	readonly identity?: { readonly certificate: string; readonly privateKey: string };
}

export interface BrokerConnectionOptions {
	readonly printer: VirtualKobra;
	readonly target: BrokerTarget;
	/** A line for a person. */
	onStatus?(status: "connected" | "lost", help: string): void;
	readonly reconnectMs?: number;
}

const keepAliveSeconds = 30;
const connectTimeoutMs = 10_000;
/** For the goodbye. */
const closeTimeoutMs = 2000;

export class BrokerConnection {
	readonly #printer: VirtualKobra;
	readonly #target: BrokerTarget;
	readonly #reconnectMs: number;
	readonly #onStatus: (status: "connected" | "lost", help: string) => void;
	readonly #endings: (() => void)[];
	#client: MqttClient | undefined;
	/** The last thing that was said, so that it is not said at each attempt. */
	#help = "";
	#closing: Promise<void> | undefined;

	constructor({ printer, target, onStatus, reconnectMs = 1000 }: BrokerConnectionOptions) {
		this.#printer = printer;
		this.#target = target;
		this.#reconnectMs = reconnectMs;
		this.#onStatus = onStatus ?? (() => {});
		this.#endings = [
			printer.onMessage((topic, text) => this.#publish(topic, text)),
			printer.switches.onChange((name, on) => {
				if (name !== "offline") return;
				if (on) this.#vanish();
				else this.start();
			}),
		];
	}

	/** Connects, and keeps connecting until closed. Does nothing while the printer is switched offline. */
	start(): void {
		if (this.#closing || this.#client || this.#printer.switches.values.offline) return;
		const client = mqtt.connect(this.#target.url, this.#options());
		this.#client = client;
		client.on("connect", () => this.#onConnected(client));
		client.on("message", (topic, payload) => this.#printer.handleMessage(topic, payload.toString()));
		client.on("error", (error) => this.#onLost(client, error.message));
		client.on("close", () => this.#onLost(client, "the connection is over"));
	}

	/** Says goodbye and ends the connection. May be called any number of times. */
	close(): Promise<void> {
		this.#closing ??= this.#end();
		return this.#closing;
	}

	#options(): IClientOptions {
		const { authorities, identity } = this.#target;
		const { topic, text } = this.#printer.lastWill();
		// These printers look at who vouches for a broker, and not at its name.
		const trust = { checkServerIdentity: () => undefined };
		return {
			protocolVersion: 4,
			clientId: `${this.#printer.address.deviceId}-${process.pid}`,
			clean: true,
			keepalive: keepAliveSeconds,
			connectTimeout: connectTimeoutMs,
			reconnectPeriod: this.#reconnectMs,
			// What a printer could not say in time is over.
			queueQoSZero: false,
			will: { topic, payload: Buffer.from(text), qos: 0, retain: false },
			...(authorities && { ca: [...authorities] }),
			...(identity && { cert: identity.certificate, key: identity.privateKey }),
			...trust,
		};
	}

	#onConnected(client: MqttClient): void {
		client.subscribe(commandFilter(this.#printer.address), { qos: 0 }, (error) => {
			if (client !== this.#client || this.#closing || error) return;
			this.#printer.setConnected(true);
			this.#tell("connected", "connected");
			this.#printer.announce();
		});
	}

	#onLost(client: MqttClient, help: string): void {
		if (client !== this.#client || this.#closing) return;
		this.#printer.setConnected(false);
		this.#tell("lost", help);
	}

	/** A refused connection has an error first, and then an end that says less. */
	#tell(status: "connected" | "lost", help: string): void {
		const isRepeated = status === "lost" && this.#help !== "" && this.#help !== "connected";
		if (isRepeated && (this.#help === help || help === "the connection is over")) return;
		this.#help = help;
		this.#onStatus(status, help);
	}

	#publish(topic: string, text: string): void {
		if (this.#client?.connected) this.#client.publish(topic, text, { qos: 0, retain: false }, () => {});
	}

	/** No goodbye: the broker finds out, and says the last will. */
	#vanish(): void {
		const client = this.#client;
		this.#client = undefined;
		this.#printer.setConnected(false);
		client?.end(true);
	}

	async #end(): Promise<void> {
		for (const end of this.#endings) end();
		const client = this.#client;
		this.#printer.setConnected(false);
		if (client === undefined) return;
		if (client.connected) {
			const { topic, text } = this.#printer.lastWill();
			client.publish(topic, text, { qos: 0 }, () => {});
		}
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => client.end(true, () => resolve()), closeTimeoutMs);
			client.end(!client.connected, () => {
				clearTimeout(timer);
				resolve();
			});
		});
	}
}
