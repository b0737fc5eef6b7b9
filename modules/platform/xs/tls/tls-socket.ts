// TLS socket of ECMA-419's shape over the platform's TCP socket. Takes the place of `embedded:io/socket/tcp/tls`.

import Timer from "timer";
import { type CertificateSummary, PortError } from "../../port-error";
import type { TlsTrust } from "../../tls";
import { toPortError } from "./tls-errors";
import { STATE_ENDED, STATE_HANDSHAKE, STATE_OPEN, TlsSession } from "./tls-session";

/** What is used of `embedded:io/socket/tcp`. */
export interface TcpSocket {
	/** Fills the view, which must not be longer than what is readable. */
	read(bytes: Uint8Array): unknown;
	/** Returns how many bytes can be written after that. */
	write(bytes: ArrayBuffer): unknown;
	close(): void;
	readonly remoteAddress: string | undefined;
	readonly remotePort: number | undefined;
}

export interface TcpSocketOptions {
	address: string;
	port: number;
	nodelay?: boolean;
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
}

type Format = "buffer" | "number";
type CallbackName = "onConnected" | "onSecured" | "onReadable" | "onWritable" | "onError";

export interface TlsSocketOptions {
	/** The IP address. With `host` alone, that must be one. */
	address?: string;
	host?: string;
	port: number;
	nodelay?: boolean;
	/** The class to connect with, and options of it. */
	TCP: { io: new (options: TcpSocketOptions) => TcpSocket };
	/** Whom to trust. There is no option to trust everybody. */
	secure: TlsTrust;
	format?: Format;
	target?: unknown;

	/** TCP is established; the handshake begins. */
	onConnected?(this: TlsSocket): void;
	/** Who the peer is, once it has proved it. Comes right before the first `onWritable`. */
	onSecured?(this: TlsSocket, certificate: CertificateSummary): void;
	/** So many bytes can be read at once. They come from one record; the next one is taken in when all are read. */
	onReadable?(this: TlsSocket, count: number): void;
	/** So many bytes can be written at once. First when the connection is established, then when there is more room. */
	onWritable?(this: TlsSocket, count: number): void;
	/**
	 * The connection was not established, or is lost; the socket has been closed. Comes at most once.
	 * `unreachable` stands for all that ends TCP before it is established, since TCP does not tell what it was.
	 */
	onError?(this: TlsSocket, error: PortError): void;
}

export interface TlsWriteOptions {
	/** More follows at once; it is to travel in the same record. */
	more?: boolean;
	byteLength?: number;
}

/** The longest piece that is moved from TCP to TLS at once. */
const PIECE_BYTES = 1460;
const RECORD_HEADER_BYTES = 5;
const LONGEST_NAME_BYTES = 64;
const MOST_AUTHORITIES = 32;
const DIGEST_BYTES = 32;
const HEX_DIGITS = "0123456789abcdef";

export class TlsSocket {
	target: unknown;

	#tcp: TcpSocket | undefined;
	#tcpReadable = 0;
	#tcpWritable = 0;
	/** Holds the authorities, as the session asks for. */
	readonly #trust: TlsTrust;
	readonly #pinned: Uint8Array | undefined;
	/** From the moment that TCP is established: a session takes much memory, and many printers are switched off. */
	#session: TlsSession | undefined;
	#certificate: CertificateSummary | undefined;
	#piece: Uint8Array | undefined;
	#format: Format;
	#isOpen = false;
	#isPumping = false;
	/** What the application was told last. */
	#writable = 0;
	#resume: ReturnType<typeof Timer.set> | undefined;
	#callbacks: Partial<Pick<TlsSocketOptions, CallbackName>>;

	/** Throws a {@link PortError}: `invalid` for options that are of no use, `unreachable` when TCP refuses at once. */
	constructor(options: TlsSocketOptions) {
		const { secure, TCP, onConnected, onSecured, onReadable, onWritable, onError } = options;
		checkTrust(secure);
		this.#format = checkedFormat(options.format ?? "buffer");
		this.#trust = secure;
		this.#pinned = secure.pinnedSha256 === undefined ? undefined : digestOf(secure.pinnedSha256);
		this.#callbacks = {
			...(onConnected === undefined ? {} : { onConnected }),
			...(onSecured === undefined ? {} : { onSecured }),
			...(onReadable === undefined ? {} : { onReadable }),
			...(onWritable === undefined ? {} : { onWritable }),
			...(onError === undefined ? {} : { onError }),
		};
		this.target = options.target;

