// The device's HTTP side: its page, `GET /api/state`, and the live feed on `/ws`.

import type { DeviceState } from "../device-state";
import type { Clock } from "../platform/clock";
import type {
	HttpRequest,
	HttpResponse,
	HttpServer,
	HttpServerPort,
	WebSocketAccept,
} from "../platform/http";
import type { Log } from "../platform/log";
import type { Resources } from "../platform/platform";
import { apiError, file, json } from "./answers";
import { LiveFeed, MAX_CLIENTS } from "./live-feed";
import { isOwnHost, isOwnOrigin } from "./origin";

/** No request of ours has a body yet. */
const MAX_BODY_BYTES = 4 * 1024;

/** The page's files by path, each with its name among the resources. */
const files: ReadonlyMap<string, { name: string; type: string }> = new Map([
	["/", { name: "index.html", type: "text/html; charset=utf-8" }],
	["/icon.svg", { name: "icon.svg", type: "image/svg+xml" }],
	["/page.css", { name: "page.css", type: "text/css; charset=utf-8" }],
	["/page.js", { name: "page.js", type: "text/javascript; charset=utf-8" }],
]);

export interface WebServerOptions {
	clock: Clock;
	log: Log;
	http: HttpServerPort;
	resources: Resources;
	/** Colours and sizes that panel, page and workbench share, as CSS. */
	tokensCss: string;
	port: number;
	hostname(): string;
	state(): DeviceState;
}

export class WebServer {
	readonly #options: WebServerOptions;
	readonly feed: LiveFeed;
	#server: HttpServer | undefined;
	#closed = false;

	constructor(options: WebServerOptions) {
		this.#options = options;
		this.feed = new LiveFeed(options);
	}

	/** Resolves with the port it listens on. Rejects with a `PortError` when it cannot. */
	async start(): Promise<number> {
		const { http, port, log } = this.#options;
		const server = await http.listen({
			port,
			maxBodyBytes: MAX_BODY_BYTES,
			onRequest: (request) => this.#answer(request),
			onUpgrade: (request) => this.#upgrade(request),
			onError: (error) => log.warn(`web: ${error.message} (${error.code})`),
		});
		this.#server = server;
		if (this.#closed) await server.close();
		return server.port;
	}

	/** Ends every connection. May be called any number of times. */
	async close(): Promise<void> {
		this.#closed = true;
		this.feed.close();
		await this.#server?.close();
	}

	#answer(request: HttpRequest): HttpResponse {
		const refusal = this.#refusal(request);
		if (refusal) return refusal;
		const found = files.get(request.path);
		const isOurs = found || request.path === "/tokens.css" || request.path === "/api/state";
		if (!isOurs) return apiError("not_found", `There is nothing at ${request.path}.`);
		if (request.method !== "GET")
			return apiError("method_not_allowed", `${request.path} can only be read.`, { allow: "GET" });
		if (request.path === "/api/state") return json(this.#options.state());
		if (request.path === "/tokens.css") return file("text/css; charset=utf-8", this.#options.tokensCss);
		const body = found && this.#options.resources.read(found.name);
		return body
			? file(found.type, body)
			: apiError("not_found", `${request.path} is not part of this image.`);
	}

	#upgrade(request: HttpRequest): HttpResponse | WebSocketAccept {
		const refusal = this.#refusal(request);
		if (refusal) return refusal;
		if (request.path !== "/ws") return apiError("not_found", "The only WebSocket is at /ws.");
		if (this.feed.isFull)
			return apiError("too_many_clients", `${MAX_CLIENTS} clients are connected; close one of them.`);
		return (socket) => this.feed.add(socket);
	}

	#refusal(request: HttpRequest): HttpResponse | undefined {
		if (isOwnOrigin(request) && isOwnHost(request, this.#options.hostname())) return undefined;
		return apiError("foreign_origin", "This device only answers its own page and programs on its network.");
	}
}
