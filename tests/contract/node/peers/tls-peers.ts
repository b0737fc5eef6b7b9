// The TLS servers of the contract, on Node.

import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import type { TlsTrust } from "../../../../modules/platform/tls";
import type { TlsPeers, TlsServerBehaviour, TlsServerOptions, TlsServerPeer } from "../../peers";
import { type Authorities, type ServerIdentity, trustIn } from "./certificates";
import { Nowhere } from "./nowhere";
import { NONSENSE } from "./scripted-session";

const HOST = "127.0.0.1";
/** Each byte tells its place. */
const MUCH = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);

export class NodeTlsPeers extends Nowhere implements TlsPeers {
	readonly #authorities: Authorities;
	readonly #servers: NodeTlsServer[] = [];

	constructor(authorities: Authorities) {
		super();
		this.#authorities = authorities;
	}

	async startServer({
		behaviour = "echoes",
		identity = "usual",
		asksClients = false,
	}: TlsServerOptions = {}): Promise<TlsServerPeer> {
		const server = new NodeTlsServer({
			behaviour,
			identity: this.#authorities.identities[identity],
			trust: trustIn(this.#authorities, identity),
			clients: this.#authorities.clients,
			clientAuthority: asksClients ? this.#authorities.root : undefined,
		});
		this.#servers.push(server);
		await server.listen();
		return server;
	}

	override async close(): Promise<void> {
		await super.close();
		await Promise.all(this.#servers.map((server) => server.close()));
	}
}

interface NodeTlsServerOptions {
	behaviour: TlsServerBehaviour;
	identity: ServerIdentity;
	trust: TlsTrust;
	clients: TlsServerPeer["clients"];
	/** Of whom clients have to be. */
	clientAuthority: Uint8Array | undefined;
}

class NodeTlsServer implements TlsServerPeer {
	readonly host = HOST;
	port = 0;
	readonly trust: TlsTrust;
	readonly certificate: TlsServerPeer["certificate"];
	readonly clients: TlsServerPeer["clients"];
	readonly #clientNames: string[] = [];
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#received = 0;
	#resumed = 0;

	constructor({ behaviour, identity, trust, clients, clientAuthority }: NodeTlsServerOptions) {
		this.trust = trust;
		this.certificate = identity.summary;
		this.clients = clients;
		this.#server = this.#createServer(behaviour, identity, clientAuthority);
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

	async receivedBytes(): Promise<number> {
		return this.#received;
	}

	async openSockets(): Promise<number> {
		return this.#sockets.size;
	}

	async clientNames(): Promise<readonly string[]> {
		return this.#clientNames;
	}

	async resumed(): Promise<number> {
		return this.#resumed;
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#createServer(
		behaviour: TlsServerBehaviour,
		identity: ServerIdentity,
		clientAuthority: Uint8Array | undefined,
	): Server {
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
		const only = behaviour === "tls13_only" ? "TLSv1.3" : "TLSv1.2";
		const server = createTlsServer(
			{
				cert: identity.chain,
				key: identity.key,
				// As many printers: this one or none. Those with other keys take what there is.
				...(identity.isRsa ? { ciphers: "ECDHE-RSA-AES256-GCM-SHA384" } : {}),
				minVersion: only,
				maxVersion: only,
				...(clientAuthority && {
					requestCert: true,
					rejectUnauthorized: true,
					ca: new X509Certificate(clientAuthority).toString(),
				}),
			},
			(socket) => {
				const { CN } = socket.getPeerCertificate().subject ?? {};
				if (CN !== undefined) this.#clientNames.push(String(CN));
				if (socket.isSessionReused()) this.#resumed += 1;
				this.#serve(socket, behaviour);
			},
		);
		rememberSessions(server);
		server.on("tlsClientError", () => {});
		return server;
	}

	#serve(socket: Socket, behaviour: TlsServerBehaviour): void {
		socket.on("error", () => {});
		if (behaviour === "stops_reading") {
			socket.pause();
			return;
		}
		socket.on("data", (bytes: Uint8Array) => {
			this.#received += bytes.length;
			if (behaviour === "echoes") socket.write(bytes);
		});
		switch (behaviour) {
			case "sends_much":
				socket.write(MUCH);
				break;
			case "says_goodbye":
				socket.end("goodbye");
				break;
			case "vanishes_at_first_bytes":
				socket.once("data", () => socket.destroy());
				break;
			case "floods":
				flood(socket);
				break;
		}
	}
}

/** Those of clients without tickets: Node keeps none by itself. */
function rememberSessions(server: TlsServer): void {
	const sessions = new Map<string, Buffer>();
	server.on("newSession", (id, data, done) => {
		sessions.set(id.toString("hex"), data);
		done();
	});
	server.on("resumeSession", (id, done) => done(null, sessions.get(id.toString("hex")) ?? null));
}

/** As fast as the client reads, as long as it is there. */
function flood(socket: Socket): void {
	const more = (): void => {
		if (socket.destroyed || socket.writableEnded) return;
		if (socket.write("again")) setImmediate(more);
		else socket.once("drain", more);
	};
	more();
}
