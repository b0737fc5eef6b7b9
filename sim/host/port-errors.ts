// What Node calls an error, told as a PortError.

import { type CertificateSummary, PortError, type PortErrorCode } from "../../modules/platform/port-error";

/**
 * How far a connection had come when the error was met:
 * - `listen`: a port is being opened
 * - `connect`: TCP is not established
 * - `handshake`: TCP is, the greeting of the protocol on top (TLS, MQTT, WebSocket) is not complete
 * - `open`: everything is established
 */
export type ConnectionPhase = "listen" | "connect" | "handshake" | "open";

type Meaning = readonly [code: PortErrorCode, words: string];

const NO_HOST: Meaning = ["host_not_found", "no device of that name was found; check the host name"];
const NO_ROUTE: Meaning = [
	"unreachable",
	"there is no way to that address; check the address and the network",
];
const NO_ANSWER: Meaning = [
	"unreachable",
	"the other side does not answer; check that it is on and in the network",
];
const NOBODY_LISTENS: Meaning = ["refused", "the device is there, but nothing listens on that port"];
const BAD_ARGUMENT: Meaning = ["invalid", "the address, port or another option is not valid"];

/** The same whatever the phase. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
	ENOTFOUND: NO_HOST,
	EAI_AGAIN: NO_HOST,
	EAI_FAIL: NO_HOST,
	EAI_NODATA: NO_HOST,
	EAI_NONAME: NO_HOST,
	ECONNREFUSED: NOBODY_LISTENS,
	EHOSTUNREACH: NO_ROUTE,
	ENETUNREACH: NO_ROUTE,
	ENETDOWN: NO_ROUTE,
	ENODEV: NO_ROUTE,
	EADDRNOTAVAIL: NO_ROUTE,
	ETIMEDOUT: NO_ANSWER,
	EHOSTDOWN: NO_ANSWER,
	ERR_SOCKET_CONNECTION_TIMEOUT: NO_ANSWER,
	EADDRINUSE: ["address_in_use", "another program already listens on that port"],
	EINVAL: BAD_ARGUMENT,
	ERR_SOCKET_BAD_PORT: BAD_ARGUMENT,
	ERR_INVALID_ARG_TYPE: BAD_ARGUMENT,
	ERR_INVALID_ARG_VALUE: BAD_ARGUMENT,
	ERR_INVALID_CHAR: BAD_ARGUMENT,
	ERR_HTTP_INVALID_HEADER_VALUE: BAD_ARGUMENT,
	ERR_INVALID_HTTP_TOKEN: BAD_ARGUMENT,
	ERR_INVALID_PROTOCOL: BAD_ARGUMENT,
	ERR_INVALID_URL: BAD_ARGUMENT,
	ERR_OUT_OF_RANGE: BAD_ARGUMENT,
	ERR_UNESCAPED_CHARACTERS: BAD_ARGUMENT,
};

const HUNG_UP: Readonly<Record<ConnectionPhase, Meaning>> = {
	listen: ["unreachable", "the network went away"],
	// What a reset means before there is anything to reset.
	connect: NOBODY_LISTENS,
	handshake: ["handshake_closed", "the other side hung up before the connection was ready"],
	open: ["closed_by_peer", "the other side ended the connection"],
};

const NOT_ALLOWED: Readonly<Record<ConnectionPhase, Meaning>> = {
	listen: ["refused", "this computer does not allow that port; choose one above 1023"],
	connect: ["unreachable", "this computer does not allow that connection; check its firewall"],
	handshake: ["unreachable", "this computer does not allow that connection; check its firewall"],
	open: ["unreachable", "this computer does not allow that connection; check its firewall"],
};

/** Names that Node gives to OpenSSL's verdicts on a certificate. */
const VERDICTS: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: "it has expired; check the date of this device and of the other one",
	CERT_NOT_YET_VALID: "it is not yet valid; check the date of this device",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its issuer is unknown",
	UNABLE_TO_GET_ISSUER_CERT: "its issuer is unknown",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is unknown",
	SELF_SIGNED_CERT_IN_CHAIN: "its issuer is unknown",
	DEPTH_ZERO_SELF_SIGNED_CERT: "its issuer is unknown: it is signed by itself",
	CERT_SIGNATURE_FAILURE: "its signature is wrong",
	INVALID_CA: "its issuer may not issue certificates",
	PATH_LENGTH_EXCEEDED: "its issuer may not issue certificates",
	CERT_CHAIN_TOO_LONG: "too many certificates lead to its issuer",
	INVALID_PURPOSE: "it is not made for this use",
	CERT_REVOKED: "it was revoked",
	CERT_REJECTED: "it was rejected",
	CERT_UNTRUSTED: "it is not trusted",
	UNABLE_TO_DECRYPT_CERT_SIGNATURE: "its signature cannot be read",
	UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: "the key of its issuer cannot be read",
	ERROR_IN_CERT_NOT_BEFORE_FIELD: "its dates cannot be read",
	ERROR_IN_CERT_NOT_AFTER_FIELD: "its dates cannot be read",
	OUT_OF_MEM: "there was no memory to check it",
	UNSPECIFIED: "it did not pass the check",
};

