// Who listens to which changes, and what they are told once a change is stored.

import type { WebSocketConnection } from "../../modules/platform/http";
import { eventStamp } from "./timestamps";

export type ChangeType = "added" | "updated" | "deleted";

/** Of one listener that takes in nothing; then its connection ends. */
const MOST_QUEUED_BYTES = 1024 * 1024;
const TOO_SLOW = 1013;

interface Event {
	changed: readonly string[];
	text: string;
}

export class EventHub {
	readonly #now: () => number;
	readonly #listeners = new Map<WebSocketConnection, readonly string[]>();
	#untold: Event[] = [];

	constructor(now: () => number) {
		this.#now = now;
	}

	/** `path`: none for everything, a resource, or a resource and one id of it. */
	add(socket: WebSocketConnection, path: readonly string[]): void {
		this.#listeners.set(socket, path);
	}

	remove(socket: WebSocketConnection): void {
		this.#listeners.delete(socket);
	}

	/** Nobody hears of it before `flush`. */
	tell(type: ChangeType, resource: string, id: string | number, payload: unknown): void {
		if (this.#listeners.size === 0) return;
		const text = JSON.stringify({ type, resource, date: eventStamp(this.#now()), payload });
		this.#untold.push({ changed: [resource, String(id)], text });
	}

	/** The changes are stored. */
	flush(): void {
		const events = this.#untold;
		this.#untold = [];
		for (const { changed, text } of events)
			for (const [socket, path] of [...this.#listeners])
				if (path.every((part, index) => part === changed[index])) this.#send(socket, text);
	}

	/** The changes were undone. */
	drop(): void {
		this.#untold = [];
	}

	#send(socket: WebSocketConnection, text: string): void {
		if (socket.queuedBytes <= MOST_QUEUED_BYTES) {
			socket.send(text);
			return;
		}
		this.#listeners.delete(socket);
		socket.close(TOO_SLOW, "events are not taken in");
	}
}
