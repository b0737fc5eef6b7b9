// The last bytes of a connection.

import type { Socket } from "node:net";

/** For a network that takes nothing any more. */
const FLUSH_TIMEOUT_MS = 1000;

/** Resolves when `bytes`, and what was written before them, are out, or when waiting for that is of no use. */
export function sendLast(socket: Socket, bytes: Uint8Array = new Uint8Array()): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			clearTimeout(timer);
			resolve();
		};
		const timer = setTimeout(done, FLUSH_TIMEOUT_MS);
		socket.once("close", done);
		socket.end(bytes, done);
	});
}
