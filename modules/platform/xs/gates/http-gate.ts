// Lets through HTTP/1 messages that are well formed and within limits, and tells what their head says.

import { PortError } from "../../port-error";
import type { TextCodec } from "../../text-codec";
import { ByteQueue, type Gate, protocolError } from "./gate";

export interface HttpHead {
	/** Of a request; "" of a response. */
	method: string;
	/** Of a request, as it came; "" of a response. */
	target: string;
	/** Of a response; 0 of a request. */
	status: number;
	/** Names in lower case; those that come more than once are joined by ", ". */
	headers: Record<string, string>;
}

/** Whose messages they are. */
export interface HttpGateOwner {
	/** The host and port, for messages. */
	readonly about: string;
	readonly text: TextCodec;
	/**
	 * Asked again for each piece of a body. A longer one is refused with `too_large`, before any of it is handed on if
	 * its length is told.
	 */
	readonly maxBodyBytes: number;
	/** Before anything is handed on, or refused for its body. What it throws is thrown by {@link HttpGate.next}. */
	onHead(head: HttpHead): void;
}

export interface HttpGateOptions {
	kind: "request" | "response";
	/** Start line and headers together. */
	maxHeadBytes: number;
	owner: HttpGateOwner;
}

/** What a "token" of RFC 9110, 5.6.2, may have beside letters and digits. */
const TOKEN_MARKS = "!#$%&'*+-.^_`|~";
const STATUS_LINE_START = "HTTP/1.";

/** No method that is asked for is longer. */
const MAX_METHOD_BYTES = 20;
const MAX_CHUNK_LINE_BYTES = 256;
const MAX_TRAILER_LINE_BYTES = 1024;
const MAX_TRAILER_LINES = 16;
const LF = 10;
const CR = 13;
const SPACE = 32;

type State =
	| { step: "head" }
	/** `remainingBytes` is infinite for a response that ends with its connection. */
	| { step: "body"; remainingBytes: number }
	| { step: "chunk size" }
	| { step: "chunk"; remainingBytes: number }
	| { step: "chunk end" }
	| { step: "trailer"; lines: number }
	| { step: "complete" };

/**
 * The SDK is handed a head of nothing but the start line and what it needs to find the end of the message or to
 * answer a handshake: its own parser keeps headers of any length, and of those that repeat only the last.
 */
export class HttpGate implements Gate {
	private readonly kind: HttpGateOptions["kind"];
	private readonly maxHeadBytes: number;
	private readonly owner: HttpGateOwner;
	private readonly queue = new ByteQueue();
	private state: State = { step: "head" };
	private bodyBytes = 0;
	/** Of the head: where its last line begins that has not come to an end. */
	private lineStart = 0;

	constructor({ kind, maxHeadBytes, owner }: HttpGateOptions) {
		this.kind = kind;
		this.maxHeadBytes = maxHeadBytes;
		this.owner = owner;
	}

	/** Whether anything of a message has come. */
	get begun(): boolean {
		return this.state.step !== "head" || this.queue.length > 0;
	}

	push(bytes: Uint8Array): void {
		this.queue.push(bytes);
	}

	/** What came after the message: after an upgrade, the first bytes of another protocol. */
	takeRest(): Uint8Array {
		return this.queue.take(this.queue.length);
	}

	/** The other side has ended the connection. Returns whether the message is complete with that. */
	end(): boolean {
		const state = this.state;
		if (state.step === "body" && state.remainingBytes === Number.POSITIVE_INFINITY)
			this.state = { step: "complete" };
		return this.state.step === "complete";
	}

	next(): Uint8Array | undefined {
		for (;;) {
			const unit = this.advance();
			if (unit !== "again") return unit;
		}
	}

