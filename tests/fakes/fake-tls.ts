// A TLS port whose peer is the test.

import { PortError, type PortErrorCode } from "../../modules/platform/port-error";
import type { TlsPort, TlsStream, TlsStreamOptions } from "../../modules/platform/tls-stream";

export class FakeTls implements TlsPort {
	/** Every stream ever asked for, in order. */
	readonly streams: FakeTlsStream[] = [];
	/** What the streams' goodbyes wait for. */
	farewell: Promise<void> = Promise.resolve();

	connect(options: TlsStreamOptions): TlsStream {
		const stream = new FakeTlsStream(options, this);
		this.streams.push(stream);
		return stream;
	}

	get last(): FakeTlsStream {
		const stream = this.streams.at(-1);
		if (!stream) throw new Error("nothing has connected yet");
		return stream;
	}
}

export class FakeTlsStream implements TlsStream {
	readonly options: TlsStreamOptions;
	readonly written: number[] = [];
	isClosed = false;
	readonly #port: FakeTls;
	#isOpen = false;

	constructor(options: TlsStreamOptions, port: FakeTls) {
		this.options = options;
		this.#port = port;
	}

	write(bytes: Uint8Array): boolean {
		if (!this.#isOpen || this.isClosed) return false;
		this.written.push(...bytes);
		return true;
	}

	close(): Promise<void> {
		this.isClosed = true;
		return this.#port.farewell;
	}

	accept(): void {
		if (this.isClosed) return;
		this.#isOpen = true;
		this.options.onOpen(this.options.trust.commonName ?? "");
	}

	/** In pieces of at most `pieceBytes`, the bytes of which are another's afterwards. */
	deliver(bytes: Uint8Array, pieceBytes = Number.POSITIVE_INFINITY): void {
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			if (this.isClosed) return;
			const piece = bytes.slice(at, at + pieceBytes);
			this.options.onData(piece);
			piece.fill(0xaa);
		}
	}

	fail(code: PortErrorCode, details: ConstructorParameters<typeof PortError>[2] = {}): void {
		if (this.isClosed) return;
		this.isClosed = true;
		this.options.onClosed(new PortError(code, `test: ${code}`, details));
	}
}
