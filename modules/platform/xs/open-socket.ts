// Opens the socket of a connection: TCP, or TLS over it.

import { PortError } from "../port-error";
import type { TlsTrust } from "../tls";
import type { Socket, SocketOwner } from "./conduit";
import { TcpSocket } from "./tcp-socket";
import { TlsSocket } from "./tls/tls-socket";

export interface SocketTarget {
	/** IPv4. */
	address: string;
	port: number;
	owner: SocketOwner;
	/** Left out: TCP alone. */
	trust?: TlsTrust | undefined;
}

/** Throws a {@link PortError}. */
export function openSocket({ address, port, owner, trust }: SocketTarget): Socket {
	try {
		if (trust === undefined) return new TcpSocket({ address, port, owner });
		return new TlsSocket({ address, port, owner, trust });
	} catch (cause) {
		if (cause instanceof PortError) throw cause;
		throw new PortError("unreachable", `${owner.about}: there is no way to that address; check the network`, {
			cause,
		});
	}
}
