// The virtual printer's MQTT broker: TLS 1.2 with the one cipher printers offer, few connections, one topic pair.

import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from "node:tls";
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client } from "aedes";
import type { Timer } from "../../../modules/platform/clock";
import { PortError } from "../../../modules/platform/port-error";
import type { PrinterCertificates } from "./certificates";
import { listenError } from "./listen-error";
import type { PrinterSwitch } from "./switches";
import { restartingSwitches, tlsIdentity } from "./tls-identity";
import type { VirtualBambuPrinter } from "./virtual-printer";

export interface PrinterBrokerOptions {
	readonly printer: VirtualBambuPrinter;
	readonly certificates: PrinterCertificates;
	/** Connections at a time; one more is ended during its TLS handshake. */
	readonly maxConnections?: number;
}

export interface ListenOptions {
	/** 0 lets the system choose. */
	readonly port: number;
	readonly address?: string;
}

/** How often a printer that drops its clients does so, in the printer's own time. */
export const dropIntervalMs = 3000;

const handshakeTimeoutMs = 10_000;
/** CONNACK: not authorized. */
const notAuthorized = 5;

export class PrinterBroker {
	readonly #printer: VirtualBambuPrinter;
	readonly #certificates: PrinterCertificates;
	readonly #maxConnections: number;
	readonly #server: Server;
	readonly #tlsServer: TlsServer;
	/** All that are open at the moment. */
	readonly #connections = new Set<Socket>();
	/** Those among them that have a place, in the handshake or after it. */
	readonly #seated = new Set<Socket>();
	readonly #clients = new Set<Client>();
	readonly #endings: (() => void)[] = [];
	#aedes: Aedes | undefined;
	#port = 0;
	#opening: Promise<void> | undefined;
	#dropTimer: Timer | undefined;
	#closing: Promise<void> | undefined;

	constructor({ printer, certificates, maxConnections = 4 }: PrinterBrokerOptions) {
		this.#printer = printer;
		this.#certificates = certificates;
		this.#maxConnections = maxConnections;
		this.#server = createServer((socket) => this.#onConnection(socket));
		this.#tlsServer = createTlsServer({ ...this.#tlsIdentity(), handshakeTimeout: handshakeTimeoutMs });
		this.#tlsServer.on("secureConnection", (socket) => this.#onSecure(socket));
		// A client that does not trust us, or hangs up early: its own log says why.
		this.#tlsServer.on("tlsClientError", (_, socket) => socket.destroy());
	}

	/** Resolves with the port. Rejects with `address_in_use`, or `refused` where that port is not allowed. */
	async listen({ port, address = "127.0.0.1" }: ListenOptions): Promise<{ port: number }> {
		if (this.#opening !== undefined || this.#closing !== undefined) {
			throw new PortError("invalid", "this broker has been started or closed already");
		}
		this.#opening = this.#open(port, address);
		try {
			await this.#opening;
		} catch (error) {
			await this.close();
			throw error;
		}
		return { port: this.#port };
	}

	/** Ends all connections and stops to listen. May be called any number of times. */
	close(): Promise<void> {
		this.#closing ??= this.#end();
		return this.#closing;
	}

	get #requestTopic(): string {
		return `device/${this.#printer.serial}/request`;
	}

	async #open(port: number, address: string): Promise<void> {
		this.#aedes = await Aedes.createBroker({
			authenticate: (_, username, password, done) => {
				const known = username === "bblp" && password?.toString() === this.#printer.accessCode;
				done(known ? null : refusal(), known);
			},
			authorizePublish: (_, packet, done) => {
				packet.retain = false;
				if (packet.topic === this.#requestTopic) this.#printer.handleRequest(packet.payload.toString());
				done(null);
			},
			authorizeSubscribe: (_, subscription, done) => done(null, subscription),
			// Clients never hear each other, whatever they publish and subscribe to.
			authorizeForward: (_, packet) => (isFromClient(packet) ? null : packet),
		});
		this.#aedes.on("client", (client) => this.#onClient(client, true));
		this.#aedes.on("clientDisconnect", (client) => this.#onClient(client, false));
		try {
			this.#server.listen(port, address);
			await once(this.#server, "listening");
		} catch (cause) {
			throw listenError(cause, `${address}:${port}`);
		}
		this.#port = (this.#server.address() as AddressInfo).port;
		this.#endings.push(
			this.#printer.onReport((_, text) => this.#publish(text)),
			this.#printer.switches.onChange((name, on) => this.#onSwitch(name, on)),
		);
		this.#tlsServer.setSecureContext(this.#tlsIdentity());
		if (this.#printer.switches.values.dropping) this.#startDropping();
	}

	async #end(): Promise<void> {
		// What cannot be opened is told to the caller of listen().
		await this.#opening?.catch(() => {});
		for (const end of this.#endings.splice(0)) end();
		this.#dropTimer?.cancel();
		this.#hangUp();
		const aedes = this.#aedes;
		if (aedes !== undefined) await new Promise<void>((resolve) => aedes.close(resolve));
		if (this.#server.listening) {
			this.#server.close();
			await once(this.#server, "close");
		}
		this.#printer.setClients([]);
	}

	#onConnection(socket: Socket): void {
		socket.on("error", () => socket.destroy());
		if (this.#closing !== undefined) {
			socket.destroy();
			return;
		}
		this.#connections.add(socket);
		socket.once("close", () => this.#connections.delete(socket));
		if (this.#printer.switches.values.slotsFull || this.#seated.size >= this.#maxConnections) {
			// The client's first flight is read before, so that it meets the end of the stream, and no reset.
			socket.once("data", () => socket.end());
			socket.setTimeout(handshakeTimeoutMs, () => socket.destroy());
			return;
		}
		this.#seated.add(socket);
		socket.once("close", () => this.#seated.delete(socket));
		this.#tlsServer.emit("connection", socket);
	}

	#onSecure(socket: TLSSocket): void {
		// aedes listens as well; this one is for errors before and after it does.
		socket.on("error", () => socket.destroy());
		if (this.#aedes === undefined || this.#closing !== undefined) socket.destroy();
		else this.#aedes.handle(socket);
	}

	#onClient(client: Client, connected: boolean): void {
		if (connected) this.#clients.add(client);
		else this.#clients.delete(client);
		this.#printer.setClients([...this.#clients].map(({ id }) => id));
	}

	#publish(payload: string): void {
		this.#aedes?.publish(
			{
				cmd: "publish",
				topic: `device/${this.#printer.serial}/report`,
				payload,
				qos: 0,
				retain: false,
				dup: false,
			},
			() => {},
		);
	}

	#onSwitch(name: PrinterSwitch, on: boolean): void {
		if (name === "dropping") {
			this.#dropTimer?.cancel();
			if (on) this.#startDropping();
		}
		if (!restartingSwitches.has(name)) return;
		this.#tlsServer.setSecureContext(this.#tlsIdentity());
		this.#hangUp();
	}

	#startDropping(): void {
		this.#dropTimer = this.#printer.clock.every(dropIntervalMs, () => this.#hangUp());
	}

	#hangUp(): void {
		for (const socket of [...this.#connections]) socket.destroy();
	}

	#tlsIdentity() {
		return tlsIdentity(this.#certificates, this.#printer.switches.values);
	}
}

function isFromClient(packet: AedesPublishPacket): boolean {
	return "clientId" in packet;
}

function refusal(): AuthenticateError {
	return Object.assign(new Error("wrong user name or access code"), { returnCode: notAuthorized });
}
