// Pushes the state to every open page: all of it at first, then what changed, once a second.

import type { DeviceInfo, DeviceState } from "../device-state";
import type { Clock, Timer } from "../platform/clock";
import type { WebSocketConnection, WebSocketEvents } from "../platform/http";
import type { PrinterState } from "../printers/printer-state";

/**
 * Clients read the HTTP answer to the upgrade and throw away what follows in the same read;
 * so the first frame waits until that read is over.
 */
const SNAPSHOT_DELAY_MS = 150;
const PUSH_INTERVAL_MS = 1_000;
/** Open pages that are served. Each one costs a socket and its buffers. */
export const MAX_CLIENTS = 8;
/** A client that reads more slowly than this is dropped: its page connects again and gets a fresh snapshot. */
const MAX_QUEUED_BYTES = 64 * 1024;

/** The first frame. */
export interface Snapshot {
	snapshot: DeviceState;
}

/** Every later frame. */
export interface Update {
	update: {
		device: DeviceInfo;
		/** Those that changed since the last frame, each of them whole. */
		printers: PrinterState[];
		/** Ids of printers that are no longer set up. */
		removed: string[];
	};
}

export interface LiveFeedOptions {
	clock: Clock;
	state(): DeviceState;
}

export class LiveFeed {
	readonly #clock: Clock;
	readonly #state: () => DeviceState;
	/** Clients that have their snapshot. */
	readonly #clients = new Set<WebSocketConnection>();
	/** Clients that wait for it. */
	readonly #newcomers = new Map<WebSocketConnection, Timer>();
	readonly #changed = new Set<string>();
	readonly #removed = new Set<string>();
	#timer: Timer | undefined;

	constructor({ clock, state }: LiveFeedOptions) {
		this.#clock = clock;
		this.#state = state;
	}

	get isFull(): boolean {
		return this.#clients.size + this.#newcomers.size >= MAX_CLIENTS;
	}

	/** Serves that client until it is gone. */
	add(socket: WebSocketConnection): WebSocketEvents {
		this.#newcomers.set(
			socket,
			this.#clock.after(SNAPSHOT_DELAY_MS, () => this.#welcome(socket)),
		);
		this.#timer ??= this.#clock.every(PUSH_INTERVAL_MS, () => this.#push());
		return {
			// The page only listens so far.
			onText: () => {},
			onClosed: () => this.#forget(socket),
		};
	}

	/** That printer goes into the next update. Without clients there is none: the next one begins with a snapshot. */
	printerChanged(id: string): void {
		if (!this.#timer) return;
		this.#removed.delete(id);
		this.#changed.add(id);
	}

	printerRemoved(id: string): void {
		if (!this.#timer) return;
		this.#changed.delete(id);
		this.#removed.add(id);
	}

	/** Says goodbye to every client. May be called any number of times. */
	close(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		for (const timer of this.#newcomers.values()) timer.cancel();
		// 1001 is "going away": clients connect again.
		for (const socket of [...this.#clients, ...this.#newcomers.keys()]) socket.close(1001, "going away");
		this.#clients.clear();
		this.#newcomers.clear();
	}

	#welcome(socket: WebSocketConnection): void {
		this.#newcomers.delete(socket);
		const snapshot: Snapshot = { snapshot: this.#state() };
		socket.send(JSON.stringify(snapshot));
		this.#clients.add(socket);
	}

	#push(): void {
		const { device, printers } = this.#state();
		const update: Update = {
			update: {
				device,
				printers: printers.filter(({ id }) => this.#changed.has(id)),
				removed: [...this.#removed],
			},
		};
		this.#changed.clear();
		this.#removed.clear();
		const text = JSON.stringify(update);
		for (const socket of [...this.#clients]) {
			if (socket.queuedBytes > MAX_QUEUED_BYTES) {
				socket.close(1013, "too slow");
				this.#forget(socket);
			} else {
				socket.send(text);
			}
		}
	}

	#forget(socket: WebSocketConnection): void {
		this.#clients.delete(socket);
		this.#newcomers.get(socket)?.cancel();
		this.#newcomers.delete(socket);
		if (this.#clients.size + this.#newcomers.size > 0) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		// The next client begins with a snapshot, which holds all of this.
		this.#changed.clear();
		this.#removed.clear();
	}
}
