// HTTP and WebSocket, both sides of each.

import type { PortError } from "./port-error";

export interface HttpRequest {
	method: string;
	/** Without the query, still percent-encoded. */
	path: string;
	/** What follows `?`, or "". */
	query: string;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: Uint8Array;
}

/** What is known of a request before its body comes. */
export type HttpRequestHead = Omit<HttpRequest, "body">;

export interface HttpResponse {
	status: number;
	headers?: Readonly<Record<string, string>>;
	body?: string | Uint8Array;
}

export interface HttpServerPort {
	/** Rejects with `address_in_use`, or `refused` when the host does not let us use that port. */
	listen(options: HttpServerOptions): Promise<HttpServer>;
}

export interface HttpServerOptions {
	port: number;
	/** A longer body is answered with 413 and never handed over. */
	maxBodyBytes: number;
	/**
	 * Asked before a body comes, with its length (`undefined` when the request does not tell); not asked when there is
	 * none. `undefined`: it is collected and handed to `onRequest`. A receiver takes it piece by piece, whatever its
	 * length, within ten minutes and 30 s between two pieces. A response refuses it unread, and the connection ends.
	 */
	onBody?(head: HttpRequestHead, sizeBytes: number | undefined): BodyReceiver | HttpResponse | undefined;
	/** A throw or a rejection becomes a 500 without details, and `onError`. */
	onRequest(request: HttpRequest): HttpResponse | Promise<HttpResponse>;
	/** A WebSocket is asked for: refuse with a response, or accept with its events. */
	onUpgrade(request: HttpRequest): HttpResponse | WebSocketAccept;
	/** For the log; the server goes on. */
	onError(error: PortError): void;
}

/** Takes the body of one request. What it throws becomes a 500 without details, and `onError`; no further call comes. */
export interface BodyReceiver {
	/** The next piece, of any size. The bytes are only valid during the call. */
	take(bytes: Uint8Array): void;
	/** All of it has come. */
	end(): HttpResponse | Promise<HttpResponse>;
	/** The connection was lost, or the server closed, before all of it came. No further call comes. */
	abort(): void;
}

export interface HttpServer {
	/** The port it really listens on: another one than asked for when 0 was asked for. */
	readonly port: number;
	/** Ends every connection and stops to listen. May be called any number of times. */
	close(): Promise<void>;
}

/** Called once the upgrade is done; what it returns gets the socket's events. */
export type WebSocketAccept = (socket: WebSocketConnection) => WebSocketEvents;

export interface WebSocketEvents {
	/** A whole text message. Binary messages are refused by the port with close code 1003. */
	onText(text: string): void;
	/** The connection is over, whoever ended it. Comes once, but not after our own `close`. */
	onClosed(): void;
}

export interface WebSocketConnection {
	/** Bytes handed to `send` that the network has not taken yet. */
	readonly queuedBytes: number;
	/** Dropped silently once the connection is over. */
	send(text: string): void;
	/** Likewise, as a binary message. The bytes must not be changed afterwards. */
	sendBinary(bytes: Uint8Array): void;
	/** May be called any number of times; no event comes afterwards. */
	close(code?: number, reason?: string): void;
}

export interface HttpClientPort {
	/** Resolves for any status. Rejects with a {@link PortError}; redirects are not followed. */
	request(options: HttpClientRequest): Promise<HttpClientResponse>;
}

export interface HttpClientRequest {
	method: string;
	/** `http://` only: Culm's HTTP peers (Spoolman, printers' info pages) are on the LAN. */
	url: string;
	headers?: Readonly<Record<string, string>>;
	body?: string | Uint8Array;
	/** From the call to the last byte of the answer. */
	timeoutMs: number;
	/** A longer answer rejects with `too_large`. */
	maxBodyBytes: number;
}

export interface HttpClientResponse {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: Uint8Array;
}

export interface WebSocketClientPort {
	/** Starts to connect. Never throws for what the network does: that comes through `onClosed`. */
	connect(options: WebSocketClientOptions): WebSocketConnection;
}

export interface WebSocketClientOptions {
	/** `ws://` only, as for {@link HttpClientRequest.url}. */
	url: string;
	connectTimeoutMs: number;
	/** A longer message ends the connection with `too_large`. */
	maxMessageBytes: number;
	onOpen(): void;
	onText(text: string): void;
	/** The connection failed or is over. Comes at most once, and not after `close`. */
	onClosed(error: PortError): void;
}
