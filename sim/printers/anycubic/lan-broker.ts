// The MQTT broker of a Kobra in the LAN: TLS 1.2, and only for those who come from the handshake.

import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import { Aedes, type AuthenticateError } from "aedes";
import { listenError } from "../bambu/listen-error";
import type { SelfSigned } from "./self-signed";
import type { Sessions } from "./sessions";
import type { VirtualKobra } from "./virtual-kobra";

/** Where every real one listens. */
export const LAN_BROKER_PORT = 9883;

const handshakeTimeoutMs = 10_000;
/** CONNACK: not authorized. */
const notAuthorized = 5;

export interface LanBrokerOptions {
	readonly printer: VirtualKobra;
	readonly sessions: Sessions;
	readonly identity: SelfSigned;
}

export class LanBroker {
	readonly #printer: VirtualKobra;
	readonly #sessions: Sessions;
	readonly #server: Server;
	readonly #connections = new Set<Socket>();
	readonly #endings: (() => void)[] = [];
	#aedes: Aedes | undefined;
	#clients = 0;
	#closing: Promise<void> | undefined;

	constructor({ printer, sessions, identity }: LanBrokerOptions) {
		this.#printer = printer;
		this.#sessions = sessions;
		this.#server = createServer({
			cert: identity.certificate,
			key: identity.privateKey,
			ciphers: "ECDHE-RSA-AES128-GCM-SHA256",
			minVersion: "TLSv1.2",
			maxVersion: "TLSv1.2",
			handshakeTimeout: handshakeTimeoutMs,
		});
		this.#server.on("connection", (socket: Socket) => this.#onConnection(socket));
		this.#server.on("secureConnection", (socket) => {
			socket.on("error", () => socket.destroy());
			this.#aedes?.handle(socket);
		});
		// A client that does not trust us, or hangs up early: its own log says why.
		this.#server.on("tlsClientError", (_, socket) => socket.destroy());
	}

	/** Resolves with the port. Rejects with `address_in_use`, or `refused` where that port is not allowed. */
	async listen({ port, address }: { port: number; address: string }): Promise<{ port: number }> {
		const aedes = await Aedes.createBroker({
			authenticate: (_, username, password, done) => {
				const credentials = { username: username ?? "", password: password?.toString() ?? "" };
				const isKnown = !this.#isShut && this.#sessions.take(credentials);
				done(isKnown ? null : refusal(), isKnown);
			},
			authorizePublish: (_, packet, done) => {
				packet.retain = false;
				this.#printer.handleMessage(packet.topic, packet.payload.toString());
				done(null);
			},
		});
		this.#aedes = aedes;
		aedes.on("client", () => this.#onClients(1, address));
		aedes.on("clientDisconnect", () => this.#onClients(-1, address));
		try {
			this.#server.listen(port, address);
			await once(this.#server, "listening");
		} catch (cause) {
			await this.close();
			throw listenError(cause, `${address}:${port}`);
		}
		this.#printer.setConnected(false, address);
		this.#endings.push(
			this.#printer.onMessage((topic, payload) => {
				aedes.publish({ cmd: "publish", topic, payload, qos: 0, retain: false, dup: false }, () => {});
			}),
			this.#printer.switches.onChange((name) => {
				if ((name === "offline" || name === "cloudMode") && this.#isShut) this.hangUp();
			}),
		);
		return { port: (this.#server.address() as AddressInfo).port };
	}

	/** Ends all connections; who comes again needs another handshake. */
	hangUp(): void {
		this.#sessions.clear();
		for (const socket of [...this.#connections]) socket.destroy();
	}

	/** Ends all connections and stops to listen. May be called any number of times. */
	close(): Promise<void> {
		this.#closing ??= this.#end();
		return this.#closing;
	}

	get #isShut(): boolean {
		const { offline, cloudMode } = this.#printer.switches.values;
		return offline || cloudMode || this.#closing !== undefined;
	}

	#onConnection(socket: Socket): void {
		socket.on("error", () => socket.destroy());
		if (this.#isShut) {
			socket.destroy();
			return;
		}
		this.#connections.add(socket);
		socket.once("close", () => this.#connections.delete(socket));
	}

	#onClients(change: number, address: string): void {
		this.#clients += change;
		this.#printer.setConnected(this.#clients > 0, address);
	}

	async #end(): Promise<void> {
		for (const end of this.#endings.splice(0)) end();
		this.hangUp();
		const aedes = this.#aedes;
		if (aedes !== undefined) await new Promise<void>((resolve) => aedes.close(resolve));
		if (!this.#server.listening) return;
		this.#server.close();
		await once(this.#server, "close");
	}
}

function refusal(): AuthenticateError {
	return Object.assign(new Error("this user name and password belong to no handshake"), {
		returnCode: notAuthorized,
	});
}
