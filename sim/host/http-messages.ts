// HTTP messages between Node and the ports, with what is unsafe kept out.

import {
	type IncomingHttpHeaders,
	type IncomingMessage,
	STATUS_CODES,
	validateHeaderName,
	validateHeaderValue,
} from "node:http";
import type { HttpRequest, HttpResponse } from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";

/** A response that can be sent as it is. */
export interface SafeResponse {
	status: number;
	headers: Record<string, string | number>;
	body: Uint8Array;
}

/** The server's own business: what a handler says about them is left out. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["connection", "content-length", "transfer-encoding"]);
/** RFC 9110, 6.4.1: these have no body, and so no length of one. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);

/** `undefined` for a target that is no path, such as that of `OPTIONS *`. HEAD is handed over as GET. */
export function toHttpRequest(message: IncomingMessage, body: Uint8Array): HttpRequest | undefined {
	// A proxy's form of the target begins with the host.
	const target = (message.url ?? "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?=[/?#]|$)/i, "") || "/";
	if (!/^[/?]/.test(target)) return undefined;
	const [beforeQuery = "", ...query] = target.split("?");
	return {
		method: message.method === "HEAD" ? "GET" : (message.method ?? ""),
		path: beforeQuery || "/",
		query: query.join("?"),
		headers: plainHeaders(message.headers),
		body,
	};
}

/** Names come in lower case from Node, and those that may repeat as lists. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	const entries = Object.entries(headers).map(
		([name, value]) => [name, [value ?? []].flat().join(", ")] as const,
	);
	return Object.fromEntries(entries);
}

/** Throws a {@link PortError} `invalid` for a response that must not be sent. */
export function toSafeResponse({ status, headers = {}, body = "" }: HttpResponse): SafeResponse {
	if (!Number.isInteger(status) || status < 200 || status > 599) {
		throw new PortError("invalid", `${status} is no status of a response`);
	}
	const safe: SafeResponse["headers"] = {};
	for (const [name, value] of Object.entries(headers)) {
		if (OWN_HEADERS.has(name.toLowerCase())) continue;
		try {
			validateHeaderName(name);
			validateHeaderValue(name, value);
		} catch (cause) {
			throw new PortError("invalid", `the response's header ${JSON.stringify(name)} cannot be sent`, {
				cause,
			});
		}
		safe[name] = value;
	}
	if (WITHOUT_BODY.has(status)) return { status, headers: safe, body: new Uint8Array() };
	const bytes = typeof body === "string" ? Buffer.from(body) : body;
	return { status, headers: { ...safe, "content-length": bytes.length }, body: bytes };
}

/** A response without details. */
export function plainResponse(status: number): SafeResponse {
	return toSafeResponse({
		status,
		headers: { "content-type": "text/plain; charset=utf-8" },
		body: `${STATUS_CODES[status] ?? status}\n`,
	});
}

/** As bytes, for a connection that Node has handed over and that ends with this. */
export function formatLastResponse({ status, headers, body }: SafeResponse): Uint8Array {
	const lines = Object.entries({ ...headers, connection: "close" }).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`;
	return Buffer.concat([Buffer.from(head, "latin1"), body]);
}
