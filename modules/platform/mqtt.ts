// MQTT 3.1.1 client, QoS 0, clean sessions: all that printers and Home Assistant ask of us.

import type { PortError } from "./port-error";
import type { TlsTrust } from "./tls";

export interface MqttClient {
	/**
	 * Starts to connect. Never throws for what the network does: that comes through `onClosed`.
	 * No callback runs before it has returned.
	 */
	connect(options: MqttOptions): MqttConnection;
}

export interface MqttOptions {
	host: string;
	port: number;
	/** TLS 1.2 when given, plain TCP otherwise. */
	tls?: TlsTrust;
	/** At most 23 characters for brokers that keep to the letter of MQTT 3.1.1. */
	clientId: string;
	username?: string;
	password?: string;
	keepAliveMs: number;
	/** For everything up to CONNACK together. */
	connectTimeoutMs: number;
	/** Published by the broker when we vanish without a DISCONNECT. */
	will?: { topic: string; payload: string; retain: boolean };

	/** The broker accepted us. `certificateName` is the leaf's common name as the peer spells it, with TLS only. */
	onOpen(certificateName: string | undefined): void;
	/** The broker answered a `subscribe`; `granted` is false when it refused. */
	onSubscribed(topic: string, granted: boolean): void;
	/**
	 * A piece of a message, pieces in order and never interleaved with another message's.
	 * The message is complete when `remainingBytes` is 0. The bytes are only valid during the call.
	 */
	onMessage(topic: string, bytes: Uint8Array, remainingBytes: number): void;
	/** The connection failed or was lost. Comes at most once, and not after `close`. */
	onClosed(error: PortError): void;
}

export interface MqttConnection {
	/** Of no effect before `onOpen`. */
	subscribe(topic: string): void;
	/** False when not connected or when too much is waiting to be sent: the message was dropped. */
	publish(topic: string, payload: string): boolean;
	/**
	 * Sends DISCONNECT and ends the connection; resolves when the bytes are out, or after a second at most.
	 * No callback runs once it has been called. May be called any number of times, in any state.
	 */
	close(): Promise<void>;
}
