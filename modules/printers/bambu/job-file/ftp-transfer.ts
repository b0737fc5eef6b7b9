// The second connection of FTP, on which a file or a listing comes.

import type { Clock, Timer } from "../../../platform/clock";
import { PortError } from "../../../platform/port-error";
import type { TlsPort, TlsStream, TlsStreamOptions } from "../../../platform/tls-stream";

export interface FtpTransferOptions
	extends Pick<TlsStreamOptions, "host" | "port" | "trust" | "connectTimeoutMs"> {
	tls: TlsPort;
	clock: Clock;
	/** The connection that the file was asked for on: many servers serve nobody else. */
	control: TlsStream;
	/** Without a byte. */
	silenceMs: number;
	/** What has come; only valid during the call. False: nothing more is wanted. */
	onData(bytes: Uint8Array): boolean;
}

/** How it ended: all came that there was, `stopped` by who wanted no more, or the error. */
export type TransferEnd = "whole" | "stopped" | PortError;

export class FtpTransfer {
	/** Never rejects. */
	readonly ended: Promise<TransferEnd>;
	private readonly options: FtpTransferOptions;
	private stream: TlsStream | undefined;
	private silence: Timer | undefined;
	private isOpen = false;
	private finish: ((end: TransferEnd) => void) | undefined;

	constructor(options: FtpTransferOptions) {
		this.options = options;
		this.ended = new Promise((resolve) => {
			this.finish = resolve;
		});
		const { tls, host, port, trust, connectTimeoutMs, control } = options;
		this.stream = tls.connect({
			host,
			port,
			trust,
			connectTimeoutMs,
			resume: control,
			onOpen: () => {
				this.isOpen = true;
				this.listen();
			},
			onData: (bytes) => this.take(bytes),
			// Servers end a file by hanging up, some without TLS's goodbye; its length is looked at by who reads it.
			onClosed: (error) => this.end(this.isOpen && error.code === "closed_by_peer" ? "whole" : error),
		});
	}

	/** It counts as stopped, unless it is over. May be called any number of times. */
	close(): void {
		this.end("stopped");
	}

	private take(bytes: Uint8Array): void {
		if (this.finish === undefined) return;
		this.listen();
		if (!this.options.onData(bytes)) this.end("stopped");
	}

	private listen(): void {
		const { clock, silenceMs } = this.options;
		this.silence?.cancel();
		this.silence = clock.after(silenceMs, () =>
			this.end(new PortError("timeout", `the file stopped coming ${silenceMs / 1000} s ago`)),
		);
	}

	private end(end: TransferEnd): void {
		const finish = this.finish;
		if (finish === undefined) return;
		this.finish = undefined;
		this.silence?.cancel();
		this.silence = undefined;
		void this.stream?.close();
		this.stream = undefined;
		finish(end);
	}
}
