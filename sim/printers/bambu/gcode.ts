// The few G-codes that change what a printer reports: heaters, fans, homing, reading a spool's tag.

import type { FanName } from "./machine";

export type GcodeEffect =
	| { readonly kind: "nozzle"; readonly nozzle: number | undefined; readonly targetC: number }
	| { readonly kind: "bed"; readonly targetC: number }
	| { readonly kind: "chamber"; readonly targetC: number }
	| { readonly kind: "fan"; readonly fan: FanName; readonly speed: number }
	| { readonly kind: "tag"; readonly flat: number }
	| { readonly kind: "home" };

/** By the number that commands have for them. */
export const fans: Readonly<Record<number, FanName>> = { 1: "part", 2: "aux", 3: "chamber", 10: "aux2" };

/** The effects of a text of one or more lines, in order. Lines that change nothing here are skipped. */
export function readGcode(text: string): readonly GcodeEffect[] {
	return text.split("\n").flatMap((line) => {
		const effect = readLine(line.replace(/;.*/, "").trim().toUpperCase());
		return effect === undefined ? [] : [effect];
	});
}

function readLine(line: string): GcodeEffect | undefined {
	const [word = "", ...parameters] = line.split(/\s+/);
	const value = (letter: string): number | undefined => {
		const found = parameters.find((parameter) => parameter.startsWith(letter))?.slice(1);
		const number = Number(found);
		return found === undefined || found === "" || !Number.isFinite(number) ? undefined : number;
	};
	const targetC = value("S");
	switch (word) {
		case "M104":
		case "M109":
			return targetC === undefined ? undefined : { kind: "nozzle", nozzle: value("T"), targetC };
		case "M140":
		case "M190":
			return targetC === undefined ? undefined : { kind: "bed", targetC };
		case "M141":
			return targetC === undefined ? undefined : { kind: "chamber", targetC };
		case "M106":
			return readFan(value("P") ?? 1, targetC ?? 255);
		case "M107":
			return readFan(value("P") ?? 1, 0);
		case "M620": {
			const flat = value("R");
			return flat === undefined ? undefined : { kind: "tag", flat };
		}
		case "G28":
			return { kind: "home" };
		default:
			return undefined;
	}
}

function readFan(index: number, speed: number): GcodeEffect | undefined {
	const fan = fans[index];
	return fan === undefined
		? undefined
		: { kind: "fan", fan, speed: Math.min(255, Math.max(0, Math.round(speed))) };
}
