// The device's password as it is stored: a salt and the last of many digests, from which nobody reads it back.

import type { Random } from "../platform/random";
import type { Sha256 } from "../platform/sha256";
import type { TextCodec } from "../platform/text-codec";

export interface Digesting {
	sha256(): Sha256;
	text: TextCodec;
}

/** More would keep a small chip from its work for too long: it takes about 100 ms for these. */
const ROUNDS = 1_000;
/** Of what is stored, whoever wrote it. */
const MAX_ROUNDS = 10_000;
const SALT_BYTES = 16;
const DIGEST_BYTES = 32;
const SHORTEST = 8;
const LONGEST = 64;

/** What is wrong with a password, completing "The password …", or `undefined`. */
export function passwordProblem(password: string): string | undefined {
	if (password.length < SHORTEST || password.length > LONGEST)
		return `has to be ${SHORTEST} to ${LONGEST} characters long`;
	// Others do not come through an HTTP header in the same way from every client.
	for (let at = 0; at < password.length; at++) {
		const code = password.charCodeAt(at);
		if (code <= 0x20 || code >= 0x7f)
			return "has to be of plain letters, digits and signs, without spaces and accents";
	}
	return undefined;
}

/** The form that is stored: rounds, salt and digest. The salt only has to differ between devices. */
export function hashPassword(
	password: string,
	{ random, ...digesting }: Digesting & { random: Random },
): string {
	const salt = Uint8Array.from({ length: SALT_BYTES }, () => Math.floor(random() * 256));
	return `${ROUNDS}$${toHex(salt)}$${toHex(digest(password, salt, ROUNDS, digesting))}`;
}

/** False also for a stored form that is damaged: then no password is right. */
export function matchesPassword(password: string, stored: string, digesting: Digesting): boolean {
	const [rounds = "", salt = "", expected = "", ...rest] = stored.split("$");
	const count = Number(rounds);
	const saltBytes = fromHex(salt);
	const expectedBytes = fromHex(expected);
	if (rest.length > 0 || !Number.isInteger(count) || count < 1 || count > MAX_ROUNDS) return false;
	if (saltBytes?.length !== SALT_BYTES || expectedBytes?.length !== DIGEST_BYTES) return false;
	return isEqual(digest(password, saltBytes, count, digesting), expectedBytes);
}

/** Takes as long for any two of the same length. */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
	let difference = a.length ^ b.length;
	for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
	return difference === 0;
}

function digest(password: string, salt: Uint8Array, rounds: number, { sha256, text }: Digesting): Uint8Array {
	const bytes = text.encode(password);
	let last: Uint8Array = new Uint8Array(0);
	for (let round = 0; round < rounds; round++) {
		const hash = sha256();
		hash.update(last);
		hash.update(salt);
		hash.update(bytes);
		last = hash.digest();
	}
	return last;
}

function toHex(bytes: Uint8Array): string {
	let hex = "";
	for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
	return hex;
}

function fromHex(hex: string): Uint8Array | undefined {
	if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) return undefined;
	return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
		Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
	);
}
