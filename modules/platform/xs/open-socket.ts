// Opens the socket of a connection: TCP, or TLS over it.

import { PortError } from "../port-error";
import type { TlsTrust } from "../tls";
import type { Socket, SocketEvents } from "./conduit";
import { TcpSocket } from "./tcp-socket";
import { TlsSocket } from "./tls/tls-socket";

export interface SocketTarget {
	/** IPv4. */
	address: string;
	port: number;
	/** The host and port, for messages. */
	about: string;
	events: SocketEvents;
	/** TCP is established. */
	onConnected(): void;
}

export interface TlsTarget extends SocketTarget {
	trust: TlsTrust;
	/** The certificate was accepted; its common name as the peer spells it. */
	onVerified(commonName: string): void;
}

/** Throws a {@link PortError}. */
export function openTcp({ address, port, about, events, onConnected }: SocketTarget): Socket {
	try {
		return new TcpSocket({ address, port, about, onConnected, ...events });
	} catch (cause) {
		throw new PortError("unreachable", `${about}: there is no way to that address; check the network`, {
			cause,
		});
	}
}

/** Throws a {@link PortError}. */
export function openTls({ address, port, about, events, onConnected, trust, onVerified }: TlsTarget): Socket {
	let isConnected = false;
	let tcpReason: PortError | undefined;
	/** What TLS is told to connect with. */
	const io = class extends TcpSocket {
		constructor(options: {
			onReadable(count: number): void;
			onWritable(count: number): void;
			onError(): void;
		}) {
			super({
				...options,
				about,
				onConnected() {
					isConnected = true;
					onConnected();
				},
				onError(reason) {
					tcpReason = reason;
					options.onError();
				},
			});
		}
	};
	return new TlsSocket({
		address,
		port,
		TCP: { io },
		secure: trust,
		onSecured: ({ commonName }) => onVerified(commonName),
		onReadable: (byteLength) => events.onReadable(byteLength),
		onWritable: (byteLength) => events.onWritable(byteLength),
		onError: (error) => {
			if (tcpReason !== undefined) events.onError(tcpReason);
			// TLS takes whatever ends TCP at once for a host that does not answer.
			else if (error.code === "unreachable" && isConnected) events.onError();
			// What that means depends on the protocol above.
			else if (error.code === "closed_by_peer") events.onError();
			else events.onError(named(error, about));
		},
	});
}

/** TLS does not know whom it talks to. */
function named(error: PortError, about: string): PortError {
	const { code, message, cause, certificate } = error;
	return new PortError(code, `${about}: ${message}`, { cause, ...(certificate && { certificate }) });
}
