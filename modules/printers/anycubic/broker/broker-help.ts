// What is wrong with the connection to a broker, or with a printer that should be at it, and what to do, in words.

import type { PortError } from "../../../platform/port-error";
import type { LinkError } from "../../printer-state";

export type BrokerTrouble =
	| "unreachable"
	| "refused"
	| "not_allowed"
	| "untrusted_certificate"
	| "certificate_changed"
	| "printer_off"
	| "printer_silent";

export function linkErrorOf(trouble: BrokerTrouble): LinkError {
	switch (trouble) {
		case "refused":
		case "not_allowed":
			return "wrong_access_code";
		case "untrusted_certificate":
		case "certificate_changed":
			return trouble;
		default:
			return "unreachable";
	}
}

export function brokerTroubleOf({ code }: PortError): BrokerTrouble {
	switch (code) {
		case "unauthorized":
			return "refused";
		case "untrusted":
		case "wrong_name":
			return "untrusted_certificate";
		case "certificate_changed":
			return "certificate_changed";
		default:
			return "unreachable";
	}
}

/** Trying again soon does not help against these. */
export function needsPerson(trouble: BrokerTrouble): boolean {
	return trouble !== "unreachable";
}

export function brokerHelp(trouble: BrokerTrouble, broker: string, cause: PortError | undefined): string {
	switch (trouble) {
		case "unreachable":
			return `The broker at ${broker} cannot be used: ${cause?.message ?? "it does not answer"}.`;
		case "refused":
			return `The broker at ${broker} does not let us in. Compare its user name, password and client certificate with the settings.`;
		case "not_allowed":
			return `The broker at ${broker} does not allow this user to read the topics of printers. Allow "anycubic/#" there.`;
		case "untrusted_certificate":
			return cause?.code === "wrong_name"
				? `The broker's certificate is made for "${cause.certificate?.commonName ?? ""}", not for ${broker}. Enter that name as its address, or compare the fingerprint and confirm it.`
				: `The certificate of the broker at ${broker} is not trusted. Compare the fingerprint and confirm it, or enter the certificate of its authority.`;
		case "certificate_changed":
			return `The certificate of the broker at ${broker} is not the one that was confirmed. If it was renewed, confirm it again; otherwise somebody may be listening in.`;
		case "printer_off":
			return "The printer is off or has lost its network.";
		case "printer_silent":
			return `The broker at ${broker} answers, but nothing is heard of the printer. Is it on, and does it use this broker?`;
	}
}
