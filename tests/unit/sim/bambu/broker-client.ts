// A real MQTT client of the virtual printer: trusts its authorities and checks the serial number in the certificate.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import {
	type ConnectionOptions,
	connect as connectTls,
	type PeerCertificate,
	type TLSSocket,
} from "node:tls";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import { objectAt } from "./fixtures";

export interface ClientOptions {
	port: number;
	/** DER */
	authorities: readonly Uint8Array[];
	serial: string;
	password?: string;
	username?: string;
	clientId?: string;
	protocolVersion?: 4 | 5;
}

const limitMs = 10_000;

/** Rejects when the promise takes longer than any of this should. */
export async function soon<T>(promise: Promise<T>, what: string): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${what}: nothing within ${limitMs} ms`)), limitMs);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Waits for what other ends of sockets do, which no event here tells. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
	const endMs = performance.now() + limitMs;
	while (!condition()) {
		assert.ok(performance.now() < endMs, `${what}: not within ${limitMs} ms`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

function trust({ authorities, serial }: Pick<ClientOptions, "authorities" | "serial">) {
	return {
		ca: authorities.map((der) => new X509Certificate(der).toString()),
		servername: serial,
		checkServerIdentity: (_: string, { subject }: PeerCertificate): Error | undefined =>
			subject.CN === serial
				? undefined
				: Object.assign(new Error(`this is ${subject.CN}`), { code: "WRONG_NAME" }),
	};
}

export class TestClient {
	readonly #client: MqttClient;
	readonly #messages: { topic: string; text: string }[] = [];
	readonly #waiting = new Set<() => void>();
	readonly #gone: Promise<void>;

	private constructor(client: MqttClient) {
		this.#client = client;
		this.#gone = new Promise((resolve) => client.once("close", resolve));
		client.on("error", () => {});
		client.on("message", (topic, payload) => {
			this.#messages.push({ topic, text: payload.toString() });
			for (const check of [...this.#waiting]) check();
		});
	}

	/** Rejects with the error of TCP, TLS or CONNACK. */
	static async connect({ port, password = "12345678", ...options }: ClientOptions): Promise<TestClient> {
		const settings: IClientOptions = {
			protocol: "mqtts",
			host: "127.0.0.1",
			port,
			username: options.username ?? "bblp",
			password,
			reconnectPeriod: 0,
			connectTimeout: limitMs,
			protocolVersion: options.protocolVersion ?? 4,
			...(options.clientId === undefined ? {} : { clientId: options.clientId }),
			...trust(options),
		};
		const client = mqtt.connect(settings);
		const test = new TestClient(client);
		try {
			await soon(
				new Promise<void>((resolve, reject) => {
					client.once("connect", () => resolve());
					client.once("error", reject);
					client.once("close", () => reject(Object.assign(new Error("closed"), { code: "CLOSED" })));
				}),
				"connect",
			);
		} catch (error) {
			client.end(true);
			throw error;
		}
		return test;
	}

	/** The reason codes of the broker. */
	async subscribe(topic: string): Promise<number[]> {
		const granted = await soon(this.#client.subscribeAsync(topic), "subscribe");
		return granted.map(({ qos }) => qos);
	}

	/** Resolves once the broker has taken it in. */
	async publish(topic: string, payload: string | JsonObject, { retain = false } = {}): Promise<void> {
		const text = typeof payload === "string" ? payload : JSON.stringify(payload);
		await soon(this.#client.publishAsync(topic, text, { qos: 1, retain }), "publish");
	}

	/** The next message that has not been taken yet. */
	async next(): Promise<{ topic: string; text: string }> {
		let check = (): void => {};
		const arrived = new Promise<void>((resolve) => {
			check = () => {
				if (this.#messages.length > 0) resolve();
			};
			this.#waiting.add(check);
			check();
		});
		try {
			await soon(arrived, "message");
		} finally {
			this.#waiting.delete(check);
		}
		const message = this.#messages.shift();
		assert.ok(message !== undefined);
		return message;
	}

	async nextIn(section: string): Promise<JsonObject> {
		return objectAt(JSON.parse((await this.next()).text), section);
	}

	/** How many messages wait, after everything that was on its way has come. */
	async settled(): Promise<number> {
		for (let round = 0; round < 3; round++) await this.subscribe(`nothing/${round}`);
		return this.#messages.length;
	}

	/** Resolves when the connection is over. */
	async gone(): Promise<void> {
		await soon(this.#gone, "end of the connection");
	}

	async close(): Promise<void> {
		await soon(this.#client.endAsync(true), "close");
	}
}

/** A bare TLS connection. Rejects with the error of the handshake. */
export async function tlsConnect(
	options: Pick<ClientOptions, "port" | "authorities" | "serial">,
	limits: ConnectionOptions = {},
): Promise<TLSSocket> {
	const socket = connectTls({ host: "127.0.0.1", port: options.port, ...trust(options), ...limits });
	try {
		await soon(
			new Promise<void>((resolve, reject) => {
				socket.once("secureConnect", resolve);
				socket.once("error", reject);
				socket.once("close", () => reject(new Error("closed")));
			}),
			"handshake",
		);
	} catch (error) {
		socket.destroy();
		throw error;
	}
	socket.on("error", () => {});
	return socket;
}
