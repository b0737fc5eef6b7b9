// Opens the socket of a connection: TCP, or TLS over it.

import { PortError } from "../port-error";
import type { TlsTrust } from "../tls";
import type { Socket, SocketOwner } from "./conduit";
import { TcpSocket } from "./tcp-socket";
import { TlsSocket, type TlsSocketOptions } from "./tls/tls-socket";

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
	if (trust !== undefined) return openTlsSocket({ address, port, owner, trust });
	return opened(owner, () => new TcpSocket({ address, port, owner }));
}

/** Throws a {@link PortError}. */
export function openTlsSocket(options: TlsSocketOptions): TlsSocket {
	return opened(options.owner, () => new TlsSocket(options));
}

function opened<Kind extends Socket>(owner: SocketOwner, open: () => Kind): Kind {
	try {
		return open();
	} catch (cause) {
		if (cause instanceof PortError) throw cause;
		throw new PortError("unreachable", `${owner.about}: there is no way to that address; check the network`, {
			cause,
		});
	}
}
