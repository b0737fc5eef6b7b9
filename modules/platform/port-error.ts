// The one error every port reports: a code to decide on, words for the log, and the cause that was met.

/**
 * Why a port could not do its work.
 *
 * - `host_not_found`: the name has no address
 * - `unreachable`: no route, nothing answered, or the other side vanished
 * - `refused`: the host answered that nobody listens on that port
 * - `timeout`: the time given in the options ran out
 * - `handshake_closed`: the peer hung up before its protocol's greeting was complete (TLS or MQTT)
 * - `untrusted`: the certificate does not lead to a trusted one; `certificate` says what was shown
 * - `wrong_name`: the certificate is trusted, but its common name is not the expected one
 * - `certificate_changed`: a pinned certificate is expected, another one was shown
 * - `unauthorized`: the peer refused the user name or password, or our own certificate, or that we have none
 * - `closed_by_peer`: an established connection was ended by the peer
 * - `protocol`: the peer does not speak the protocol, or offers no common version of it
 * - `address_in_use`: somebody else already listens there
 * - `too_large`: a message or body is over the limit given in the options
 * - `storage`: what was stored cannot be read or written
 * - `unsupported`: this host cannot do that at all
 * - `invalid`: the caller's arguments are wrong
 */
export type PortErrorCode =
	| "host_not_found"
	| "unreachable"
	| "refused"
	| "timeout"
	| "handshake_closed"
	| "untrusted"
	| "wrong_name"
	| "certificate_changed"
	| "unauthorized"
	| "closed_by_peer"
	| "protocol"
	| "address_in_use"
	| "too_large"
	| "storage"
	| "unsupported"
	| "invalid";

/** What a person needs to recognise a certificate: its subject's common name and SHA-256, 64 lower-case hex digits. */
export interface CertificateSummary {
	commonName: string;
	sha256: string;
}

export interface PortErrorDetails {
	cause?: unknown;
	/** Given with `untrusted`, `wrong_name` and `certificate_changed` whenever the peer showed a certificate. */
	certificate?: CertificateSummary;
}

export class PortError extends Error {
	override readonly name = "PortError";
	readonly code: PortErrorCode;
	readonly certificate: CertificateSummary | undefined;

	constructor(code: PortErrorCode, message: string, { cause, certificate }: PortErrorDetails = {}) {
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
		this.certificate = certificate;
	}
}
