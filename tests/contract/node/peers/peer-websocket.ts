// A WebSocket client that may misbehave.

import type { Socket } from "node:net";
import type { PeerWebSocket } from "../../peers";
import { closePayload, encodeFrame, type Frame, Frames, Opcode } from "./websocket-frames";

const NO_CLOSE_FRAME = 1006;

export class NodePeerWebSocket implements PeerWebSocket {
	readonly #socket: Socket;
	readonly #frames = new Frames();
	readonly #texts: string[] = [];
	readonly #binaries: Uint8Array[] = [];
	/** The frames of a message that has begun. */
	#begun: { opcode: number; pieces: Uint8Array[] } | undefined;
	#pongs = 0;
	#closeFrame: { code: number; reason: string } | undefined;
	#ended = false;
	#closing = false;

	/** On a connection that was upgraded; `head` is what came after the server's answer. */
	constructor(socket: Socket, head: Buffer) {
		this.#socket = socket;
		socket.on("error", () => {});
		socket.on("close", () => {
			this.#ended = true;
		});
		socket.on("data", (bytes: Buffer) => this.#receive(bytes));
		this.#receive(head);
	}

	sendText(text: string): Promise<void> {
		return this.sendFrame({ opcode: Opcode.text, final: true, payload: Buffer.from(text) });
	}

	sendBinary(bytes: Uint8Array): Promise<void> {
		return this.sendFrame({ opcode: Opcode.binary, final: true, payload: bytes });
	}

	async sendFrame(frame: Frame): Promise<void> {
		this.#socket.write(encodeFrame(frame));
	}

	async messages(): Promise<number> {
		return this.#texts.length + this.#binaries.length;
	}

	async texts(): Promise<readonly string[]> {
		return this.#texts;
	}

	async binaries(): Promise<readonly Uint8Array[]> {
		return this.#binaries;
	}

	async pongs(): Promise<number> {
		return this.#pongs;
	}

	async closed(): Promise<{ code: number; reason: string } | undefined> {
		if (!this.#ended) return undefined;
		return this.#closeFrame ?? { code: NO_CLOSE_FRAME, reason: "" };
	}

	async close(code: number, reason: string): Promise<void> {
		this.#closing = true;
		await this.sendFrame({ opcode: Opcode.close, final: true, payload: closePayload(code, reason) });
	}

	async drop(): Promise<void> {
		this.#socket.destroy();
	}

	async pauseReading(): Promise<void> {
		this.#socket.pause();
	}

	async resumeReading(): Promise<void> {
		this.#socket.resume();
	}

	#receive(bytes: Buffer): void {
		for (const frame of this.#frames.add(bytes)) {
			const { opcode, payload } = frame;
			if (opcode === Opcode.pong) this.#pongs += 1;
			else if (opcode === Opcode.close) this.#answerClose(Buffer.from(payload));
			else this.#collect(frame);
		}
	}

	#collect({ opcode, final, payload }: Frame): void {
		// Whoever begins a message within another one, or goes on with none, is seen by what it becomes.
		if (opcode !== Opcode.continuation) this.#begun = { opcode, pieces: [] };
		this.#begun?.pieces.push(payload);
		if (!final || this.#begun === undefined) return;
		const whole = Buffer.concat(this.#begun.pieces);
		if (this.#begun.opcode === Opcode.text) this.#texts.push(whole.toString());
		else this.#binaries.push(new Uint8Array(whole));
		this.#begun = undefined;
	}

	#answerClose(payload: Buffer): void {
		this.#closeFrame = {
			code: payload.length >= 2 ? payload.readUInt16BE() : 1005,
			reason: payload.toString("utf8", 2),
		};
		if (!this.#closing) this.#socket.write(encodeFrame({ opcode: Opcode.close, final: true, payload }));
	}
}
