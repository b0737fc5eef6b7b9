// TLS over TCP, for one who is told what happens as with TCP itself.

import Timer from "timer";
import { type CertificateSummary, PortError } from "../../port-error";
import type { TlsTrust } from "../../tls";
import type { Socket, SocketOwner } from "../conduit";
import { TcpSocket } from "../tcp-socket";
import { toPortError } from "./tls-errors";
import { STATE_ENDED, STATE_HANDSHAKE, STATE_OPEN, TlsSession } from "./tls-session";

export interface TlsSocketOptions {
	/** IPv4. */
	address: string;
	port: number;
	/** There is no way to trust everybody. */
	trust: TlsTrust;
	owner: SocketOwner;
	/** Of the same trust: its keys are offered to the peer, if it is open by then. */
	resume?: TlsSocket | undefined;
}

/** The longest piece that is moved from TCP to TLS at once. */
const PIECE_BYTES = 1460;
const RECORD_HEADER_BYTES = 5;
const LONGEST_NAME_BYTES = 64;
const MOST_AUTHORITIES = 32;
const MOST_CERTIFICATES = 8;
const DIGEST_BYTES = 32;
const HEX_DIGITS = "0123456789abcdef";

/**
 * Tells its owner `onWritable` first when the handshake is over. What it says is readable comes from one record; the
 * next one is taken in when all of that is read.
 */
export class TlsSocket implements Socket, SocketOwner {
	private readonly owner: SocketOwner;
	private tcp: TcpSocket | undefined;
	private tcpReadable = 0;
	private tcpWritable = 0;
	/** Holds the authorities, as the session asks for. */
	private readonly trust: TlsTrust;
	private readonly pinned: Uint8Array | undefined;
	/** From the moment that TCP is established: a session takes much memory, and many printers are switched off. */
	private session: TlsSession | undefined;
	/** Until the session begins. */
	private offered: TlsSocket | undefined;
	private piece: Uint8Array | undefined;
	private isOpen = false;
	private isPumping = false;
	/** What the owner was told last. */
	private writable = 0;
	private resume: Timer | undefined;

	/** Throws a {@link PortError} `invalid` for a trust that is of no use, and what TCP throws that refuses at once. */
	constructor({ address, port, trust, owner, resume }: TlsSocketOptions) {
		checkTrust(trust);
		this.owner = owner;
		this.trust = trust;
		this.offered = resume;
		this.pinned = trust.pinnedSha256 === undefined ? undefined : digestOf(trust.pinnedSha256);
		this.tcp = new TcpSocket({ address, port, owner: this });
	}

	get about(): string {
		return this.owner.about;
	}

	/** Ends the connection, with a goodbye if it is established. May be called any number of times. */
	close(): void {
		const tcp = this.tcp;
		const session = this.session;
		if (tcp === undefined) return;
		if (session !== undefined) {
			session.close();
			this.flush();
			session.free();
		}
		if (this.resume !== undefined) Timer.clear(this.resume);
		this.tcp = undefined;
		this.session = undefined;
		this.offered = undefined;
		this.resume = undefined;
		this.piece = undefined;
		tcp.close();
	}

	/** What is there, at most `limitBytes`. */
	read(limitBytes: number): ArrayBuffer | undefined {
		const session = this.session;
		if (session === undefined) return undefined;
		const bytes = session.read(limitBytes) as ArrayBuffer | undefined;
		if (bytes !== undefined && !this.isPumping && session.readable === 0) {
			if (this.tcpReadable > 0 || session.state === STATE_ENDED) this.resumeSoon();
		}
		return bytes;
	}

	/** Throws, and writes nothing, when it is more than the last count. Returns the new count. */
	write(bytes: Uint8Array): number {
		const session = this.session;
		if (session === undefined) throw new Error(this.tcp === undefined ? "closed" : "not connected");
		if (!session.write(bytes, false)) {
			if (session.state === STATE_ENDED) this.resumeSoon();
			throw new Error("would block");
		}
		this.flush();
		this.writable = session.writable;
		return this.writable;
	}

	onConnected(): void {
		this.owner.onConnected?.();
	}

	onReadable(byteLength: number): void {
		this.tcpReadable = byteLength;
		this.pump();
	}

	onWritable(byteLength: number): void {
		this.tcpWritable = byteLength;
		if (this.session === undefined && !this.start()) return;
		this.flush();
		this.tellWritable();
	}

	/** TCP is established. */
	private start(): boolean {
		const session = new TlsSession();
		const { commonName, authorities, identity } = this.trust;
		const offered = this.offered === undefined ? undefined : this.offered.session;
		this.offered = undefined;
		// Arrays of our own, as the native code asks for.
		const list = [...authorities];
		const certificates = [...(identity?.certificates ?? [])];
		const error = session.start(
			commonName,
			list,
			list.length,
			this.pinned,
			offered,
			certificates,
			certificates.length,
			identity?.privateKey,
		);
		if (error !== 0) {
			this.fail(
				toPortError({ error, reason: 0, detail: 0, expectedName: commonName, certificate: undefined }),
			);
			return false;
		}
		this.session = session;
		this.piece = new Uint8Array(PIECE_BYTES);
		return true;
	}

