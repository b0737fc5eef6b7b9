// Addresses where nobody is, on this computer.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import type { Address, NowherePeers } from "../../peers";

const HOST = "127.0.0.1";
/** More than a listener of backlog 1 lets wait. */
const FILLERS = 6;
/** Long enough for a connection on this computer to be made. */
const FILL_TIMEOUT_MS = 200;

/** Listens, and then never looks at its connections again. */
const DEAF_LISTENER = `
	const { createServer } = require("node:net");
	const { parentPort } = require("node:worker_threads");
	const server = createServer();
	server.listen({ port: 0, host: "${HOST}", backlog: 1 }, () => {
		parentPort.postMessage(server.address().port);
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
	});
`;

export class Nowhere implements NowherePeers {
	readonly #servers: Server[] = [];
	readonly #sockets: Socket[] = [];
	readonly #workers: Worker[] = [];

	/** The near end of a connection: nobody listens there, and nobody else is given that port meanwhile. */
	async unusedPort(): Promise<Address> {
		const server = createServer((socket) => {
			socket.on("error", () => {});
			this.#sockets.push(socket);
		});
		this.#servers.push(server);
		await once(server.listen(0, HOST), "listening");
		const { port } = server.address() as AddressInfo;
		const socket = this.#connect(port);
		await once(socket, "connect");
		return { host: HOST, port: socket.localPort ?? 0 };
	}

	/** A listener whose queue is full: further attempts are not answered at all. */
	async unanswered(): Promise<Address> {
		// Without this process's loader, which the few lines do not need.
		const worker = new Worker(DEAF_LISTENER, { eval: true, execArgv: [] });
		this.#workers.push(worker);
		const [port] = (await once(worker, "message")) as [number];
		for (let index = 0; index < FILLERS; index += 1) {
			const socket = this.#connect(port);
			const connected = await new Promise<boolean>((resolve) => {
				const timer = setTimeout(() => resolve(false), FILL_TIMEOUT_MS);
				socket.once("connect", () => {
					clearTimeout(timer);
					resolve(true);
				});
			});
			if (!connected) return { host: HOST, port };
		}
		throw new Error("this computer lets any number of connections wait");
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		for (const server of this.#servers) server.close();
		await Promise.all(this.#workers.map((worker) => worker.terminate()));
	}

	#connect(port: number): Socket {
		const socket = connect(port, HOST);
		socket.on("error", () => {});
		this.#sockets.push(socket);
		return socket;
	}
}
