// One connection of the HTTP server: a request and its response, or an upgrade to a WebSocket.
/// <reference path="./typings/http-server-websocket.d.ts" />

import WebSocketHandshake from "embedded:network/http/server/options/websocket";
import Timer from "timer";
import type { BodyReceiver, HttpRequest, HttpRequestHead, HttpResponse, WebSocketAccept } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { joinBytes } from "./bytes";
import { callSafely } from "./callbacks";
import { Conduit, type ConduitOwner } from "./conduit";
import { HttpGate, type HttpGateOwner, type HttpHead } from "./gates/http-gate";
import { formatResponse, plainResponse, type SafeResponse, toSafeResponse } from "./http-responses";
import type {
	HttpServerConnection,
	HttpServerHandlers,
	HttpServerRequest,
	HttpServerResponse,
	Tcp,
} from "./sdk";
import { ServedWebSocket } from "./served-web-socket";
import type { ServerConnection, ServerConnectionOwner } from "./server-connection";
import { TcpSocket } from "./tcp-socket";

export interface HttpExchangeOptions {
	owner: ServerConnectionOwner;
	/** Accepted, and not yet listened to. */
	socket: Tcp;
}

const MAX_HEAD_BYTES = 8 * 1024;
/** Of a response, beyond what the network takes: bodies in flash are not copied to memory at once. */
const RESPONSE_BUFFER_BYTES = 4 * 1024;
/** For the request line and headers. */
const HEAD_TIMEOUT_MS = 10_000;
/** For a whole request that is collected. */
const REQUEST_TIMEOUT_MS = 30_000;
/** For a body that a receiver takes: something has to come in each of these, and all of it in as many. */
const RECEIVE_INTERVAL_MS = 30_000;
const RECEIVE_INTERVALS = 20;
/** For a client to take in a response to something that it has not sent in full. */
const LINGER_MS = 2000;
/** Likewise, for a body that may be large: many clients read nothing before they have sent all of it. */
const REFUSAL_MS = 10_000;
const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

type Step = "receiving" | "answering" | "responding" | "over";
type Connection = HttpServerConnection<HttpExchange>;

/** For the SDK, which calls them with its connection as `this`. */
const HANDLERS: HttpServerHandlers<HttpExchange> = {
	onRequest(request) {
		this.target.onRequest(request);
	},
	onReadable(byteLength) {
		this.target.onBody(byteLength > 0 ? this.read(byteLength) : undefined);
	},
	onResponse(response) {
		this.target.onComplete(response);
	},
	onWritable(byteLength) {
		this.target.onWritable(byteLength);
	},
	onDone() {
		this.target.onDone();
	},
	onError() {
		this.target.drop();
	},
};
Object.freeze(HANDLERS);

export class HttpExchange implements ServerConnection, ConduitOwner, HttpGateOwner {
	readonly conduit: Conduit;
	/** How much of a body the gate lets through. */
	maxBodyBytes: number;
	private readonly owner: ServerConnectionOwner;
	private readonly gate: HttpGate;
	private step: Step = "receiving";
	private timer: Timer | undefined;
	private connection: Connection | undefined;
	/** Until the request is handed over. */
	private head: HttpHead | undefined;
	/** The body is not asked for. */
	private isHead = false;
	private body: Uint8Array[] | undefined;
	/** Takes the body instead. */
	private receiver: BodyReceiver | undefined;
	/** A piece of it came, since {@link watch} looked last. */
	private isHeard = false;
	/** Of the response: what is still to be sent. */
	private unsent: Uint8Array | undefined;
	private accept: WebSocketAccept | undefined;

	constructor({ owner, socket }: HttpExchangeOptions) {
		this.owner = owner;
		this.maxBodyBytes = owner.options.maxBodyBytes;
		this.gate = new HttpGate({ kind: "request", maxHeadBytes: MAX_HEAD_BYTES, owner: this });
		this.conduit = new Conduit({
			about: `${socket.remoteAddress}:${socket.remotePort}`,
			owner: this,
			gate: this.gate,
			capacityBytes: RESPONSE_BUFFER_BYTES,
			open: (socketOwner) => new TcpSocket({ from: socket, owner: socketOwner }),
		});
		this.timer = Timer.set(() => this.onHeadTimeout(), HEAD_TIMEOUT_MS);
	}

	get isIdle(): boolean {
		return this.step === "receiving" && this.receiver === undefined;
	}

	finish(): void {
		if (this.step === "receiving") this.drop();
	}

	drop(): void {
		this.conduit.end();
		this.over();
	}

	/** The SDK's side of the connection. */
	begin(connection: Connection): void {
		this.connection = connection;
		connection.target = this;
		connection.accept(HANDLERS);
	}

	// For the gate

	get about(): string {
		return this.conduit.about;
	}

	get text(): TextCodec {
		return this.owner.text;
	}

