// UDP over the SDK's sockets.

import { isIPv4, isPort } from "../parts/addresses";
import { PortError } from "../port-error";
import type { UdpOptions, UdpPort, UdpSocket } from "../udp";
import { callSafely } from "./callbacks";
import { type Datagram, Udp } from "./sdk";

/** Where a port is chosen when none is asked for: the SDK does not tell which one it was given (RFC 6335, 6). */
const FIRST_FREE_PORT = 49_152;
const LAST_FREE_PORT = 0xffff;
const ATTEMPTS = 10;
/** What fits into a datagram over IPv4. */
const MAX_DATAGRAM_BYTES = 65_507;

export function createUdp(): UdpPort {
	return {
		async open(options) {
			if (options.port !== 0 && !isPort(options.port))
				throw new PortError("invalid", `a port is a number up to ${LAST_FREE_PORT}, not ${options.port}`);
			return new XsUdpSocket(options);
		},
	};
}

class XsUdpSocket implements UdpSocket {
	readonly port: number;
	private readonly options: UdpOptions;
	private socket: Udp | undefined;

	constructor(options: UdpOptions) {
		this.options = options;
		const { socket, port } = this.open(options.port);
		this.socket = socket;
		this.port = port;
		this.join(socket, options.groups ?? []);
	}

	send(bytes: Uint8Array, address: string, port: number): void {
		if (!isPort(port) || !isIPv4(address) || bytes.length > MAX_DATAGRAM_BYTES) return;
		try {
			this.socket?.write(bytes, address, port);
		} catch {
			// No route, no room: datagrams get lost, and nobody is told.
		}
	}

	close(): void {
		const socket = this.socket;
		this.socket = undefined;
		socket?.close();
	}

	private open(port: number): { socket: Udp; port: number } {
		for (let attempt = 1; ; attempt++) {
			const chosen = port === 0 ? randomPort() : port;
			try {
				return { socket: this.openAt(chosen), port: chosen };
			} catch (cause) {
				if (port === 0 && attempt < ATTEMPTS) continue;
				throw new PortError(
					"address_in_use",
					`UDP port ${chosen} is taken by somebody who does not share it`,
					{
						cause,
					},
				);
			}
		}
	}

	private openAt(port: number): Udp {
		const receive = (datagrams: number): void => this.receive(datagrams);
		return new Udp({ port, onReadable: receive });
	}

	private join(socket: Udp, groups: readonly string[]): void {
		if (groups.length === 0) return;
		try {
			if (socket.add === undefined)
				throw new PortError("unsupported", "this platform has no multicast; groups cannot be joined");
			for (const group of groups) socket.add(group);
		} catch (cause) {
			this.close();
			if (cause instanceof PortError) throw cause;
			throw new PortError("unreachable", "the group cannot be joined; there is no network", { cause });
		}
	}

	private receive(datagrams: number): void {
		for (let count = 0; count < datagrams; count++) {
			const datagram: Datagram | undefined = this.socket?.read();
			if (datagram === undefined) return;
			const { address, port } = datagram;
			callSafely(() => this.options.onMessage(new Uint8Array(datagram), { address, port }));
		}
	}
}

function randomPort(): number {
	return FIRST_FREE_PORT + Math.floor(Math.random() * (LAST_FREE_PORT - FIRST_FREE_PORT + 1));
}

export interface QuietUdpOptions {
	port?: number;
	/** Shorter datagrams are not handed on. */
	minBytes?: number;
	target?: unknown;
	onReadable(this: QuietUdp, datagrams: number): void;
}

/**
 * A socket for the SDK's clients: those throw from their timers when the network is away, and from their parsers
 * when a datagram is not what they expect, with nobody to catch it.
 */
export class QuietUdp {
	readonly target: unknown;
	private readonly socket: Udp;
	private datagram: Datagram | undefined;

	constructor({ port, minBytes = 0, target, onReadable }: QuietUdpOptions) {
		this.target = target;
		const receive = (datagrams: number): void => {
			for (let count = 0; count < datagrams; count++) {
				this.datagram = this.socket.read();
				if (this.datagram === undefined || this.datagram.byteLength < minBytes) continue;
				try {
					onReadable.call(this, 1);
				} catch {
					// Of no protocol that the client knows.
				}
			}
		};
		this.socket = new Udp({ ...(port !== undefined && { port }), onReadable: receive });
	}

	read(): Datagram | undefined {
		return this.datagram;
	}

	write(bytes: Uint8Array | ArrayBuffer, address: string, port: number): void {
		try {
			this.socket.write(bytes as Uint8Array, address, port);
		} catch {
			// The client tries again.
		}
	}

	add(group: string): void {
		this.socket.add?.(group);
	}

	close(): void {
		this.socket.close();
	}
}