	private advance(): Uint8Array | undefined | "again" {
		const state = this.state;
		switch (state.step) {
			case "head": {
				const head = this.takeHead();
				return head === undefined ? undefined : this.begin(head);
			}
			case "body":
				return this.takePiece(state, { step: "complete" });
			case "chunk":
				return this.takePiece(state, { step: "chunk end" });
			case "chunk size": {
				const line = this.takeLine(MAX_CHUNK_LINE_BYTES);
				if (line === undefined) return undefined;
				const [digits = ""] = line.split(";");
				const size = /^[0-9A-Fa-f]{1,8}$/.test(digits.trim()) ? Number.parseInt(digits, 16) : Number.NaN;
				if (Number.isNaN(size)) throw this.malformed("a chunk has no size");
				this.check(this.bodyBytes + size);
				this.state = size === 0 ? { step: "trailer", lines: 0 } : { step: "chunk", remainingBytes: size };
				return ascii(`${size.toString(16)}\r\n`);
			}
			case "chunk end": {
				const line = this.takeLine(2);
				if (line === undefined) return undefined;
				if (line !== "") throw this.malformed("a chunk is longer than it said");
				this.state = { step: "chunk size" };
				return ascii("\r\n");
			}
			case "trailer": {
				const line = this.takeLine(MAX_TRAILER_LINE_BYTES);
				if (line === undefined) return undefined;
				state.lines += 1;
				if (state.lines > MAX_TRAILER_LINES) throw this.malformed("there are too many trailers");
				if (line !== "") return "again";
				this.state = { step: "complete" };
				return ascii("\r\n");
			}
			case "complete":
				return undefined;
		}
	}

	private takePiece(state: { remainingBytes: number }, next: State): Uint8Array | undefined {
		if (this.queue.length === 0) return undefined;
		const piece = this.queue.takeSome(state.remainingBytes);
		state.remainingBytes -= piece.length;
		this.bodyBytes += piece.length;
		this.check(this.bodyBytes);
		if (state.remainingBytes === 0) this.state = next;
		return piece;
	}

	private takeHead(): string | undefined {
		// An empty line before the start line is to be ignored (RFC 9112, 2.2).
		while (this.lineStart === 0 && this.queue.at(0) === CR && this.queue.at(1) === LF) this.queue.take(2);
		if (this.queue.length === 1 && this.queue.at(0) === CR) return undefined;
		this.checkStart();
		const { text, about } = this.owner;
		const maxHeadBytes = this.maxHeadBytes;
		for (let end = this.lineEnd(); end !== undefined; end = this.lineEnd()) {
			const isEmpty = end === this.lineStart || (end === this.lineStart + 1 && this.queue.at(end - 1) === CR);
			this.lineStart = end + 1;
			if (end > maxHeadBytes) break;
			if (isEmpty) return text.decode(this.queue.take(end + 1));
		}
		if (this.queue.length > maxHeadBytes)
			throw new PortError("too_large", `${about}: the headers have more than ${maxHeadBytes} bytes`);
		return undefined;
	}

	private lineEnd(): number | undefined {
		const end = this.queue.indexOf(LF, this.lineStart);
		return end < 0 ? undefined : end;
	}

	/** Finds out at the first bytes that they are of another protocol, which may never send an end of line. */
	private checkStart(): void {
		const isRequest = this.kind === "request";
		const length = Math.min(this.queue.length, isRequest ? MAX_METHOD_BYTES : STATUS_LINE_START.length);
		for (let index = 0; index < length; index++) {
			const byte = this.queue.at(index) ?? 0;
			if (isRequest && index > 0 && byte === SPACE) return;
			const fits = isRequest ? byte >= 0x41 && byte <= 0x5a : byte === STATUS_LINE_START.charCodeAt(index);
			if (!fits) throw this.malformed("that is not HTTP");
		}
	}

	private begin(head: string): Uint8Array | "again" {
		const [startLine = "", ...lines] = head.split(/\r?\n/);
		// What follows the last line is the empty line, and what follows that.
		const headers = this.parseHeaders(lines.slice(0, -2));
		if (this.kind === "request") {
			const [method = "", target = "", version = "", ...more] = startLine.split(" ");
			const isRequest = isToken(method) && target !== "" && isVersion(version) && more.length === 0;
			if (!isRequest || hasControls(target)) throw this.malformed("that is no request of HTTP/1");
			this.owner.onHead({ method, target, status: 0, headers });
			this.state = this.bodyOf(headers, 0);
			return ascii(`${method} / HTTP/1.1\r\n${this.framing(headers)}\r\n`);
		}
		const [version = "", digits = ""] = startLine.split(" ");
		const status = Number(digits);
		if (!isVersion(version) || digits.length !== 3 || !(status >= 100))
			throw this.malformed("that is no answer of HTTP/1");
		if (status < 200 && status !== 101) {
			// An interim answer: the real one comes after it.
			this.lineStart = 0;
			return "again";
		}
		const hasBody = status !== 101 && status !== 204 && status !== 304;
		this.owner.onHead({ method: "", target: "", status, headers });
		this.state = hasBody ? this.bodyOf(headers, Number.POSITIVE_INFINITY) : { step: "complete" };
		return ascii(`HTTP/1.1 ${status} -\r\n${this.framing(headers)}\r\n`);
	}

