// Lets through WebSocket frames that are well formed, carry text or control, and are within limits.

import { PortError, type PortErrorCode } from "../../port-error";
import { ByteQueue, type Gate } from "./gate";

export const Opcode = Object.freeze({
	continuation: 0,
	text: 1,
	binary: 2,
	close: 8,
	ping: 9,
	pong: 10,
} as const);

/** Of close frames (RFC 6455, 7.4.1). */
export const CloseCode = Object.freeze({
	normal: 1000,
	goingAway: 1001,
	protocolError: 1002,
	unsupportedData: 1003,
	invalidText: 1007,
	tooLarge: 1009,
	internalError: 1011,
} as const);

/** What a peer sent that it must not, and the code to close with. */
export class FrameError extends PortError {
	readonly closeCode: number;

	constructor(code: PortErrorCode, message: string, closeCode: number) {
		super(code, message);
		this.closeCode = closeCode;
	}
}

export interface WebSocketGateOptions {
	/** Clients mask what they send, servers do not. */
	peer: "client" | "server";
	/** Of a message, all its frames together. */
	maxMessageBytes: number;
	/** The host and port, for messages. */
	about: string;
}

/** RFC 6455, 5.5. */
const MAX_CONTROL_BYTES = 125;

interface FrameHead {
	opcode: number;
	final: boolean;
	headBytes: number;
	payloadBytes: number;
}

/**
 * A frame is handed on whole: the SDK's parser loses its place in the mask between two pieces of one frame, and
 * never comes to an end when an empty frame is torn in its head.
 */
export class WebSocketGate implements Gate {
	private readonly peer: WebSocketGateOptions["peer"];
	private readonly maxMessageBytes: number;
	private readonly about: string;
	private readonly queue = new ByteQueue();
	/** Of the message that has begun; `undefined` between messages. */
	private messageBytes: number | undefined;
	private closed = false;

	constructor({ peer, maxMessageBytes, about }: WebSocketGateOptions) {
		this.peer = peer;
		this.maxMessageBytes = maxMessageBytes;
		this.about = about;
	}

	push(bytes: Uint8Array): void {
		// Nothing counts after a close frame.
		if (!this.closed) this.queue.push(bytes);
	}

	next(): Uint8Array | undefined {
		if (this.closed) return undefined;
		const head = this.readHead();
		if (head === undefined) return undefined;
		this.check(head);
		if (this.queue.length < head.headBytes + head.payloadBytes) return undefined;
		if (head.opcode < Opcode.close)
			this.messageBytes = head.final ? undefined : (this.messageBytes ?? 0) + head.payloadBytes;
		else if (head.opcode === Opcode.close) this.closed = true;
		return this.queue.take(head.headBytes + head.payloadBytes);
	}

	/** RFC 6455, 5.2; `undefined` as long as it is not complete. */
	private readHead(): FrameHead | undefined {
		const first = this.queue.at(0);
		const second = this.queue.at(1);
		if (first === undefined) return undefined;
		// The bits that extensions would use.
		if ((first & 0x70) !== 0) throw this.broken("a frame uses an extension that was not agreed on");
		if (second === undefined) return undefined;
		const isMasked = second >= 0x80;
		if (isMasked !== (this.peer === "client")) throw this.broken("a frame is not masked as it should be");
		const shortLength = second & 0x7f;
		const lengthBytes = shortLength === 126 ? 2 : shortLength === 127 ? 8 : 0;
		let payloadBytes = lengthBytes === 0 ? shortLength : 0;
		for (let index = 0; index < lengthBytes; index++) {
			const byte = this.queue.at(2 + index);
			if (byte === undefined) return undefined;
			payloadBytes = payloadBytes * 256 + byte;
		}
		const headBytes = 2 + lengthBytes + (isMasked ? 4 : 0);
		return { opcode: first & 0x0f, final: first >= 0x80, headBytes, payloadBytes };
	}

	private check({ opcode, final, payloadBytes }: FrameHead): void {
		if (opcode >= Opcode.close) {
			if (opcode > Opcode.pong) throw this.broken("a frame is of no known kind");
			if (!final || payloadBytes > MAX_CONTROL_BYTES) throw this.broken("a control frame is too long");
			return;
		}
		if (opcode === Opcode.binary)
			throw new FrameError("protocol", `${this.about}: a message is not text`, CloseCode.unsupportedData);
		if (opcode > Opcode.binary) throw this.broken("a frame is of no known kind");
		if ((opcode === Opcode.continuation) !== (this.messageBytes !== undefined))
			throw this.broken("the frames of two messages are mixed up");
		if ((this.messageBytes ?? 0) + payloadBytes > this.maxMessageBytes)
			throw new FrameError(
				"too_large",
				`${this.about}: a message has more than ${this.maxMessageBytes} bytes`,
				CloseCode.tooLarge,
			);
	}

	private broken(what: string): FrameError {
		return new FrameError("protocol", `${this.about}: ${what}`, CloseCode.protocolError);
	}
}
