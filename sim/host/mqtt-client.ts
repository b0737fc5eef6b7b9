// MQTT over MQTT.js: that brings the packets and the keep-alive, this keeps what a connection promises.

import "./silent-packages";
import type { Socket } from "node:net";
import { ErrorWithReasonCode, MqttClient as MqttJsClient } from "mqtt";
import type { MqttClient, MqttConnection, MqttOptions } from "../../modules/platform/mqtt";
import { PortError } from "../../modules/platform/port-error";
import { callSafely } from "./callbacks";
import { MqttPacketSizes } from "./mqtt-packet-sizes";
import { type ConnectionPhase, hungUp, toPortError } from "./port-errors";
import { sendLast } from "./send-last";
import { connectTcp } from "./tcp-connect";
import { LONGEST_DELAY_MS, startTimeout, type Timeout } from "./timeouts";
import { connectTls } from "./tls-connect";

/** Topic and content of an incoming message. More is not held in memory. */
const MAX_PACKET_BYTES = 256 * 1024;
/** Of outgoing messages that the network has not taken yet. */
const MAX_WAITING_BYTES = 64 * 1024;
const MAX_TOPIC_BYTES = 0xffff;
const MAX_KEEP_ALIVE_SECONDS = 0xffff;
const DISCONNECT_PACKET = Uint8Array.of(0xe0, 0x00);

export function createMqttClient(): MqttClient {
	return { connect: (options) => new NodeMqttConnection(options) };
}

class NodeMqttConnection implements MqttConnection {
	readonly #options: MqttOptions;
	/** Whom messages are about. */
	readonly #about: string;
	readonly #attempt = new AbortController();
	readonly #connectTimer: Timeout;
	#phase: ConnectionPhase = "connect";
	/** Closed or failed: from then on no callback runs. */
	#over = false;
	#closed: Promise<void> | undefined;
	#wire: { socket: Socket; client: MqttJsClient } | undefined;

	constructor(options: MqttOptions) {
		this.#options = options;
		this.#about = `${options.host}:${options.port}`;
		this.#connectTimer = startTimeout(options.connectTimeoutMs, () => this.#fail(this.#timeoutError()));
		this.#connect().catch((error) => this.#fail(error));
	}

