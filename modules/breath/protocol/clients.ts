// The connections of the protocol: each gets its snapshot first, then all that is sent; who does not read is dropped.

import type { Clock, Timer } from "../../platform/clock";
import type { WebSocketConnection, WebSocketEvents } from "../../platform/http";
import type { Log } from "../../platform/log";

/**
 * Clients read the HTTP answer to the upgrade and throw away what follows in the same read, so the snapshot waits
 * until that read is over. It also protects an OFF: a client that sends one and hangs up at once, with a snapshot
 * unread, resets the connection, and a reset may overtake the OFF.
 */
export const SNAPSHOT_DELAY_MS = 150;
/** Each one costs a socket and its buffers, and about 300 bytes here: there are no closures for each of them. */
export const MAX_CLIENTS = 8;
/** Of what a client has not read: a minute of temperatures. Then it is dropped, to connect again when it likes. */
export const MAX_QUEUED_BYTES = 4 * 1024;
/** Answers that wait for a client's snapshot. */
const MAX_WAITING = 4;

/** "Try again later" of WebSocket. */
const TRY_AGAIN_LATER = 1013;
const GOING_AWAY = 1001;

export interface ClientsOptions {
	clock: Clock;
	log: Log;
	/** The snapshot for a newcomer; everybody else has been sent everything up to it. */
	snapshot(): string;
	onText(client: Client, text: string): void;
	/** Somebody who may write is there, until the returned function is called. */
	attend(): () => void;
	/** The last one has gone. */
	onEmpty(): void;
}

/** One connection. */
export class Client implements WebSocketEvents {
	private readonly clients: Clients;
	readonly socket: WebSocketConnection;
	readonly mayWrite: boolean;
	/** Until it has its snapshot. */
	newcomer: { timer: Timer; waiting: string[] } | undefined;

	constructor(clients: Clients, socket: WebSocketConnection, mayWrite: boolean) {
		this.clients = clients;
		this.socket = socket;
		this.mayWrite = mayWrite;
	}

	onText(text: string): void {
		this.clients.take(this, text);
	}

	onClosed(): void {
		this.clients.forget(this);
	}
}

export class Clients {
	private readonly options: ClientsOptions;
	/** Replaced when one comes or goes: it may be sent to meanwhile. */
	private clients: readonly Client[] = [];
	/** While any of them may write. */
	private leave: (() => void) | undefined;
	private dropped = 0;

	constructor(options: ClientsOptions) {
		this.options = options;
	}

	get isFull(): boolean {
		return this.clients.length >= MAX_CLIENTS;
	}

	/** `undefined` for one too many, whose connection is then being closed. */
	add(socket: WebSocketConnection, mayWrite: boolean): Client | undefined {
		if (this.isFull) {
			socket.close(TRY_AGAIN_LATER, `${MAX_CLIENTS} clients are connected; close one of them`);
			return undefined;
		}
		const client = new Client(this, socket, mayWrite);
		const timer = this.options.clock.after(SNAPSHOT_DELAY_MS, () => this.welcome(client));
		client.newcomer = { timer, waiting: [] };
		this.clients = [...this.clients, client];
		this.attend();
		return client;
	}

	/** Hands over what that client sent, also when it was dropped meanwhile: it may be an OFF. */
	take(client: Client, text: string): void {
		this.options.onText(client, text);
	}

	/** To everybody who has a snapshot. */
	send(text: string): void {
		for (const client of this.clients) if (!client.newcomer) this.#send(client, text);
	}

	/** To one client, after its snapshot. */
	reply(client: Client, text: string): void {
		const { newcomer } = client;
		if (!newcomer) this.#send(client, text);
		else if (newcomer.waiting.length < MAX_WAITING) newcomer.waiting.push(text);
	}

	/** The connection is gone. May be called any number of times. */
	forget(client: Client): void {
		if (!this.clients.includes(client)) return;
		this.clients = this.clients.filter((other) => other !== client);
		client.newcomer?.timer.cancel();
		this.attend();
		if (this.clients.length === 0) this.options.onEmpty();
	}

	/** Says goodbye to everybody. */
	close(): void {
		for (const client of this.clients) {
			client.socket.close(GOING_AWAY, "going away");
			this.forget(client);
		}
	}

	private attend(): void {
		if (this.clients.some(({ mayWrite }) => mayWrite)) {
			this.leave ??= this.options.attend();
		} else {
			this.leave?.();
			this.leave = undefined;
		}
	}

	private welcome(client: Client): void {
		const waiting = client.newcomer?.waiting ?? [];
		const snapshot = this.options.snapshot();
		client.newcomer = undefined;
		this.#send(client, snapshot);
		for (const text of waiting) this.#send(client, text);
	}

	#send(client: Client, text: string): void {
		if (!this.clients.includes(client)) return;
		if (client.socket.queuedBytes <= MAX_QUEUED_BYTES) {
			client.socket.send(text);
			return;
		}
		client.socket.close(TRY_AGAIN_LATER, "too slow");
		this.forget(client);
		this.dropped++;
		// The first one, then each tenth power.
		if (Number.isInteger(Math.log10(this.dropped)))
			this.options.log.warn(`ws: clients that do not read were dropped: ${this.dropped}`);
	}
}
