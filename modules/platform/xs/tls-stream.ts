// TLS as a stream of bytes, over the binding to mbedTLS.

import Timer from "timer";
import { isPort } from "../parts/addresses";
import { isSameTrust } from "../parts/same-trust";
import { PortError } from "../port-error";
import type { TlsPort, TlsStream, TlsStreamOptions } from "../tls-stream";
import { Conduit, type ConduitOwner, type ConduitUser } from "./conduit";
import { ByteQueue, type Gate } from "./gates/gate";
import { News } from "./news";
import { openTlsSocket } from "./open-socket";
import { type ConnectionPhase, hostNotFound, toPortError, unanswered } from "./port-errors";
import { resolveHost } from "./resolve";
import { Stopwatch } from "./stopwatch";
import type { TlsSocket } from "./tls/tls-socket";

/** Of what the network has not taken yet. */
const MAX_WAITING_BYTES = 16 * 1024;
/** For the peer to hang up after our goodbye. */
const LINGER_MS = 1000;

export function createTls(): TlsPort {
	return { connect: (options) => new XsTlsStream(options) };
}

class XsTlsStream implements TlsStream, ConduitOwner, ConduitUser {
	private readonly options: TlsStreamOptions;
	/** Whom messages are about. */
	private readonly about: string;
	private readonly stopwatch = new Stopwatch();
	private timer: Timer | undefined;
	private start: Timer | undefined;
	private forgetHost: () => void = () => {};
	private phase: ConnectionPhase = "connect";
	/** Closed or failed: nothing more is sent, and nothing more comes. */
	private hasEnded = false;
	private closed: Promise<void> | undefined;
	private conduit: Conduit | undefined;
	private socket: TlsSocket | undefined;
	private certificateName = "";
	private readonly news = new News();

	constructor(options: TlsStreamOptions) {
		this.options = options;
		this.about = `${options.host}:${options.port}`;
		this.timer = Timer.set(() => this.fail(this.timeoutError()), Math.max(0, options.connectTimeoutMs));
		// No callback runs before `connect` has returned, not even for what is wrong from the start.
		this.start = Timer.set(() => this.connect());
	}

	write(bytes: Uint8Array): boolean {
		const conduit = this.conduit;
		if (this.hasEnded || this.phase !== "open" || conduit === undefined) return false;
		if (conduit.queuedBytes + bytes.length > MAX_WAITING_BYTES) return false;
		conduit.write(bytes);
		return true;
	}

	close(): Promise<void> {
		this.closed ??= new Promise((resolve) => this.hangUp(resolve));
		return this.closed;
	}

	private connect(): void {
		this.start = undefined;
		try {
			checkOptions(this.options);
		} catch (error) {
			this.fail(error);
			return;
		}
		this.forgetHost = resolveHost(this.options.host, (address) => {
			if (address === undefined) this.fail(hostNotFound(this.options.host));
			else this.open(address);
		});
	}

	private open(address: string): void {
		const { port, trust } = this.options;
		const offered = this.offered();
		try {
			this.conduit = new Conduit({
				about: this.about,
				owner: this,
				capacityBytes: MAX_WAITING_BYTES,
				gate: new OpenGate(),
				open: (owner) => {
					const socket = openTlsSocket({ address, port, owner, trust, resume: offered });
					this.socket = socket;
					return socket;
				},
			});
			this.conduit.attach(this);
		} catch (error) {
			this.fail(error);
		}
	}

	/** What the peer of an earlier connection would know again. */
	private offered(): TlsSocket | undefined {
		const { resume, trust } = this.options;
		if (!(resume instanceof XsTlsStream) || !isSameTrust(trust, resume.options.trust)) return undefined;
		return resume.hasEnded ? undefined : resume.socket;
	}

	onConnected(): void {
		this.phase = "handshake";
	}

	onVerified(commonName: string): void {
		this.certificateName = commonName;
	}

	onReadable(byteLength: number): void {
		const bytes = this.conduit?.read(byteLength);
		if (bytes !== undefined) this.news.tell(() => this.options.onData(bytes));
	}

	onOver(reason: unknown): void {
		this.fail(reason);
	}

	onWritable(): void {
		if (this.phase === "open" || this.hasEnded) return;
		this.phase = "open";
		Timer.clear(this.timer);
		this.timer = undefined;
		this.news.tell(() => this.options.onOpen(this.certificateName));
	}

	private fail(reason: unknown): void {
		if (this.hasEnded) return;
		const error = toPortError(reason, this.phase, this.about, this.stopwatch.elapsedMs);
		this.release();
		this.conduit?.close();
		// What came before the end still counts.
		this.news.tell(() => {
			this.news.end();
			this.options.onClosed(error);
		});
	}

	private hangUp(onFlushed: () => void): void {
		const isOpen = this.phase === "open" && !this.hasEnded;
		this.release();
		this.news.end();
		if (isOpen && this.conduit !== undefined) {
			this.conduit.end({ onFlushed, lingerMs: LINGER_MS });
		} else {
			this.conduit?.close();
			onFlushed();
		}
	}

	/** Ends what could still call back. */
	private release(): void {
		this.hasEnded = true;
		Timer.clear(this.timer);
		Timer.clear(this.start);
		this.timer = undefined;
		this.start = undefined;
		this.forgetHost();
	}

	private timeoutError(): PortError {
		const { connectTimeoutMs } = this.options;
		if (this.phase === "connect") return unanswered(this.about, connectTimeoutMs);
		return new PortError(
			"timeout",
			`${this.about}: the TLS handshake was not complete after ${connectTimeoutMs} ms`,
		);
	}
}

/** Lets everything through as it comes. */
class OpenGate implements Gate {
	private readonly queue = new ByteQueue();

	push(bytes: Uint8Array): void {
		this.queue.push(bytes);
	}

	next(): Uint8Array | undefined {
		return this.queue.length === 0 ? undefined : this.queue.takeSome(Number.POSITIVE_INFINITY);
	}
}

function checkOptions({ port, trust }: TlsStreamOptions): void {
	if (!isPort(port)) throw new PortError("invalid", `a port is a number from 1 to ${0xffff}, not ${port}`);
	if (trust.commonName === "" || (trust.authorities.length === 0 && !trust.pinnedSha256))
		throw new PortError("invalid", "TLS needs the name to expect, and whom to trust");
}
