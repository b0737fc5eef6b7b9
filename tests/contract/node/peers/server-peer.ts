// What the servers for clients under test have in common: they listen, and know their sockets and requests.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { SeenRequest } from "../../peers";

/** Bytes of no protocol that a client might expect. */
export const NONSENSE = "220 mail ready\r\n";

export class ServerPeer {
	readonly host = "127.0.0.1";
	port = 0;
	/** Answers what is not answered before it comes to HTTP. */
	protected readonly server: Server = createServer();
	readonly #sockets = new Set<Socket>();
	readonly #requests: SeenRequest[] = [];

	constructor() {
		this.server.on("connection", (socket) => {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			socket.on("close", () => this.#sockets.delete(socket));
		});
	}

	async listen(): Promise<this> {
		await once(this.server.listen(0, this.host), "listening");
		this.port = (this.server.address() as AddressInfo).port;
		return this;
	}

	async openSockets(): Promise<number> {
		return this.#sockets.size;
	}

	async requests(): Promise<readonly SeenRequest[]> {
		return this.#requests;
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	protected remember({ method = "", url = "", headers }: IncomingMessage, body: Uint8Array): void {
		this.#requests.push({
			method,
			target: url,
			headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
			body,
		});
	}
}
