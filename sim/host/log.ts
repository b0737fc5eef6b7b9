// The log as lines of text: time, level, what happened.

import type { Clock } from "../../modules/platform/clock";
import type { Log } from "../../modules/platform/log";

export interface LogOptions {
	/** Whose time the lines tell: real time when left out. */
	clock?: Pick<Clock, "wallTime">;
}

type Level = "info" | "warn" | "error";

/** A line that is longer was not written for a person. */
const MAX_CHARACTERS = 2000;

/**
 * What could make a terminal do something, end the line or turn around what is read: control characters (C0, C1),
 * line and paragraph separators, marks of direction, halves of surrogate pairs.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

export function createLog(stream: NodeJS.WritableStream, { clock }: LogOptions = {}): Log {
	const write = (level: Level, text: string): void => {
		const time = new Date(clock?.wallTime() ?? Date.now()).toISOString();
		stream.write(`${time} ${level.padEnd(5)} ${neutralise(text)}\n`);
	};
	return {
		info: (text) => write("info", text),
		warn: (text) => write("warn", text),
		error: (text) => write("error", text),
	};
}

function neutralise(text: string): string {
	const shown = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
	return shown.replace(UNSAFE, (character) => ESCAPES[character] ?? codePoint(character));
}

/** Such as "\u001b". */
function codePoint(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
