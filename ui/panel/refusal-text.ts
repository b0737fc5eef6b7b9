// Why a command was refused, in the language of the panel.

import type { Refusal } from "./device";
import type { Words } from "./words/en";
import { fill } from "./words/texts";

/** The firmware's own words say more; another language has what its code means. */
export function refusalText(words: Words, refusal: Refusal): string {
	if (words.language.code === "en") return refusal.message;
	const texts: Readonly<Record<string, string>> = words.refusal;
	const text = texts[refusal.code];
	return text === undefined ? refusal.message : fill(text, { text: refusal.message });
}
