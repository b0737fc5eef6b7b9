// An HTTP server port whose clients are the test.

import type {
	BodyReceiver,
	HttpRequest,
	HttpResponse,
	HttpServer,
	HttpServerOptions,
	HttpServerPort,
	WebSocketConnection,
	WebSocketEvents,
} from "../../modules/platform/http";

export interface FakeRequest {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Uint8Array;
}

export class FakeHttpServer implements HttpServerPort {
	closed = 0;
	#options: HttpServerOptions | undefined;

	async listen(options: HttpServerOptions): Promise<HttpServer> {
		this.#options = options;
		return { port: options.port || 4711, close: async () => void this.closed++ };
	}

	async request(
		path: string,
		{ method = "GET", headers = { host: "192.0.2.1" }, body = "" }: FakeRequest = {},
	): Promise<HttpResponse> {
		return this.#listening.onRequest(request(path, method, headers, body));
	}

	/** What the server says before a body of that length comes. */
	announce(
		path: string,
		sizeBytes: number | undefined,
		{ method = "POST", headers = { host: "192.0.2.1" } }: FakeRequest = {},
	): BodyReceiver | HttpResponse | undefined {
		return this.#listening.onBody?.(request(path, method, headers), sizeBytes);
	}

	/** The socket, or the response that refused it. */
	upgrade(path = "/ws", headers: Record<string, string> = { host: "192.0.2.1" }): FakeSocket | HttpResponse {
		const accept = this.#listening.onUpgrade(request(path, "GET", headers));
		return typeof accept === "function" ? new FakeSocket(accept) : accept;
	}

	get #listening(): HttpServerOptions {
		if (!this.#options) throw new Error("nobody listens");
		return this.#options;
	}
}

export class FakeSocket implements WebSocketConnection {
	readonly frames: string[] = [];
	readonly binaries: Uint8Array[] = [];
	queuedBytes = 0;
	closedWith: number | undefined;
	readonly events: WebSocketEvents;

	constructor(accept: (socket: WebSocketConnection) => WebSocketEvents) {
		this.events = accept(this);
	}

	send(text: string): void {
		if (this.closedWith === undefined) this.frames.push(text);
	}

	sendBinary(bytes: Uint8Array): void {
		if (this.closedWith === undefined) this.binaries.push(bytes);
	}

	close(code = 1000): void {
		this.closedWith ??= code;
	}
}

function request(
	target: string,
	method: string,
	headers: Record<string, string>,
	body: string | Uint8Array = "",
): HttpRequest {
	const [path = "", query = ""] = target.split("?");
	const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
	return { method, path, query, headers, body: bytes };
}
