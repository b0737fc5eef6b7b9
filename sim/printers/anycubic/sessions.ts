// User names and passwords for LAN mode: each is made by one handshake, and good for one connection.

import { createToken } from "./handshake";

export interface Credentials {
	readonly username: string;
	readonly password: string;
}

/** Handshakes whose connection has not come yet. */
const mostOpen = 16;

export class Sessions {
	readonly #open = new Map<string, string>();

	create(): Credentials {
		const [oldest] = this.#open.keys();
		if (oldest !== undefined && this.#open.size >= mostOpen) this.#open.delete(oldest);
		const credentials = { username: `user${createToken(10)}`, password: createToken(15) };
		this.#open.set(credentials.username, credentials.password);
		return credentials;
	}

	/** True once for each. */
	take({ username, password }: Credentials): boolean {
		if (this.#open.get(username) !== password) return false;
		return this.#open.delete(username);
	}

	clear(): void {
		this.#open.clear();
	}
}
