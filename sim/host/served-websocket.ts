// One WebSocket of our HTTP server.

import { WebSocket } from "ws";
import type { WebSocketAccept, WebSocketConnection, WebSocketEvents } from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import { closeWebSocket, INTERNAL_ERROR, UNSUPPORTED_DATA, webSocketError } from "./websocket";

export interface ServedWebSocketOptions {
	socket: WebSocket;
	accept: WebSocketAccept;
	/** Whose connection it is, for messages. */
	about: string;
	onError(error: PortError): void;
}

export class ServedWebSocket implements WebSocketConnection {
	readonly #socket: WebSocket;
	readonly #about: string;
	readonly #onError: (error: PortError) => void;
	#events: WebSocketEvents | undefined;
	/** The port ends the connection: no more texts, but the end is told. */
	#refused = false;
	/** The user ended the connection: nothing is told any more. */
	#closed = false;

	constructor({ socket, accept, about, onError }: ServedWebSocketOptions) {
		this.#socket = socket;
		this.#about = about;
		this.#onError = onError;
		socket.on("message", (data, isBinary) => {
			if (isBinary) this.#refuse(UNSUPPORTED_DATA, "text only");
			else this.#guard(() => this.#deliver(data.toString()));
		});
		socket.on("error", (error) => {
			if (!this.#closed) this.#onError(webSocketError(error, this.#about));
		});
		socket.on("close", () => this.#guard(() => this.#end()));
		this.#guard(() => {
			this.#events = accept(this);
		});
	}

	get queuedBytes(): number {
		return this.#socket.bufferedAmount;
	}

	send(text: string): void {
		this.#send(text);
	}

	sendBinary(bytes: Uint8Array): void {
		this.#send(bytes);
	}

	close(code?: number, reason?: string): void {
		if (this.#closed) return;
		this.#closed = true;
		closeWebSocket(this.#socket, code, reason);
	}

	#send(message: string | Uint8Array): void {
		if (this.#closed || this.#socket.readyState !== WebSocket.OPEN) return;
		this.#socket.send(message);
	}

	#deliver(text: string): void {
		if (!this.#closed && !this.#refused) this.#events?.onText(text);
	}

	#end(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#events?.onClosed();
	}

	#refuse(code: number, reason: string): void {
		this.#refused = true;
		closeWebSocket(this.#socket, code, reason);
	}

	/** What the user throws ends this connection, not the server. */
	#guard(callback: () => void): void {
		try {
			callback();
		} catch (cause) {
			this.#onError(
				new PortError("invalid", `${this.#about}: the handler of its WebSocket failed`, { cause }),
			);
			this.#refuse(INTERNAL_ERROR, "");
		}
	}
}
