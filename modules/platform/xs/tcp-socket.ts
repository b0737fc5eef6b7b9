// A TCP connection that knows how far it came, and may be closed at any time.

import Timer from "timer";
import type { SocketOwner } from "./conduit";
import { hungUp } from "./port-errors";
import { Tcp } from "./sdk";
import { Stopwatch } from "./stopwatch";

export type TcpSocketOptions = { owner: SocketOwner } & (
	| {
			/** IPv4. */
			address: string;
			port: number;
	  }
	| {
			/** An accepted connection that this takes over. */
			from: Tcp;
	  }
);

export class TcpSocket extends Tcp {
	readonly #owner: SocketOwner;
	#state: "connecting" | "connected" | "closed" = "connecting";
	/** The SDK's socket is calling us. */
	#isCalled = false;
	/** While it connects to somebody. */
	#stopwatch: Stopwatch | undefined;

	/** Throws what the SDK throws when there is no way to the address. */
	constructor({ owner, ...target }: TcpSocketOptions) {
		const { tellReadable, tellWritable, tellError } = TcpSocket.prototype;
		super({
			...target,
			nodelay: true,
			onReadable: tellReadable,
			onWritable: tellWritable,
			onError: tellError,
		});
		this.#owner = owner;
		if ("address" in target) this.#stopwatch = new Stopwatch();
	}

	override read(byteLength: number): ArrayBuffer | undefined;
	override read(into: Uint8Array): unknown;
	override read(limit: number | Uint8Array): unknown {
		return this.#state === "closed" ? undefined : super.read(limit as number);
	}

	/** `undefined`: the connection is lost, and nothing more will be heard of it. */
	override write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		return this.#state === "closed" ? undefined : super.write(bytes);
	}

	/** Nothing is told any more. May be called any number of times. */
	override close(): void {
		if (this.#state === "closed") return;
		this.#state = "closed";
		// The SDK's sockets of Linux go on with their other callbacks when they are closed in one, though they are gone.
		if (this.#isCalled) Timer.set(() => super.close());
		else super.close();
	}

	// For the SDK, which calls these as methods of the socket. What they call goes deep: no frame more than it takes.

	tellReadable(byteLength: number): void {
		this.#isCalled = true;
		if (this.#state === "connecting") this.connect();
		if (this.#state === "connected") this.#owner.onReadable(byteLength);
		this.#isCalled = false;
	}

	tellWritable(byteLength: number): void {
		this.#isCalled = true;
		if (this.#state === "connecting") this.connect();
		if (this.#state === "connected") this.#owner.onWritable(byteLength);
		this.#isCalled = false;
	}

	tellError(): void {
		this.#isCalled = true;
		if (this.#state === "connecting" && this.wasConnected()) this.connect();
		if (this.#state === "connected") this.#owner.onError();
		else if (this.#state === "connecting")
			this.#owner.onError(hungUp("connect", this.#owner.about, this.#stopwatch?.elapsedMs ?? 0));
		this.#isCalled = false;
	}

	private connect(): void {
		this.#state = "connected";
		this.#stopwatch = undefined;
		this.#owner.onConnected?.();
	}

	/**
	 * The SDK says the same when nobody listens as when somebody took the connection and ended it at once. Only in the
	 * second case can anything be written; whoever has hung up does not read it.
	 */
	private wasConnected(): boolean {
		try {
			return super.write(Uint8Array.of(0)) !== undefined;
		} catch {
			return false;
		}
	}
}
