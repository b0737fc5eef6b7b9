// A plain MQTT broker on this computer, for a Kobra 2 that is to be tried without somebody's broker.

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { listenError } from "../bambu/listen-error";

export interface OwnBroker {
	readonly port: number;
	/** Ends all connections. May be called any number of times. */
	close(): Promise<void>;
}

/** Anybody may join. Rejects with `address_in_use`, or `refused` where that port is not allowed. */
export async function openOwnBroker(options: { port: number; address?: string }): Promise<OwnBroker> {
	const { port, address = "127.0.0.1" } = options;
	const aedes = await Aedes.createBroker();
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("error", () => socket.destroy());
		socket.once("close", () => sockets.delete(socket));
		aedes.handle(socket);
	});
	const closeAedes = () => new Promise<void>((resolve) => aedes.close(resolve));
	try {
		server.listen(port, address);
		await once(server, "listening");
	} catch (cause) {
		await closeAedes();
		throw listenError(cause, `${address}:${port}`);
	}
	let closing: Promise<void> | undefined;
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			closing ??= end();
			return closing;
		},
	};

	async function end(): Promise<void> {
		for (const socket of [...sockets]) socket.destroy();
		await closeAedes();
		server.close();
		await once(server, "close");
	}
}
