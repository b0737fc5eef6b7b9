// An MQTT client of a test: keeps what it hears, and waits for what it wants.

import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import { eventually, soon } from "../bambu/broker-client";
import { root } from "./kobra";

export class Listener {
	readonly messages: { readonly topic: string; readonly report: JsonObject }[] = [];
	readonly client: MqttClient;

	private constructor(client: MqttClient) {
		this.client = client;
		client.on("error", () => {});
		client.on("message", (topic, payload) => {
			this.messages.push({ topic, report: JSON.parse(payload.toString()) as JsonObject });
		});
	}

	/** Rejects with the error of TCP, TLS or CONNACK. */
	static async connect(url: string, options: IClientOptions = {}): Promise<Listener> {
		const client = mqtt.connect(url, { reconnectPeriod: 0, protocolVersion: 4, ...options });
		const listener = new Listener(client);
		try {
			await soon(
				new Promise<void>((resolve, reject) => {
					client.once("connect", () => resolve());
					client.once("error", reject);
					client.once("close", () => reject(new Error("closed")));
				}),
				"connect",
			);
			await soon(client.subscribeAsync(`${root}/printer/public/#`), "subscribe");
		} catch (error) {
			client.end(true);
			throw error;
		}
		return listener;
	}

	send(topic: string, message: JsonObject): void {
		this.client.publish(topic, JSON.stringify(message));
	}

	/** Waits for such a report of that type; those before it are forgotten. */
	async next(type: string, state: string): Promise<JsonObject> {
		const isWanted = (message: { topic: string; report: JsonObject }): boolean =>
			message.topic.endsWith(`/${type}/report`) && message.report.state === state;
		await eventually(() => this.messages.some(isWanted), `${type} ${state}`);
		const index = this.messages.findIndex(isWanted);
		return this.messages.splice(0, index + 1).at(-1)?.report ?? {};
	}

	async close(): Promise<void> {
		await soon(this.client.endAsync(true), "close");
	}
}