/**
 * Tells what `error` means for a connection in that phase. A {@link PortError} is returned as it is.
 * `about` says whom it concerns and begins the message, such as "192.168.1.20:8883".
 */
export function toPortError(error: unknown, phase: ConnectionPhase, about?: string): PortError {
	if (error instanceof PortError) return error;
	const [code, words] = meaningOf(codeOf(error), phase);
	return new PortError(code, about === undefined ? words : `${about}: ${words}`, { cause: error });
}

/** For a connection that ended in that phase without an error. */
export function hungUp(phase: ConnectionPhase, about: string): PortError {
	const [code, words] = HUNG_UP[phase];
	return new PortError(code, `${about}: ${words}`);
}

/** For an error met while a certificate that the peer has shown was checked. */
export function toCertificateError(error: unknown, certificate: CertificateSummary): PortError {
	if (error instanceof PortError) return error;
	const words = VERDICTS[codeOf(error)] ?? VERDICTS.UNSPECIFIED;
	const name = certificate.commonName === "" ? "without a name" : `of "${certificate.commonName}"`;
	return new PortError("untrusted", `the certificate ${name} is not trusted: ${words}`, {
		cause: error,
		certificate,
	});
}

function meaningOf(code: string, phase: ConnectionPhase): Meaning {
	const meaning = MEANINGS[code];
	if (meaning !== undefined) {
		// To listen on an address that this computer does not have is the caller's mistake.
		return phase === "listen" && meaning === NO_ROUTE ? BAD_ARGUMENT : meaning;
	}
	const verdict = VERDICTS[code];
	if (verdict !== undefined) return ["untrusted", `the certificate is not trusted: ${verdict}`];
	switch (code) {
		case "ECONNRESET":
		case "ECONNABORTED":
		case "EPIPE":
		case "ERR_STREAM_PREMATURE_CLOSE":
			return HUNG_UP[phase];
		case "EACCES":
		case "EPERM":
			return NOT_ALLOWED[phase];
		case "EMFILE":
		case "ENFILE":
		case "ENOBUFS":
		case "ENOMEM":
			return ["unreachable", "this computer has no room for another connection"];
		default:
			return ["protocol", "the other side does not speak the expected protocol, or no common version of it"];
	}
}

/** "" when there is none. Of several attempts (one for each address of a host) the first counts. */
function codeOf(error: unknown): string {
	if (typeof error !== "object" || error === null) return "";
	if ("code" in error && typeof error.code === "string") return error.code;
	if (error instanceof AggregateError) return codeOf(error.errors[0]);
	return "";
}
