// One connection of the HTTP server: a request and its response, or an upgrade to a WebSocket.
/// <reference path="./typings/http-server-websocket.d.ts" />

import WebSocketHandshake from "embedded:network/http/server/options/websocket";
import Timer from "timer";
import type { HttpRequest, HttpServerOptions, WebSocketAccept } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { joinBytes } from "./bytes";
import { callSafely } from "./callbacks";
import { Conduit } from "./conduit";
import { HttpGate, type HttpHead } from "./gates/http-gate";
import { WebSocketGate } from "./gates/web-socket-gate";
import { formatResponse, plainResponse, type SafeResponse, toSafeResponse } from "./http-responses";
import type { HttpServerConnection, HttpServerHandlers, HttpServerResponse, Tcp } from "./sdk";
import { ServedWebSocket } from "./served-web-socket";
import { TcpSocket } from "./tcp-socket";

export interface HttpExchangeOptions {
	/** Accepted, and not yet listened to. */
	socket: Tcp;
	text: TextCodec;
	server: HttpServerOptions;
	onError(error: PortError): void;
	/** The connection is gone. */
	onOver(): void;
}

const MAX_HEAD_BYTES = 8 * 1024;
export const MAX_MESSAGE_BYTES = 64 * 1024;
/** Of a response, beyond what the network takes: bodies in flash are not copied to memory at once. */
const RESPONSE_BUFFER_BYTES = 4 * 1024;
/** A user of WebSockets watches how much waits. */
const UNLIMITED = 0x3fffffff;
/** For the request line and headers. */
const HEAD_TIMEOUT_MS = 10_000;
/** For a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** For a client to take in a response to something that it has not sent in full. */
const LINGER_MS = 2000;

type Step = "receiving" | "answering" | "responding" | "webSocket" | "over";

export class HttpExchange {
	readonly conduit: Conduit;
	readonly #options: HttpExchangeOptions;
	readonly #about: string;
	readonly #gate: HttpGate;
	#step: Step = "receiving";
	#timer: Timer | undefined;
	#connection: HttpServerConnection | undefined;
	#head: HttpHead | undefined;
	#body: Uint8Array[] = [];
	/** Of the response: what is still to be sent. */
	#unsent: Uint8Array = new Uint8Array(0);
	#accept: WebSocketAccept | undefined;
	#webSocket: ServedWebSocket | undefined;
	/** Whoever waits for the end of the exchange. */
	#finished: (() => void)[] = [];

