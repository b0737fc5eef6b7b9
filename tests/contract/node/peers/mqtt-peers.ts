// The MQTT brokers of the contract, on Node.

import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { TlsTrust } from "../../../../modules/platform/tls";
import type { BrokerBehaviour, BrokerOptions, MqttBroker, MqttPeers } from "../../peers";
import { type Authorities, type ServerIdentity, trustIn } from "./certificates";
import { MqttPackets, PacketType } from "./mqtt-packets";
import { Nowhere } from "./nowhere";
import { NONSENSE, runScriptedSession } from "./scripted-session";
import { ServingBroker } from "./serving-broker";

const HOST = "127.0.0.1";

export class NodeMqttPeers extends Nowhere implements MqttPeers {
	readonly #authorities: Authorities;
	readonly #brokers: NodeBroker[] = [];

	constructor(authorities: Authorities) {
		super();
		this.#authorities = authorities;
	}

	async startBroker({
		behaviour = "serves",
		identity,
		credentials,
	}: BrokerOptions = {}): Promise<MqttBroker> {
		const serving = behaviour === "serves" ? await ServingBroker.start(credentials) : undefined;
		const broker = new NodeBroker({
			behaviour,
			serving,
			trust: trustIn(this.#authorities, identity),
			identity: identity === undefined ? undefined : this.#authorities.identities[identity],
		});
		this.#brokers.push(broker);
		await broker.listen();
		return broker;
	}

	override async close(): Promise<void> {
		await super.close();
		await Promise.all(this.#brokers.map((broker) => broker.close()));
	}
}

interface NodeBrokerOptions {
	behaviour: BrokerBehaviour;
	/** Does the work, if any is done. */
	serving: ServingBroker | undefined;
	trust: TlsTrust;
	identity: ServerIdentity | undefined;
}

class NodeBroker implements MqttBroker {
	readonly host = HOST;
	port = 0;
	readonly trust: TlsTrust;
	readonly certificate: MqttBroker["certificate"];
	readonly #serving: ServingBroker | undefined;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#disconnects = 0;

	constructor({ behaviour, serving, trust, identity }: NodeBrokerOptions) {
		this.trust = trust;
		this.certificate = identity?.summary;
		this.#serving = serving;
		this.#server = this.#createServer(behaviour, identity);
		this.#server.on("connection", (socket: Socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			socket.on("close", () => this.#sockets.delete(socket));
		});
	}

	async listen(): Promise<void> {
		await once(this.#server.listen(0, HOST), "listening");
		this.port = (this.#server.address() as AddressInfo).port;
	}

	async publish(topic: string, payload: string): Promise<void> {
		await this.#serving?.publish(topic, payload);
	}

	async drop(clientId: string): Promise<void> {
		this.#serving?.drop(clientId);
	}

	async openSockets(): Promise<number> {
		return this.#sockets.size;
	}

	async disconnects(): Promise<number> {
		return this.#disconnects;
	}

	async connects(): Promise<ServingBroker["connects"]> {
		return this.#serving?.connects ?? [];
	}

	async messages(): Promise<ServingBroker["messages"]> {
		return this.#serving?.messages ?? [];
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		await this.#serving?.close();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#createServer(behaviour: BrokerBehaviour, identity: ServerIdentity | undefined): Server {
		switch (behaviour) {
			// Keeps reading, so that it notices when the client has had enough.
			case "silent":
				return createServer((socket) => socket.resume());
			case "hangs_up_at_once":
				return createServer((socket) => socket.resume().end());
			case "resets_at_first_bytes":
				return createServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
			case "talks_nonsense":
				return createServer((socket) => socket.once("data", () => socket.write(NONSENSE)).resume());
		}
		const serve = (socket: Socket): void => {
			socket.on("error", () => {});
			const packets = new MqttPackets();
			socket.on("data", (bytes: Buffer) => {
				for (const { type } of packets.add(bytes)) if (type === PacketType.disconnect) this.#disconnects += 1;
			});
			if (this.#serving === undefined) runScriptedSession(socket, behaviour);
			else this.#serving.handle(socket);
		};
		if (identity === undefined) return createServer(serve);
		const server = createTlsServer(
			{
				cert: identity.chain,
				key: identity.key,
				// As many printers: this one or none. Those with other keys take what there is.
				...(identity.isRsa ? { ciphers: "ECDHE-RSA-AES256-GCM-SHA384" } : {}),
				minVersion: behaviour === "tls13_only" ? "TLSv1.3" : "TLSv1.2",
				maxVersion: behaviour === "tls13_only" ? "TLSv1.3" : "TLSv1.2",
			},
			serve,
		);
		server.on("tlsClientError", () => {});
		return server;
	}
}
