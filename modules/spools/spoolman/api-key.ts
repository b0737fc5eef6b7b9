// The key for a Spoolman that is not open to all, as headers; and what keeps it out of messages.

import type { TextCodec } from "../../platform/text-codec";

export interface Credentials {
	readonly headers: Readonly<Record<string, string>>;
	/** Whether a text of somebody else has the key in it, in any form in which it was sent. */
	isIn(text: string): boolean;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** A shorter one is found in every sentence. */
const SHORTEST_SECRET = 3;

/**
 * A key is sent in both forms in which a Spoolman may want it; `user:password` is for the proxy before one; what
 * begins with "Bearer" or "Basic" is sent as it is. `undefined` for a key that no header can hold.
 */
export function credentialsOf(apiKey: string, text: TextCodec): Credentials | undefined {
	const key = apiKey.trim();
	if (key === "") return { headers: {}, isIn: () => false };
	const own = /^(Bearer|Basic) +(\S.*)$/i.exec(key);
	if (!own && key.includes(":")) {
		const encoded = base64(text.encode(key));
		const password = key.slice(key.indexOf(":") + 1);
		return { headers: { Authorization: `Basic ${encoded}` }, isIn: finder([key, password, encoded]) };
	}
	if (!/^[\x20-\x7e]+$/.test(key)) return undefined;
	if (own) return { headers: { Authorization: key }, isIn: finder([own[2] ?? key]) };
	return { headers: { "X-API-Key": key, Authorization: `Bearer ${key}` }, isIn: finder([key]) };
}

function finder(secrets: readonly string[]): (text: string) => boolean {
	const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
	return (text) => known.some((secret) => text.includes(secret));
}

function base64(bytes: Uint8Array): string {
	let encoded = "";
	for (let index = 0; index < bytes.length; index += 3) {
		const [first = 0, second, third] = bytes.subarray(index, index + 3);
		const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
		encoded += DIGITS.charAt(bits >> 18) + DIGITS.charAt((bits >> 12) & 63);
		encoded += second === undefined ? "=" : DIGITS.charAt((bits >> 6) & 63);
		encoded += third === undefined ? "=" : DIGITS.charAt(bits & 63);
	}
	return encoded;
}
