// What an FTP server answers (RFC 959, section 4.2): a number of three digits and words, on one line or several.

import { PortError } from "../../../platform/port-error";
import type { TextCodec } from "../../../platform/text-codec";

export interface FtpReply {
	/** 100 to 599 */
	code: number;
	/** Of several lines the first and the last. */
	text: string;
}

const LONGEST_LINE_BYTES = 1024;
/** Of one reply: help texts and greetings are far shorter. */
const MOST_LINES = 100;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export class FtpReplyReader {
	private readonly text: TextCodec;
	private readonly hide: (line: string) => string;
	private readonly line = new Uint8Array(LONGEST_LINE_BYTES);
	private length = 0;
	/** Of the reply that has begun and has more lines. */
	private first: FtpReply | undefined;
	private lines = 0;

	/** `hide`: takes out of a line what is not to be quoted. */
	constructor(text: TextCodec, hide: (line: string) => string = (line) => line) {
		this.text = text;
		this.hide = hide;
	}

	/** Returns the replies that are complete now. Throws a {@link PortError} `protocol` for what is no reply. */
	take(bytes: Uint8Array): FtpReply[] {
		const replies: FtpReply[] = [];
		let at = 0;
		while (at < bytes.length) {
			const found = bytes.indexOf(LINE_FEED, at);
			const end = found < 0 ? bytes.length : found;
			if (this.length + end - at > LONGEST_LINE_BYTES) throw noReply("a line without end");
			this.line.set(bytes.subarray(at, end), this.length);
			this.length += end - at;
			at = end + 1;
			if (found < 0) break;
			const reply = this.takeLine();
			if (reply) replies.push(reply);
		}
		return replies;
	}

	private takeLine(): FtpReply | undefined {
		const hasReturn = this.line[this.length - 1] === CARRIAGE_RETURN;
		const line = this.text.decode(this.line.subarray(0, this.length - (hasReturn ? 1 : 0)));
		this.length = 0;
		this.lines += 1;
		if (this.lines > MOST_LINES) throw noReply("too many lines");
		const first = this.first;
		const code = codeOf(line);
		const mark = line.charAt(3);
		if (first === undefined) {
			if (code === undefined || (mark !== " " && mark !== "-" && mark !== "")) throw noReply(this.hide(line));
			const reply = { code, text: line.slice(4) };
			if (mark === "-") this.first = reply;
			else this.lines = 0;
			return mark === "-" ? undefined : reply;
		}
		// Lines between may begin with anything, also with the number and a hyphen.
		if (code !== first.code || (mark !== " " && mark !== "")) return undefined;
		this.first = undefined;
		this.lines = 0;
		return { code, text: `${first.text} ${line.slice(4)}`.trim() };
	}
}

/** The port of "227 Entering Passive Mode (192,0,2,7,195,80)". Its address is not looked at: it may be another network's. */
export function passivePort(text: string): number | undefined {
	const numbers = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/
		.exec(text)
		?.slice(1)
		.map(Number);
	if (numbers === undefined || numbers.some((number) => number > 255)) return undefined;
	const [, , , , high = 0, low = 0] = numbers;
	return high * 256 + low || undefined;
}

/** The port of "229 Entering Extended Passive Mode (|||50000|)" (RFC 2428). */
export function extendedPassivePort(text: string): number | undefined {
	const port = Number(/\(([!-~])\1\1(\d{1,5})\1\)/.exec(text)?.[2]);
	return port > 0 && port <= 0xffff ? port : undefined;
}

function codeOf(line: string): number | undefined {
	const digits = line.slice(0, 3);
	return /^[1-5]\d\d$/.test(digits) ? Number(digits) : undefined;
}

function noReply(line: string): PortError {
	return new PortError("protocol", `this is no answer of a file server: "${line.slice(0, 60)}"`);
}
