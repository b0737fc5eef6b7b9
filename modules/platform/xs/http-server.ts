// HTTP and WebSocket server over the SDK's.

import { isListening } from "platform/xs/host/listening";
import Timer from "timer";
import type { HttpServer as HttpServerHandle, HttpServerOptions, HttpServerPort } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { HttpExchange } from "./http-exchange";
import { HttpServer, Listener, type ListenerOptions, type Tcp } from "./sdk";
import type { ServerConnection, ServerConnectionOwner } from "./server-connection";
import { Wire } from "./wire";

export interface HttpServerPortOptions {
	text: TextCodec;
}

/** Each one costs a socket and its buffers; lwIP has 16 connections for everything. */
const MAX_CONNECTIONS = 16;
/** For what is under way when the server closes. */
const CLOSING_TIMEOUT_MS = 500;

export function createHttpServer({ text }: HttpServerPortOptions): HttpServerPort {
	return {
		async listen(options) {
			const { port } = options;
			if (!Number.isInteger(port) || port < 0 || port > 0xffff)
				throw new PortError("invalid", `a port is a number up to ${0xffff}, not ${port}`);
			if (await isListening(port)) throw inUse(port);
			try {
				return new XsHttpServer(options, text);
			} catch (cause) {
				throw inUse(port, cause);
			}
		},
	};
}

function inUse(port: number, cause?: unknown): PortError {
	return new PortError(
		"address_in_use",
		`another program listens on port ${port} already, or this system does not allow to`,
		{ cause },
	);
}

class XsHttpServer implements HttpServerHandle, ServerConnectionOwner {
	readonly port: number;
	readonly options: HttpServerOptions;
	readonly text: TextCodec;
	private readonly connections = new Set<ServerConnection>();
	private listener: Listener | undefined;
	/** Of the connection that the SDK is about to tell of. */
	private newest: HttpExchange | undefined;
	private closed: Promise<void> | undefined;
	private onLastOver: (() => void) | undefined;

	constructor(options: HttpServerOptions, text: TextCodec) {
		this.options = options;
		this.text = text;
		const server = new HttpServer<HttpExchange>({
			io: this.listenerClass(),
			port: options.port,
			onConnect: (connection) => {
				const exchange = this.newest;
				this.newest = undefined;
				if (exchange === undefined) connection.close();
				else exchange.begin(connection);
			},
		});
		this.port = server.port;
	}

	get isClosing(): boolean {
		return this.closed !== undefined;
	}

	close(): Promise<void> {
		this.closed ??= this.#close();
		return this.closed;
	}

	onError(error: PortError): void {
		if (!this.isClosing) this.options.onError(error);
	}

	onUpgraded(from: ServerConnection, to: ServerConnection): void {
		this.connections.delete(from);
		this.connections.add(to);
	}

	onOver(connection: ServerConnection): void {
		this.connections.delete(connection);
		if (this.connections.size === 0) this.onLastOver?.();
	}

	async #close(): Promise<void> {
		// In place of the SDK's server: that would throw at every connection that ends after it.
		this.listener?.close();
		for (const connection of [...this.connections]) connection.finish();
		if (this.connections.size > 0) await this.lastIsOver();
	}

	private async lastIsOver(): Promise<void> {
		const timer = Timer.set(() => {
			for (const connection of [...this.connections]) connection.drop();
		}, CLOSING_TIMEOUT_MS);
		await new Promise<void>((resolve) => {
			this.onLastOver = resolve;
		});
		Timer.clear(timer);
	}

	/** The SDK's server makes the listener itself and takes a socket from it; it is given a wire instead. */
	private listenerClass(): new (options: ListenerOptions) => unknown {
		const opened = (listener: Listener): void => {
			this.listener = listener;
		};
		const accept = (socket: Tcp | undefined): Wire => this.accept(socket);
		return class extends Listener {
			constructor(options: ListenerOptions) {
				super(options);
				opened(this);
			}

			// Of the SDK's type in its place: what the server does with it, a wire can.
			override read(): never {
				return accept(super.read()) as never;
			}
		};
	}

	/** Who has connected and said nothing, or nothing whole, must not keep others out: the oldest of them makes room. */
	private dropIdle(): void {
		for (const connection of this.connections) {
			if (!connection.isIdle) continue;
			connection.drop();
			return;
		}
	}

	private accept(socket: Tcp | undefined): Wire {
		if (socket === undefined) throw new PortError("closed_by_peer", "the connection is gone already");
		if (this.connections.size >= MAX_CONNECTIONS) this.dropIdle();
		if (this.connections.size >= MAX_CONNECTIONS || this.isClosing) {
			socket.close();
			throw new PortError("refused", "there are too many connections");
		}
		const exchange = new HttpExchange({ owner: this, socket });
		this.connections.add(exchange);
		this.newest = exchange;
		return new Wire({ conduit: exchange.conduit });
	}
}
