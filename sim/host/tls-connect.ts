// TLS 1.2 to a peer that is known by the common name of its certificate, as printers are.

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { type CertificateSummary, PortError } from "../../modules/platform/port-error";
import type { TlsIdentity, TlsTrust } from "../../modules/platform/tls";
import { type ConnectionPhase, hungUp, toCertificateError, toPortError } from "./port-errors";

const MOST_CERTIFICATES = 8;
const KEY_FORMATS = ["pkcs8", "pkcs1", "sec1"] as const;

export interface TlsConnectOptions {
	host: string;
	port: number;
	trust: TlsTrust;
	/** Of an open connection with the same trust: its keys are offered to the peer. */
	resume?: Resumable | undefined;
	/** Ends an attempt under way, which then rejects with the signal's reason. Time limits are made of it. */
	signal: AbortSignal;
	/** TCP is established. Comes a second time when the pinned certificate has no trusted issuer. */
	onConnected(): void;
}

export interface Resumable {
	/** As Node keeps it. */
	session: Buffer;
	certificateName: string;
}

export interface TlsConnection {
	/** Somebody listens to its `error` already, so that none of them ends the process. */
	socket: TLSSocket;
	/** The common name of the peer's certificate, as the peer spells it. */
	certificateName: string;
}

/** Resolves once the peer has proved who it is; rejects with a {@link PortError}. */
export async function connectTls(options: TlsConnectOptions): Promise<TlsConnection> {
	const { authorities, commonName, pinnedSha256 } = options.trust;
	if (commonName === "") throw new PortError("invalid", "the expected common name is empty");
	if (pinnedSha256 !== undefined && !/^[0-9a-f]{64}$/i.test(pinnedSha256)) {
		throw new PortError("invalid", "a pinned certificate is given by 64 hex digits");
	}

	const identity = options.trust.identity && toPemIdentity(options.trust.identity);
	let shown: X509Certificate | undefined;
	const onShown = (leaf: X509Certificate): void => {
		shown = leaf;
	};
	try {
		return await attempt(options, { ca: toPem(authorities), ...identity }, onShown);
	} catch (error) {
		const untrusted = error instanceof PortError && error.code === "untrusted";
		if (!untrusted || pinnedSha256 === undefined || shown === undefined) throw error;
		// The very certificate that a person has confirmed, or it would be `certificate_changed`. Now it is the
		// only anchor itself, so that its dates and the peer's possession of its key are checked as ever.
		return attempt(options, { ca: [shown.toString()], ...identity }, onShown);
	}
}

function attempt(
	{ host, port, trust, resume, signal, onConnected }: TlsConnectOptions,
	secrets: Secrets,
	onShown: (leaf: X509Certificate) => void,
): Promise<TlsConnection> {
	const about = `${host}:${port}`;
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		let phase: ConnectionPhase = "connect";
		let leaf: X509Certificate | undefined;

		const verdictOnLeaf = (): PortError | undefined =>
			leaf === undefined
				? new PortError("protocol", `${about}: the other side has shown no certificate`)
				: (changed(leaf, trust) ?? misnamed(leaf, trust));
		const target = { host, port, commonName: trust.commonName, session: resume?.session };
		const socket = startTls(target, secrets, verdictOnLeaf);
		const onAbort = (): void => {
			reject(signal.reason);
			socket.destroy();
		};
		signal.addEventListener("abort", onAbort, { once: true });
		const fail = (error: unknown): void => {
			signal.removeEventListener("abort", onAbort);
			if (phase === "handshake" && isAlert(error) && socket.getPeerX509Certificate() !== undefined)
				reject(notLetIn(error, about));
			else if (leaf === undefined) reject(toPortError(error, phase, about));
			else reject(changed(leaf, trust) ?? toCertificateError(error, summarise(leaf)));
		};

		socket.once("connect", () => {
			phase = "handshake";
			onConnected();
		});
		// Ahead of Node's own listener, which hangs up when it does not trust the certificate.
		socket.prependOnceListener("secure", () => {
			leaf = socket.getPeerX509Certificate();
			if (leaf !== undefined) onShown(leaf);
		});
		socket.once("secureConnect", () => {
			signal.removeEventListener("abort", onAbort);
			if (resume !== undefined && socket.isSessionReused()) {
				// The peer shows no certificate again; only the one that was accepted before can have these keys.
				resolve({ socket, certificateName: resume.certificateName });
				return;
			}
			resolve({ socket, certificateName: leaf === undefined ? "" : (commonNameOf(leaf) ?? "") });
		});
		// These stay: what they reject once the promise is settled is of no effect.
		socket.on("error", fail);
		socket.once("close", () => fail(hungUp(phase, about)));
	});
}

/** All of it PEM. */
interface Secrets {
	ca: string[];
	/** Of ours, leaf first. */
	cert?: string;
	key?: string;
}

