// What the numbers of culm-tls.h mean: a code for the firmware and words for a person.

import { type CertificateSummary, PortError, type PortErrorCode } from "../../port-error";

type Meaning = readonly [code: PortErrorCode, words: string];

/** By CulmTlsError. The certificate's verdicts have their own words. */
const MEANINGS: readonly Meaning[] = [
	["closed_by_peer", "the connection is closed"],
	["invalid", "the expected name, a certificate, or our own private key cannot be used"],
	["unsupported", "this device's TLS cannot be used"],
	["unreachable", "this device has no memory for another connection"],
	["untrusted", ""],
	["wrong_name", ""],
	["certificate_changed", ""],
	["handshake_closed", "the other side hung up before the connection was ready"],
	["closed_by_peer", "the other side ended the connection"],
	["protocol", "the other side does not speak TLS 1.2, or no common form of it"],
	[
		"unauthorized",
		"the other side does not let us in: it wants a certificate of ours, or does not accept that one",
	],
];
Object.freeze(MEANINGS, true);

/** By CulmTlsReason. */
const REASONS: readonly string[] = [
	"it did not pass the check",
	"its issuer is unknown",
	"its key or signature is too weak or not made for this use",
	"it has expired; check the date of this device and of the other one",
	"it is not yet valid; check the date of this device",
];
Object.freeze(REASONS);

export interface TlsFailure {
	/** A CulmTlsError. */
	error: number;
	/** A CulmTlsReason. */
	reason: number;
	/** What mbedTLS returned, 0 when it was not asked. */
	detail: number;
	/** `undefined`: any. */
	expectedName: string | undefined;
	certificate: CertificateSummary | undefined;
}

export function toPortError({ error, reason, detail, expectedName, certificate }: TlsFailure): PortError {
	const [code, words] = MEANINGS[error] ?? ["protocol", "TLS failed"];
	return new PortError(
		code,
		words === "" ? certificateWords(code, reason, expectedName, certificate) : words,
		{
			...(detail === 0 ? {} : { cause: `mbedTLS -0x${(-detail).toString(16)}` }),
			...(certificate === undefined ? {} : { certificate }),
		},
	);
}

function certificateWords(
	code: PortErrorCode,
	reason: number,
	expectedName: string | undefined,
	certificate: CertificateSummary | undefined,
): string {
	const name = certificate?.commonName ?? "";
	switch (code) {
		case "wrong_name":
			return `the certificate belongs to "${name}", ${
				expectedName === undefined ? "which is not one name" : `not to "${expectedName}"`
			}; check the address`;
		case "certificate_changed":
			return "the other side shows another certificate than the one that was confirmed; compare and confirm it anew";
		default:
			return `the certificate ${name === "" ? "without a name" : `of "${name}"`} is not trusted: ${
				REASONS[reason] ?? REASONS[0]
			}`;
	}
}
