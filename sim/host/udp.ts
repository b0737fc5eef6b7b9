// UDP on node:dgram.

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { networkInterfaces } from "node:os";
import { PortError } from "../../modules/platform/port-error";
import type { UdpOptions, UdpPort, UdpSocket } from "../../modules/platform/udp";
import { callSafely } from "./callbacks";
import { toPortError } from "./port-errors";

export interface UdpPortOptions {
	/** The IPv4 address of the network to use for multicast; all networks when left out. */
	interface?: string;
}

export function createUdp({ interface: network }: UdpPortOptions = {}): UdpPort {
	return {
		async open(options) {
			// Node itself takes a larger number for another port.
			if (options.port !== 0 && !isPort(options.port)) {
				throw new PortError("invalid", `${options.port} is no port`);
			}
			const socket = createSocket({ type: "udp4", reuseAddr: true });
			try {
				await bind(socket, options.port);
				socket.setBroadcast(true);
				if (network !== undefined) socket.setMulticastInterface(network);
				for (const group of options.groups ?? []) joinGroup(socket, group, network);
			} catch (error) {
				socket.close();
				throw toPortError(error, "listen", `UDP port ${options.port}`);
			}
			return new NodeUdpSocket(socket, options);
		},
	};
}

class NodeUdpSocket implements UdpSocket {
	readonly port: number;
	readonly #socket: Socket;
	#over = false;

	constructor(socket: Socket, options: UdpOptions) {
		this.#socket = socket;
		this.port = socket.address().port;
		socket.on("message", (bytes: Uint8Array, { address, port }: RemoteInfo) => {
			if (!this.#over) callSafely(() => options.onMessage(bytes, { address, port }));
		});
		// This listener stays, so that a late error does not end the process.
		socket.on("error", (error) => {
			if (this.#over) return;
			this.close();
			callSafely(() => options.onClosed(toPortError(error, "open", `UDP port ${this.port}`)));
		});
	}

	send(bytes: Uint8Array, address: string, port: number): void {
		if (this.#over || !isPort(port)) return;
		// A copy, since Node sends later than the caller may reuse its bytes. Datagrams get lost; nobody is told.
		this.#socket.send(Uint8Array.from(bytes), port, address, () => {});
	}

	close(): void {
		if (this.#over) return;
		this.#over = true;
		this.#socket.close();
	}
}

function bind(socket: Socket, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		socket.once("error", reject);
		// All addresses: datagrams to a group or to everyone do not arrive at a single one.
		socket.bind(port, () => {
			socket.off("error", reject);
			resolve();
		});
	});
}

/** On every network, as a device with one network would hear everything. */
function joinGroup(socket: Socket, group: string, network: string | undefined): void {
	const failures = (network === undefined ? localAddresses() : [network]).map((address) => {
		try {
			socket.addMembership(group, address);
			return undefined;
		} catch (error) {
			return error;
		}
	});
	if (failures.includes(undefined)) return;
	throw failures[0] ?? new PortError("unreachable", "this computer has no network");
}

function localAddresses(): string[] {
	// One address of each: a group is joined once per network.
	return Object.values(networkInterfaces()).flatMap(
		(addresses) => addresses?.find(({ family }) => family === "IPv4")?.address ?? [],
	);
}

function isPort(port: number): boolean {
	return Number.isInteger(port) && port > 0 && port <= 0xffff;
}
