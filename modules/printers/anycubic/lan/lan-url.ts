// The addresses that a printer in LAN mode tells us to go to. They have to be its own.

import { isIPv4 } from "../../../platform/parts/addresses";
import { LanError } from "./lan-error";

export interface LanUrl {
	host: string;
	port: number;
	/** With the slash at its beginning. */
	path: string;
}

const MAX_URL = 200;
const MAX_PORT = 65_535;

/** `undefined` unless it is that scheme, a plain host, a port and a plain path. */
export function parseLanUrl(url: unknown, scheme: "http" | "mqtts", defaultPort: number): LanUrl | undefined {
	if (typeof url !== "string" || url.length > MAX_URL || !url.startsWith(`${scheme}://`)) return undefined;
	const rest = url.slice(scheme.length + 3);
	const slash = rest.indexOf("/");
	const authority = slash < 0 ? rest : rest.slice(0, slash);
	const path = slash < 0 ? "/" : rest.slice(slash);
	const colon = authority.indexOf(":");
	const host = colon < 0 ? authority : authority.slice(0, colon);
	const port = colon < 0 ? defaultPort : portOf(authority.slice(colon + 1));
	if (port === undefined || !/^[0-9A-Za-z.-]+$/.test(host) || !/^[0-9A-Za-z._~/-]+$/.test(path))
		return undefined;
	return { host, port, path };
}

/**
 * Throws a {@link LanError} `other_host` when it is known to be another device. Where the printer is known by a name, the
 * address behind that name is not known here, and nobody is asked but the printer itself.
 */
export function checkSameHost({ host }: LanUrl, ours: string): void {
	const isSame = host.toLowerCase() === ours.toLowerCase();
	if (isSame || (!isIPv4(ours) && isIPv4(host))) return;
	throw new LanError("other_host", `the printer at ${ours} sends us to ${host}`);
}

function portOf(digits: string): number | undefined {
	const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
	return port >= 1 && port <= MAX_PORT ? port : undefined;
}
