// From a request to the virtual Spoolman's answer: base path, who may ask, routes, errors.

import type { HttpRequest, HttpResponse, WebSocketAccept } from "../../modules/platform/http";
import { ApiError, notThere, refusal } from "./api-error";
import type { Context } from "./context";
import { parseJsonBody } from "./json-body";
import { isJson, listeningPath, missingPaths, type Route, routes } from "./routes";

const BASE_PATH = "/api/v1";
const UNSAFE_METHODS: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/** Never throws for what a request says. */
export function answerRequest(request: HttpRequest, context: Context): HttpResponse {
	if (UNSAFE_METHODS.includes(request.method) && !isTrusted(request))
		return json(403, {
			message:
				"Request refused: it came from an origin this Spoolman instance does not trust. Set SPOOLMAN_CORS_ORIGIN if this origin should be allowed.",
		});
	try {
		return dispatch(request, context);
	} catch (error) {
		context.events.drop();
		if (error instanceof ApiError) return json(error.status, error.body, error.headers);
		throw error;
	}
}

export function answerUpgrade(request: HttpRequest, { events }: Context): HttpResponse | WebSocketAccept {
	const path = isTrusted(request) ? apiPath(request) : undefined;
	const listening = path === undefined ? undefined : listeningPath(path);
	if (!listening) return { status: 403, headers: { "content-type": "text/plain; charset=utf-8" } };
	return (socket) => {
		events.add(socket, listening);
		return {
			onText(text) {
				if (text !== "") socket.send(JSON.stringify({ status: "healthy" }));
			},
			onClosed: () => events.remove(socket),
		};
	};
}

function dispatch(request: HttpRequest, context: Context): HttpResponse {
	const path = apiPath(request) ?? "";
	if (missingPaths.some((missing) => path === missing || path.startsWith(`${missing}/`))) throw notThere();
	const fitting = routes.flatMap((route) => {
		const params = matchPath(route, path);
		return params ? [{ route, params }] : [];
	});
	const found = fitting.find(({ route }) => route.method === request.method);
	if (found) {
		const ask = {
			context,
			params: found.params,
			query: new URLSearchParams(request.query),
			mediaType: mediaTypeOf(request),
			body: () => readBody(request),
		};
		// A request that fails changes nothing.
		const answer = context.db.transaction(() => {
			const { body, headers } = found.route.answer(ask);
			return jsonText(200, JSON.stringify(body, refuseInfinite), headers);
		})();
		context.events.flush();
		return answer;
	}
	const first = fitting[0];
	if (first) return json(405, { detail: "Method Not Allowed" }, { allow: first.route.method });
	const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
	if (routes.some((route) => matchPath(route, other))) {
		const query = request.query === "" ? "" : `?${request.query}`;
		const location = `http://${request.headers.host ?? ""}${BASE_PATH}${other}${query}`;
		return { status: 307, headers: { location } };
	}
	return json(404, { detail: "Not Found" });
}

/** What is behind the base path, or `undefined` for a path outside. */
function apiPath({ path }: HttpRequest): string | undefined {
	return path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : undefined;
}

function matchPath({ path: pattern }: Route, path: string): Record<string, string> | undefined {
	const wanted = pattern.split("/");
	const given = path.split("/");
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const text = given[index] ?? "";
		if (!part.startsWith("{")) {
			if (part !== text) return undefined;
			continue;
		}
		const value = decoded(text);
		if (value === undefined || value === "") return undefined;
		params[part.slice(1, -1)] = value;
	}
	return params;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

function readBody(request: HttpRequest): unknown {
	if (request.body.length === 0) return undefined;
	const text = new TextDecoder().decode(request.body);
	// A text of another type is taken for the value itself, and refused as such.
	return isJson(mediaTypeOf(request)) ? parseJsonBody(text) : text;
}

function mediaTypeOf({ headers }: HttpRequest): string {
	return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** A program sends no origin; a page has to be the server's own. */
function isTrusted({ headers }: HttpRequest): boolean {
	const origin = headers.origin?.trim();
	if (!origin) return true;
	return URL.canParse(origin) && new URL(origin).host === headers.host?.toLowerCase();
}

/** JSON has no such number. */
function refuseInfinite(_key: string, value: unknown): unknown {
	if (typeof value === "number" && !Number.isFinite(value))
		throw refusal(400, "The numbers are too large or too small to reckon with.");
	return value;
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
	return jsonText(status, JSON.stringify(body), headers);
}

function jsonText(
	status: number,
	body: string,
	headers: Readonly<Record<string, string>> = {},
): HttpResponse {
	return { status, headers: { ...headers, "content-type": "application/json" }, body };
}
