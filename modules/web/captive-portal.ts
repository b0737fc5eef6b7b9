// Shows the page to a phone that has joined the device's own network and looks for the internet there.

import type { HttpRequestHead, HttpResponse } from "../platform/http";
import { redirect } from "./answers";
import { isOwnHost } from "./origin";

/** What phones and computers ask for to see whether a network leads to the internet. */
const PROBES: readonly string[] = Object.freeze([
	"/canonical.html",
	"/connecttest.txt",
	"/gen_204",
	"/generate_204",
	"/hotspot-detect.html",
	"/library/test/success.html",
	"/mobile/status.php",
	"/ncsi.txt",
	"/redirect",
	"/success.txt",
]);

export interface Portal {
	/** Of the device in its own network, which is open. */
	address: string;
	port: number;
}

/** The way to the page for whoever asks for another host, or for a sign of the internet; `undefined` for others. */
export function portalAnswer(
	request: HttpRequestHead,
	{ address, port }: Portal,
	hostname: string,
): HttpResponse | undefined {
	if (request.method !== "GET") return undefined;
	if (isOwnHost(request, hostname) && !PROBES.includes(request.path)) return undefined;
	return redirect(`http://${address}${port === 80 ? "" : `:${port}`}/`);
}
