// Plain TCP, with the same means to give up as TLS has.

import { connect, type Socket } from "node:net";
import { hungUp, toPortError } from "./port-errors";

export interface TcpConnectOptions {
	host: string;
	port: number;
	/** Ends an attempt under way, which then rejects with the signal's reason. Time limits are made of it. */
	signal: AbortSignal;
}

/**
 * Resolves once TCP is established; rejects with a {@link PortError}.
 * Somebody listens to the socket's `error` already, so that none of them ends the process.
 */
export function connectTcp({ host, port, signal }: TcpConnectOptions): Promise<Socket> {
	const about = `${host}:${port}`;
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const socket = startTcp(host, port);
		const onAbort = (): void => {
			reject(signal.reason);
			socket.destroy();
		};
		signal.addEventListener("abort", onAbort, { once: true });
		socket.once("connect", () => {
			signal.removeEventListener("abort", onAbort);
			resolve(socket);
		});
		// These stay: what they reject once the promise is settled is of no effect.
		socket.on("error", (error) => reject(toPortError(error, "connect", about)));
		socket.once("close", () => {
			signal.removeEventListener("abort", onAbort);
			reject(hungUp("connect", about));
		});
	});
}

function startTcp(host: string, port: number): Socket {
	try {
		return connect({ host, port });
	} catch (error) {
		throw toPortError(error, "connect", `${host}:${port}`);
	}
}
