// Whether a request comes from where it may come from: our own page, or a program that is no browser.

import type { HttpRequest } from "../platform/http";

/**
 * A browser names the page that asks in `Origin`; programs name none. A page of another site, also one whose name
 * was made to point to our address (DNS rebinding), has an origin that is not the `Host` it asks.
 */
export function isOwnOrigin({ headers }: HttpRequest): boolean {
	const { origin, host } = headers;
	if (origin === undefined) return true;
	return host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/**
 * Whether `Host` is a name the device can have: an IP address, "localhost", or its own host name. Another name
 * that leads to us belongs to somebody who wants a browser to take us for their site.
 */
export function isOwnHost({ headers: { host } }: HttpRequest, hostname: string): boolean {
	if (host === undefined) return false;
	const name = host.replace(/:\d+$/, "").toLowerCase();
	if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return true;
	const own = hostname.toLowerCase();
	return name === "localhost" || name === own || name === `${own}.local`;
}
