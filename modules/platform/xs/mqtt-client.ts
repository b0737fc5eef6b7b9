// MQTT over the SDK's client: that brings the packets and the keep-alive, this keeps what a connection promises.

import Timer from "timer";
import type { MqttClient as MqttClientPort, MqttConnection, MqttOptions } from "../mqtt";
import { isPort } from "../parts/addresses";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { Conduit, type ConduitOwner } from "./conduit";
import { MqttGate, type MqttGateOwner } from "./gates/mqtt-gate";
import { News } from "./news";
import { openSocket } from "./open-socket";
import { type ConnectionPhase, hostNotFound, toPortError, unanswered } from "./port-errors";
import { AddressResolver, resolveHost } from "./resolve";
import { CONNACK, MqttClient, type MqttControl, type MqttHandlers, SUBACK, SUBSCRIBE } from "./sdk";
import { Stopwatch } from "./stopwatch";
import { Wire } from "./wire";

/** Topic and content of an incoming message. They are handed on as they come, so that this costs no memory. */
const MAX_PACKET_BYTES = 256 * 1024;
/** Of outgoing messages that the network has not taken yet. */
const MAX_WAITING_BYTES = 48 * 1024;
const MAX_TOPIC_BYTES = 0xffff;
const MAX_KEEP_ALIVE_SECONDS = 0xffff;
/** For a broker to hang up after DISCONNECT. */
const LINGER_MS = 1000;
/** What a PUBLISH has beside topic and content. */
const PUBLISH_OVERHEAD_BYTES = 16;
const DISCONNECT_PACKET = [0xe0, 0x00] as const;
Object.freeze(DISCONNECT_PACKET);

export function createMqttClient({ text }: { text: TextCodec }): MqttClientPort {
	return { connect: (options) => new XsMqttConnection(options, text) };
}

/** For the SDK, which calls them with its client as `this`. */
const HANDLERS: MqttHandlers<XsMqttConnection> = {
	onControl(message) {
		this.target.onControl(message);
	},
	onReadable(byteLength, { topic, byteLength: messageBytes }) {
		this.target.onBytes(this.read(byteLength), topic, messageBytes ?? byteLength);
	},
	onError() {
		this.target.onSilence();
	},
};
Object.freeze(HANDLERS);

class XsMqttConnection implements MqttConnection, ConduitOwner, MqttGateOwner {
	readonly about: string;
	private readonly options: MqttOptions;
	private readonly text: TextCodec;
	/** While it connects. */
	private stopwatch: Stopwatch | undefined = new Stopwatch();
	/** Of the attempt to connect. */
	private start: Timer | undefined;
	private forgetHost: (() => void) | undefined;
	private timer: Timer | undefined;
	private phase: ConnectionPhase = "connect";
	/** Closed or failed: nothing more is sent, and nothing more comes. */
	private hasEnded = false;
	private closed: Promise<void> | undefined;
	private conduit: Conduit | undefined;
	private client: MqttClient | undefined;
	private certificateName: string | undefined;
	/** Of subscriptions that wait for an answer, by the id of their packet. */
	private subscriptions: Map<number, string> | undefined;
	private lastId = 0;
	/** Of the message that is coming in. */
	private topic = "";
	private remainingBytes = 0;
	private readonly news = new News();

	constructor(options: MqttOptions, text: TextCodec) {
		this.options = options;
		this.text = text;
		this.about = `${options.host}:${options.port}`;
		this.timer = Timer.set(() => this.fail(this.timeoutError()), Math.max(0, options.connectTimeoutMs));
		// No callback runs before `connect` has returned, not even for what is wrong from the start.
		this.start = Timer.set(() => this.connect());
	}

	subscribe(topic: string): void {
		if (this.hasEnded || this.phase !== "open") return;
		this.lastId = (this.lastId % 0xffff) + 1;
		this.subscriptions ??= new Map();
		this.subscriptions.set(this.lastId, topic);
		try {
			this.client?.write(undefined, {
				operation: SUBSCRIBE,
				id: this.lastId,
				items: [{ topic, QoS: 0 }],
			});
		} catch {
			// No room, since the broker reads nothing: there will be no answer either.
			this.forgetSubscription(this.lastId);
		}
	}

	publish(topic: string, payload: string): boolean {
		if (this.hasEnded || this.phase !== "open" || this.conduit === undefined) return false;
		const bytes = this.text.encode(payload);
		const waitingBytes = this.conduit.queuedBytes + bytes.length + topic.length * 3 + PUBLISH_OVERHEAD_BYTES;
		if (waitingBytes > MAX_WAITING_BYTES || !isPublishable(topic, this.text)) return false;
		try {
			this.client?.write(bytes, { topic });
			return true;
		} catch {
			return false;
		}
	}

	close(): Promise<void> {
		this.closed ??= new Promise((resolve) => this.hangUp(resolve));
		return this.closed;
	}

	private connect(): void {
		this.start = undefined;
		try {
			checkOptions(this.options, this.text);
		} catch (error) {
			this.fail(error);
			return;
		}
		this.forgetHost = resolveHost(this.options.host, (address) => {
			if (address === undefined) this.fail(hostNotFound(this.options.host));
			else this.open(address);
		});
	}

	private open(address: string): void {
		this.forgetHost = undefined;
		try {
			this.conduit = this.createConduit(address);
			this.client = this.createClient(this.conduit, address);
		} catch (error) {
			this.fail(error);
		}
	}

	private forgetSubscription(id: number): void {
		this.subscriptions?.delete(id);
		if (this.subscriptions?.size === 0) this.subscriptions = undefined;
	}

