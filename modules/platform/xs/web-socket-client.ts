// WebSocket client over the SDK's.

import { Digest } from "crypt";
import Timer from "timer";
import type { WebSocketClientOptions, WebSocketClientPort, WebSocketConnection } from "../http";
import { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { callSafely } from "./callbacks";
import { Conduit, type ConduitOwner } from "./conduit";
import type { Gate } from "./gates/gate";
import { HttpGate, type HttpGateOwner, type HttpHead, isUpgrade } from "./gates/http-gate";
import { WebSocketGate } from "./gates/web-socket-gate";
import { type HttpUrl, parseUrl } from "./http-url";
import { openSocket } from "./open-socket";
import { type ConnectionPhase, hostNotFound, toPortError, unanswered } from "./port-errors";
import { AddressResolver, resolveHost } from "./resolve";
import { Stopwatch } from "./stopwatch";
import { type WebSocketOwner, WebSocketSession } from "./web-socket-session";
import { Wire } from "./wire";

const MAX_HEAD_BYTES = 8 * 1024;
/** The user watches how much waits. */
const UNLIMITED = 0x3fffffff;
/** What the server proves that it has read the key with (RFC 6455, 1.3). */
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export function createWebSocketClient({ text }: { text: TextCodec }): WebSocketClientPort {
	return { connect: (options) => new XsWebSocketConnection(options, text) };
}

class XsWebSocketConnection implements WebSocketConnection, ConduitOwner, WebSocketOwner {
	private readonly options: WebSocketClientOptions;
	private readonly text: TextCodec;
	private readonly stopwatch = new Stopwatch();
	private timer: Timer | undefined;
	private start: Timer | undefined;
	private forgetHost: () => void = () => {};
	private about = "";
	private phase: ConnectionPhase = "connect";
	/** Closed or failed: from then on no callback runs. */
	private over = false;
	private conduit: Conduit | undefined;
	private session: WebSocketSession | undefined;

	constructor(options: WebSocketClientOptions, text: TextCodec) {
		this.options = options;
		this.text = text;
		this.timer = Timer.set(() => this.fail(this.timeoutError()), Math.max(0, options.connectTimeoutMs));
		// No callback runs before `connect` has returned, not even for an address that is wrong from the start.
		this.start = Timer.set(() => this.connect());
	}

	get queuedBytes(): number {
		return this.over ? 0 : (this.session?.queuedBytes ?? 0);
	}

	send(text: string): void {
		if (!this.over && this.phase === "open") this.session?.send(text);
	}

	sendBinary(bytes: Uint8Array): void {
		if (!this.over && this.phase === "open") this.session?.sendBinary(bytes);
	}

	close(code?: number, reason?: string): void {
		if (this.over) return;
		this.release();
		this.session?.close(code, reason);
		if (this.phase !== "open") this.conduit?.close();
	}

	private connect(): void {
		this.start = undefined;
		try {
			const url = parseUrl("ws", this.options.url);
			this.about = url.authority;
			this.forgetHost = resolveHost(url.host, (address) => {
				if (address === undefined) this.fail(hostNotFound(url.host));
				else this.open(url, address);
			});
		} catch (error) {
			this.fail(error);
		}
	}

	private open(url: HttpUrl, address: string): void {
		const about = this.about;
		try {
			const conduit = new Conduit({
				about,
				owner: this,
				gate: new HandshakeGate({
					about,
					text: this.text,
					maxMessageBytes: this.options.maxMessageBytes,
				}),
				capacityBytes: UNLIMITED,
				open: (owner) => openSocket({ address, port: url.port, owner }),
			});
			this.conduit = conduit;
			this.session = new WebSocketSession({ owner: this, conduit, text: this.text });
			this.session.begin({
				host: url.authority,
				port: url.port,
				path: url.target,
				dns: { io: AddressResolver, address },
				socket: { io: Wire, conduit },
			});
		} catch (error) {
			this.fail(error);
		}
	}

	onConnected(): void {
		this.phase = "handshake";
	}

	/** The gate did not let something through: an open WebSocket is told so. */
	onRefused(reason: unknown): void {
		if (this.phase === "open") this.session?.fail(reason);
		else this.fail(reason);
	}

	onOver(reason: unknown): void {
		this.session?.fail(reason);
		this.fail(reason);
	}

	onOpen(): void {
		if (this.over) return;
		this.phase = "open";
		Timer.clear(this.timer);
		this.timer = undefined;
		callSafely(() => this.options.onOpen());
	}

	onText(text: string): void {
		if (!this.over) callSafely(() => this.options.onText(text));
	}

	onEnded(reason: PortError | undefined): void {
		this.fail(reason);
	}

	private fail(reason: unknown): void {
		if (this.over) return;
		const error = toPortError(reason, this.phase, this.about, this.stopwatch.elapsedMs);
		this.release();
		// An open one is closing by itself, with a code that says why.
		if (this.phase !== "open") {
			this.conduit?.close();
			this.session?.close();
		}
		callSafely(() => this.options.onClosed(error));
	}

	/** Ends what could still call back. */
	private release(): void {
		this.over = true;
		Timer.clear(this.timer);
		Timer.clear(this.start);
		this.timer = undefined;
		this.start = undefined;
		this.forgetHost();
	}

	private timeoutError(): PortError {
		const { connectTimeoutMs } = this.options;
		if (this.phase === "connect") return unanswered(this.about, connectTimeoutMs);
		return new PortError("timeout", `${this.about}: the WebSocket was not open after ${connectTimeoutMs} ms`);
	}
}

interface HandshakeGateOptions {
	about: string;
	text: TextCodec;
	maxMessageBytes: number;
}

/** The server's answer, and after it the frames. */
class HandshakeGate implements Gate, HttpGateOwner {
	readonly about: string;
	readonly text: TextCodec;
	/** Until the server has answered. */
	private http: HttpGate | undefined;
	private readonly frames: WebSocketGate;
	/** What was sent: the SDK does not tell the key that it made. */
	private request = "";

	constructor({ about, text, maxMessageBytes }: HandshakeGateOptions) {
		this.about = about;
		this.text = text;
		this.http = new HttpGate({ kind: "response", maxHeadBytes: MAX_HEAD_BYTES, owner: this });
		this.frames = new WebSocketGate({ peer: "server", about, maxMessageBytes });
	}

	sent(bytes: Uint8Array): void {
		if (this.http !== undefined && this.request.length < MAX_HEAD_BYTES)
			this.request += this.text.decode(bytes);
	}

	push(bytes: Uint8Array): void {
		if (this.http === undefined) this.frames.push(bytes);
		else this.http.push(bytes);
	}

	next(): Uint8Array | undefined {
		if (this.http === undefined) return this.frames.next();
		const head = this.http.next();
		if (head === undefined) return undefined;
		this.frames.push(this.http.takeRest());
		this.http = undefined;
		this.request = "";
		return head;
	}

	get maxBodyBytes(): number {
		return Number.POSITIVE_INFINITY;
	}

	onHead({ status, headers }: HttpHead): void {
		const about = this.about;
		if (status === 401 || status === 403)
			throw new PortError("unauthorized", `${about}: the server wants other credentials (${status})`);
		if (status !== 101)
			throw new PortError("protocol", `${about}: the server offers no WebSocket there (${status})`);
		const isWebSocket = isUpgrade(headers) && headers.upgrade?.toLowerCase() === "websocket";
		if (!isWebSocket || headers["sec-websocket-accept"] !== this.expectedProof())
			throw new PortError(
				"protocol",
				`${about}: the server did not understand that a WebSocket was asked for`,
			);
		if (headers["sec-websocket-extensions"] !== undefined || headers["sec-websocket-protocol"] !== undefined)
			throw new PortError("protocol", `${about}: the server chose something that was not offered`);
	}

	private expectedProof(): string {
		const [, key = ""] = /^sec-websocket-key: *(\S+)/im.exec(this.request) ?? [];
		const digest = new Digest("SHA1");
		digest.write(key + KEY_SUFFIX);
		return new Uint8Array(digest.close()).toBase64();
	}
}
