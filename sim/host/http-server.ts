// HTTP and WebSocket server, on node:http and ws.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type {
	BodyReceiver,
	HttpRequest,
	HttpResponse,
	HttpServer,
	HttpServerOptions,
	HttpServerPort,
	WebSocketAccept,
} from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import { callSafely } from "./callbacks";
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
	/** For a whole request that is collected. */
	requestTimeoutMs?: number;
	/** For a body that a receiver takes. Between two pieces of it the idle timeout holds. */
	receiveTimeoutMs?: number;
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
/** Likewise, for a body that may be large: many clients read nothing before they have sent all of it. */
const REFUSAL_TIMEOUT_MS = 10_000;

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
	/** Those that have not asked for anything whole yet, oldest first. */
	readonly #idle = new Set<Socket>();
	readonly #webSockets = new Set<ServedWebSocket>();
	/** Bodies that receivers are taking. */
	readonly #receptions = new Set<Reception>();
	readonly #requestTimeoutMs: number;
	readonly #receiveTimeoutMs: number;
	#port = 0;
	#closed: Promise<void> | undefined;

	constructor(
		{
			address,
			headersTimeoutMs = 10_000,
			requestTimeoutMs = 30_000,
			receiveTimeoutMs = 10 * 60_000,
		}: HttpServerPortOptions,
		options: HttpServerOptions,
	) {
		this.#address = address;
		this.#options = options;
		this.#requestTimeoutMs = requestTimeoutMs;
		this.#receiveTimeoutMs = receiveTimeoutMs;
		this.#server = createServer({
			headersTimeout: headersTimeoutMs,
			// Node knows one for all requests only; see `#collect` and `#receive`.
			requestTimeout: 0,
			connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
			keepAlive: true,
			keepAliveInitialDelay: PROBE_AFTER_MS,
		});
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
			this.#makeRoom();
			if (this.#sockets.size >= MAX_CONNECTIONS) {
				socket.destroy();
				return;
			}
			this.#sockets.add(socket);
			this.#idle.add(socket);
			socket.once("close", () => {
				this.#sockets.delete(socket);
				this.#idle.delete(socket);
			});
		});
		for (const event of ["request", "checkContinue"])
			this.#server.on(event, (request: IncomingMessage, response: ServerResponse) => {
				void this.#onRequest(request, response);
			});
		this.#server.on("upgrade", (request, socket: Socket, head) => {
			this.#idle.delete(socket);
			this.#onUpgrade(request, socket, head);
		});
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
		for (const reception of [...this.#receptions]) reception.abort();
		for (const webSocket of this.#webSockets) webSocket.close(GOING_AWAY);
		const timer = setTimeout(() => {
			for (const socket of this.#sockets) socket.destroy();
		}, CLOSING_TIMEOUT_MS);
		await ended;
		clearTimeout(timer);
	}

	/** Who has connected and said nothing, or nothing whole, must not keep others out: the oldest of them goes. */
	#makeRoom(): void {
		if (this.#sockets.size < MAX_CONNECTIONS) return;
		for (const socket of this.#idle) {
			this.#idle.delete(socket);
			this.#sockets.delete(socket);
			socket.destroy();
			return;
		}
	}

	async #onRequest(message: IncomingMessage, response: ServerResponse): Promise<void> {
		response.on("error", () => {});
		const choice = this.#chooseReceiver(message);
		if (choice !== undefined && "status" in choice) {
			respondEarly(message, response, choice, REFUSAL_TIMEOUT_MS);
			return;
		}
		if (message.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
		const answer = await (choice === undefined ? this.#collect(message) : this.#receive(message, choice));
		switch (answer) {
			case "gone":
				return;
			case "too large":
				respondEarly(message, response, plainResponse(413), LINGER_TIMEOUT_MS);
				return;
			case "too slow":
				response.shouldKeepAlive = false;
				response.writeHead(408).end(() => message.destroy());
				return;
		}
		if (!message.complete) {
			respondEarly(message, response, answer, REFUSAL_TIMEOUT_MS);
			return;
		}
		if (this.#closed !== undefined || choice !== undefined) response.shouldKeepAlive = false;
		// Node leaves the body out for HEAD.
		response.writeHead(answer.status, answer.headers).end(answer.body);
	}

	/** `undefined`: the body, if there is one, is to be collected. */
	#chooseReceiver(message: IncomingMessage): BodyReceiver | SafeResponse | undefined {
		const sizeBytes = bodySize(message);
		if (sizeBytes === 0 || this.#closed !== undefined) return undefined;
		const request = toHttpRequest(message, new Uint8Array());
		if (request === undefined) return plainResponse(400);
		const { body: _, ...head } = request;
		try {
			const answer = this.#options.onBody?.(head, sizeBytes);
			return answer === undefined || isReceiver(answer) ? answer : toSafeResponse(answer);
		} catch (error) {
			return this.#handlerFailed(request, error);
		}
	}

	async #collect(message: IncomingMessage): Promise<SafeResponse | Failure> {
		const { socket } = message;
		if (!socket.destroyed) this.#idle.add(socket);
		const body = await readBody(message, this.#options.maxBodyBytes, this.#requestTimeoutMs);
		this.#idle.delete(socket);
		if (typeof body === "string") return body;
		const request = toHttpRequest(message, body);
		return request === undefined ? plainResponse(400) : this.#handle(request);
	}

	async #receive(message: IncomingMessage, receiver: BodyReceiver): Promise<SafeResponse | Failure> {
		this.#idle.delete(message.socket);
		const reception = new Reception(message, receiver, this.#receiveTimeoutMs);
		this.#receptions.add(reception);
		const result = await reception.over;
		this.#receptions.delete(reception);
		if (typeof result === "string") return result;
		try {
			return toSafeResponse(await result());
		} catch (error) {
			return this.#handlerFailed({ method: message.method ?? "", path: message.url ?? "" }, error);
		}
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

	#handlerFailed({ method, path }: Pick<HttpRequest, "method" | "path">, cause: unknown): SafeResponse {
		this.#report(new PortError("invalid", `the handler of ${method} ${path} failed`, { cause }));
		return plainResponse(500);
	}

	#report(error: PortError): void {
		if (this.#closed === undefined) this.#options.onError(error);
	}
}

/** Why there is no body. */
type Failure = "too large" | "too slow" | "gone";

/** A body on its way to its receiver. */
class Reception {
	/** The last call that is due: of `end`, or of nothing but what `take` has thrown. */
	readonly over: Promise<Failure | (() => HttpResponse | Promise<HttpResponse>)>;
	readonly #receiver: BodyReceiver;
	#isOver = false;
	#settle: (result: Failure | (() => HttpResponse | Promise<HttpResponse>)) => void = () => {};

	constructor(message: IncomingMessage, receiver: BodyReceiver, timeoutMs: number) {
		this.#receiver = receiver;
		const timer = setTimeout(() => this.#stop("too slow"), timeoutMs);
		this.over = new Promise((resolve) => {
			this.#settle = (result) => {
				this.#isOver = true;
				clearTimeout(timer);
				resolve(result);
			};
		});
		message.on("data", (bytes: Uint8Array) => this.#take(bytes));
		message.once("end", () => {
			if (!this.#isOver) this.#settle(() => receiver.end());
		});
		message.once("error", () => this.abort());
		message.once("close", () => this.abort());
	}

	abort(): void {
		this.#stop("gone");
	}

	#take(bytes: Uint8Array): void {
		if (this.#isOver) return;
		try {
			this.#receiver.take(bytes);
		} catch (error) {
			this.#settle(() => Promise.reject(error));
		}
	}

	#stop(why: Failure): void {
		if (this.#isOver) return;
		this.#settle(why);
		callSafely(() => this.#receiver.abort());
	}
}

function isReceiver(answer: BodyReceiver | HttpResponse): answer is BodyReceiver {
	return "take" in answer;
}

/** 0: there is no body. `undefined`: the request does not tell how long it is. */
function bodySize({ headers }: IncomingMessage): number | undefined {
	return headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : undefined;
}

function readBody(
	message: IncomingMessage,
	maxBytes: number,
	timeoutMs: number,
): Promise<Uint8Array | Failure> {
	if (Number(message.headers["content-length"]) > maxBytes) return Promise.resolve("too large");
	return new Promise((resolve) => {
		const chunks: Uint8Array[] = [];
		let length = 0;
		const settle = (result: Uint8Array | Failure): void => {
			clearTimeout(timer);
			message.off("data", onData);
			resolve(result);
		};
		const timer = setTimeout(() => settle("too slow"), timeoutMs);
		const onData = (chunk: Uint8Array): void => {
			length += chunk.length;
			if (length <= maxBytes) chunks.push(chunk);
			else settle("too large");
		};
		message.on("data", onData);
		message.once("end", () => settle(Buffer.concat(chunks)));
		message.once("error", () => settle("gone"));
		message.once("close", () => settle("gone"));
	});
}

/** A client sends its body to the end before it reads: to cut it off would hide the response from it. */
function respondEarly(
	message: IncomingMessage,
	response: ServerResponse,
	{ status, headers, body }: SafeResponse,
	lingerMs: number,
): void {
	response.writeHead(status, { ...headers, connection: "close" });
	response.write(body);
	const end = (): void => {
		clearTimeout(timer);
		response.end();
	};
	const timer = setTimeout(end, lingerMs);
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
