// A TCP connection that knows how far it came, and may be closed at any time.

import Timer from "timer";
import type { PortError } from "../port-error";
import { hungUp } from "./port-errors";
import { Tcp } from "./sdk";
import { Stopwatch } from "./stopwatch";

export interface TcpSocketOptions {
	/** IPv4. */
	address?: string;
	port?: number;
	/** An accepted connection that this takes over. */
	from?: Tcp;
	/** The host and port, for messages. */
	about: string;
	/** TCP is established; comes before everything else. */
	onConnected?(): void;
	onReadable(byteLength: number): void;
	onWritable(byteLength: number): void;
	/** `reason` is given when the connection was never established. */
	onError(reason?: PortError): void;
}

/** Of the shape that the SDK's sockets have. */
export class TcpSocket {
	readonly #options: TcpSocketOptions;
	readonly #stopwatch = new Stopwatch();
	#tcp: Tcp | undefined;
	#isConnected = false;
	/** The SDK's socket is calling us. */
	#isCalled = false;

	/** Throws what the SDK throws when there is no way to the address. */
	constructor(options: TcpSocketOptions) {
		this.#options = options;
		const { address, port, from } = options;
		this.#tcp = new Tcp({
			...(from === undefined ? { address, port } : { from }),
			nodelay: true,
			// What is called from here goes deep: no frame more than it takes.
			onReadable: (byteLength) => {
				this.#isCalled = true;
				if (!this.#isConnected) this.#connect();
				if (this.#tcp !== undefined) options.onReadable(byteLength);
				this.#isCalled = false;
			},
			onWritable: (byteLength) => {
				this.#isCalled = true;
				if (!this.#isConnected) this.#connect();
				if (this.#tcp !== undefined) options.onWritable(byteLength);
				this.#isCalled = false;
			},
			onError: () => {
				this.#isCalled = true;
				this.#onError();
				this.#isCalled = false;
			},
		} as ConstructorParameters<typeof Tcp>[0]);
	}

	get remoteAddress(): string | undefined {
		return undefined;
	}

	get remotePort(): number | undefined {
		return undefined;
	}

	read(limit: number): ArrayBuffer | undefined;
	read(into: Uint8Array): unknown;
	read(limit: number | Uint8Array): unknown {
		return this.#tcp?.read(limit as number);
	}

	/** `undefined`: the connection is lost, and nothing more will be heard of it. */
	write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		return this.#tcp?.write(bytes as Uint8Array);
	}

	/** Nothing is told any more. May be called any number of times. */
	close(): void {
		const tcp = this.#tcp;
		this.#tcp = undefined;
		// The SDK's sockets of Linux go on with their other callbacks when they are closed in one, though they are gone.
		if (this.#isCalled) Timer.set(() => tcp?.close());
		else tcp?.close();
	}

	#connect(): void {
		if (this.#isConnected || this.#tcp === undefined) return;
		this.#isConnected = true;
		this.#options.onConnected?.();
	}

	#onError(): void {
		const { about, onError } = this.#options;
		if (!this.#isConnected && this.#wasConnected()) this.#connect();
		if (this.#tcp === undefined) return;
		onError(this.#isConnected ? undefined : hungUp("connect", about, this.#stopwatch.elapsedMs));
	}

	/**
	 * The SDK says the same when nobody listens as when somebody took the connection and ended it at once. Only in the
	 * second case can anything be written; whoever has hung up does not read it.
	 */
	#wasConnected(): boolean {
		try {
			return this.#tcp?.write(Uint8Array.of(0)) !== undefined;
		} catch {
			return false;
		}
	}
}
