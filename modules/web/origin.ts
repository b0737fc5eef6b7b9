// Whether a request comes from where it may come from: our own page, or a program that is no browser.

import type { HttpRequestHead } from "../platform/http";

/**
 * A browser names the page that asks in `Origin`; programs name none. A page of another site, also one whose name
 * was made to point to our address (DNS rebinding), has an origin that is not the `Host` it asks.
 */
export function isOwnOrigin({ headers }: HttpRequestHead): boolean {
	const { origin, host } = headers;
	if (origin === undefined) return true;
	return host !== undefined && withoutUsualPort(origin) === withoutUsualPort(`http://${host}`);
}

/**
 * Whether `Host` is a name the device can have: an IP address, "localhost", or its own host name. Another name
 * that leads to us belongs to somebody who wants a browser to take us for their site.
 */
export function isOwnHost({ headers: { host } }: HttpRequestHead, hostname: string): boolean {
	if (host === undefined) return false;
	// A dot at the end says that nothing is to be appended to a name; it is the same name.
	const name = host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
	if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return true;
	const own = hostname.toLowerCase();
	return name === "localhost" || name === own || name === `${own}.local`;
}

/** Browsers leave it out; some programs write it in one of the two headers. */
function withoutUsualPort(place: string): string {
	return place.toLowerCase().replace(/:80$/, "");
}