	/** Of TCP, which gives a reason when it was never established. */
	onError(reason?: unknown): void {
		this.tcpWritable = 0;
		const session = this.session;
		if (session === undefined) {
			this.close();
			this.owner.onError(reason);
			return;
		}
		session.endOfInput();
		// Otherwise it ends when what has come is read.
		if (session.state === STATE_ENDED) this.failWithSession(session);
	}

	/** Takes in what TCP has, as far as the session can use it now. */
	private pump(): void {
		const tcp = this.tcp;
		const session = this.session;
		const piece = this.piece;
		if (tcp === undefined || session === undefined || piece === undefined || this.isPumping) return;
		this.isPumping = true;
		while (this.tcpReadable > 0) {
			const count = Math.min(session.wanted, this.tcpReadable, PIECE_BYTES);
			if (count === 0) break;
			const bytes = piece.subarray(0, count);
			tcp.read(bytes);
			this.tcpReadable -= count;
			session.receive(bytes);
			this.flush();

			const state = session.state;
			if (state === STATE_ENDED) break;
			if (state === STATE_HANDSHAKE) {
				// Each message may cost the time of several frames of the panel: others get their turn in between.
				if (session.wanted !== RECORD_HEADER_BYTES) continue;
				this.resumeSoon();
				break;
			}
			if (state === STATE_OPEN && !this.isOpen) this.tellSecured(session);
			const readable = this.session === session ? session.readable : 0;
			if (readable > 0) this.owner.onReadable(readable);
			// The owner may have closed this socket.
			if (this.session !== session) return;
		}
		this.isPumping = false;
		if (session.state === STATE_ENDED) this.failWithSession(session);
	}

	private tellSecured(session: TlsSession): void {
		this.isOpen = true;
		const { certificateName } = session;
		if (certificateName !== undefined) this.owner.onVerified?.(certificateName);
		this.tellWritable();
	}

	private tellWritable(): void {
		if (!this.isOpen) return;
		const writable = this.session?.writable ?? 0;
		const grown = writable > this.writable;
		this.writable = writable;
		if (grown) this.owner.onWritable(writable);
	}

	/** Moves what the session has for the network into TCP, as far as TCP can take it. */
	private flush(): void {
		const tcp = this.tcp;
		const session = this.session;
		if (tcp === undefined || session === undefined) return;
		while (this.tcpWritable > 0) {
			const bytes = session.takeOutput(this.tcpWritable);
			if (bytes === undefined) return;
			try {
				const writable = tcp.write(bytes);
				this.tcpWritable = typeof writable === "number" ? writable : 0;
			} catch {
				// TCP tells by `onError` what became of it.
				this.tcpWritable = 0;
			}
		}
	}

	private resumeSoon(): void {
		this.resume ??= Timer.set(() => {
			this.resume = undefined;
			const session = this.session;
			if (session?.state === STATE_ENDED) this.failWithSession(session);
			else this.pump();
		});
	}

	private failWithSession(session: TlsSession): void {
		const { error, reason, detail } = session;
		const certificate = certificateOf(session);
		this.fail(toPortError({ error, reason, detail, expectedName: this.trust.commonName, certificate }));
	}

	private fail(error: PortError): void {
		this.close();
		// What a goodbye means depends on the protocol above.
		this.owner.onError(error.code === "closed_by_peer" ? undefined : named(error, this.about));
	}
}

/** The session does not know whom it talks to. */
function named({ code, message, cause, certificate }: PortError, about: string): PortError {
	return new PortError(code, `${about}: ${message}`, { cause, ...(certificate && { certificate }) });
}

function certificateOf(session: TlsSession): CertificateSummary | undefined {
	const commonName = session.certificateName;
	const sha256 = session.certificateSha256;
	return commonName === undefined || sha256 === undefined ? undefined : { commonName, sha256 };
}

function checkTrust({ commonName, authorities, identity }: TlsTrust): void {
	if (commonName === "") throw new PortError("invalid", "the expected common name is empty");
	if (commonName !== undefined && ArrayBuffer.fromString(commonName).byteLength > LONGEST_NAME_BYTES)
		throw new PortError("invalid", "the expected common name is too long");
	if (authorities.length > MOST_AUTHORITIES) throw new PortError("invalid", "too many certificates to trust");
	if (identity === undefined) return;
	const { length } = identity.certificates;
	if (length === 0) throw new PortError("invalid", "there is a private key of ours, but no certificate");
	if (length > MOST_CERTIFICATES) throw new PortError("invalid", "too many certificates of ours");
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
