// HTTP and WebSocket server, on node:http and ws.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type {
	HttpRequest,
	HttpServer,
	HttpServerOptions,
	HttpServerPort,
	WebSocketAccept,
} from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import {
	formatLastResponse,
	plainResponse,
	type SafeResponse,
	toHttpRequest,
	toSafeResponse,
} from "./http-messages";
import { toPortError } from "./port-errors";
import { ServedWebSocket } from "./served-websocket";
import { CLOSE_TIMEOUT_MS, GOING_AWAY } from "./websocket";

export interface HttpServerPortOptions {
	/** The address to listen on: 127.0.0.1 keeps the network out. */
	address: string;
	/** For the request line and headers. */
	headersTimeoutMs?: number;
	/** For a whole request. */
	requestTimeoutMs?: number;
}

const MAX_CONNECTIONS = 64;
const MAX_REQUESTS_PER_CONNECTION = 100;
/** Without a byte in either direction. Does not hold for WebSockets. */
const IDLE_TIMEOUT_MS = 30_000;
const MAX_MESSAGE_BYTES = 64 * 1024;
/** Without a sign of life for this long, a connection is probed; after ten probes, one a second, it is over. */
const PROBE_AFTER_MS = 10_000;
/** For what is under way when the server closes. */
const CLOSING_TIMEOUT_MS = 500;
/** For a client to take in a response to something that it has not yet sent in full. */
const LINGER_TIMEOUT_MS = 2000;

export function createHttpServer(options: HttpServerPortOptions): HttpServerPort {
	return {
		async listen(serverOptions) {
			const server = new NodeHttpServer(options, serverOptions);
			await server.listen();
			return server;
		},
	};
}

class NodeHttpServer implements HttpServer {
	readonly #address: string;
	readonly #options: HttpServerOptions;
	readonly #server: Server;
	readonly #upgrader: WebSocketServer;
	readonly #sockets = new Set<Socket>();
	readonly #webSockets = new Set<ServedWebSocket>();
	#port = 0;
	#closed: Promise<void> | undefined;

