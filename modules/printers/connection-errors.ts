// What a failed connection means for the person who set the printer up, whoever made it.

import type { PortError } from "../platform/port-error";
import type { LinkError } from "./printer-state";

/**
 * Handshakes that a printer breaks off in a row before it is taken to have no free place:
 * printers serve about four clients and hang up on the next one; they also do so while they start.
 */
const CLOSES_UNTIL_FULL = 3;

type CertificateError = Extract<LinkError, "untrusted_certificate" | "certificate_changed" | "wrong_serial">;

/** What is wrong with the certificate, if that is what the connection failed for. */
export function certificateErrorOf({ code }: PortError): CertificateError | undefined {
	switch (code) {
		case "untrusted":
			return "untrusted_certificate";
		case "certificate_changed":
			return "certificate_changed";
		// The certificate is genuine and carries the serial number of another printer.
		case "wrong_name":
			return "wrong_serial";
		default:
			return undefined;
	}
}

/** `undefined` where it is too early to tell. `handshakeCloses` counts those in a row, this one included. */
export function linkErrorOf(error: PortError, handshakeCloses: number): LinkError | undefined {
	switch (error.code) {
		case "unauthorized":
			return "wrong_access_code";
		case "handshake_closed":
			return handshakeCloses >= CLOSES_UNTIL_FULL ? "too_many_clients" : undefined;
		case "closed_by_peer":
			return undefined;
		default:
			return certificateErrorOf(error) ?? "unreachable";
	}
}

/** Trying again soon does not help against these, and printers do not like it. */
export function needsPerson(error: LinkError | undefined): boolean {
	return (
		error === "wrong_access_code" ||
		error === "untrusted_certificate" ||
		error === "certificate_changed" ||
		error === "wrong_serial"
	);
}
