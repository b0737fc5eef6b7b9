// The forms in which the device answers over HTTP.

import type { HttpResponse } from "../platform/http";
import type { CertificateSummary } from "../platform/port-error";

/** Codes of `{ "error": { "code", "message" } }`. An update has further ones: see `update/firmware-update.ts`. */
export type ApiErrorCode =
	| "bad_json"
	| "bad_field"
	| "unauthorized"
	| "wrong_password"
	| "foreign_origin"
	| "not_found"
	| "no_heater"
	| "no_spools"
	| "method_not_allowed"
	| "not_acceptable"
	| "already_set_up"
	| "no_free_slot"
	| "wrong_access_code"
	| "wrong_serial"
	| "untrusted_certificate"
	| "certificate_changed"
	| "printer_full"
	| "lan_mode_off"
	| "unreachable"
	| "busy"
	| "fault_remains"
	| "not_supported"
	| "heater_locked"
	| "heater_refused"
	| "superseded"
	| "no_answer"
	| "too_many_attempts"
	| "not_stored"
	| "unavailable"
	| "too_many_clients";

const STATUS: Readonly<Record<ApiErrorCode, number>> = Object.freeze({
	bad_json: 400,
	bad_field: 400,
	unauthorized: 401,
	wrong_password: 401,
	foreign_origin: 403,
	not_found: 404,
	no_heater: 404,
	no_spools: 404,
	method_not_allowed: 405,
	not_acceptable: 406,
	already_set_up: 409,
	no_free_slot: 409,
	wrong_access_code: 409,
	wrong_serial: 409,
	untrusted_certificate: 409,
	certificate_changed: 409,
	printer_full: 409,
	lan_mode_off: 409,
	fault_remains: 409,
	not_supported: 409,
	heater_locked: 409,
	heater_refused: 409,
	superseded: 409,
	too_many_attempts: 429,
	not_stored: 500,
	unreachable: 502,
	unavailable: 503,
	busy: 503,
	too_many_clients: 503,
	no_answer: 504,
});

/** Of what a stranger sent, in an answer. */
const MAX_SHOWN_CHARACTERS = 80;

/** Nothing is cached that changes, and nothing that we serve may be framed or guessed at by another page. */
const SAFE_HEADERS = Object.freeze({
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"referrer-policy": "no-referrer",
});

/** Thrown by whatever cannot do what a request asks; the request is answered with it. */
export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly code: ApiErrorCode;
	/** That was refused, for a person to compare. */
	readonly certificate: CertificateSummary | undefined;

	constructor(code: ApiErrorCode, message: string, certificate?: CertificateSummary) {
		super(message);
		this.code = code;
		this.certificate = certificate;
	}
}

export function json(value: unknown, status = 200): HttpResponse {
	return jsonText(JSON.stringify(value), status);
}

/** For what is JSON already. */
export function jsonText(body: string | Uint8Array, status = 200): HttpResponse {
	return { status, headers: { ...SAFE_HEADERS, "content-type": "application/json" }, body };
}

export function apiError(
	code: ApiErrorCode,
	message: string,
	headers: Readonly<Record<string, string>> = {},
	certificate?: CertificateSummary,
): HttpResponse {
	return {
		status: STATUS[code],
		headers: { ...SAFE_HEADERS, "content-type": "application/json", ...headers },
		body: JSON.stringify({ error: { code, message, certificate } }),
	};
}

/** For a path that leads nowhere. Who asks for a long one does not get it back: that takes memory several times. */
export function nothingAt(path: string): HttpResponse {
	const shown = path.length > MAX_SHOWN_CHARACTERS ? `${path.slice(0, MAX_SHOWN_CHARACTERS)}…` : path;
	return apiError("not_found", `There is nothing at ${shown}.`);
}

/** A file of the page. All that the page uses comes from the device itself. */
export function file(
	contentType: string,
	body: string | Uint8Array,
	headers: Readonly<Record<string, string>> = {},
): HttpResponse {
	return {
		status: 200,
		headers: {
			...SAFE_HEADERS,
			"content-type": contentType,
			"content-security-policy":
				"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			...headers,
		},
		body,
	};
}

/** To another address. With a few words: some phones take an empty answer for no answer. */
export function redirect(location: string): HttpResponse {
	return {
		status: 302,
		headers: { ...SAFE_HEADERS, "content-type": "text/plain; charset=utf-8", location },
		body: `This device's page is at ${location}\n`,
	};
}