		const { io: Tcp, ...rest } = TCP;
		try {
			this.#tcp = new Tcp({
				...rest,
				address: options.address ?? options.host ?? "",
				port: options.port,
				...(options.nodelay === undefined ? {} : { nodelay: options.nodelay }),
				onReadable: (count) => {
					this.#tcpReadable = count;
					this.#pump();
				},
				onWritable: (count) => this.#onTcpWritable(count),
				onError: () => this.#onTcpError(),
			});
		} catch (cause) {
			throw new PortError(
				"unreachable",
				"there is no way to that address; check the address and the network",
				{
					cause,
				},
			);
		}
	}

	/** Ends the connection, with a goodbye if it is established. May be called any number of times. */
	close(): void {
		const tcp = this.#tcp;
		const session = this.#session;
		if (tcp === undefined) return;
		if (session !== undefined) {
			session.close();
			this.#flush();
			session.free();
		}
		if (this.#resume !== undefined) Timer.clear(this.#resume);
		this.#tcp = undefined;
		this.#session = undefined;
		this.#resume = undefined;
		this.#piece = undefined;
		this.#callbacks = {};
		tcp.close();
	}

	/**
	 * With format "number" the next byte. With format "buffer" what is there, at most `limit` bytes when that is a
	 * number; when it is a buffer, fills it as far as possible and returns how many bytes it has got.
	 * `undefined` when nothing is there.
	 */
	read(limit?: number): ArrayBuffer | undefined;
	read(into: ArrayBufferView | ArrayBuffer): number | undefined;
	read(limit?: number | ArrayBufferView | ArrayBuffer): ArrayBuffer | number | undefined {
		const session = this.#session;
		if (session === undefined) return this.#nothingYet();
		const result = this.#format === "number" ? session.readByte() : session.read(limit);
		if (result !== undefined && !this.#isPumping && session.readable === 0) {
			if (this.#tcpReadable > 0 || session.state === STATE_ENDED) this.#resumeSoon();
		}
		return result;
	}

	/** Throws, and writes nothing, when it is more than the last count. Returns the new count. */
	write(data: number | ArrayBufferView | ArrayBuffer, options?: TlsWriteOptions): number {
		const session = this.#session;
		if (session === undefined) throw new Error(this.#tcp === undefined ? "closed" : "not connected");
		const isNumber = typeof data === "number";
		if (isNumber !== (this.#format === "number"))
			throw new Error("the data does not have the format that is set");
		const more = options?.more === true;
		if (!session.write(data, more)) {
			if (session.state === STATE_ENDED) this.#resumeSoon();
			throw new Error("would block");
		}
		if (!more) this.#flush();
		this.#writable = session.writable;
		return this.#writable;
	}

	get format(): Format {
		return this.#format;
	}
	set format(format: Format) {
		this.#format = checkedFormat(format);
	}

	/** Who the peer is, once it has proved it. */
	get certificate(): CertificateSummary | undefined {
		return this.#certificate;
	}
	get remoteAddress(): string | undefined {
		return this.#tcp?.remoteAddress;
	}
	get remotePort(): number | undefined {
		return this.#tcp?.remotePort;
	}

	#nothingYet(): undefined {
		if (this.#tcp === undefined) throw new Error("closed");
		return undefined;
	}

	#onTcpWritable(count: number): void {
		this.#tcpWritable = count;
		if (this.#session === undefined && !this.#start()) return;
		this.#flush();
		this.#tellWritable();
	}

	/** TCP is established. */
	#start(): boolean {
		const session = new TlsSession();
		const { commonName, authorities } = this.#trust;
		// An array of our own, as the native code asks for.
		const error = session.start(commonName, [...authorities], authorities.length, this.#pinned);
		if (error !== 0) {
			this.#fail(
				toPortError({ error, reason: 0, detail: 0, expectedName: commonName, certificate: undefined }),
			);
			return false;
		}
		this.#session = session;
		this.#piece = new Uint8Array(PIECE_BYTES);
		this.#callbacks.onConnected?.call(this);
		return this.#session === session;
	}

	#onTcpError(): void {
		this.#tcpWritable = 0;
		const session = this.#session;
		if (session === undefined) {
			this.#fail(
				new PortError(
					"unreachable",
					"the other side does not answer; check that it is on and in the network",
				),
			);
			return;
		}
		session.endOfInput();
		// Otherwise it ends when what has come is read.
		if (session.state === STATE_ENDED) this.#failWithSession(session);
	}

	/** Takes in what TCP has, as far as the session can use it now. */
	#pump(): void {
		const tcp = this.#tcp;
		const session = this.#session;
		const piece = this.#piece;
		if (tcp === undefined || session === undefined || piece === undefined || this.#isPumping) return;
		this.#isPumping = true;
		while (this.#tcpReadable > 0) {
			const count = Math.min(session.wanted, this.#tcpReadable, PIECE_BYTES);
			if (count === 0) break;
			const bytes = piece.subarray(0, count);
			tcp.read(bytes);
			this.#tcpReadable -= count;
			session.receive(bytes);
			this.#flush();

			const state = session.state;
			if (state === STATE_ENDED) break;
			if (state === STATE_HANDSHAKE) {
				// Each message may cost the time of several frames of the panel: others get their turn in between.
				if (session.wanted !== RECORD_HEADER_BYTES) continue;
				this.#resumeSoon();
				break;
			}
			if (state === STATE_OPEN && !this.#isOpen) this.#tellSecured(session);
			const readable = this.#session === session ? session.readable : 0;
			if (readable > 0) this.#callbacks.onReadable?.call(this, readable);
			// A callback may have closed this socket.
			if (this.#session !== session) return;
		}
		this.#isPumping = false;
		if (session.state === STATE_ENDED) this.#failWithSession(session);
	}

	#tellSecured(session: TlsSession): void {
		this.#isOpen = true;
		this.#certificate = certificateOf(session);
		if (this.#certificate !== undefined) this.#callbacks.onSecured?.call(this, this.#certificate);
		this.#tellWritable();
	}

	#tellWritable(): void {
		if (!this.#isOpen) return;
		const writable = this.#session?.writable ?? 0;
		const grown = writable > this.#writable;
		this.#writable = writable;
		if (grown) this.#callbacks.onWritable?.call(this, writable);
	}

	/** Moves what the session has for the network into TCP, as far as TCP can take it. */
	#flush(): void {
		const tcp = this.#tcp;
		const session = this.#session;
		if (tcp === undefined || session === undefined) return;
		while (this.#tcpWritable > 0) {
			const bytes = session.takeOutput(this.#tcpWritable);
			if (bytes === undefined) return;
			try {
				const writable = tcp.write(bytes);
				this.#tcpWritable = typeof writable === "number" ? writable : 0;
			} catch {
				// TCP tells by `onError` what became of it.
				this.#tcpWritable = 0;
			}
		}
	}

	#resumeSoon(): void {
		this.#resume ??= Timer.set(() => {
			this.#resume = undefined;
			const session = this.#session;
			if (session?.state === STATE_ENDED) this.#failWithSession(session);
			else this.#pump();
		});
	}

	#failWithSession(session: TlsSession): void {
		const { error, reason, detail } = session;
		const certificate = certificateOf(session);
		this.#fail(toPortError({ error, reason, detail, expectedName: this.#trust.commonName, certificate }));
	}

	#fail(error: PortError): void {
		const { onError } = this.#callbacks;
		this.close();
		onError?.call(this, error);
	}
}

