// Lets through what an MQTT 3.1.1 broker may send to a client that only subscribes with QoS 0.

import { PortError } from "../../port-error";
import { ByteQueue, type Gate, protocolError } from "./gate";

/** Types of packets (MQTT 3.1.1, 2.2.1). */
const CONNACK = 2;
const PUBLISH = 3;
const SUBACK = 9;
const UNSUBACK = 11;
const PINGRESP = 13;

/** Packets without a payload of their own: an answer to many subscriptions is the longest of them. */
const MAX_SHORT_PACKET_BYTES = 256;
/** The remaining length has at most four bytes (2.2.3). */
const MAX_LENGTH_BYTES = 4;

/** Whose packets they are. */
export interface MqttGateOwner {
	/** The host and port, for messages. */
	readonly about: string;
	/** A message without content, which the SDK's parser would wait for without end. It is not handed on. */
	onEmptyMessage(topic: Uint8Array): void;
}

export interface MqttGateOptions {
	/** Of a whole packet. */
	maxPacketBytes: number;
	owner: MqttGateOwner;
}

export class MqttGate implements Gate {
	private readonly maxPacketBytes: number;
	private readonly owner: MqttGateOwner;
	private readonly queue = new ByteQueue();
	/** Of the message whose content is being handed on. */
	private remainingBytes = 0;
	private accepted = false;

	constructor({ maxPacketBytes, owner }: MqttGateOptions) {
		this.maxPacketBytes = maxPacketBytes;
		this.owner = owner;
	}

	push(bytes: Uint8Array): void {
		this.queue.push(bytes);
	}

	next(): Uint8Array | undefined {
		while (this.queue.length > 0) {
			if (this.remainingBytes > 0) {
				const piece = this.queue.takeSome(this.remainingBytes);
				this.remainingBytes -= piece.length;
				return piece;
			}
			const header = this.readHeader();
			if (header === undefined) return undefined;
			const { type, headerBytes, bodyBytes } = header;
			if (type === PUBLISH) {
				const passed = this.beginMessage(headerBytes, bodyBytes);
				if (passed !== "empty message") return passed;
			} else {
				if (this.queue.length < headerBytes + bodyBytes) return undefined;
				const packet = this.queue.take(headerBytes + bodyBytes);
				if (type === CONNACK) this.checkAcceptance(packet);
				return packet;
			}
		}
		return undefined;
	}

	/** The fixed header, checked; `undefined` as long as it is not complete. */
	private readHeader(): { type: number; headerBytes: number; bodyBytes: number } | undefined {
		const first = this.queue.at(0) ?? 0;
		const type = first >> 4;
		this.checkType(type, first & 0x0f);
		let bodyBytes = 0;
		for (let index = 1; index <= MAX_LENGTH_BYTES; index++) {
			const byte = this.queue.at(index);
			if (byte === undefined) return undefined;
			bodyBytes += (byte & 0x7f) * 2 ** (7 * (index - 1));
			if (byte < 0x80) {
				this.checkLength(type, 1 + index + bodyBytes);
				return { type, headerBytes: 1 + index, bodyBytes };
			}
		}
		throw protocolError(`${this.owner.about}: the broker does not speak MQTT`);
	}

	private checkType(type: number, flags: number): void {
		const { about } = this.owner;
		const known =
			type === PUBLISH
				? // QoS 0, not sent twice; the lowest bit says that the broker kept the message.
					(flags & 0x0e) === 0
				: (type === CONNACK || type === SUBACK || type === UNSUBACK || type === PINGRESP) && flags === 0;
		if (!known) throw protocolError(`${about}: the broker does not speak MQTT`);
		// Nothing comes before the broker has accepted us, and that it says once (3.2).
		if ((type === CONNACK) !== this.accepted) return;
		throw protocolError(
			this.accepted
				? `${about}: the broker accepted us twice`
				: `${about}: a message came before the broker's greeting`,
		);
	}

	private checkLength(type: number, packetBytes: number): void {
		const { about } = this.owner;
		const maxPacketBytes = this.maxPacketBytes;
		if (type === PUBLISH && packetBytes > maxPacketBytes)
			throw new PortError("too_large", `${about}: a message has more than ${maxPacketBytes} bytes`);
		if (type !== PUBLISH && packetBytes > MAX_SHORT_PACKET_BYTES)
			throw protocolError(`${about}: the broker does not speak MQTT`);
	}

	/** Hands on all up to the content, once it is there. */
	private beginMessage(headerBytes: number, bodyBytes: number): Uint8Array | undefined | "empty message" {
		const high = this.queue.at(headerBytes);
		const low = this.queue.at(headerBytes + 1);
		if (bodyBytes < 3) throw protocolError(`${this.owner.about}: a message has no topic`);
		if (high === undefined || low === undefined) return undefined;
		const topicBytes = high * 256 + low;
		const contentBytes = bodyBytes - 2 - topicBytes;
		if (topicBytes === 0 || contentBytes < 0)
			throw protocolError(`${this.owner.about}: a message has no topic`);
		const prefixBytes = headerBytes + 2 + topicBytes;
		if (this.queue.length < prefixBytes) return undefined;
		const prefix = this.queue.take(prefixBytes);
		if (contentBytes > 0) {
			this.remainingBytes = contentBytes;
			return prefix;
		}
		this.owner.onEmptyMessage(prefix.subarray(headerBytes + 2));
		return "empty message";
	}

	/** CONNACK has two bytes, the second of which is the return code (3.2.2). */
	private checkAcceptance(packet: Uint8Array): void {
		const { about } = this.owner;
		if (packet.length !== 4) throw protocolError(`${about}: the broker does not speak MQTT`);
		const refusal = refusalOf(packet[3] ?? 0, about);
		if (refusal) throw refusal;
		this.accepted = true;
	}
}

function refusalOf(returnCode: number, about: string): PortError | undefined {
	switch (returnCode) {
		case 0:
			return undefined;
		case 1:
			return protocolError(`${about}: the broker does not speak MQTT 3.1.1`);
		case 2:
			return protocolError(`${about}: the broker does not accept our client id`);
		case 3:
			return new PortError("handshake_closed", `${about}: the broker serves nobody at the moment`);
		case 4:
		case 5:
			return new PortError("unauthorized", `${about}: the broker refused the user name or password`);
		default:
			return protocolError(`${about}: the broker refused us (${returnCode})`);
	}
}
