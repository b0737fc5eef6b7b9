// Where Spoolman is: from what a person pastes to the address of its API.

export type SpoolmanUrlResult =
	/** `url`: such as "http://192.168.1.5:7912/api/v1", without a slash at the end. */
	| { readonly ok: true; readonly url: string }
	/** `message`: what is wrong and what to do, in words. */
	| { readonly ok: false; readonly message: string };

/** Completes the sentence "has to be …". */
export const SPOOLMAN_URL_FORM =
	'an address such as "http://192.168.1.5:7912": http, no user name or password, nothing after "?" or "#"';

const LONGEST_URL = 200;
const API_PATH = "/api/v1";

/** For a setting: "" is none, and right. */
export function isSpoolmanUrl(text: string): boolean {
	return text.trim() === "" || parseSpoolmanUrl(text).ok;
}

/** Takes host, port and base path, with or without scheme, with or without the API's own path. */
export function parseSpoolmanUrl(text: string): SpoolmanUrlResult {
	const pasted = text.trim();
	if (pasted === "") return refused("Enter Spoolman's address, such as http://192.168.1.5:7912.");
	if (pasted.length > LONGEST_URL) return refused(`An address has at most ${LONGEST_URL} characters.`);
	const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(pasted);
	const name = scheme?.[1]?.toLowerCase() ?? "http";
	if (name === "https")
		return refused(
			"This device speaks http within the local network, not https. Enter Spoolman's own address, which is usually http://HOST:7912.",
		);
	if (name !== "http") return refused(`The address has to begin with http://, not with ${name}://.`);
	const rest = pasted.slice(scheme?.[0].length ?? 0);
	const start = rest.search(/[/?#]/);
	const authority = start < 0 ? rest : rest.slice(0, start);
	const path = start < 0 ? "" : rest.slice(start);
	if (authority.includes("@"))
		return refused(
			"The address must not hold a user name or password. Enter them as user:password in the field of the API key.",
		);
	if (/[?#]/.test(path))
		return refused('Leave out what follows "?" or "#": only the address itself is needed.');
	const [host = "", portText, ...others] = authority.split(":");
	// As the device's network takes it.
	if (!/^[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$/.test(host) || others.length > 0)
		return refused(
			"The address needs a host: a name such as spoolman.local, or a number such as 192.168.1.5.",
		);
	if (
		portText !== undefined &&
		!(/^\d{1,5}$/.test(portText) && Number(portText) >= 1 && Number(portText) <= 0xffff)
	)
		return refused("The port, behind the colon, has to be a number from 1 to 65535.");
	if (!/^[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*$/.test(path))
		return refused("The path of the address has a character that cannot be there.");
	const base = withoutSlashes(path);
	const root = base.toLowerCase().endsWith(API_PATH) ? withoutSlashes(base.slice(0, -API_PATH.length)) : base;
	return {
		ok: true,
		url: `http://${host}${portText === undefined ? "" : `:${Number(portText)}`}${root}${API_PATH}`,
	};
}

function withoutSlashes(path: string): string {
	let end = path.length;
	while (end > 0 && path.charAt(end - 1) === "/") end--;
	return path.slice(0, end);
}

function refused(message: string): SpoolmanUrlResult {
	return { ok: false, message };
}
