// The handshake of LAN mode: who may ask, and what is answered. Its ciphers are the printers' choice.

import { createCipheriv, createHash, randomBytes } from "node:crypto";
import type { JsonObject } from "../bambu/json";

/** Characters of a token; the first half signs, the second half enciphers. */
const tokenLength = 32;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const badSignature = { code: 19002, message: "signature error" } as const;

export function createToken(length = tokenLength): string {
	// Few of the letters come a little more often: 256 is no multiple of their number.
	return Array.from(randomBytes(length), (byte) => letters.charAt(byte % letters.length)).join("");
}

export function signatureOf(token: string, ts: string, nonce: string): string {
	return md5(md5(token.slice(0, tokenLength / 2)) + ts + nonce);
}

/** Whether that query was signed by somebody who has read the token. */
export function isSigned(token: string, query: string): boolean {
	const fields = new URLSearchParams(query);
	const [ts = "", nonce = "", sign = "", did = ""] = ["ts", "nonce", "sign", "did"].map(
		(name) => fields.get(name) ?? "",
	);
	const isWhole = /^\d{10,16}$/.test(ts) && /^[0-9A-Za-z]{6}$/.test(nonce) && /^[0-9A-Z]{32}$/.test(did);
	return isWhole && sign === signatureOf(token, ts, nonce);
}

/** `data` of the answer: the secret, enciphered with the token that is known and one that is made for it. */
export function sealed(token: string, secret: JsonObject): { info: string; token: string } {
	const localToken = createToken(tokenLength / 2);
	const key = Buffer.from(token.slice(tokenLength / 2), "ascii");
	const cipher = createCipheriv("aes-128-cbc", key, initialVector(localToken));
	const info = Buffer.concat([cipher.update(JSON.stringify(secret), "utf8"), cipher.final()]);
	return { info: info.toString("base64"), token: localToken };
}

function initialVector(localToken: string): Buffer {
	const bytes = Buffer.alloc(16);
	bytes.write(localToken, "ascii");
	return bytes;
}

function md5(text: string): string {
	return createHash("md5").update(text).digest("hex");
}
