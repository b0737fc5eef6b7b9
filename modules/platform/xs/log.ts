// The log as lines of trace, which xsbug and xsbug-log show. A release build has nobody to read them.

import type { Log } from "../log";

/** A line that is longer was not written for a person. */
const MAX_CHARACTERS = 500;

export function createLog(): Log {
	return {
		info: (text) => write("info ", text),
		warn: (text) => write("warn ", text),
		error: (text) => write("error", text),
	};
}

function write(level: string, text: string): void {
	trace(
		`${level} ${neutralize(text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text)}\n`,
	);
}

/** Without what could end the line or make a terminal do something: names come from printers and from the network. */
function neutralize(text: string): string {
	let safe = "";
	for (const character of text) safe += character < " " || character === "\x7f" ? "?" : character;
	return safe;
}
