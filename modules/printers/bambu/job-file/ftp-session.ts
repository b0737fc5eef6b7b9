// A client of a printer's file server: FTP over TLS from the first byte, and nothing but reading.

import type { Clock, Timer } from "../../../platform/clock";
import { PortError } from "../../../platform/port-error";
import type { TextCodec } from "../../../platform/text-codec";
import type { TlsTrust } from "../../../platform/tls";
import type { TlsPort, TlsStream } from "../../../platform/tls-stream";
import { extendedPassivePort, type FtpReply, FtpReplyReader, passivePort } from "./ftp-replies";
import { FtpTransfer, type TransferEnd } from "./ftp-transfer";

/** All printers know this one user; the access code is the password. */
const USER = "bblp";
/** As for the printer's link: the slowest handshakes measured took 5 s. */
const CONNECT_TIMEOUT_MS = 15_000;
const REPLY_TIMEOUT_MS = 15_000;
const SILENCE_MS = 20_000;
/** A server that talks more than it is asked. */
const MOST_UNREAD_REPLIES = 20;

export interface FtpSessionOptions {
	tls: TlsPort;
	clock: Clock;
	text: TextCodec;
	host: string;
	port: number;
	trust: TlsTrust;
	accessCode: string;
}

export interface FtpReadOptions {
	/** The first byte that is wanted; 0 when left out. */
	from?: number;
	/** What has come; only valid during the call. False: nothing more is wanted. */
	onData(bytes: Uint8Array): boolean;
}

/**
 * - `whole`, `stopped`: as {@link FtpTransfer} tells
 * - `missing`: there is no such file, or it must not be read
 * - `no_restart`: this server reads files from their beginning only
 */
export type FtpReadResult = "whole" | "stopped" | "missing" | "no_restart";

interface Waiting {
	resolve(reply: FtpReply): void;
	reject(error: PortError): void;
	timer: Timer;
}

/** One command at a time. What its methods throw is a {@link PortError}, after which it is of no use any more. */
export class FtpSession {
	private readonly options: FtpSessionOptions;
	private readonly reader: FtpReplyReader;
	private readonly replies: FtpReply[] = [];
	private stream: TlsStream | undefined;
	#transfer: FtpTransfer | undefined;
	private waiting: Waiting | undefined;
	private failure: PortError | undefined;
	/** The server has yet to say how the last file ended. Some never do; so it is waited for when it is in the way. */
	private owesReply = false;

	constructor(options: FtpSessionOptions) {
		this.options = options;
		this.reader = new FtpReplyReader(options.text, (line) => this.hide(line));
	}

	/** Connects and signs in. `unauthorized`: the access code is wrong. */
	async open(): Promise<void> {
		const { tls, host, port, trust, accessCode } = this.options;
		this.stream = tls.connect({
			host,
			port,
			trust,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			onOpen: () => {},
			onData: (bytes) => this.take(bytes),
			onClosed: (error) => this.fail(error),
		});
		let greeting = await this.reply(CONNECT_TIMEOUT_MS + REPLY_TIMEOUT_MS);
		// It will be ready in some minutes, or now.
		if (greeting.code === 120) greeting = await this.reply();
		if (greeting.code !== 220) throw this.refusedBy(greeting);
		let signedIn = await this.ask(`USER ${USER}`);
		if (signedIn.code === 331) signedIn = await this.ask(`PASS ${accessCode}`);
		if (signedIn.code === 530 || signedIn.code === 430)
			throw this.fail(new PortError("unauthorized", "the printer's file server refuses the access code"));
		if (signedIn.code !== 230) throw this.refusedBy(signedIn);
		for (const command of ["TYPE I", "PBSZ 0", "PROT P"]) {
			const reply = await this.ask(command);
			if (!isDone(reply)) throw this.refusedBy(reply);
		}
	}

	/** Bytes of a file; `missing` when there is none, `undefined` when the server does not tell sizes. */
	async size(path: string): Promise<number | "missing" | undefined> {
		const reply = await this.ask(`SIZE ${path}`);
		if (reply.code === 550 || reply.code === 553) return "missing";
		const digits = /^\d{1,15}$/.exec(reply.text.trim());
		return reply.code === 213 && digits ? Number(digits[0]) : undefined;
	}

	/** "20261121135200", to be compared; `undefined` when the server does not tell. */
	async modified(path: string): Promise<string | undefined> {
		const reply = await this.ask(`MDTM ${path}`);
		return reply.code === 213 ? /^\d{14}/.exec(reply.text.trim())?.[0] : undefined;
	}

	async read(path: string, { from = 0, onData }: FtpReadOptions): Promise<FtpReadResult> {
		const port = await this.passive();
		if (from > 0 && (await this.ask(`REST ${from}`)).code !== 350) return "no_restart";
		return this.transfer(`RETR ${path}`, port, onData);
	}

	/** The lines of a folder, as far as they fit; "" when there is no such folder. */
	async list(folder: string, maxBytes: number): Promise<string> {
		const bytes = new Uint8Array(maxBytes);
		let length = 0;
		await this.transfer(`LIST ${folder}`, await this.passive(), (piece) => {
			const taken = piece.subarray(0, maxBytes - length);
			bytes.set(taken, length);
			length += taken.length;
			return length < maxBytes;
		});
		return this.options.text.decode(bytes.subarray(0, length));
	}

	/** What is under way is rejected. May be called any number of times. */
	close(): void {
		if (this.stream !== undefined && this.failure === undefined) this.write("QUIT");
		this.fail(new PortError("closed_by_peer", "the session was closed"));
	}

