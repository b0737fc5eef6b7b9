// Which characters each font has.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every printable character of Latin-1 and Latin Extended-A, and the signs that texts are made with. */
const LATIN_RANGES: readonly (readonly [number, number])[] = [
	[0x20, 0x7e],
	[0xa0, 0xac],
	[0xae, 0xff],
	[0x100, 0x148],
	[0x14a, 0x17e],
];
const SIGNS = "–—‘’‚“”„†•…′″‹›€™→←↑↓−ȘșȚț";
/** The names of the languages, each in its own. */
const LANGUAGE_NAMES = "English中文Deutsch";
/** What large numbers stand with: units, signs of a time, and the units of a time in Chinese. */
const FIGURES = "0123456789 \u00a0%°.,:;–—−-+/×~<>()…ABCFKMTdghikmnstx天小时分钟秒";

const plain = (text: string): string[] => [...text];

/** Everything beyond Latin that a text of the panel has. */
function wordsBeyondLatin(folder: string): string[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith(".ts"))
		.sort()
		.flatMap((name) => plain(readFileSync(join(folder, name), "utf8")))
		.filter((character) => (character.codePointAt(0) ?? 0) > 0x17f);
}

/** Character codes, each once and rising. */
export function figureCharacters(): number[] {
	return codesOf(plain(FIGURES));
}

/** Character codes, each once and rising. */
export function textCharacters(wordsFolder: string): number[] {
	const latin: string[] = [];
	for (const [first, last] of LATIN_RANGES)
		for (let code = first; code <= last; code++) latin.push(String.fromCodePoint(code));
	return codesOf([...latin, ...plain(SIGNS), ...plain(LANGUAGE_NAMES), ...wordsBeyondLatin(wordsFolder)]);
}

function codesOf(characters: readonly string[]): number[] {
	return [...new Set(characters.map((character) => character.codePointAt(0) ?? 0))].sort((a, b) => a - b);
}
