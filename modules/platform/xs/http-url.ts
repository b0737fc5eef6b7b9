// Addresses of HTTP and WebSocket servers: XS has no URL of its own, and these two kinds are all that is needed.

import { isPort } from "../parts/addresses";
import { PortError } from "../port-error";

export interface HttpUrl {
	host: string;
	port: number;
	/** For the `Host` header, and for messages: path and query may hold a secret. */
	authority: string;
	/** Path and query. */
	target: string;
}

const DEFAULT_PORT = 80;

/** `scheme` is "http" or "ws". Throws a {@link PortError} `invalid`. */
export function parseUrl(scheme: string, url: string): HttpUrl {
	const prefix = `${scheme}://`;
	const rest = url.slice(prefix.length);
	const end = rest.search(/[/?]/);
	const authority = end < 0 ? rest : rest.slice(0, end);
	const target = end < 0 ? "/" : rest.slice(end);
	const [host = "", portText, ...others] = authority.split(":");
	const port = portText === undefined ? DEFAULT_PORT : Number(portText);
	const isRight =
		url.slice(0, prefix.length).toLowerCase() === prefix &&
		/^[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$/.test(host) &&
		(portText === undefined || /^\d+$/.test(portText)) &&
		others.length === 0 &&
		isPort(port) &&
		/^[!$%&'()*+,./0-9:;=?@A-Z_a-z~-]*$/.test(target);
	if (!isRight) throw new PortError("invalid", `an address must begin with ${prefix} and a host`);
	return { host, port, authority, target: target.startsWith("/") ? target : `/${target}` };
}
