// What is wrong with the connection to a Bambu Lab printer, in words.

import type { PortError } from "../../platform/port-error";
import type { LinkError } from "../printer-state";

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
		case "lan_mode_off":
			return "The printer listens to its maker's cloud alone. Switch on LAN mode on its screen, in the network settings.";
	}
}