	onHead(head: HttpHead): void {
		this.head = head;
		this.isHead = head.method === "HEAD";
		this.chooseReceiver(head);
	}

	// For the conduit

	onRefused(reason: unknown): void {
		if (reason instanceof BodyRefused) this.answerEarly(reason.answer);
		else this.respondLast(statusOf(reason, this.head !== undefined));
	}

	onOver(): void {
		this.over();
	}

	// For the SDK's connection

	onRequest(request: HttpServerRequest): void {
		if (this.isUpgrade() && this.connection !== undefined)
			WebSocketHandshake.onRequest.call(this.connection, request);
	}

	onBody(bytes: Uint8Array | undefined): void {
		// After an answer that came early, what is left of the body is thrown away.
		if (bytes === undefined || this.step !== "receiving") return;
		if (this.receiver !== undefined) this.take(this.receiver, bytes);
		else if (this.body === undefined) this.body = [bytes];
		else this.body.push(bytes);
	}

	/** The request is complete. */
	onComplete(response: HttpServerResponse): void {
		if (this.step !== "receiving") this.drop();
		else if (this.isUpgrade()) this.answerUpgrade(response);
		else void this.answer(response);
	}

	/** The response's head is out. */
	onWritable(byteLength: number): void {
		const unsent = this.unsent;
		if (unsent === undefined || unsent.length === 0) {
			// There is no body, whatever length the head tells.
			this.drop();
			return;
		}
		const piece = unsent.subarray(0, byteLength);
		this.unsent = unsent.subarray(piece.length);
		this.connection?.write(piece);
	}

	/** The response is out. */
	onDone(): void {
		if (this.accept === undefined || this.connection === undefined || this.owner.isClosing) this.drop();
		else this.openWebSocket(this.connection, this.accept);
	}

	private isUpgrade(): boolean {
		return this.head?.headers.upgrade !== undefined;
	}

	/**
	 * Before any of the body is let through, and before it is refused for its length. Throws a {@link BodyRefused},
	 * which comes back through {@link onRefused}.
	 */
	private chooseReceiver({ headers }: HttpHead): void {
		const { options, text } = this.owner;
		const size = bodySize(headers);
		if (options.onBody === undefined || this.isUpgrade() || size === "none") return;
		const sizeBytes = size === "untold" ? undefined : size;
		const request = this.requestHead();
		if (request === undefined) throw new BodyRefused(plainResponse(400));
		let answer: BodyReceiver | SafeResponse | undefined;
		try {
			const choice = options.onBody(request, sizeBytes);
			answer = choice === undefined || isReceiver(choice) ? choice : toSafeResponse(choice, text);
		} catch (cause) {
			answer = this.handlerFailed(request, cause);
		}
		if (answer === undefined) return;
		if (!isReceiver(answer)) throw new BodyRefused(answer);
		this.receiver = answer;
		this.maxBodyBytes = Number.POSITIVE_INFINITY;
		this.watch();
		if (headers.expect?.toLowerCase() === "100-continue") this.conduit.write(text.encode(CONTINUE));
	}

	private take(receiver: BodyReceiver, bytes: Uint8Array): void {
		this.isHeard = true;
		try {
			receiver.take(bytes);
		} catch (cause) {
			this.receiver = undefined;
			const { method = "", target = "" } = this.head ?? {};
			this.answerEarly(this.handlerFailed({ method, path: target }, cause));
		}
	}

	private watch(): void {
		let intervals = 0;
		Timer.clear(this.timer);
		this.timer = Timer.repeat(() => {
			intervals += 1;
			if (!this.isHeard || intervals >= RECEIVE_INTERVALS) this.respondLast(408);
			this.isHeard = false;
		}, RECEIVE_INTERVAL_MS);
	}

	private async answer(response: HttpServerResponse): Promise<void> {
		this.step = "answering";
		const answer = await this.makeAnswer();
		if (this.isOver()) return;
		this.respond(response, answer);
	}

	private async makeAnswer(): Promise<SafeResponse> {
		const receiver = this.receiver;
		this.receiver = undefined;
		const request = this.takeRequest();
		if (request === undefined) return plainResponse(400);
		const { options, text } = this.owner;
		try {
			return toSafeResponse(await (receiver?.end() ?? options.onRequest(request)), text);
		} catch (cause) {
			return this.handlerFailed(request, cause);
		}
	}

