// WebSocket frames (RFC 6455, 5.2) made and read by hand: a library would not let a peer misbehave.

import { randomBytes } from "node:crypto";

export interface Frame {
	opcode: number;
	final: boolean;
	payload: Uint8Array;
}

export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** As a client sends it: masked. */
export function encodeFrame({ opcode, final, payload }: Frame): Buffer {
	const head = Buffer.from([(final ? 0x80 : 0) | opcode]);
	const mask = randomBytes(4);
	const masked = Buffer.from(payload);
	for (const [index, byte] of masked.entries()) masked[index] = byte ^ (mask[index % 4] ?? 0);
	return Buffer.concat([head, encodeLength(payload.length), mask, masked]);
}

export function closePayload(code: number, reason: string): Buffer {
	return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
}

/** Splits what a server sends into frames. */
export class Frames {
	#waiting = Buffer.alloc(0);

	add(bytes: Uint8Array): Frame[] {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		const frames: Frame[] = [];
		for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
		return frames;
	}

	#take(): Frame | undefined {
		const [first, second] = this.#waiting;
		if (first === undefined || second === undefined) return undefined;
		const lengthBytes = second === 126 ? 2 : second === 127 ? 8 : 0;
		const start = 2 + lengthBytes;
		if (this.#waiting.length < start) return undefined;
		const length =
			lengthBytes === 2
				? this.#waiting.readUInt16BE(2)
				: lengthBytes === 8
					? Number(this.#waiting.readBigUInt64BE(2))
					: second;
		if (this.#waiting.length < start + length) return undefined;
		const payload = this.#waiting.subarray(start, start + length);
		this.#waiting = this.#waiting.subarray(start + length);
		return { opcode: first & 0x0f, final: first >= 0x80, payload };
	}
}

/** With the bit that announces a mask. */
function encodeLength(length: number): Buffer {
	if (length < 126) return Buffer.from([0x80 | length]);
	if (length <= 0xffff) return Buffer.from([0xfe, length >> 8, length & 0xff]);
	const bytes = Buffer.alloc(9);
	bytes[0] = 0xff;
	bytes.writeBigUInt64BE(BigInt(length), 1);
	return bytes;
}
