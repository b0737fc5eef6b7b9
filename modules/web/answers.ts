// The forms in which the device answers over HTTP.

import type { HttpResponse } from "../platform/http";

/** Codes of `{ "error": { "code", "message" } }`. */
export type ApiErrorCode = "not_found" | "method_not_allowed" | "foreign_origin" | "too_many_clients";

const STATUS: Readonly<Record<ApiErrorCode, number>> = Object.freeze({
	not_found: 404,
	method_not_allowed: 405,
	foreign_origin: 403,
	too_many_clients: 503,
});

/** Nothing is cached that changes, and nothing that we serve may be framed or guessed at by another page. */
const SAFE_HEADERS = Object.freeze({
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"referrer-policy": "no-referrer",
});

export function json(value: unknown): HttpResponse {
	return {
		status: 200,
		headers: { ...SAFE_HEADERS, "content-type": "application/json" },
		body: JSON.stringify(value),
	};
}

export function apiError(
	code: ApiErrorCode,
	message: string,
	headers: Readonly<Record<string, string>> = {},
): HttpResponse {
	return {
		status: STATUS[code],
		headers: { ...SAFE_HEADERS, "content-type": "application/json", ...headers },
		body: JSON.stringify({ error: { code, message } }),
	};
}

/** A file of the page. All that the page uses comes from the device itself. */
export function file(contentType: string, body: string | Uint8Array): HttpResponse {
	return {
		status: 200,
		headers: {
			...SAFE_HEADERS,
			"content-type": contentType,
			"content-security-policy":
				"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		},
		body,
	};
}
