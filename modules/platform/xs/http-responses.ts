// Responses of the HTTP server, with what is unsafe kept out.

import type { HttpResponse } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { hasControls, isToken } from "./gates/http-gate";

/** A response that can be sent as it is. */
export interface SafeResponse {
	status: number;
	headers: Record<string, string | number>;
	body: Uint8Array;
}

/** The server's own business: what a handler says about them is left out. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["connection", "content-length", "transfer-encoding"]);

/** Throws a {@link PortError} `invalid` for a response that must not be sent. */
export function toSafeResponse(
	{ status, headers = {}, body = "" }: HttpResponse,
	text: TextCodec,
): SafeResponse {
	if (!Number.isInteger(status) || status < 200 || status > 599)
		throw new PortError("invalid", `${status} is no status of a response`);
	const safe: SafeResponse["headers"] = {};
	for (const [name, value] of Object.entries(headers)) {
		if (OWN_HEADERS.has(name.toLowerCase())) continue;
		if (!isToken(name) || hasControls(value))
			throw new PortError("invalid", `the response's header "${name}" cannot be sent`);
		safe[name] = value;
	}
	// These have no body, and so no length of one (RFC 9110, 6.4.1).
	if (status === 204 || status === 304) return { status, headers: safe, body: new Uint8Array(0) };
	const bytes = typeof body === "string" ? text.encode(body) : body;
	return { status, headers: { ...safe, "content-length": bytes.length }, body: bytes };
}

/** A response without details. */
export function plainResponse(status: number): SafeResponse {
	return { status, headers: { "content-length": 0 }, body: new Uint8Array(0) };
}

/** As bytes, for a connection that ends with this. */
export function formatResponse({ status, headers, body }: SafeResponse, text: TextCodec): Uint8Array {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const head = text.encode(`HTTP/1.1 ${status} -\r\n${lines.join("")}connection: close\r\n\r\n`);
	const bytes = new Uint8Array(head.length + body.length);
	bytes.set(head);
	bytes.set(body, head.length);
	return bytes;
}
