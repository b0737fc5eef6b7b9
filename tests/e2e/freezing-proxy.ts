// A TCP proxy that can play dead: connections stay open and nothing passes any more, as when a host loses its power.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export class FreezingProxy {
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((socket) => this.#join(socket));
	readonly #target: number;
	#frozen = false;

	constructor(targetPort: number) {
		this.#target = targetPort;
	}

	async listen(): Promise<number> {
		this.#server.listen(0, "127.0.0.1");
		await once(this.#server, "listening");
		return (this.#server.address() as AddressInfo).port;
	}

	/** From now on nothing passes, in neither direction, and nobody new is let in. */
	freeze(): void {
		this.#frozen = true;
		for (const socket of this.#sockets) {
			socket.unpipe();
			socket.pause();
		}
		this.#server.close();
	}

	close(): void {
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
	}

	#join(client: Socket): void {
		const server = connect(this.#target, "127.0.0.1");
		for (const socket of [client, server]) {
			this.#sockets.add(socket);
			socket.on("error", () => {});
			socket.once("close", () => {
				this.#sockets.delete(socket);
				if (!this.#frozen) for (const other of [client, server]) other.destroy();
			});
		}
		client.pipe(server);
		server.pipe(client);
	}
}