	constructor(
		{ address, headersTimeoutMs = 10_000, requestTimeoutMs = 30_000 }: HttpServerPortOptions,
		options: HttpServerOptions,
	) {
		this.#address = address;
		this.#options = options;
		this.#server = createServer({
			headersTimeout: headersTimeoutMs,
			requestTimeout: requestTimeoutMs,
			connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
			keepAlive: true,
			keepAliveInitialDelay: PROBE_AFTER_MS,
		});
		this.#server.maxConnections = MAX_CONNECTIONS;
		// Who asks again and again and never reads would fill the memory with responses, and the places with itself.
		this.#server.maxRequestsPerSocket = MAX_REQUESTS_PER_CONNECTION;
		this.#server.timeout = IDLE_TIMEOUT_MS;
		// Not a literal in the call: its types do not know `closeTimeout`.
		const upgraderOptions = {
			noServer: true,
			perMessageDeflate: false,
			maxPayload: MAX_MESSAGE_BYTES,
			closeTimeout: CLOSE_TIMEOUT_MS,
		};
		this.#upgrader = new WebSocketServer(upgraderOptions);
		this.#server.on("connection", (socket) => {
			this.#sockets.add(socket);
			socket.once("close", () => this.#sockets.delete(socket));
		});
		this.#server.on("request", (request, response) => void this.#onRequest(request, response));
		this.#server.on("upgrade", (request, socket: Socket, head) => this.#onUpgrade(request, socket, head));
	}

	get port(): number {
		return this.#port;
	}

	listen(): Promise<void> {
		const { port } = this.#options;
		const about = `${this.#address}:${port}`;
		return new Promise((resolve, reject) => {
			const onFailed = (error: Error): void => reject(toPortError(error, "listen", about));
			this.#server.once("error", onFailed);
			this.#server.once("listening", () => {
				this.#server.off("error", onFailed);
				this.#port = (this.#server.address() as AddressInfo).port;
				this.#server.on("error", (error) => this.#report(toPortError(error, "listen", about)));
				resolve();
			});
			try {
				this.#server.listen(port, this.#address);
			} catch (error) {
				reject(toPortError(error, "listen", about));
			}
		});
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	async #close(): Promise<void> {
		const ended = new Promise<void>((resolve) => this.#server.close(() => resolve()));
		for (const webSocket of this.#webSockets) webSocket.close(GOING_AWAY);
		const timer = setTimeout(() => {
			for (const socket of this.#sockets) socket.destroy();
		}, CLOSING_TIMEOUT_MS);
		await ended;
		clearTimeout(timer);
	}

	async #onRequest(message: IncomingMessage, response: ServerResponse): Promise<void> {
		response.on("error", () => {});
		const body = await readBody(message, this.#options.maxBodyBytes);
		if (body === "gone") return;
		if (body === "too large") {
			respondTooLarge(message, response);
			return;
		}
		const request = toHttpRequest(message, body);
		const answer = request === undefined ? plainResponse(400) : await this.#handle(request);
		if (this.#closed !== undefined) response.shouldKeepAlive = false;
		// Node leaves the body out for HEAD.
		response.writeHead(answer.status, answer.headers).end(answer.body);
	}

	async #handle(request: HttpRequest): Promise<SafeResponse> {
		if (this.#closed !== undefined) return plainResponse(503);
		try {
			return toSafeResponse(await this.#options.onRequest(request));
		} catch (error) {
			return this.#handlerFailed(request, error);
		}
	}

	#onUpgrade(message: IncomingMessage, socket: Socket, head: Buffer): void {
		socket.on("error", () => {});
		const answer = this.#handleUpgrade(message);
		if (typeof answer === "object") {
			respondLast(socket, formatLastResponse(answer));
			return;
		}
		// It answers a wrong handshake itself.
		this.#upgrader.handleUpgrade(message, socket, head, (webSocket) => {
			this.#serve(webSocket, answer, `${socket.remoteAddress}:${socket.remotePort}`);
		});
	}

	#handleUpgrade(message: IncomingMessage): SafeResponse | WebSocketAccept {
		const request = toHttpRequest(message, new Uint8Array());
		if (request === undefined || request.headers.upgrade?.toLowerCase() !== "websocket")
			return plainResponse(400);
		if (this.#closed !== undefined) return plainResponse(503);
		try {
			const answer = this.#options.onUpgrade(request);
			return typeof answer === "function" ? answer : toSafeResponse(answer);
		} catch (error) {
			return this.#handlerFailed(request, error);
		}
	}

	#serve(socket: WebSocket, accept: WebSocketAccept, about: string): void {
		const webSocket = new ServedWebSocket({ socket, accept, about, onError: (error) => this.#report(error) });
		this.#webSockets.add(webSocket);
		socket.once("close", () => this.#webSockets.delete(webSocket));
	}

	#handlerFailed({ method, path }: HttpRequest, cause: unknown): SafeResponse {
		this.#report(new PortError("invalid", `the handler of ${method} ${path} failed`, { cause }));
		return plainResponse(500);
	}

	#report(error: PortError): void {
		if (this.#closed === undefined) this.#options.onError(error);
	}
}

function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array | "too large" | "gone"> {
	if (Number(message.headers["content-length"]) > maxBytes) return Promise.resolve("too large");
	return new Promise((resolve) => {
		const chunks: Uint8Array[] = [];
		let length = 0;
		const onData = (chunk: Uint8Array): void => {
			length += chunk.length;
			if (length <= maxBytes) {
				chunks.push(chunk);
				return;
			}
			message.off("data", onData);
			resolve("too large");
		};
		message.on("data", onData);
		message.once("end", () => resolve(Buffer.concat(chunks)));
		message.once("error", () => resolve("gone"));
		message.once("close", () => resolve("gone"));
	});
}

/** A client sends its body to the end before it reads: to cut it off would hide the response from it. */
function respondTooLarge(message: IncomingMessage, response: ServerResponse): void {
	const { status, headers, body } = plainResponse(413);
	response.writeHead(status, { ...headers, connection: "close" });
	response.write(body);
	const end = (): void => {
		clearTimeout(timer);
		response.end();
	};
	const timer = setTimeout(end, LINGER_TIMEOUT_MS);
	message.once("close", end);
	message.once("end", end);
	message.resume();
}

/** Sends and ends; what the client still sends is thrown away. */
function respondLast(socket: Socket, bytes: Uint8Array): void {
	const timer = setTimeout(() => socket.destroy(), LINGER_TIMEOUT_MS);
	socket.once("close", () => clearTimeout(timer));
	socket.resume();
	socket.end(bytes);
}
