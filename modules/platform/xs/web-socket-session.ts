// One open WebSocket over the SDK's client class, which serves both ends.

import Timer from "timer";
import type { PortError } from "../port-error";
import type { TextCodec } from "../text-codec";
import { joinBytes, sameBytes } from "./bytes";
import type { Conduit } from "./conduit";
import { CloseCode, FrameError, Opcode } from "./gates/web-socket-gate";
import { WebSocketClient, type WebSocketHandlers, type WebSocketPeer } from "./sdk";

/** Whose WebSocket it is. */
export interface WebSocketOwner {
	/** The handshake is done. */
	onOpen(): void;
	onText(text: string): void;
	/**
	 * The connection is over, or about to be; comes once, and not after `close`.
	 * `reason`: what was wrong with what came; `undefined` when the other side ended it.
	 */
	onEnded(reason: PortError | undefined): void;
	/** Everything that belongs to the connection was let go of. */
	onGone?(): void;
}

export interface WebSocketSessionOptions {
	owner: WebSocketOwner;
	conduit: Conduit;
	text: TextCodec;
}

/** A close frame holds 125 bytes, two of which are the code. */
const MAX_REASON_BYTES = 123;
/** A longer message goes out in several: the SDK writes a wrong length for a frame of 64 KiB or more. */
const MAX_FRAME_BYTES = 16 * 1024;
/** For the other side's answer to our close frame. */
const CLOSE_TIMEOUT_MS = 1000;

/** For the SDK, which calls them with its client as `this`. */
const HANDLERS: WebSocketHandlers<WebSocketSession> = {
	onReadable(byteLength, { more }) {
		this.target.take(byteLength > 0 ? this.read(byteLength) : undefined, more);
	},
	onWritable() {
		this.target.open();
	},
	onControl(opcode) {
		// The SDK answers it.
		if (opcode === Opcode.close) this.target.end(undefined);
	},
	onClose() {
		this.target.finish();
	},
	onError() {
		this.target.fail(undefined);
	},
};
Object.freeze(HANDLERS);

export class WebSocketSession {
	readonly conduit: Conduit;
	private readonly owner: WebSocketOwner;
	private readonly text: TextCodec;
	private client: WebSocketClient | undefined;
	private state: "opening" | "open" | "closing" | "over" = "opening";
	private closeTimer: Timer | undefined;
	/** Of the message that is coming in. */
	private pieces: Uint8Array[] | undefined;

	constructor({ owner, conduit, text }: WebSocketSessionOptions) {
		this.conduit = conduit;
		this.owner = owner;
		this.text = text;
	}

	get queuedBytes(): number {
		return this.state === "open" ? this.conduit.queuedBytes : 0;
	}

	/** Throws what the SDK throws. */
	begin(peer: WebSocketPeer): void {
		this.client = new WebSocketClient({ ...HANDLERS, ...peer, target: this });
	}

	send(text: string): void {
		if (this.state === "open") this.write(this.text.encode(text), false);
	}

	sendBinary(bytes: Uint8Array): void {
		if (this.state === "open") this.write(bytes, true);
	}

	/** Nobody is told of anything any more. */
	close(code: number = CloseCode.normal, reason = ""): void {
		switch (this.state) {
			case "opening":
				this.finish();
				break;
			case "open":
				this.sendClose(isSendable(code) ? code : CloseCode.normal, reason);
				break;
		}
	}

	/** What came over the connection cannot go on; `reason` is a {@link FrameError} when the other side is to be told. */
	fail(reason: unknown): void {
		if (this.state === "open" && reason instanceof FrameError) {
			this.sendClose(reason.closeCode, "");
			this.owner.onEnded(reason);
		} else if (this.state === "open" || this.state === "opening") {
			this.end(reason as PortError | undefined);
			this.finish();
		} else {
			this.finish();
		}
	}

	/** The user failed at a text: the other side is told that it is our fault. */
	giveUp(): void {
		if (this.state !== "open") return;
		this.sendClose(CloseCode.internalError, "");
		this.owner.onEnded(undefined);
	}

	private write(message: Uint8Array, binary: boolean): void {
		let position = 0;
		do {
			const piece = message.subarray(position, position + MAX_FRAME_BYTES);
			position += piece.length;
			this.client?.write(piece, { binary, more: position < message.length });
		} while (position < message.length);
	}

	/** Of the SDK's client: it can be written to. */
	open(): void {
		if (this.state !== "opening") return;
		this.state = "open";
		this.owner.onOpen();
	}

	/** Of the SDK's client. `more` of the same message follows. */
	take(bytes: Uint8Array | undefined, more: boolean): void {
		if (this.state !== "open") return;
		this.pieces ??= [];
		if (bytes !== undefined) this.pieces.push(bytes);
		if (more) return;
		const whole = joinBytes(this.pieces);
		this.pieces = undefined;
		const text = this.text.decode(whole);
		// What was not UTF-8 is told by what it becomes, unless that is what was sent.
		if (text.includes("\uFFFD") && !sameBytes(this.text.encode(text), whole)) {
			this.fail(
				new FrameError("protocol", `${this.conduit.about}: a text is not UTF-8`, CloseCode.invalidText),
			);
			return;
		}
		this.owner.onText(text);
	}

	/** The other side closes. */
	end(reason: PortError | undefined): void {
		if (this.state === "open" || this.state === "opening") {
			this.state = "closing";
			this.owner.onEnded(reason);
		}
	}

	private sendClose(code: number, reason: string): void {
		const words = this.text.encode(shorten(reason, this.text));
		const payload = new Uint8Array(2 + words.length);
		payload[0] = code >> 8;
		payload[1] = code & 0xff;
		payload.set(words, 2);
		this.client?.write(payload, { opcode: Opcode.close });
		this.state = "closing";
		this.closeTimer = Timer.set(() => this.finish(), CLOSE_TIMEOUT_MS);
	}

	/** Lets go of the connection. */
	finish(): void {
		if (this.state === "over") return;
		this.state = "over";
		Timer.clear(this.closeTimer);
		this.closeTimer = undefined;
		this.pieces = undefined;
		// What waits, such as the answer to a close frame, still goes out.
		this.conduit.end();
		this.client?.close();
		this.owner.onGone?.();
	}
}

/** Others are reserved, and no frame may have them. */
function isSendable(code: number): boolean {
	const isProtocols = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
	return Number.isInteger(code) && (isProtocols || (code >= 3000 && code <= 4999));
}

/** Cuts between characters. */
function shorten(reason: string, text: TextCodec): string {
	const characters = [...reason];
	while (text.encode(characters.join("")).length > MAX_REASON_BYTES) characters.pop();
	return characters.join("");
}
