// The few MQTT packets that a misbehaving broker needs, made by hand: a library would not let it misbehave.

export const PacketType = { connect: 1, publish: 3, subscribe: 8, pingreq: 12, disconnect: 14 } as const;

export interface MqttPacket {
	type: number;
	body: Buffer;
}

/** Splits what a client sends into packets. */
export class MqttPackets {
	#waiting = Buffer.alloc(0);

	add(bytes: Uint8Array): MqttPacket[] {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		const packets: MqttPacket[] = [];
		for (let packet = this.#take(); packet !== undefined; packet = this.#take()) packets.push(packet);
		return packets;
	}

	#take(): MqttPacket | undefined {
		let length = 0;
		let position = 1;
		let byte = 0;
		do {
			const next = this.#waiting[position];
			if (next === undefined) return undefined;
			byte = next;
			length += (byte & 0x7f) * 128 ** (position - 1);
			position += 1;
		} while (byte >= 0x80);
		if (this.#waiting.length < position + length) return undefined;
		const packet = {
			type: (this.#waiting[0] ?? 0) >> 4,
			body: this.#waiting.subarray(position, position + length),
		};
		this.#waiting = this.#waiting.subarray(position + length);
		return packet;
	}
}

export function connackPacket(returnCode: number): Buffer {
	return Buffer.from([0x20, 2, 0, returnCode]);
}

/** Answers a SUBSCRIBE for one topic. */
export function subackPacket(subscribe: MqttPacket, returnCode: number): Buffer {
	return Buffer.from([0x90, 3, subscribe.body[0] ?? 0, subscribe.body[1] ?? 0, returnCode]);
}

export function pingrespPacket(): Buffer {
	return Buffer.from([0xd0, 0]);
}

export function publishPacket(topic: string, payload: Uint8Array): Buffer {
	const name = Buffer.from(topic);
	const length = 2 + name.length + payload.length;
	return Buffer.concat([
		Buffer.from([0x30, ...lengthField(length), name.length >> 8, name.length & 0xff]),
		name,
		payload,
	]);
}

function lengthField(length: number): number[] {
	const bytes: number[] = [];
	let rest = length;
	do {
		bytes.push((rest % 128) + (rest >= 128 ? 0x80 : 0));
		rest = Math.floor(rest / 128);
	} while (rest > 0);
	return bytes;
}
