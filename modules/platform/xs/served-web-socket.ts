// One WebSocket of our HTTP server.

import type { WebSocketAccept, WebSocketConnection, WebSocketEvents } from "../http";
import { PortError } from "../port-error";
import type { Conduit, ConduitOwner } from "./conduit";
import { CloseCode, WebSocketGate } from "./gates/web-socket-gate";
import type { ServerConnection, ServerConnectionOwner } from "./server-connection";
import { type WebSocketOwner, WebSocketSession } from "./web-socket-session";
import type { Wire } from "./wire";

export interface ServedWebSocketOptions {
	owner: ServerConnectionOwner;
	/** Of a connection whose handshake is done. */
	conduit: Conduit;
	accept: WebSocketAccept;
	/** What came after the handshake. */
	early: Uint8Array;
}

const MAX_MESSAGE_BYTES = 64 * 1024;
/** The user watches how much waits. */
const UNLIMITED = 0x3fffffff;

export class ServedWebSocket implements WebSocketConnection, ServerConnection, ConduitOwner, WebSocketOwner {
	private readonly owner: ServerConnectionOwner;
	private readonly session: WebSocketSession;
	/** Until the WebSocket is open. */
	private accept: WebSocketAccept | undefined;
	private events: WebSocketEvents | undefined;
	/** The user ended the connection, or was told that it is over: nothing is told any more. */
	private isSilent = false;

	constructor({ owner, conduit, accept, early }: ServedWebSocketOptions) {
		this.owner = owner;
		this.accept = accept;
		this.session = new WebSocketSession({ owner: this, conduit, text: owner.text });
		const gate = new WebSocketGate({
			peer: "client",
			about: conduit.about,
			maxMessageBytes: MAX_MESSAGE_BYTES,
		});
		gate.push(early);
		conduit.handOver({ owner: this, gate, capacityBytes: UNLIMITED });
	}

	/** `wire`: the SDK's side of the conduit. */
	begin(wire: Wire): void {
		this.session.begin({ attach: wire });
	}

	get queuedBytes(): number {
		return this.isSilent ? 0 : this.session.queuedBytes;
	}

	send(text: string): void {
		if (!this.isSilent) this.session.send(text);
	}

	sendBinary(bytes: Uint8Array): void {
		if (!this.isSilent) this.session.sendBinary(bytes);
	}

	close(code?: number, reason?: string): void {
		if (this.isSilent) return;
		this.isSilent = true;
		this.session.close(code, reason);
	}

	get isIdle(): boolean {
		return false;
	}

	finish(): void {
		this.close(CloseCode.goingAway);
	}

	drop(): void {
		this.session.fail(undefined);
	}

	/** The gate did not let something through. */
	onRefused(reason: unknown): void {
		if (!this.isSilent && reason instanceof PortError) this.owner.onError(reason);
		this.session.fail(reason);
	}

	/** The connection is gone. */
	onOver(reason: unknown): void {
		this.session.fail(reason);
	}

	onOpen(): void {
		const accept = this.accept;
		this.accept = undefined;
		try {
			this.events = accept?.(this);
		} catch (cause) {
			this.handlerFailed(cause);
		}
	}

	onText(text: string): void {
		if (this.isSilent) return;
		try {
			this.events?.onText(text);
		} catch (cause) {
			this.handlerFailed(cause);
		}
	}

	onEnded(): void {
		if (this.isSilent) return;
		this.isSilent = true;
		try {
			this.events?.onClosed();
		} catch (cause) {
			this.handlerFailed(cause);
		}
	}

	onGone(): void {
		this.owner.onOver(this);
	}

	/** What the user throws ends this connection, not the server. */
	private handlerFailed(cause: unknown): void {
		const { about } = this.session.conduit;
		this.owner.onError(new PortError("invalid", `${about}: the handler of its WebSocket failed`, { cause }));
		this.session.giveUp();
	}
}
