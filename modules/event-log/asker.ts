// Who asked for something.

/**
 * - `panel`: a touch on the screen
 * - `page`: the device's web page
 * - `program`: a client of the HTTP API
 * - `websocket`: a client of the Panda Breath protocol
 * - `button`: a button of the device
 * - `firmware`: the device itself
 */
export type Asker = "panel" | "page" | "program" | "websocket" | "button" | "firmware";

export const ASKERS: readonly Asker[] = Object.freeze([
	"panel",
	"page",
	"program",
	"websocket",
	"button",
	"firmware",
]);

const WORDS: Readonly<Record<Asker, string>> = Object.freeze({
	panel: "on the screen",
	page: "on the page",
	program: "by a program",
	websocket: "by a Panda Breath client",
	button: "with a button",
	firmware: "by the device itself",
});

/** Completes a sentence such as "Turned off …". */
export function askerWords(by: Asker): string {
	return WORDS[by];
}
