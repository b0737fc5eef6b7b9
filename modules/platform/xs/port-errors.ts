// What ends a connection, told as a PortError.

import { PortError } from "../port-error";

/**
 * How far a connection had come when it ended:
 * - `connect`: TCP is not established
 * - `handshake`: TCP is, the greeting of the protocol on top (TLS, MQTT, WebSocket) is not complete
 * - `open`: everything is established
 */
export type ConnectionPhase = "connect" | "handshake" | "open";

/**
 * A refusal comes within a round trip. What comes later, before the connection is established, means that
 * nothing answered: address resolution takes seconds to give up.
 */
const REFUSAL_WITHIN_MS = 2000;

/**
 * For a socket that ended in that phase without a reason: Moddable's sockets call `onError` without one.
 * `afterMs` counts from the start of the connection.
 */
export function hungUp(phase: ConnectionPhase, about: string, afterMs: number): PortError {
	switch (phase) {
		case "connect":
			return afterMs < REFUSAL_WITHIN_MS
				? new PortError("refused", `${about}: the device is there, but nothing listens on that port`)
				: unanswered(about, afterMs);
		case "handshake":
			return new PortError(
				"handshake_closed",
				`${about}: the other side hung up before the connection was ready`,
			);
		case "open":
			return new PortError("closed_by_peer", `${about}: the other side ended the connection`);
	}
}

/** Why a connection ended in that phase: the reason that was met, or what it means when none was told. */
export function toPortError(
	reason: unknown,
	phase: ConnectionPhase,
	about: string,
	afterMs: number,
): PortError {
	return reason instanceof PortError ? reason : hungUp(phase, about, afterMs);
}

/** For an attempt to connect that was not answered. */
export function unanswered(about: string, afterMs: number): PortError {
	return new PortError(
		"unreachable",
		`${about}: nothing answered within ${afterMs} ms; check that it is on and in the network`,
	);
}

export function hostNotFound(about: string): PortError {
	return new PortError("host_not_found", `${about}: no device of that name was found; check the host name`);
}

/** For an exception met in a parser: the bytes were not what the protocol allows. */
export function notTheProtocol(about: string, cause?: unknown): PortError {
	if (cause instanceof PortError) return cause;
	return new PortError(
		"protocol",
		`${about}: the other side does not speak the expected protocol`,
		cause === undefined ? {} : { cause },
	);
}
