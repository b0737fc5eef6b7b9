// UDP datagrams, for printer discovery (SSDP) and the access point's DNS.

import type { PortError } from "./port-error";

export interface UdpPort {
	/** Rejects with `address_in_use` when the port is taken by someone who does not share it. */
	open(options: UdpOptions): Promise<UdpSocket>;
}

export interface UdpOptions {
	/** 0 lets the host choose. The port is shared (SO_REUSEADDR) where the host can. */
	port: number;
	/** Multicast groups to join, such as "239.255.255.250". */
	groups?: readonly string[];
	/** The bytes are only valid during the call. */
	onMessage(bytes: Uint8Array, from: { address: string; port: number }): void;
	/** The socket no longer works. Comes at most once, and not after `close`. */
	onClosed(error: PortError): void;
}

export interface UdpSocket {
	readonly port: number;
	/** Broadcast addresses are allowed. Datagrams get lost; nobody is told. */
	send(bytes: Uint8Array, address: string, port: number): void;
	/** May be called any number of times; no callback runs afterwards. */
	close(): void;
}