	constructor(options: HttpExchangeOptions) {
		this.#options = options;
		const { socket, server, text } = options;
		this.#about = `${socket.remoteAddress}:${socket.remotePort}`;
		this.#gate = new HttpGate({
			kind: "request",
			about: this.#about,
			maxHeadBytes: MAX_HEAD_BYTES,
			maxBodyBytes: server.maxBodyBytes,
			decode: (bytes) => text.decode(bytes),
			onHead: (head) => {
				this.#head = head;
			},
		});
		this.conduit = new Conduit({
			about: this.#about,
			capacityBytes: RESPONSE_BUFFER_BYTES,
			gate: this.#gate,
			open: (events) => new TcpSocket({ from: socket, about: this.#about, ...events }),
			onRefused: (reason) => this.#refuse(reason),
			onOver: (reason) => this.#lost(reason),
		});
		this.#timer = Timer.set(() => this.#onHeadTimeout(), HEAD_TIMEOUT_MS);
	}

	/** The SDK's side of the connection. */
	begin(connection: HttpServerConnection): void {
		this.#connection = connection;
		connection.accept(this.#handlers(connection));
	}

	/** Ends the exchange: what is under way has that long. */
	finish(timeoutMs: number): Promise<void> {
		if (this.#step === "over") return Promise.resolve();
		const finished = new Promise<void>((resolve) => this.#finished.push(resolve));
		if (this.#step === "receiving") {
			this.#end();
		} else {
			Timer.clear(this.#timer);
			this.#timer = Timer.set(() => this.#end(), timeoutMs);
			this.#webSocket?.goAway();
		}
		return finished;
	}

	#handlers(connection: HttpServerConnection): HttpServerHandlers {
		return {
			onRequest: (request) => {
				if (this.#isUpgrade()) WebSocketHandshake.onRequest.call(connection, request);
			},
			onReadable: (byteLength) => {
				const bytes = byteLength > 0 ? connection.read(byteLength) : undefined;
				if (bytes !== undefined) this.#body.push(bytes);
			},
			onResponse: (response) => {
				if (this.#isUpgrade()) this.#answerUpgrade(response, connection);
				else void this.#answer(response);
			},
			onWritable: (byteLength) => this.#send(connection, byteLength),
			onDone: () => {
				if (this.#accept !== undefined) this.#openWebSocket(connection, this.#accept);
				else this.#end();
			},
			onError: () => this.#end(),
		};
	}

	#isUpgrade(): boolean {
		return this.#head?.headers.upgrade !== undefined;
	}

	async #answer(response: HttpServerResponse): Promise<void> {
		this.#step = "answering";
		const request = this.#takeRequest();
		const answer = request === undefined ? plainResponse(400) : await this.#handle(request);
		if (this.#isOver()) return;
		this.#respond(response, answer);
	}

	async #handle(request: HttpRequest): Promise<SafeResponse> {
		try {
			return toSafeResponse(await this.#options.server.onRequest(request), this.#options.text);
		} catch (cause) {
			return this.#handlerFailed(request, cause);
		}
	}

	#answerUpgrade(response: HttpServerResponse, connection: HttpServerConnection): void {
		this.#step = "answering";
		const request = this.#takeRequest();
		const { headers = {} } = request ?? {};
		const isWebSocket =
			headers.upgrade?.toLowerCase() === "websocket" &&
			headers["sec-websocket-version"] === "13" &&
			/^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "");
		if (request === undefined || request.method !== "GET" || !isWebSocket) {
			this.#respond(response, plainResponse(400));
			return;
		}
		try {
			const answer = this.#options.server.onUpgrade(request);
			if (typeof answer === "function") {
				this.#accept = answer;
				this.#step = "responding";
				this.conduit.together(() => WebSocketHandshake.onResponse.call(connection, response));
			} else {
				this.#respond(response, toSafeResponse(answer, this.#options.text));
			}
		} catch (cause) {
			this.#respond(response, this.#handlerFailed(request, cause));
		}
	}

	#handlerFailed({ method, path }: HttpRequest, cause: unknown): SafeResponse {
		this.#options.onError(new PortError("invalid", `the handler of ${method} ${path} failed`, { cause }));
		return plainResponse(500);
	}

	/** `undefined` for a target that is no path, such as that of `OPTIONS *`. HEAD is handed over as GET. */
	#takeRequest(): HttpRequest | undefined {
		Timer.clear(this.#timer);
		this.#timer = undefined;
		const { method = "", target = "", headers = {} } = this.#head ?? {};
		const body = joinBytes(this.#body);
		this.#body = [];
		// A proxy's form of the target begins with the host.
		const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";
		if (!local.startsWith("/") && !local.startsWith("?")) return undefined;
		const mark = local.indexOf("?");
		return {
			method: method === "HEAD" ? "GET" : method,
			path: (mark < 0 ? local : local.slice(0, mark)) || "/",
			query: mark < 0 ? "" : local.slice(mark + 1),
			headers: { ...headers },
			body,
		};
	}

	#respond(response: HttpServerResponse, { status, headers, body }: SafeResponse): void {
		this.#step = "responding";
		response.status = status;
		for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
		response.headers.set("connection", "close");
		this.#unsent = this.#head?.method === "HEAD" ? new Uint8Array(0) : body;
		this.conduit.together(() => this.#connection?.respond(response));
	}

	#send(connection: HttpServerConnection, byteLength: number): void {
		if (this.#unsent.length === 0) {
			// The head is out, and there is no body, whatever length it tells.
			this.#end();
			return;
		}
		const piece = this.#unsent.subarray(0, byteLength);
		this.#unsent = this.#unsent.subarray(piece.length);
		connection.write(piece);
	}

	#openWebSocket(connection: HttpServerConnection, accept: WebSocketAccept): void {
		const { text, onError } = this.#options;
		this.#step = "webSocket";
		const gate = new WebSocketGate({
			peer: "client",
			about: this.#about,
			maxMessageBytes: MAX_MESSAGE_BYTES,
		});
		gate.push(this.#gate.takeRest());
		this.conduit.setGate(gate, UNLIMITED);
		this.#webSocket = new ServedWebSocket({
			wire: connection.detach(),
			conduit: this.conduit,
			about: this.#about,
			accept,
			text,
			onError,
			onOver: () => this.#over(),
		});
	}

	/** The gate did not let something through. */
	#refuse(reason: unknown): void {
		if (this.#webSocket !== undefined) {
			this.#webSocket.refuse(reason);
			return;
		}
		this.#respondLast(statusOf(reason, this.#head !== undefined));
	}

	#onHeadTimeout(): void {
		if (this.#head === undefined) {
			this.#respondLast(408);
			return;
		}
		this.#timer = Timer.set(() => this.#respondLast(408), REQUEST_TIMEOUT_MS - HEAD_TIMEOUT_MS);
	}

	/** Without the SDK's server, which answers whole requests only. */
	#respondLast(status: number): void {
		if (this.#step !== "receiving") return;
		if (this.#gate.begun) this.conduit.write(formatResponse(plainResponse(status), this.#options.text));
		this.conduit.end({ lingerMs: LINGER_MS });
		this.#end();
	}

	#lost(reason: unknown): void {
		if (this.#webSocket !== undefined) this.#webSocket.lost(reason);
		this.#over();
	}

	/** What was written is still sent. */
	#end(): void {
		this.conduit.end();
		if (this.#webSocket !== undefined) this.#webSocket.lost(undefined);
		this.#over();
	}

	#isOver(): boolean {
		return this.#step === "over";
	}

	#over(): void {
		if (this.#step === "over") return;
		this.#step = "over";
		Timer.clear(this.#timer);
		this.#timer = undefined;
		this.#body = [];
		this.#unsent = new Uint8Array(0);
		// Later, since this may be called from within the SDK's side, which goes on with what it was doing.
		const connection = this.#connection;
		this.#connection = undefined;
		if (connection !== undefined) Timer.set(() => connection.close());
		for (const finished of this.#finished.splice(0)) callSafely(finished);
		callSafely(() => this.#options.onOver());
	}
}

function statusOf(reason: unknown, hasHead: boolean): number {
	if (!(reason instanceof PortError) || reason.code !== "too_large") return 400;
	return hasHead ? 413 : 431;
}
