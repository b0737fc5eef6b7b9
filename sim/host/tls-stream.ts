// TLS as a stream of bytes, on node:tls.

import type { TLSSocket } from "node:tls";
import { isSameTrust } from "../../modules/platform/parts/same-trust";
import { PortError } from "../../modules/platform/port-error";
import type { TlsPort, TlsStream, TlsStreamOptions } from "../../modules/platform/tls-stream";
import { callSafely } from "./callbacks";
import { type ConnectionPhase, hungUp, toPortError } from "./port-errors";
import { sendLast } from "./send-last";
import { startTimeout, type Timeout } from "./timeouts";
import { connectTls, type Resumable } from "./tls-connect";

/** Of what the network has not taken yet. */
const MAX_WAITING_BYTES = 64 * 1024;

export function createTls(): TlsPort {
	return { connect: (options) => new NodeTlsStream(options) };
}

class NodeTlsStream implements TlsStream {
	readonly #options: TlsStreamOptions;
	/** Whom messages are about. */
	readonly #about: string;
	readonly #attempt = new AbortController();
	readonly #connectTimer: Timeout;
	#phase: ConnectionPhase = "connect";
	/** Closed or failed: from then on no callback runs. */
	#over = false;
	#closed: Promise<void> | undefined;
	#socket: TLSSocket | undefined;
	#certificateName = "";

	constructor(options: TlsStreamOptions) {
		this.#options = options;
		this.#about = `${options.host}:${options.port}`;
		this.#connectTimer = startTimeout(options.connectTimeoutMs, () => this.#fail(this.#timeoutError()));
		this.#connect().catch((error) => this.#fail(error));
	}

	write(bytes: Uint8Array): boolean {
		const socket = this.#socket;
		if (this.#over || this.#phase !== "open" || socket === undefined) return false;
		if (socket.writableLength + bytes.length > MAX_WAITING_BYTES) return false;
		socket.write(bytes);
		return true;
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	async #connect(): Promise<void> {
		const { host, port, trust } = this.#options;
		// No callback runs before `connect` has returned, not even for what is wrong from the start.
		await undefined;
		const { socket, certificateName } = await connectTls({
			host,
			port,
			trust,
			resume: this.#offered(),
			signal: this.#attempt.signal,
			onConnected: () => {
				this.#phase = "handshake";
			},
		});
		if (this.#over) {
			socket.destroy();
			return;
		}
		this.#open(socket, certificateName);
	}

	/** What the peer of an earlier connection would know again. */
	#offered(): Resumable | undefined {
		const { resume, trust } = this.#options;
		if (!(resume instanceof NodeTlsStream) || !isSameTrust(trust, resume.#options.trust)) return undefined;
		const session = resume.#over ? undefined : resume.#socket?.getSession();
		return session && { session, certificateName: resume.#certificateName };
	}

	#open(socket: TLSSocket, certificateName: string): void {
		this.#connectTimer.cancel();
		this.#phase = "open";
		this.#socket = socket;
		this.#certificateName = certificateName;
		socket.setNoDelay(true);
		socket.on("error", (error) => this.#fail(error));
		socket.on("close", () => this.#fail(hungUp("open", this.#about)));
		this.#tell(() => this.#options.onOpen(certificateName));
		socket.on("data", (bytes: Uint8Array) => this.#tell(() => this.#options.onData(bytes)));
	}

	/** Calls the user, who must not be able to break the socket that this is called from. */
	#tell(callback: () => void): void {
		if (!this.#over) callSafely(callback);
	}

	#fail(reason: unknown): void {
		if (this.#over) return;
		const error = toPortError(reason, this.#phase, this.#about);
		this.#release();
		this.#socket?.destroy();
		callSafely(() => this.#options.onClosed(error));
	}

	async #close(): Promise<void> {
		if (this.#over) return;
		this.#release();
		// What still comes is of no interest, and must not keep the end from coming.
		this.#socket?.removeAllListeners("data").resume();
		if (this.#socket !== undefined) await sendLast(this.#socket);
		this.#socket?.destroy();
	}

	/** Ends what could still call back. */
	#release(): void {
		this.#over = true;
		this.#connectTimer.cancel();
		this.#attempt.abort();
	}

	#timeoutError(): PortError {
		const { connectTimeoutMs } = this.#options;
		return this.#phase === "connect"
			? new PortError("unreachable", `${this.#about}: nothing answered within ${connectTimeoutMs} ms`)
			: new PortError(
					"timeout",
					`${this.#about}: the TLS handshake was not complete after ${connectTimeoutMs} ms`,
				);
	}
}