interface TlsTarget {
	host: string;
	port: number;
	commonName: string | undefined;
	session: Buffer | undefined;
}

function startTls(
	{ host, port, commonName, session }: TlsTarget,
	secrets: Secrets,
	verdictOnLeaf: () => Error | undefined,
): TLSSocket {
	try {
		return connect({
			host,
			port,
			...secrets,
			// Also when the environment asks Node to be lax.
			rejectUnauthorized: true,
			// Printers send their leaf alone, and what is trusted may be the intermediate that issued it.
			allowPartialTrustChain: true,
			minVersion: "TLSv1.2",
			maxVersion: "TLSv1.2",
			// A server name is never an IP address (RFC 6066).
			...(commonName !== undefined && isIP(commonName) === 0 ? { servername: commonName } : {}),
			// Printers' certificates have no SAN. Node asks this when the chain is trusted.
			checkServerIdentity: verdictOnLeaf,
			...(session !== undefined && { session }),
		});
	} catch (error) {
		throw toPortError(error, "connect", `${host}:${port}`);
	}
}

function toPem(authorities: readonly Uint8Array[]): string[] {
	try {
		return authorities.map((der) => new X509Certificate(der).toString());
	} catch (cause) {
		throw new PortError("invalid", "a certificate to trust cannot be read", { cause });
	}
}

function toPemIdentity({ certificates, privateKey }: TlsIdentity): { cert: string; key: string } {
	const [leaf, ...others] = certificates.slice(0, MOST_CERTIFICATES + 1).map(readOwn);
	if (leaf === undefined)
		throw new PortError("invalid", "there is a private key of ours, but no certificate");
	if (others.length >= MOST_CERTIFICATES) throw new PortError("invalid", "too many certificates of ours");
	const key = readKey(privateKey);
	if (!leaf.checkPrivateKey(key))
		throw new PortError("invalid", "our own private key is not that of our certificate");
	return { cert: [leaf, ...others].join(""), key: key.export({ format: "pem", type: "pkcs8" }).toString() };
}

function readOwn(der: Uint8Array): X509Certificate {
	try {
		return new X509Certificate(der);
	} catch (cause) {
		throw new PortError("invalid", "a certificate of ours cannot be read", { cause });
	}
}

function readKey(der: Uint8Array): KeyObject {
	let cause: unknown;
	for (const type of KEY_FORMATS) {
		try {
			return createPrivateKey({ key: Buffer.from(der), format: "der", type });
		} catch (error) {
			cause = error;
		}
	}
	throw new PortError("invalid", "our own private key cannot be read", { cause });
}

/** What the other side said by an alert, as OpenSSL names it. */
function isAlert(error: unknown): boolean {
	return error instanceof Error && "code" in error && /^ERR_SSL_.*_ALERT_/.test(String(error.code));
}

function notLetIn(cause: unknown, about: string): PortError {
	const words =
		"the other side does not let us in: it wants a certificate of ours, or does not accept that one";
	return new PortError("unauthorized", `${about}: ${words}`, { cause });
}

function changed(leaf: X509Certificate, { pinnedSha256 }: TlsTrust): PortError | undefined {
	const certificate = summarise(leaf);
	if (pinnedSha256 === undefined || pinnedSha256.toLowerCase() === certificate.sha256) return undefined;
	return new PortError(
		"certificate_changed",
		"the other side shows another certificate than the one that was confirmed; compare and confirm it anew",
		{ certificate },
	);
}

function misnamed(leaf: X509Certificate, { commonName, pinnedSha256 }: TlsTrust): PortError | undefined {
	const name = commonNameOf(leaf);
	// Of a leaf that somebody has confirmed by its digest no name has to tell which one it is.
	if (commonName === undefined && pinnedSha256 !== undefined) return undefined;
	const isRight =
		commonName === undefined ? name !== undefined : name?.toLowerCase() === commonName.toLowerCase();
	if (isRight) return undefined;
	const certificate = summarise(leaf);
	const wanted = commonName === undefined ? "which is not one name" : `not to "${commonName}"`;
	return new PortError(
		"wrong_name",
		`the certificate belongs to "${certificate.commonName}", ${wanted}; check the address`,
		{ certificate },
	);
}

function summarise(leaf: X509Certificate): CertificateSummary {
	return {
		commonName: [subjectNames(leaf)].flat().join(", "),
		sha256: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
	};
}

/** `undefined` when there is none, or more than one: then it is not clear whose certificate it is. */
function commonNameOf(leaf: X509Certificate): string | undefined {
	const names = subjectNames(leaf);
	return typeof names === "string" ? names : undefined;
}

function subjectNames(leaf: X509Certificate): string | string[] {
	// Typed as always a string, and always there.
	const name: string | string[] | undefined = leaf.toLegacyObject().subject.CN;
	return name ?? [];
}
