// What a failed connection means for the person who set the printer up.

import type { PortError } from "../../platform/port-error";
import type { LinkError } from "../printer-state";

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

/** What is wrong and what to do, in words. */
export function linkHelp(
	error: LinkError,
	{ host, serial, cause }: { host: string; serial: string; cause: PortError | undefined },
): string {
	switch (error) {
		case "unreachable":
			return `Nothing that speaks MQTT over TLS answers at ${host}. Is the printer on, and is this still its address?`;
		case "wrong_access_code":
			return "The printer refuses the access code. It stands on the printer's screen under the network settings and changes when LAN mode is switched.";
		case "wrong_serial":
			return cause?.certificate
				? `The printer at ${host} has the serial number ${cause.certificate.commonName}, not ${serial}.`
				: `The printer at ${host} accepts us and then says nothing. Is ${serial} its serial number, in upper case?`;
		case "untrusted_certificate":
			return `The certificate at ${host} does not come from a known Bambu Lab authority. If this is a new printer model, compare the fingerprint and confirm it.`;
		case "certificate_changed":
			return `The certificate at ${host} is not the one that was confirmed for this printer. If the printer was reset or replaced, confirm it again; otherwise somebody may be listening in.`;
		case "too_many_clients":
			return "The printer hangs up before the connection is made. Most likely too many apps are connected to it: close one, or restart the printer.";
	}
}
