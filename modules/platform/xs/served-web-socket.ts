// One WebSocket of our HTTP server.

import type { WebSocketAccept, WebSocketConnection, WebSocketEvents } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import type { Conduit } from "./conduit";
import { CloseCode } from "./gates/web-socket-gate";
import { WebSocketClient } from "./sdk";
import { WebSocketSession } from "./web-socket-session";
import type { Wire } from "./wire";

export interface ServedWebSocketOptions {
	/** Of a connection whose handshake is done. */
	wire: Wire;
	conduit: Conduit;
	accept: WebSocketAccept;
	/** Whose connection it is, for messages. */
	about: string;
	text: TextCodec;
	onError(error: PortError): void;
	/** The connection is gone. */
	onOver(): void;
}

export class ServedWebSocket implements WebSocketConnection {
	readonly #options: ServedWebSocketOptions;
	readonly #session: WebSocketSession;
	#events: WebSocketEvents | undefined;
	/** The user ended the connection, or was told that it is over: nothing is told any more. */
	#isSilent = false;

	constructor(options: ServedWebSocketOptions) {
		this.#options = options;
		const { conduit, text, about } = options;
		this.#session = new WebSocketSession({
			conduit,
			text,
			about,
			onOpen: () => this.#open(),
			onText: (message) => {
				if (!this.#isSilent) this.#guard(() => this.#events?.onText(message));
			},
			onOver: () => this.#tellOver(),
			onGone: () => options.onOver(),
		});
		this.#session.client = new WebSocketClient({ ...this.#session.handlers, attach: options.wire });
	}

	get queuedBytes(): number {
		return this.#isSilent ? 0 : this.#session.queuedBytes;
	}

	send(text: string): void {
		if (!this.#isSilent) this.#session.send(text);
	}

	close(code?: number, reason?: string): void {
		if (this.#isSilent) return;
		this.#isSilent = true;
		this.#session.close(code, reason);
	}

	/** The server closes. */
	goAway(): void {
		this.close(CloseCode.goingAway);
	}

	/** The gate did not let something through. */
	refuse(reason: unknown): void {
		if (!this.#isSilent && reason instanceof PortError) this.#options.onError(reason);
		this.#session.fail(reason);
	}

	/** The connection is gone. */
	lost(reason: unknown): void {
		this.#session.fail(reason);
	}

	#open(): void {
		this.#guard(() => {
			this.#events = this.#options.accept(this);
		});
	}

	#tellOver(): void {
		if (this.#isSilent) return;
		this.#isSilent = true;
		this.#guard(() => this.#events?.onClosed());
	}

	/** What the user throws ends this connection, not the server. */
	#guard(callback: () => void): void {
		try {
			callback();
		} catch (cause) {
			const { about, onError } = this.#options;
			onError(new PortError("invalid", `${about}: the handler of its WebSocket failed`, { cause }));
			this.#session.giveUp();
		}
	}
}
