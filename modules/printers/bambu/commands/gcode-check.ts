// Reads G-code that a person typed and refuses what the other commands would refuse, too.

import { type CommandFailure, failed } from "../../command";
import { atRest, withinLimit } from "../../commands/job-guards";
import type { CommandContext } from "./entry";
import { homed, hotEnough } from "./guards";

/** A line that makes a printer do something: "M104", and its parameters. */
interface GcodeLine {
	readonly word: string;
	/** Without what follows a point: for firmware that does not read that far, "M104.1" is M104. */
	readonly base: string;
	/** By letter; a letter without a number has 0. */
	readonly parameters: Readonly<Record<string, number>>;
}

/** May be sent while a job is under way: heat and fans. */
const TUNING: readonly string[] = Object.freeze(["M104", "M140", "M141", "M106", "M107"]);
const MOVES: readonly string[] = Object.freeze(["G0", "G1", "G2", "G3", "G380"]);
/** What follows these is no list of parameters. */
const WITH_WORDS: readonly string[] = Object.freeze(["M1002", "M117", "M118"]);
/** Limits of axes off, cold extrusion on, heaters driven by hand, firmware replaced. */
const NEVER: readonly string[] = Object.freeze(["M211", "M302", "M303", "M997"]);
/** Parameters that are temperatures. */
const HEAT: readonly string[] = Object.freeze(["S", "R", "H"]);
const FULL_SPEED = 255;

/** `undefined` for what may be sent. */
export function checkGcode(text: string, context: CommandContext): CommandFailure | undefined {
	let isEmpty = true;
	for (const given of text.split("\n")) {
		const line = readLine(given);
		if (line === undefined) continue;
		const problem = typeof line === "string" ? failed("bad_field", line) : checkLine(line, context);
		if (problem) return problem;
		isEmpty = false;
	}
	return isEmpty ? failed("bad_field", "There is no G-code in it.") : undefined;
}

/** Lines that move get the printer's own limits around them: it does not keep to them for G-code from outside. */
export function withAxisLimits(text: string): string {
	const moves = text.split("\n").some((given) => {
		const line = readLine(given);
		return typeof line === "object" && MOVES.includes(line.base);
	});
	return moves ? `M211 S\nM211 X1 Y1 Z1\n${text}M211 R\n` : text;
}

function checkLine(
	{ word, base, parameters }: GcodeLine,
	context: CommandContext,
): CommandFailure | undefined {
	const { capabilities } = context;
	if (NEVER.includes(base))
		return failed("not_supported", `${word} takes away what protects the printer, so it is not sent.`);
	if (!TUNING.includes(word)) {
		const problem = atRest(undefined, context);
		if (problem) return problem;
	}
	if (base === "M104" || base === "M109") return checkHeat(parameters, capabilities.maxNozzle, "the nozzle");
	if (base === "M140" || base === "M190") return checkHeat(parameters, capabilities.maxBed, "the bed");
	if (base === "M141" || base === "M191")
		return checkHeat(parameters, capabilities.maxChamber, "the chamber");
	if (base === "M106" && !isWithin(parameters.S ?? 0, FULL_SPEED))
		return failed("out_of_range", `A fan's speed is from 0 to ${FULL_SPEED}.`);
	if (base === "G28" && Object.keys(parameters).length > 0)
		return failed("bad_field", "G28 stands alone: homing one axis can drive the nozzle into the bed.");
	return MOVES.includes(base) ? checkMove(parameters, context) : undefined;
}

function checkHeat(
	parameters: GcodeLine["parameters"],
	limit: number,
	part: string,
): CommandFailure | undefined {
	for (const letter of HEAT) {
		const target = parameters[letter] ?? 0;
		const problem =
			target < 0 ? failed("out_of_range", `${part} cannot be below 0 °C.`) : withinLimit(target, limit, part);
		if (problem) return problem;
	}
	return undefined;
}

const checkMove = (parameters: GcodeLine["parameters"], context: CommandContext) =>
	(parameters.E === undefined ? undefined : hotEnough({}, context)) ??
	(["X", "Y", "Z"].some((axis) => parameters[axis] !== undefined) ? homed(undefined, context) : undefined);

function isWithin(value: number, max: number): boolean {
	return value >= 0 && value <= max;
}

/** `undefined` for a line that does nothing, a text for one that cannot be read. */
function readLine(given: string): GcodeLine | string | undefined {
	const comment = given.indexOf(";");
	const text = (comment < 0 ? given : given.slice(0, comment)).trim().toUpperCase();
	if (text === "") return undefined;
	const word = /^[GMT]\d{1,4}(\.\d{1,2})?(?=[\sA-Z]|$)/.exec(text)?.[0];
	if (word === undefined) return `"${text.slice(0, 20)}" is no line of G-code.`;
	const name = withoutLeadingZeros(word);
	const rest = text.slice(word.length);
	if (WITH_WORDS.includes(name)) return { word: name, base: name, parameters: {} };
	return readParameters(name, rest.trim());
}

function readParameters(word: string, rest: string): GcodeLine | string {
	const parameters: Record<string, number> = {};
	const pattern = /([A-Z])\s*([-+]?(?:\d+\.?\d*|\.\d+))?\s*/y;
	while (pattern.lastIndex < rest.length) {
		const at = pattern.lastIndex;
		const [, letter = "", value = "0"] = pattern.exec(rest) ?? [];
		if (letter === "") return `"${rest.slice(at, at + 20)}" is no parameter of ${word}.`;
		// Some readers take a second word for another command, some do not.
		if (letter === "G" || letter === "M" || letter === "N") return "Each command needs a line of its own.";
		// "S1E3" and "S0X190" are one number for some readers, and two parameters for others.
		if ((letter === "E" || letter === "X") && at > 0 && isDigit(rest, at - 1))
			return `There has to be a space before ${letter}.`;
		if (parameters[letter] !== undefined) return `${word} has ${letter} twice.`;
		parameters[letter] = Number(value);
	}
	return { word, base: `${word.slice(0, 1)}${Math.trunc(Number(word.slice(1)))}`, parameters };
}

function isDigit(text: string, at: number): boolean {
	return "0123456789.".includes(text.charAt(at));
}

/** "G01" is "G1". */
function withoutLeadingZeros(word: string): string {
	const letter = word.slice(0, 1);
	return `${letter}${Number(word.slice(1))}`;
}
