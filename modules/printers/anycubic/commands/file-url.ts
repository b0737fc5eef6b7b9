// Where a Kobra 2 may fetch a file to print from.

import { type CommandFailure, failed } from "../../command";
import { isAtLeast } from "../../commands/firmware-version";

export const MAX_URL_LENGTH = 500;

/** From this one on the printer takes files of the maker's servers only, unless that check is patched out. */
const HOSTS_CHECKED_SINCE: readonly number[] = Object.freeze([3, 1, 0]);
const MAKERS_HOSTS: readonly string[] = Object.freeze([
	"myqcloud.com",
	"amazonaws.com",
	"anycubic.com",
	"anycubicloud.com",
]);
const SCHEMES: readonly string[] = Object.freeze(["http://", "https://"]);
/** Letters, digits, dots, dashes. */
const HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-";
const MAX_PORT = 65_535;

const NO_URL = failed(
	"bad_field",
	'"url" has to be an address that the printer can fetch the file from, such as "http://192.168.1.5/name.gcode".',
);
const NOT_FETCHED = failed(
	"not_supported",
	"Firmware 3.1.0 and newer fetches files from the maker's servers only, unless it is patched. Send \"patched\": true with it if this printer's is.",
);

export interface FetchedBy {
	readonly firmware: string | undefined;
	/** A person says that the firmware's check of hosts is patched out. */
	readonly isPatched: boolean;
}

/** Why that printer does not fetch it, or `undefined`. */
export function urlProblem(url: string, { firmware, isPatched }: FetchedBy): CommandFailure | undefined {
	const host = hostOf(url);
	if (host === undefined) return NO_URL;
	if (isPatched || !isAtLeast(firmware, HOSTS_CHECKED_SINCE)) return undefined;
	return MAKERS_HOSTS.some((known) => host === known || host.endsWith(`.${known}`)) ? undefined : NOT_FETCHED;
}

/** In lower case; `undefined` for what is no plain address of a file, with a user's name in it for one. */
function hostOf(url: string): string | undefined {
	const scheme = SCHEMES.find((known) => url.startsWith(known));
	if (scheme === undefined || url.includes(" ") || url.includes("\\")) return undefined;
	const slash = url.indexOf("/", scheme.length);
	if (slash < 0) return undefined;
	const [host = "", port, ...more] = url.slice(scheme.length, slash).toLowerCase().split(":");
	if (more.length > 0 || (port !== undefined && !isPort(port))) return undefined;
	if (host === "" || host.startsWith(".") || host.endsWith(".") || host.includes("..")) return undefined;
	for (const character of host) if (!HOST_CHARACTERS.includes(character)) return undefined;
	return host;
}

function isPort(port: string): boolean {
	const number = Number(port);
	return String(number) === port && Number.isInteger(number) && number > 0 && number <= MAX_PORT;
}
