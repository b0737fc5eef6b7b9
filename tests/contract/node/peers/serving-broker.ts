// A broker that does its work, with a memory of what clients did.

import type { Duplex } from "node:stream";
import { Aedes } from "aedes";
import type { SeenConnect } from "../../peers";

export class ServingBroker {
	readonly connects: SeenConnect[] = [];
	readonly messages: { topic: string; payload: string }[] = [];
	readonly #aedes: Aedes;
	readonly #streams = new Map<string, Duplex>();

	static async start(credentials?: { username: string; password: string }): Promise<ServingBroker> {
		return new ServingBroker(await Aedes.createBroker(), credentials);
	}

	private constructor(aedes: Aedes, credentials: { username: string; password: string } | undefined) {
		this.#aedes = aedes;
		aedes.preConnect = (client, packet, done) => {
			this.connects.push({
				clientId: packet.clientId,
				username: packet.username,
				password: packet.password?.toString(),
				keepAliveSeconds: packet.keepalive ?? 0,
				clean: packet.clean ?? false,
			});
			this.#streams.set(packet.clientId, client.conn);
			done(null, true);
		};
		aedes.authenticate = (_client, username, password, done) => {
			const known =
				credentials === undefined ||
				(username === credentials.username && password?.toString() === credentials.password);
			done(null, known);
		};
		aedes.on("publish", ({ topic, payload }, client) => {
			if (client !== null) this.messages.push({ topic, payload: payload.toString() });
		});
	}

	handle(stream: Duplex): void {
		this.#aedes.handle(stream);
	}

	publish(topic: string, payload: string): Promise<void> {
		const packet = { cmd: "publish", topic, payload, qos: 0, retain: false, dup: false } as const;
		return new Promise((resolve, reject) => {
			this.#aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
		});
	}

	drop(clientId: string): void {
		this.#streams.get(clientId)?.destroy();
	}

	close(): Promise<void> {
		return new Promise((resolve) => this.#aedes.close(() => resolve()));
	}
}
