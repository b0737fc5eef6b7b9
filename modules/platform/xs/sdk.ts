// The SDK's classes as they are: their typings leave out or misspell what is declared here.

import SdkListener from "embedded:io/socket/listener";
import SdkTcp from "embedded:io/socket/tcp";
import SdkUdp from "embedded:io/socket/udp";
import SdkHttpClient from "embedded:network/http/client";
import SdkHttpServer from "embedded:network/http/server";
import SdkMqttClient from "embedded:network/mqtt/client";
import SdkWebSocketClient from "embedded:network/websocket/client";
import type { Socket } from "./conduit";
import type { AddressResolver } from "./resolve";
import type { Wire } from "./wire";

type Class<Options, Instance> = new (options: Options) => Instance;

/** What each client is given in place of its own resolver and socket. */
export interface ClientConnection {
	/** Of the `Host` header: a port may follow. */
	host: string;
	dns: { io: typeof AddressResolver; address: string };
	socket: { io: typeof Wire; conduit: unknown };
}

export interface TcpOptions {
	/** A socket that the new one takes over. */
	from?: Tcp | undefined;
	address?: string | undefined;
	port?: number | undefined;
	nodelay?: boolean;
	onReadable?(byteLength: number): void;
	onWritable?(byteLength: number): void;
	onError?(): void;
}

export interface Tcp extends Socket {
	read(byteLength: number): ArrayBuffer | undefined;
	/** Fills the view, which must not be longer than what is readable. */
	read(into: Uint8Array): unknown;
	write(bytes: Uint8Array | ArrayBuffer): number | undefined;
	readonly remoteAddress: string | undefined;
	readonly remotePort: number | undefined;
}

export const Tcp = SdkTcp as unknown as Class<TcpOptions, Tcp>;

export interface ListenerOptions {
	port: number;
	onReadable?(connections: number): void;
}

export interface Listener {
	readonly port: number;
	/** A connection that waits to be taken over. */
	read(): Tcp | undefined;
	close(): void;
}

export const Listener = SdkListener as unknown as Class<ListenerOptions, Listener>;

export interface Datagram extends ArrayBuffer {
	address: string;
	port: number;
}

export interface UdpOptions {
	port?: number;
	onReadable?(datagrams: number): void;
}

export interface Udp {
	read(): Datagram | undefined;
	write(bytes: Uint8Array, address: string, port: number): void;
	/** Joins a multicast group; missing where the platform has none. */
	add?(group: string): void;
	close(): void;
}

export const Udp = SdkUdp as unknown as Class<UdpOptions, Udp>;

export interface MqttControl {
	operation: number;
	id?: number;
	/** Of SUBACK: a return code for each topic. */
	payload?: readonly number[];
}

/** The same for all clients, which are told apart by their `target`. */
export interface MqttHandlers<Target> {
	/** `byteLength`: of all pieces together; given with the first one, as `topic`. */
	onReadable(
		this: MqttClient<Target>,
		byteLength: number,
		options: { topic?: string; byteLength?: number; more: boolean },
	): void;
	onControl(this: MqttClient<Target>, message: MqttControl): void;
	onError(this: MqttClient<Target>): void;
}

export interface MqttClientOptions<Target> extends ClientConnection, MqttHandlers<Target> {
	target: Target;
	port: number;
	id: string;
	user?: string;
	password?: string;
	/** Milliseconds. */
	keepAlive: number;
	will?: { topic: string; message: string; QoS: number; retain: boolean };
}

export interface MqttClient<Target = unknown> {
	readonly target: Target;
	read(byteLength: number): Uint8Array | undefined;
	/** Throws when there is no room. */
	write(
		bytes: Uint8Array | undefined,
		options: { topic: string } | { operation: number; id: number; items: { topic: string; QoS: number }[] },
	): void;
	close(): void;
}

export const MqttClient = SdkMqttClient as unknown as new <Target>(
	options: MqttClientOptions<Target>,
) => MqttClient<Target>;
/** Types of packets. */
export const { CONNACK, SUBSCRIBE, SUBACK } = SdkMqttClient;

export interface HttpClientOptions extends ClientConnection {
	port: number;
	onError(): void;
}

export interface HttpClientHandlers {
	method: string;
	path: string;
	headers: Map<string, string>;
	onReadable(this: HttpClientRequest, byteLength: number): void;
	onWritable(this: HttpClientRequest, byteLength: number): void;
	onDone(error: Error | null): void;
}

export interface HttpClientRequest {
	read(byteLength: number): Uint8Array | undefined;
	write(bytes: Uint8Array): number;
}

export interface HttpClient {
	request(handlers: HttpClientHandlers): HttpClientRequest;
	close(): void;
}

export const HttpClient = SdkHttpClient as unknown as Class<HttpClientOptions, HttpClient>;

export interface HttpServerRequest {
	method: string;
	headers: Map<string, string>;
}

export interface HttpServerResponse {
	status: number;
	/** Names in lower case. */
	headers: Map<string, string | number>;
}

/** The same for all connections, which are told apart by their `target`. */
export interface HttpServerHandlers<Target> {
	onRequest(this: HttpServerConnection<Target>, request: HttpServerRequest): void;
	onReadable(this: HttpServerConnection<Target>, byteLength: number): void;
	/** The request is complete. `respond` may be called later. */
	onResponse(this: HttpServerConnection<Target>, response: HttpServerResponse): void;
	onWritable(this: HttpServerConnection<Target>, byteLength: number): void;
	/** The response is written; the connection may be detached. */
	onDone(this: HttpServerConnection<Target>): void;
	onError(this: HttpServerConnection<Target>): void;
}

export interface HttpServerConnection<Target> {
	/** Set by us: the SDK has none for connections. */
	target: Target;
	accept(handlers: HttpServerHandlers<Target>): void;
	read(byteLength: number): Uint8Array | undefined;
	write(bytes: Uint8Array): number;
	respond(response: HttpServerResponse): void;
	/** Hands over the socket, which is no longer the connection's. */
	detach(): Wire;
	close(): void;
}

export interface HttpServerOptions<Target> {
	io: Class<ListenerOptions, unknown>;
	port: number;
	onConnect(connection: HttpServerConnection<Target>): void;
}

export interface HttpServer {
	readonly port: number;
}

export const HttpServer = SdkHttpServer as unknown as new <Target>(
	options: HttpServerOptions<Target>,
) => HttpServer;

/** The same for all clients, which are told apart by their `target`. */
export interface WebSocketHandlers<Target> {
	onReadable(
		this: WebSocketClient<Target>,
		byteLength: number,
		options: { more: boolean; binary: boolean },
	): void;
	onWritable(this: WebSocketClient<Target>, byteLength: number): void;
	onControl(this: WebSocketClient<Target>, opcode: number, payload: ArrayBuffer): void;
	onClose(this: WebSocketClient<Target>): void;
	onError(this: WebSocketClient<Target>): void;
}

/** The server to connect to, or a connection whose handshake is done. */
export type WebSocketPeer = (ClientConnection & { port: number; path: string }) | { attach: Wire };

export type WebSocketOptions<Target> = WebSocketHandlers<Target> & WebSocketPeer & { target: Target };

export interface WebSocketClient<Target = unknown> {
	readonly target: Target;
	read(byteLength: number): Uint8Array | undefined;
	/** `more`: the next call writes what belongs to this. */
	write(bytes: Uint8Array, options: { binary: boolean; more: boolean } | { opcode: number }): number;
	close(): void;
}

export const WebSocketClient = SdkWebSocketClient as unknown as new <Target>(
	options: WebSocketOptions<Target>,
) => WebSocketClient<Target>;
