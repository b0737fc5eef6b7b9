// TLS as a plain stream of bytes, for protocols that the firmware speaks itself.

import type { PortError } from "./port-error";
import type { TlsTrust } from "./tls";

export interface TlsPort {
	/**
	 * Starts to connect, with TLS 1.2. Never throws for what the network does: that comes through `onClosed`.
	 * No callback runs before it has returned.
	 */
	connect(options: TlsStreamOptions): TlsStream;
}

export interface TlsStreamOptions {
	host: string;
	port: number;
	trust: TlsTrust;
	/** For everything up to `onOpen` together. */
	connectTimeoutMs: number;
	/**
	 * An open stream of the same port to the same peer, whose keys are offered: servers of some protocols want to see in
	 * that way that a second connection is the same client's. Who declines them is asked to prove who it is, as ever.
	 * Of no effect when that stream is not open any more, or has another `trust`.
	 */
	resume?: TlsStream | undefined;

	/** The peer has proved who it is. `certificateName` is the leaf's common name as the peer spells it. */
	onOpen(certificateName: string): void;
	/** The next bytes, of any number. They are only valid during the call. */
	onData(bytes: Uint8Array): void;
	/** The connection failed or was lost, or the peer ended it. Comes at most once, and not after `close`. */
	onClosed(error: PortError): void;
}

export interface TlsStream {
	/**
	 * False when not connected or when too much is waiting to be sent: then nothing of it is sent. An empty stream takes
	 * 16 KiB at least. The bytes must not be changed afterwards.
	 */
	write(bytes: Uint8Array): boolean;
	/**
	 * Sends what was written and ends the connection; resolves when the bytes are out, or after a second at most.
	 * No callback runs once it has been called. May be called any number of times, in any state.
	 */
	close(): Promise<void>;
}