	private parseHeaders(lines: readonly string[]): Record<string, string> {
		// A peer may name a header "__proto__".
		const headers: Record<string, string> = Object.create(null);
		for (const line of lines) {
			const colon = line.indexOf(":");
			const name = line.slice(0, Math.max(0, colon));
			const value = line.slice(colon + 1).trim();
			if (!isToken(name) || hasControls(value)) throw this.malformed("a header is none");
			const key = name.toLowerCase();
			const before = headers[key];
			headers[key] = before === undefined ? value : `${before}, ${value}`;
		}
		return headers;
	}

	/** RFC 9112, 6.3. `defaultBytes`: when no length is told. */
	private bodyOf(headers: Readonly<Record<string, string>>, defaultBytes: number): State {
		const encoding = headers["transfer-encoding"];
		const length = headers["content-length"];
		if (encoding !== undefined) {
			// Both together are a way to hide a second message in the first.
			if (encoding.toLowerCase() !== "chunked" || length !== undefined)
				throw this.malformed("the length of the body is not clear");
			return { step: "chunk size" };
		}
		if (length === undefined) return bodyOf(defaultBytes);
		// "5, 5" comes of two headers that say the same.
		const [told = "", ...others] = length.split(/, */);
		if (!/^\d{1,10}$/.test(told) || others.some((other) => other !== told))
			throw this.malformed("the length of the body is not clear");
		this.check(Number(told));
		return bodyOf(Number(told));
	}

	/** The headers that the SDK needs. */
	private framing(headers: Readonly<Record<string, string>>): string {
		const state = this.state;
		let text = "";
		if (state.step === "chunk size") text = "transfer-encoding: chunked\r\n";
		else if (state.step === "complete") text = "content-length: 0\r\n";
		else if (state.step === "body" && Number.isFinite(state.remainingBytes))
			text = `content-length: ${state.remainingBytes}\r\n`;
		if (headers.upgrade === undefined) return text;
		for (const name of Object.keys(headers))
			if (name === "upgrade" || name.startsWith("sec-websocket-")) text += `${name}: ${headers[name]}\r\n`;
		// The SDK knows this one spelling.
		return isUpgrade(headers) ? `${text}connection: upgrade\r\n` : text;
	}

	/** A line without its end; `undefined` as long as it is not complete. */
	private takeLine(maxBytes: number): string | undefined {
		const end = this.queue.indexOf(LF, 0);
		if (end > maxBytes || (end < 0 && this.queue.length > maxBytes))
			throw this.malformed("a line is too long");
		if (end < 0) return undefined;
		return this.owner.text.decode(this.queue.take(end + 1)).replace(/\r?\n$/, "");
	}

	private check(bodyBytes: number): void {
		const { maxBodyBytes, about } = this.owner;
		if (bodyBytes > maxBodyBytes)
			throw new PortError("too_large", `${about}: the body has more than ${maxBodyBytes} bytes`);
	}

	private malformed(what: string): PortError {
		return protocolError(`${this.owner.about}: ${what}`);
	}
}

/** Whether a head asks for another protocol, or agrees to it. */
export function isUpgrade(headers: Readonly<Record<string, string>>): boolean {
	return headers.upgrade !== undefined && /(^|,)\s*upgrade\s*(,|$)/i.test(headers.connection ?? "");
}

/** Whether a header's value, which ends with its line, could hold another one. */
export function hasControls(value: string): boolean {
	for (let index = 0; index < value.length; index++) {
		const code = value.charCodeAt(index);
		if ((code < 0x20 && code !== 9) || code === 0x7f) return true;
	}
	return false;
}

/** Whether it can be a method, or the name of a header. */
export function isToken(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const isDigit = code >= 0x30 && code <= 0x39;
		// Of either case.
		const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
		if (!isDigit && !isLetter && !TOKEN_MARKS.includes(text.charAt(index))) return false;
	}
	return text !== "";
}

function isVersion(text: string): boolean {
	return text === "HTTP/1.1" || text === "HTTP/1.0";
}

function bodyOf(bytes: number): State {
	return bytes === 0 ? { step: "complete" } : { step: "body", remainingBytes: bytes };
}

function ascii(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
	return bytes;
}