	private async passive(): Promise<number> {
		let reply = await this.ask("PASV");
		let port = reply.code === 227 ? passivePort(reply.text) : undefined;
		if (reply.code >= 500) {
			reply = await this.ask("EPSV");
			port = reply.code === 229 ? extendedPassivePort(reply.text) : undefined;
		}
		if (port === undefined) throw this.refusedBy(reply);
		return port;
	}

	private async transfer(
		command: string,
		port: number,
		onData: (bytes: Uint8Array) => boolean,
	): Promise<"whole" | "stopped" | "missing"> {
		const { tls, clock, host, trust } = this.options;
		let isEmpty = true;
		await this.settle();
		this.send(command);
		const control = this.stream;
		if (control === undefined) throw this.failure ?? closed();
		// Servers take the connection before they say that the file comes, and begin with TLS after that. What we say
		// first waits until then.
		const transfer = new FtpTransfer({
			tls,
			clock,
			control,
			host,
			port,
			trust,
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			silenceMs: SILENCE_MS,
			onData(bytes) {
				isEmpty = false;
				return onData(bytes);
			},
		});
		this.#transfer = transfer;
		try {
			const begun = await this.reply(CONNECT_TIMEOUT_MS + REPLY_TIMEOUT_MS);
			if (begun.code >= 400) {
				if (begun.code === 450 || begun.code === 550 || begun.code === 553) return "missing";
				throw this.refusedBy(begun);
			}
			this.owesReply = begun.code < 200;
			const end = await transfer.ended;
			if (this.failure && end !== "whole") throw this.failure;
			// A server that does not know the second connection ends it without a word, and tells us on the first one.
			if (end === "whole" && isEmpty) await this.settle();
			if (end === "whole" || end === "stopped") return end;
			throw await this.reasonOf(end);
		} finally {
			transfer.close();
			this.#transfer = undefined;
		}
	}

	/** A server that refuses the second connection says why on the first one. */
	private async reasonOf(end: Exclude<TransferEnd, string>): Promise<PortError> {
		if (end.code !== "handshake_closed" && end.code !== "refused") return this.fail(end);
		const reply = await this.reply();
		const said = `the file server does not send the file: "${this.words(reply)}" (${reply.code})`;
		return this.fail(new PortError(end.code, said, { cause: end }));
	}

	private async ask(command: string): Promise<FtpReply> {
		await this.settle();
		this.send(command);
		return this.reply();
	}

	private async settle(): Promise<void> {
		if (!this.owesReply) return;
		const reply = await this.reply();
		this.owesReply = false;
		if (reply.code === 522 || reply.code === 425) throw this.refusedBy(reply);
	}

	private send(command: string): void {
		if (this.failure) throw this.failure;
		if (hasControls(command))
			throw this.fail(new PortError("invalid", "a name or access code has characters that no server takes"));
		if (!this.write(command))
			throw this.fail(new PortError("unreachable", "the file server takes nothing any more"));
	}

	private write(command: string): boolean {
		return this.stream?.write(this.options.text.encode(`${command}\r\n`)) ?? false;
	}

	private reply(timeoutMs = REPLY_TIMEOUT_MS): Promise<FtpReply> {
		const reply = this.replies.shift();
		if (reply) return Promise.resolve(reply);
		return new Promise((resolve, reject) => {
			if (this.failure) {
				reject(this.failure);
				return;
			}
			const timer = this.options.clock.after(timeoutMs, () => {
				this.fail(new PortError("timeout", `the file server did not answer within ${timeoutMs / 1000} s`));
			});
			this.waiting = { resolve, reject, timer };
		});
	}

	private take(bytes: Uint8Array): void {
		if (this.failure) return;
		try {
			this.replies.push(...this.reader.take(bytes));
		} catch (error) {
			this.fail(error instanceof PortError ? error : new PortError("protocol", "no FTP", { cause: error }));
			return;
		}
		if (this.replies.length > MOST_UNREAD_REPLIES) {
			this.fail(new PortError("protocol", "the file server answers what it was not asked"));
			return;
		}
		const waiting = this.waiting;
		if (waiting === undefined) return;
		const reply = this.replies.shift();
		if (reply === undefined) return;
		this.waiting = undefined;
		waiting.timer.cancel();
		waiting.resolve(reply);
	}

	/** Some servers repeat what they were told, and this goes into the log. */
	private hide(line: string): string {
		const { accessCode } = this.options;
		return accessCode === "" ? line : line.split(accessCode).join("…");
	}

	private words({ text }: FtpReply): string {
		return this.hide(text).slice(0, 80);
	}

	private refusedBy(reply: FtpReply): PortError {
		const { code } = reply;
		// From 400 on it may be another time, from 500 on it will not.
		const isForNow = code >= 400 && code < 500;
		const said = `the file server does not do what it is asked: "${this.words(reply)}" (${code})`;
		return this.fail(new PortError(isForNow ? "unreachable" : "protocol", said));
	}

	/** Only the first reason counts, which is returned. */
	private fail(error: PortError): PortError {
		if (this.failure) return this.failure;
		this.failure = error;
		void this.stream?.close();
		this.stream = undefined;
		this.#transfer?.close();
		const waiting = this.waiting;
		this.waiting = undefined;
		waiting?.timer.cancel();
		waiting?.reject(error);
		return error;
	}
}

function isDone({ code }: FtpReply): boolean {
	return code >= 200 && code < 300;
}

function closed(): PortError {
	return new PortError("closed_by_peer", "there is no connection to the file server");
}

/** A line break would begin another command. */
function hasControls(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x20 || code === 0x7f) return true;
	}
	return false;
}
