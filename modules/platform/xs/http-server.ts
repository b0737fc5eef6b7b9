// HTTP and WebSocket server over the SDK's.

import { isListening } from "platform/xs/host/listening";
import type { HttpServer as HttpServerHandle, HttpServerOptions, HttpServerPort } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { HttpExchange } from "./http-exchange";
import { HttpServer, Listener, type ListenerOptions, type Tcp } from "./sdk";
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

class XsHttpServer implements HttpServerHandle {
	readonly port: number;
	readonly #options: HttpServerOptions;
	readonly #text: TextCodec;
	readonly #server: HttpServer;
	readonly #exchanges = new Set<HttpExchange>();
	#listener: Listener | undefined;
	/** Of the connection that the SDK is about to tell of. */
	#newest: HttpExchange | undefined;
	#closed: Promise<void> | undefined;

	constructor(options: HttpServerOptions, text: TextCodec) {
		this.#options = options;
		this.#text = text;
		this.#server = new HttpServer({
			io: this.#listenerClass(),
			port: options.port,
			onConnect: (connection) => {
				const exchange = this.#newest;
				this.#newest = undefined;
				if (exchange === undefined) connection.close();
				else exchange.begin(connection);
			},
		});
		this.port = this.#server.port;
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	async #close(): Promise<void> {
		// First of all, so that nobody new comes; the SDK's server would also cut what is under way.
		this.#listener?.close();
		await Promise.all([...this.#exchanges].map((exchange) => exchange.finish(CLOSING_TIMEOUT_MS)));
		this.#server.close();
	}

	/** The SDK's server makes the listener itself and takes a socket from it; it is given a wire instead. */
	#listenerClass(): new (options: ListenerOptions) => unknown {
		const opened = (listener: Listener): void => {
			this.#listener = listener;
		};
		const accept = (socket: Tcp | undefined): Wire => this.#accept(socket);
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

	#accept(socket: Tcp | undefined): Wire {
		if (socket === undefined) throw new PortError("closed_by_peer", "the connection is gone already");
		if (this.#exchanges.size >= MAX_CONNECTIONS || this.#closed !== undefined) {
			socket.close();
			throw new PortError("refused", "there are too many connections");
		}
		const exchange = new HttpExchange({
			socket,
			text: this.#text,
			server: this.#options,
			onError: (error) => {
				if (this.#closed === undefined) this.#options.onError(error);
			},
			onOver: () => this.#exchanges.delete(exchange),
		});
		this.#exchanges.add(exchange);
		this.#newest = exchange;
		return new Wire({ conduit: exchange.conduit });
	}
}
