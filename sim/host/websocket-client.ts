// WebSocket client on ws.

import type { ClientRequest } from "node:http";
import { WebSocket } from "ws";
import type {
	WebSocketClientOptions,
	WebSocketClientPort,
	WebSocketConnection,
} from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import { callSafely } from "./callbacks";
import { type ConnectionPhase, hungUp, toPortError } from "./port-errors";
import { startTimeout, type Timeout } from "./timeouts";
import { CLOSE_TIMEOUT_MS, closeWebSocket, UNSUPPORTED_DATA, webSocketError } from "./websocket";

export function createWebSocketClient(): WebSocketClientPort {
	return { connect: (options) => new NodeWebSocketConnection(options) };
}

class NodeWebSocketConnection implements WebSocketConnection {
	readonly #options: WebSocketClientOptions;
	readonly #connectTimer: Timeout;
	readonly #socket: WebSocket | undefined;
	#about = "";
	#phase: ConnectionPhase = "connect";
	/** Closed or failed: from then on no callback runs. */
	#over = false;

	constructor(options: WebSocketClientOptions) {
		this.#options = options;
		this.#connectTimer = startTimeout(options.connectTimeoutMs, () => this.#fail(this.#timeoutError()));
		try {
			this.#socket = this.#start();
		} catch (error) {
			// No callback runs before `connect` has returned.
			setImmediate(() => this.#fail(error));
		}
	}

	get queuedBytes(): number {
		return this.#socket?.bufferedAmount ?? 0;
	}

	send(text: string): void {
		this.#send(text);
	}

	sendBinary(bytes: Uint8Array): void {
		this.#send(bytes);
	}

	close(code?: number, reason?: string): void {
		if (this.#over) return;
		this.#release();
		if (this.#socket !== undefined) closeWebSocket(this.#socket, code, reason);
	}

	#send(message: string | Uint8Array): void {
		if (this.#over || this.#socket?.readyState !== WebSocket.OPEN) return;
		this.#socket.send(message);
	}

	#start(): WebSocket {
		const { url, maxMessageBytes } = this.#options;
		const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: "", host: "" };
		if (protocol !== "ws:") throw new PortError("invalid", "an address must begin with ws:// and a host");
		// Neither path nor query: they may hold a secret.
		this.#about = host;
		// Not a literal in the call: its types do not know `closeTimeout`.
		const options = {
			perMessageDeflate: false,
			maxPayload: maxMessageBytes,
			closeTimeout: CLOSE_TIMEOUT_MS,
			finishRequest: (request: ClientRequest) => this.#finishRequest(request),
		};
		const socket = openWebSocket(url, options);
		socket.on("open", () => this.#onOpen());
		socket.on("message", (data, isBinary) => this.#onMessage(data.toString(), isBinary));
		socket.on("unexpected-response", (_request, { statusCode = 0 }) => this.#onRefused(statusCode));
		socket.on("error", (error) => this.#fail(this.#phase === "open" ? webSocketError(error, host) : error));
		socket.on("close", () => this.#fail(hungUp(this.#phase, host)));
		return socket;
	}

	#finishRequest(request: ClientRequest): void {
		request.once("socket", (socket) => {
			socket.once("connect", () => {
				this.#phase = "handshake";
			});
		});
		request.end();
	}

	#onOpen(): void {
		if (this.#over) return;
		this.#connectTimer.cancel();
		this.#phase = "open";
		callSafely(() => this.#options.onOpen());
	}

	#onMessage(text: string, isBinary: boolean): void {
		if (this.#over) return;
		if (!isBinary) {
			callSafely(() => this.#options.onText(text));
			return;
		}
		if (this.#socket !== undefined) closeWebSocket(this.#socket, UNSUPPORTED_DATA, "text only");
		this.#fail(new PortError("protocol", `${this.#about}: a message is not text`));
	}

	/** The server answered with something else than a WebSocket. */
	#onRefused(status: number): void {
		this.#fail(
			status === 401 || status === 403
				? new PortError("unauthorized", `${this.#about}: the server wants other credentials (${status})`)
				: new PortError("protocol", `${this.#about}: the server offers no WebSocket there (${status})`),
		);
	}

	#fail(reason: unknown): void {
		if (this.#over) return;
		const error = toPortError(reason, this.#phase, this.#about);
		this.#release();
		// An established one is closing by itself, with a code that says why.
		if (this.#phase !== "open") this.#socket?.terminate();
		callSafely(() => this.#options.onClosed(error));
	}

	/** Ends what could still call back. */
	#release(): void {
		this.#over = true;
		this.#connectTimer.cancel();
	}

	#timeoutError(): PortError {
		const { connectTimeoutMs } = this.#options;
		return this.#phase === "connect"
			? new PortError("unreachable", `${this.#about}: nothing answered within ${connectTimeoutMs} ms`)
			: new PortError("timeout", `${this.#about}: the WebSocket was not open after ${connectTimeoutMs} ms`);
	}
}

function openWebSocket(url: string, options: ConstructorParameters<typeof WebSocket>[2]): WebSocket {
	try {
		return new WebSocket(url, options);
	} catch (cause) {
		throw new PortError("invalid", "the address is not one of a WebSocket", { cause });
	}
}