	subscribe(topic: string): void {
		if (this.#over || this.#phase !== "open") return;
		this.#wire?.client.subscribe(topic, { qos: 0 }, (error) => {
			this.#tell(() => this.#options.onSubscribed(topic, error === null));
		});
	}

	publish(topic: string, payload: string): boolean {
		if (this.#over || this.#phase !== "open" || this.#wire === undefined) return false;
		const { socket, client } = this.#wire;
		if (socket.writableLength > MAX_WAITING_BYTES || !isPublishable(topic)) return false;
		client.publish(topic, payload, { qos: 0 });
		return true;
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	async #connect(): Promise<void> {
		const { host, port, tls } = this.#options;
		// No callback runs before `connect` has returned, not even for what is wrong from the start.
		await undefined;
		checkOptions(this.#options);
		const { signal } = this.#attempt;
		if (tls === undefined) {
			this.#greet(await connectTcp({ host, port, signal }), undefined);
		} else {
			const onConnected = (): void => {
				this.#phase = "handshake";
			};
			const { socket, certificateName } = await connectTls({ host, port, trust: tls, signal, onConnected });
			this.#greet(socket, certificateName);
		}
	}

	/** Speaks MQTT on a socket that is connected. */
	#greet(socket: Socket, certificateName: string | undefined): void {
		if (this.#over) {
			socket.destroy();
			return;
		}
		this.#phase = "handshake";
		socket.setNoDelay(true);
		socket.on("error", (error) => this.#fail(error));
		socket.on("close", () => this.#fail(hungUp(this.#phase, this.#about)));
		// Ahead of MQTT.js, which would collect packets of up to 256 MiB.
		const sizes = new MqttPacketSizes();
		socket.on("data", (bytes: Uint8Array) => {
			if (sizes.longest(bytes) <= MAX_PACKET_BYTES) return;
			this.#fail(
				new PortError("too_large", `${this.#about}: a message has more than ${MAX_PACKET_BYTES} bytes`),
			);
		});

		const client = new MqttJsClient(() => socket, clientOptions(this.#options));
		this.#wire = { socket, client };
		// It ends the connection itself when PINGRESP is missing, without a reason that can be told from others.
		client.onKeepaliveTimeout = () => {
			this.#fail(new PortError("unreachable", `${this.#about}: the broker no longer answers`));
		};
		client.on("connect", () => this.#onConnect(certificateName));
		client.on("message", (topic, payload) => this.#onMessage(topic, payload));
		client.on("error", (error) => this.#fail(refusal(error, this.#about) ?? error));
	}

	#onConnect(certificateName: string | undefined): void {
		if (this.#over) return;
		this.#connectTimer.cancel();
		this.#phase = "open";
		this.#tell(() => this.#options.onOpen(certificateName));
	}

	#onMessage(topic: string, payload: Uint8Array): void {
		if (this.#phase === "open") this.#tell(() => this.#options.onMessage(topic, payload, 0));
		else this.#fail(new PortError("protocol", `${this.#about}: a message came before the broker's greeting`));
	}

	/** Calls the user, who must not be able to break the parser that this is called from. */
	#tell(callback: () => void): void {
		if (this.#over) return;
		callSafely(callback);
	}

	#fail(reason: unknown): void {
		if (this.#over) return;
		const error = toPortError(reason, this.#phase, this.#about);
		this.#release();
		this.#drop();
		callSafely(() => this.#options.onClosed(error));
	}

	async #close(): Promise<void> {
		if (this.#over) return;
		this.#release();
		if (this.#phase === "open" && this.#wire !== undefined)
			await sendLast(this.#wire.socket, DISCONNECT_PACKET);
		this.#drop();
	}

	/** Ends what could still call back. */
	#release(): void {
		this.#over = true;
		this.#connectTimer.cancel();
		this.#attempt.abort();
	}

	#drop(): void {
		// Also clears its timers.
		this.#wire?.client.end(true);
		this.#wire?.socket.destroy();
	}

	#timeoutError(): PortError {
		const { connectTimeoutMs, tls } = this.#options;
		if (this.#phase === "connect") {
			return new PortError("unreachable", `${this.#about}: nothing answered within ${connectTimeoutMs} ms`);
		}
		const stage = tls !== undefined && this.#wire === undefined ? "TLS handshake" : "MQTT greeting";
		return new PortError(
			"timeout",
			`${this.#about}: the ${stage} was not complete after ${connectTimeoutMs} ms`,
		);
	}
}

function clientOptions(options: MqttOptions): ConstructorParameters<typeof MqttJsClient>[1] {
	const { clientId, username, password, keepAliveMs, will } = options;
	return {
		protocolVersion: 4,
		clean: true,
		clientId,
		...(username === undefined ? {} : { username }),
		...(password === undefined ? {} : { password }),
		...(will === undefined ? {} : { will: { ...will, payload: Buffer.from(will.payload), qos: 0 } }),
		keepalive: keepAliveSeconds(keepAliveMs),
		reconnectPeriod: 0,
		resubscribe: false,
		timerVariant: "native",
		// Ours counts from the start of TCP.
		connectTimeout: LONGEST_DELAY_MS,
		// Its own log, which the environment can turn on, holds the password.
		log: () => {},
	};
}

function checkOptions({ username, password, keepAliveMs, will }: MqttOptions): void {
	if (password !== undefined && username === undefined) {
		throw new PortError("invalid", "MQTT has no password without a user name");
	}
	const seconds = keepAliveSeconds(keepAliveMs);
	if (!(seconds >= 0 && seconds <= MAX_KEEP_ALIVE_SECONDS)) {
		throw new PortError("invalid", `the keep-alive of MQTT is at most ${MAX_KEEP_ALIVE_SECONDS} seconds`);
	}
	if (will !== undefined && !isPublishable(will.topic)) {
		throw new PortError("invalid", "the will has no topic that can be published to");
	}
}

/** MQTT counts in whole seconds; 0 means none. */
function keepAliveSeconds(keepAliveMs: number): number {
	return Math.ceil(keepAliveMs / 1000);
}

function isPublishable(topic: string): boolean {
	return topic !== "" && !/[+#\0]/.test(topic) && Buffer.byteLength(topic) <= MAX_TOPIC_BYTES;
}

/** What a CONNACK that does not accept us means; `undefined` for every other error. */
function refusal(error: Error, about: string): PortError | undefined {
	if (!(error instanceof ErrorWithReasonCode)) return undefined;
	const details = { cause: error };
	switch (error.code) {
		case 1:
			return new PortError("protocol", `${about}: the broker does not speak MQTT 3.1.1`, details);
		case 2:
			return new PortError("protocol", `${about}: the broker does not accept our client id`, details);
		case 3:
			return new PortError("handshake_closed", `${about}: the broker serves nobody at the moment`, details);
		case 4:
		case 5:
			return new PortError("unauthorized", `${about}: the broker refused the user name or password`, details);
		default:
			return new PortError("protocol", `${about}: the broker refused us (${error.code})`, details);
	}
}
