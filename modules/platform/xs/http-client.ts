// HTTP over the SDK's client: one connection a request.

import Timer from "timer";
import type { HttpClientPort, HttpClientRequest, HttpClientResponse } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { joinBytes } from "./bytes";
import { Conduit, type ConduitOwner } from "./conduit";
import { HttpGate, type HttpGateOwner, type HttpHead, hasControls, isToken } from "./gates/http-gate";
import { type HttpUrl, parseUrl } from "./http-url";
import { openSocket } from "./open-socket";
import { hostNotFound, toPortError, unanswered } from "./port-errors";
import { AddressResolver, resolveHost } from "./resolve";
import { HttpClient, type HttpClientRequest as SdkRequest } from "./sdk";
import { Stopwatch } from "./stopwatch";
import { Wire } from "./wire";

const MAX_HEAD_BYTES = 8 * 1024;
/** Of the request, beyond what the network takes. */
const MAX_WAITING_BYTES = 4 * 1024;
/** The SDK and this client say these themselves. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
	"host",
	"connection",
	"content-length",
	"transfer-encoding",
]);

export function createHttpClient({ text }: { text: TextCodec }): HttpClientPort {
	return {
		request: (options) =>
			new Promise((resolve, reject) => {
				new Exchange({ options, text, resolve, reject }).start();
			}),
	};
}

interface ExchangeOptions {
	options: HttpClientRequest;
	text: TextCodec;
	resolve(response: HttpClientResponse): void;
	reject(error: PortError): void;
}

class Exchange implements ConduitOwner, HttpGateOwner {
	readonly text: TextCodec;
	about = "";
	private readonly options: HttpClientRequest;
	private readonly resolve: (response: HttpClientResponse) => void;
	private readonly reject: (error: PortError) => void;
	private readonly stopwatch = new Stopwatch();
	private timer: Timer | undefined;
	private forgetHost: () => void = () => {};
	private conduit: Conduit | undefined;
	private gate: HttpGate | undefined;
	private client: HttpClient | undefined;
	private isConnected = false;
	private over = false;
	/** Of the request: what is still to be sent. */
	private unsent: Uint8Array = new Uint8Array(0);
	private head: HttpHead | undefined;
	private readonly body: Uint8Array[] = [];

	constructor({ options, text, resolve, reject }: ExchangeOptions) {
		this.options = options;
		this.text = text;
		this.resolve = resolve;
		this.reject = reject;
	}

	start(): void {
		try {
			const url = parseUrl("http", this.options.url);
			checkRequest(this.options);
			this.about = url.authority;
			this.timer = Timer.set(() => this.fail(this.timeoutError()), Math.max(0, this.options.timeoutMs));
			this.forgetHost = resolveHost(url.host, (address) => {
				if (address === undefined) this.fail(hostNotFound(url.host));
				else this.open(url, address);
			});
		} catch (error) {
			this.fail(error);
		}
	}

	private open(url: HttpUrl, address: string): void {
		try {
			const gate = new HttpGate({ kind: "response", maxHeadBytes: MAX_HEAD_BYTES, owner: this });
			const conduit = new Conduit({
				about: this.about,
				owner: this,
				gate,
				capacityBytes: MAX_WAITING_BYTES,
				open: (owner) => openSocket({ address, port: url.port, owner }),
			});
			this.gate = gate;
			this.conduit = conduit;
			this.client = new HttpClient({
				host: url.authority,
				port: url.port,
				dns: { io: AddressResolver, address },
				socket: { io: Wire, conduit },
				onError: () => this.fail(undefined),
			});
			this.request(this.client, url.target);
		} catch (error) {
			this.fail(error);
		}
	}

	/** The answer to HEAD tells the length of a body that does not come. */
	get maxBodyBytes(): number {
		const { method, maxBodyBytes } = this.options;
		return method === "HEAD" ? Number.POSITIVE_INFINITY : maxBodyBytes;
	}

	onHead(head: HttpHead): void {
		if (head.status === 101)
			throw new PortError("protocol", `${this.about}: the answer is in another protocol`);
		this.head = head;
		if (this.options.method === "HEAD") this.succeed();
	}

	onConnected(): void {
		this.isConnected = true;
	}

	onOver(reason: unknown): void {
		// A body without a length ends with its connection.
		if (reason === undefined && this.head !== undefined && this.gate?.end() === true) this.succeed();
		else this.fail(reason);
	}

	private request(client: HttpClient, path: string): void {
		const { method, headers = {}, body = "" } = this.options;
		this.unsent = typeof body === "string" ? this.text.encode(body) : body;
		const allHeaders = new Map<string, string>();
		for (const [name, value] of Object.entries(headers)) {
			if (!OWN_HEADERS.has(name.toLowerCase())) allHeaders.set(name, value);
		}
		if (this.unsent.length > 0 || this.options.body !== undefined)
			allHeaders.set("content-length", String(this.unsent.length));
		allHeaders.set("connection", "close");
		const exchange = this;
		client.request({
			method,
			path,
			headers: allHeaders,
			onReadable(byteLength) {
				exchange.take(this, byteLength);
			},
			onWritable(byteLength) {
				exchange.send(this, byteLength);
			},
			onDone: (error) => {
				if (error === null) this.succeed();
				else this.fail(undefined);
			},
		});
	}

	private send(request: SdkRequest, byteLength: number): void {
		const piece = this.unsent.subarray(0, byteLength);
		this.unsent = this.unsent.subarray(piece.length);
		if (piece.length > 0) request.write(piece);
	}

	private take(request: SdkRequest, byteLength: number): void {
		const bytes = byteLength > 0 ? request.read(byteLength) : undefined;
		if (bytes !== undefined && !this.over) this.body.push(bytes);
	}

	private succeed(): void {
		if (this.over || this.head === undefined) return;
		const { status, headers } = this.head;
		const body = joinBytes(this.body);
		this.release();
		this.resolve({ status, headers: { ...headers }, body });
	}

	private fail(reason: unknown): void {
		if (this.over) return;
		const phase = this.isConnected ? "open" : "connect";
		const error = toPortError(reason, phase, this.about, this.stopwatch.elapsedMs);
		this.release();
		this.reject(error);
	}

	private release(): void {
		this.over = true;
		Timer.clear(this.timer);
		this.timer = undefined;
		this.forgetHost();
		this.conduit?.close();
		// Later, since this may be called from within the client, which goes on with what it was doing.
		const client = this.client;
		if (client !== undefined) Timer.set(() => client.close());
		this.body.length = 0;
	}

	private timeoutError(): PortError {
		const { timeoutMs } = this.options;
		if (!this.isConnected) return unanswered(this.about, timeoutMs);
		return new PortError("timeout", `${this.about}: the answer was not complete after ${timeoutMs} ms`);
	}
}

function checkRequest({ method, headers = {} }: HttpClientRequest): void {
	if (!isToken(method)) throw new PortError("invalid", `"${method}" is no method of HTTP`);
	for (const [name, value] of Object.entries(headers))
		if (!isToken(name) || hasControls(value))
			throw new PortError("invalid", `the header "${name}" cannot be sent`);
}
