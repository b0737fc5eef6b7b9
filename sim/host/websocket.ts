// What both ends of a WebSocket have in common on Node.

import type { WebSocket } from "ws";
import { PortError } from "../../modules/platform/port-error";
import { toPortError } from "./port-errors";

/** For the other side's answer to our close frame; then the connection is cut. */
export const CLOSE_TIMEOUT_MS = 1000;

/** The other side sent a binary message, and we take text only (RFC 6455, 7.4.1). */
export const UNSUPPORTED_DATA = 1003;
export const INTERNAL_ERROR = 1011;
export const GOING_AWAY = 1001;
const NORMAL_CLOSURE = 1000;

/** A close frame holds 125 bytes, two of which are the code. */
const MAX_REASON_BYTES = 123;

/** Also for a connection that is not there yet, or no longer. */
export function closeWebSocket(socket: WebSocket, code: number = NORMAL_CLOSURE, reason = ""): void {
	socket.close(isSendable(code) ? code : NORMAL_CLOSURE, shorten(reason));
}

/** What ended an established connection. */
export function webSocketError(error: unknown, about: string): PortError {
	if (error instanceof Error && "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
		return new PortError("too_large", `${about}: a message is longer than is allowed`, { cause: error });
	}
	return toPortError(error, "open", about);
}

/** Others are reserved, and no frame may have them. */
function isSendable(code: number): boolean {
	return (
		(code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
	);
}

/** Cuts between characters. */
function shorten(reason: string): string {
	let text = reason;
	while (Buffer.byteLength(text) > MAX_REASON_BYTES) text = [...text].slice(0, -1).join("");
	return text;
}