	private answerUpgrade(response: HttpServerResponse): void {
		this.step = "answering";
		const request = this.takeRequest();
		const { headers = {} } = request ?? {};
		const isWebSocket =
			headers.upgrade?.toLowerCase() === "websocket" &&
			headers["sec-websocket-version"] === "13" &&
			/^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "");
		if (request === undefined || request.method !== "GET" || !isWebSocket) {
			this.respond(response, plainResponse(400));
			return;
		}
		try {
			const answer = this.owner.options.onUpgrade(request);
			if (typeof answer === "function") {
				this.accept = answer;
				this.step = "responding";
				this.conduit.together(() => {
					if (this.connection !== undefined) WebSocketHandshake.onResponse.call(this.connection, response);
				});
			} else {
				this.respond(response, toSafeResponse(answer, this.text));
			}
		} catch (cause) {
			this.respond(response, this.handlerFailed(request, cause));
		}
	}

	private handlerFailed(
		{ method, path }: Pick<HttpRequest, "method" | "path">,
		cause: unknown,
	): SafeResponse {
		this.owner.onError(new PortError("invalid", `the handler of ${method} ${path} failed`, { cause }));
		return plainResponse(500);
	}

	private takeRequest(): HttpRequest | undefined {
		Timer.clear(this.timer);
		this.timer = undefined;
		const head = this.requestHead();
		this.head = undefined;
		const body = joinBytes(this.body ?? []);
		this.body = undefined;
		return head && { ...head, body };
	}

	/** `undefined` for a target that is no path, such as that of `OPTIONS *`. HEAD is handed over as GET. */
	private requestHead(): HttpRequestHead | undefined {
		const { method = "", target = "", headers = {} } = this.head ?? {};
		// A proxy's form of the target begins with the host.
		const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";
		if (!local.startsWith("/") && !local.startsWith("?")) return undefined;
		const mark = local.indexOf("?");
		return {
			method: method === "HEAD" ? "GET" : method,
			path: (mark < 0 ? local : local.slice(0, mark)) || "/",
			query: mark < 0 ? "" : local.slice(mark + 1),
			headers,
		};
	}

	private respond(response: HttpServerResponse, { status, headers, body }: SafeResponse): void {
		this.step = "responding";
		response.status = status;
		for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
		response.headers.set("connection", "close");
		this.unsent = this.isHead ? undefined : body;
		this.conduit.together(() => this.connection?.respond(response));
	}

	/** Nothing of this exchange stays: a WebSocket may be open for days. */
	private openWebSocket(connection: Connection, accept: WebSocketAccept): void {
		const webSocket = new ServedWebSocket({
			owner: this.owner,
			conduit: this.conduit,
			accept,
			early: this.gate.takeRest(),
		});
		this.owner.onUpgraded(this, webSocket);
		webSocket.begin(connection.detach());
	}

	private onHeadTimeout(): void {
		if (this.head === undefined) {
			this.respondLast(408);
			return;
		}
		this.timer = Timer.set(() => this.respondLast(408), REQUEST_TIMEOUT_MS - HEAD_TIMEOUT_MS);
	}

	/** Without the SDK's server, as below. The client may then send on for a while: what it sends is thrown away. */
	private answerEarly(answer: SafeResponse): void {
		this.step = "responding";
		Timer.clear(this.timer);
		this.timer = Timer.set(() => this.drop(), REFUSAL_MS);
		this.conduit.write(formatResponse(answer, this.text));
	}

	/** Without the SDK's server, which answers whole requests only. */
	private respondLast(status: number): void {
		if (this.step !== "receiving") return;
		if (this.gate.begun) this.conduit.write(formatResponse(plainResponse(status), this.text));
		this.conduit.end({ lingerMs: LINGER_MS });
		this.drop();
	}

	private isOver(): boolean {
		return this.step === "over";
	}

	private over(): void {
		if (this.step === "over") return;
		this.step = "over";
		Timer.clear(this.timer);
		this.timer = undefined;
		this.body = undefined;
		this.unsent = undefined;
		const receiver = this.receiver;
		this.receiver = undefined;
		if (receiver !== undefined) callSafely(() => receiver.abort());
		// Later, since this may be called from within the SDK's side, which goes on with what it was doing.
		const connection = this.connection;
		this.connection = undefined;
		if (connection !== undefined) Timer.set(() => connection.close());
		this.owner.onOver(this);
	}
}

/** Refuses a body unread. */
class BodyRefused extends Error {
	readonly answer: SafeResponse;

	constructor(answer: SafeResponse) {
		super("the body was refused");
		this.answer = answer;
	}
}

function isReceiver(answer: BodyReceiver | HttpResponse | SafeResponse): answer is BodyReceiver {
	return "take" in answer;
}

/** "none" also for a length that makes no sense: the gate is about to refuse it. */
function bodySize(headers: HttpHead["headers"]): number | "untold" | "none" {
	const { "content-length": length, "transfer-encoding": encoding } = headers;
	if (encoding !== undefined)
		return encoding.toLowerCase() === "chunked" && length === undefined ? "untold" : "none";
	const [told = ""] = (length ?? "").split(",");
	return /^\d{1,10}$/.test(told) && Number(told) > 0 ? Number(told) : "none";
}

function statusOf(reason: unknown, hasHead: boolean): number {
	if (!(reason instanceof PortError) || reason.code !== "too_large") return 400;
	return hasHead ? 413 : 431;
}
