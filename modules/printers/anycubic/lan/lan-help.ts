// What is wrong with the connection to a printer in LAN mode, and what to do, in words.

import type { PortError } from "../../../platform/port-error";
import type { LinkError } from "../../printer-state";
import type { LanError, LanErrorCode } from "./lan-error";

export type LanTrouble =
	| LanErrorCode
	| "broker_unreachable"
	| "login_refused"
	| "untrusted_certificate"
	| "certificate_changed"
	| "silent";

export function lanTroubleOf({ code }: PortError): LanTrouble {
	switch (code) {
		case "unauthorized":
			return "login_refused";
		case "untrusted":
		case "wrong_name":
			return "untrusted_certificate";
		case "certificate_changed":
			return "certificate_changed";
		default:
			return "broker_unreachable";
	}
}

export function linkErrorOf(trouble: LanTrouble): LinkError {
	switch (trouble) {
		case "wrong_device":
			return "wrong_serial";
		case "untrusted_certificate":
		case "certificate_changed":
		case "lan_mode_off":
			return trouble;
		default:
			return "unreachable";
	}
}

/** Trying again soon does not help against these. */
export function needsPerson(trouble: LanTrouble): boolean {
	switch (trouble) {
		case "unreachable":
		case "broker_unreachable":
		case "login_refused":
		case "bad_signature":
		case "silent":
			return false;
		default:
			return true;
	}
}

export function lanHelp(trouble: LanTrouble, host: string, cause: LanError | PortError | undefined): string {
	const words = cause === undefined ? "" : ` (${cause.message})`;
	switch (trouble) {
		case "unreachable":
			return `Nothing answers at ${host} as an Anycubic printer does${words}. Is it on, and is this still its address?`;
		case "no_kobra":
			return `What answers at ${host} is no Anycubic printer with LAN mode. Is this still its address?`;
		case "lan_mode_off":
			return "The printer is bound to the cloud. Switch on LAN mode on its screen: Settings, Network, LAN Mode.";
		case "other_host":
			return `The printer at ${host} wants to send us to another device; that is not done${words}.`;
		case "bad_signature":
			return `The printer at ${host} does not accept how we ask. It is asked again; if that goes on, its firmware is too new for this one.`;
		case "refused":
		case "bad_answer":
			return `The printer at ${host} does not let us in${words}. Switch its LAN mode off and on again, or restart it.`;
		case "wrong_device":
			return `At ${host} there is another printer than this one${words}. Is this still its address?`;
		case "broker_unreachable":
			return `The printer at ${host} answers, but its MQTT connection does not work${words}. It is tried again.`;
		case "login_refused":
			return `The printer at ${host} does not accept the login that it has just given. It is asked again.`;
		case "untrusted_certificate":
			return `The printer at ${host} shows a certificate that it has made itself. Compare the fingerprint, if the printer shows it, and confirm it; from then on no other one is accepted.`;
		case "certificate_changed":
			return `The certificate at ${host} is not the one that was confirmed for this printer. If the printer was reset or replaced, confirm it again; otherwise somebody may be listening in.`;
		case "silent":
			return `The printer at ${host} has let us in and says nothing. It is asked again; if that goes on, restart it.`;
	}
}
