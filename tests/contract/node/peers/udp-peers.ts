// The peers of a UDP socket under test, on Node and on the loopback network only.

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Address, UdpPeer, UdpPeers } from "../../peers";

export const LOOPBACK = "127.0.0.1";

export class NodeUdpPeers implements UdpPeers {
	readonly host = LOOPBACK;
	readonly #sockets: Socket[] = [];

	async openPeer(): Promise<UdpPeer> {
		const socket = await this.#open({ reuseAddr: true });
		socket.setMulticastInterface(LOOPBACK);
		return new NodeUdpPeer(socket);
	}

	async takenPort(): Promise<number> {
		const socket = await this.#open({ reuseAddr: false });
		return socket.address().port;
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.close();
	}

	async #open({ reuseAddr }: { reuseAddr: boolean }): Promise<Socket> {
		const socket = createSocket({ type: "udp4", reuseAddr });
		this.#sockets.push(socket);
		await once(socket.bind(0), "listening");
		return socket;
	}
}

class NodeUdpPeer implements UdpPeer {
	readonly port: number;
	readonly #socket: Socket;
	readonly #received: { bytes: Uint8Array; from: Address }[] = [];

	constructor(socket: Socket) {
		this.#socket = socket;
		this.port = socket.address().port;
		socket.on("message", (bytes, { address, port }) => {
			this.#received.push({ bytes, from: { host: address, port } });
		});
	}

	send(bytes: Uint8Array, { host, port }: Address): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#socket.send(bytes, port, host, (error) => (error ? reject(error) : resolve()));
		});
	}

	async received(): Promise<readonly { bytes: Uint8Array; from: Address }[]> {
		return this.#received;
	}
}