	private createConduit(address: string): Conduit {
		const { port, tls } = this.options;
		return new Conduit({
			about: this.about,
			owner: this,
			gate: new MqttGate({ maxPacketBytes: MAX_PACKET_BYTES, owner: this }),
			capacityBytes: MAX_WAITING_BYTES,
			open: (owner) => openSocket({ address, port, owner, trust: tls }),
		});
	}

	private createClient(conduit: Conduit, address: string): MqttClient<XsMqttConnection> {
		const { host, port, clientId, username, password, keepAliveMs, will } = this.options;
		return new MqttClient({
			host,
			port,
			dns: { io: AddressResolver, address },
			socket: { io: Wire, conduit },
			id: clientId,
			...(username !== undefined && { user: username }),
			...(password !== undefined && { password }),
			...(will && { will: { topic: will.topic, message: will.payload, QoS: 0, retain: will.retain } }),
			keepAlive: keepAliveMs,
			...HANDLERS,
			target: this,
		});
	}

	// For the conduit and the gate

	onConnected(): void {
		this.phase = "handshake";
	}

	onVerified(commonName: string): void {
		this.certificateName = commonName;
	}

	onOver(reason: unknown): void {
		this.fail(reason);
	}

	onEmptyMessage(topic: Uint8Array): void {
		const name = this.text.decode(topic);
		this.news.tell(() => this.options.onMessage(name, new Uint8Array(0), 0));
	}

	// For the SDK's client

	/** What a socket or a gate met comes through the conduit: this is the SDK's keep-alive. */
	onSilence(): void {
		this.fail(new PortError("unreachable", `${this.about}: the broker no longer answers`));
	}

	onControl({ operation, id = 0, payload = [] }: MqttControl): void {
		if (operation === CONNACK) {
			this.phase = "open";
			this.stopwatch = undefined;
			Timer.clear(this.timer);
			this.timer = undefined;
			this.news.tell(() => this.options.onOpen(this.certificateName));
		} else if (operation === SUBACK) {
			const topic = this.subscriptions?.get(id);
			if (topic === undefined) return;
			this.forgetSubscription(id);
			const granted = payload.length > 0 && payload.every((code) => code < 0x80);
			this.news.tell(() => this.options.onSubscribed(topic, granted));
		}
	}

	/** A piece of a message; with its first one come its topic and how many bytes it has in all. */
	onBytes(bytes: Uint8Array | undefined, topic: string | undefined, messageBytes: number): void {
		if (topic !== undefined) {
			this.topic = topic;
			this.remainingBytes = messageBytes;
		}
		if (bytes === undefined || this.hasEnded) return;
		this.remainingBytes -= bytes.length;
		const name = this.topic;
		const remainingBytes = this.remainingBytes;
		this.news.tell(() => this.options.onMessage(name, bytes, remainingBytes));
	}

	private fail(reason: unknown): void {
		if (this.hasEnded) return;
		const error = toPortError(reason, this.phase, this.about, this.stopwatch?.elapsedMs ?? 0);
		this.release();
		this.conduit?.close();
		this.client?.close();
		// What came before the end still counts.
		this.news.tell(() => {
			this.news.end();
			this.options.onClosed(error);
		});
	}

	private hangUp(onFlushed: () => void): void {
		const isOpen = this.phase === "open" && !this.hasEnded;
		this.release();
		this.news.end();
		if (isOpen && this.conduit !== undefined) {
			this.conduit.write(Uint8Array.from(DISCONNECT_PACKET));
			this.conduit.end({ onFlushed, lingerMs: LINGER_MS });
		} else {
			this.conduit?.close();
			onFlushed();
		}
		this.client?.close();
	}

	/** Ends what could still call back. */
	private release(): void {
		this.hasEnded = true;
		Timer.clear(this.timer);
		Timer.clear(this.start);
		this.timer = undefined;
		this.start = undefined;
		this.forgetHost?.();
		this.forgetHost = undefined;
		this.subscriptions = undefined;
	}

	private timeoutError(): PortError {
		const { connectTimeoutMs } = this.options;
		if (this.phase === "connect") return unanswered(this.about, connectTimeoutMs);
		return new PortError(
			"timeout",
			`${this.about}: the connection was not ready after ${connectTimeoutMs} ms`,
		);
	}
}

function checkOptions(
	{ port, tls, username, password, keepAliveMs, will }: MqttOptions,
	text: TextCodec,
): void {
	if (!isPort(port)) throw new PortError("invalid", `a port is a number from 1 to ${0xffff}, not ${port}`);
	if (tls !== undefined && (tls.commonName === "" || (tls.authorities.length === 0 && !tls.pinnedSha256)))
		throw new PortError("invalid", "TLS needs the name to expect, and whom to trust");
	if (password !== undefined && username === undefined)
		throw new PortError("invalid", "MQTT has no password without a user name");
	const seconds = Math.ceil(keepAliveMs / 1000);
	if (!(seconds >= 0 && seconds <= MAX_KEEP_ALIVE_SECONDS))
		throw new PortError("invalid", `the keep-alive of MQTT is at most ${MAX_KEEP_ALIVE_SECONDS} seconds`);
	if (will !== undefined && !isPublishable(will.topic, text))
		throw new PortError("invalid", "the will has no topic that can be published to");
}

function isPublishable(topic: string, text: TextCodec): boolean {
	const isName = topic !== "" && !topic.includes("+") && !topic.includes("#") && !topic.includes("\0");
	return isName && (topic.length * 3 <= MAX_TOPIC_BYTES || text.encode(topic).length <= MAX_TOPIC_BYTES);
}
