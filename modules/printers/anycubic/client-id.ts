// A name for a connection to a broker: another one each time, so that nobody is pushed out.

import type { Random } from "../../platform/random";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 12;

export function randomClientId(random: Random): string {
	return `culm-${randomText(random, LETTERS, LENGTH)}`;
}

/** Of these letters. */
export function randomText(random: Random, letters: string, length: number): string {
	let text = "";
	for (let index = 0; index < length; index++)
		text += letters.charAt(Math.min(letters.length - 1, Math.floor(random() * letters.length)));
	return text;
}
