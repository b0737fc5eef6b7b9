// An MQTT client port whose broker is the test.

import type { MqttClient, MqttConnection, MqttOptions } from "../../modules/platform/mqtt";
import { PortError, type PortErrorCode } from "../../modules/platform/port-error";

export class FakeMqtt implements MqttClient {
	/** Every connection ever asked for, in order. */
	readonly connections: FakeConnection[] = [];

	connect(options: MqttOptions): MqttConnection {
		const connection = new FakeConnection(options);
		this.connections.push(connection);
		return connection;
	}

	get last(): FakeConnection {
		const connection = this.connections.at(-1);
		if (!connection) throw new Error("nothing has connected yet");
		return connection;
	}
}

export class FakeConnection implements MqttConnection {
	readonly options: MqttOptions;
	readonly subscriptions: string[] = [];
	readonly published: { topic: string; payload: string }[] = [];
	disconnected = false;
	#over = false;

	constructor(options: MqttOptions) {
		this.options = options;
	}

	subscribe(topic: string): void {
		this.subscriptions.push(topic);
	}

	publish(topic: string, payload: string): boolean {
		if (this.#over) return false;
		this.published.push({ topic, payload });
		return true;
	}

	async close(): Promise<void> {
		if (!this.#over) this.disconnected = true;
		this.#over = true;
	}

	/** What was published, by section and command: "pushing.pushall". */
	get requests(): string[] {
		return this.published.map(({ payload }) => {
			const [section, body] =
				Object.entries(JSON.parse(payload) as Record<string, { command: string }>)[0] ?? [];
			return `${section}.${body?.command}`;
		});
	}

	accept(certificateName = this.options.tls?.commonName): void {
		if (!this.#over) this.options.onOpen(certificateName);
	}

	grant(granted = true): void {
		const topic = this.subscriptions.at(-1);
		if (!this.#over && topic) this.options.onSubscribed(topic, granted);
	}

	/** Delivers a message in pieces of at most `pieceBytes`. */
	deliver(message: unknown, pieceBytes = Number.POSITIVE_INFINITY, topic = "device/x/report"): void {
		const bytes = message instanceof Uint8Array ? message : new TextEncoder().encode(JSON.stringify(message));
		for (let at = 0; at === 0 || at < bytes.length; at += pieceBytes) {
			const piece = bytes.subarray(at, Math.min(bytes.length, at + pieceBytes));
			if (!this.#over) this.options.onMessage(topic, piece, Math.max(0, bytes.length - at - piece.length));
		}
	}

	fail(code: PortErrorCode, details: ConstructorParameters<typeof PortError>[2] = {}): void {
		if (this.#over) return;
		this.#over = true;
		this.options.onClosed(new PortError(code, `test: ${code}`, details));
	}
}