export default TlsSocket;

function certificateOf(session: TlsSession): CertificateSummary | undefined {
	const commonName = session.certificateName;
	const sha256 = session.certificateSha256;
	return commonName === undefined || sha256 === undefined ? undefined : { commonName, sha256 };
}

function checkedFormat(format: Format): Format {
	if (format !== "buffer" && format !== "number") throw new RangeError(`format "${format}" is not supported`);
	return format;
}

function checkTrust({ commonName, authorities }: TlsTrust): void {
	const nameBytes = ArrayBuffer.fromString(commonName).byteLength;
	if (nameBytes === 0) throw new PortError("invalid", "the expected common name is empty");
	if (nameBytes > LONGEST_NAME_BYTES) throw new PortError("invalid", "the expected common name is too long");
	if (authorities.length > MOST_AUTHORITIES) throw new PortError("invalid", "too many certificates to trust");
}

function digestOf(hex: string): Uint8Array {
	const bytes = new Uint8Array(DIGEST_BYTES);
	if (hex.length === 2 * DIGEST_BYTES) {
		for (let i = 0; i < DIGEST_BYTES; i++) {
			const high = HEX_DIGITS.indexOf(hex.charAt(2 * i).toLowerCase());
			const low = HEX_DIGITS.indexOf(hex.charAt(2 * i + 1).toLowerCase());
			if (high < 0 || low < 0) break;
			bytes[i] = high * 16 + low;
			if (i === DIGEST_BYTES - 1) return bytes;
		}
	}
	throw new PortError("invalid", "a pinned certificate is given by 64 hex digits");
}
