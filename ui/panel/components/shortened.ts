// Words for a place with room for a few lines: whole sentences as far as there is room, else whole words and "…".

import type { Style } from "piu/MC";

export interface LineRoom {
	readonly style: Pick<Style, "measure">;
	/** px of a line. */
	readonly width: number;
	readonly lines: number;
}

/** From there on characters are words of their own. */
const FIRST_IDEOGRAPH = 0x2e80;
const FULL_STOPS = ".!?。！？";

export function shortened(text: string, room: LineRoom): string {
	if (fits(text, room)) return text;
	for (let end = text.length - 1; end > 0; end--) {
		const sentences = text.slice(0, end);
		if (endsSentence(text, end) && fits(sentences, room)) return sentences;
	}
	for (let end = text.length - 1; end > 0; end--) {
		const words = `${text.slice(0, end).trimEnd()}…`;
		if (isGap(text, end) && fits(words, room)) return words;
	}
	return "…";
}

function fits(text: string, { style, width, lines }: LineRoom): boolean {
	let count = 1;
	let line = "";
	for (let begin = 0; begin < text.length; ) {
		let end = begin + 1;
		while (end < text.length && !isGap(text, end)) end++;
		const word = text.slice(begin, end);
		begin = end;
		if (line !== "" && style.measure((line + word).trimEnd()).width > width) {
			if (++count > lines) return false;
			line = "";
		}
		line += word;
	}
	return true;
}

/** Whether a line may end before the character there. */
function isGap(text: string, at: number): boolean {
	return text.charAt(at - 1) === " " || text.charCodeAt(at) >= FIRST_IDEOGRAPH;
}

/** A stop within a number or an address is none. */
function endsSentence(text: string, end: number): boolean {
	const isStop = FULL_STOPS.includes(text.charAt(end - 1));
	return isStop && (text.charAt(end) === " " || text.charCodeAt(end - 1) >= FIRST_IDEOGRAPH);
}
