// What a touch would ask of the printer, and why it cannot be asked now.

import type { PrinterCommand } from "../device";
import { refusalText } from "../refusal-text";
import type { ModelInput, PrinterOfState } from "../screen";
import type { Words } from "../words/en";

/** To be asked before the command is sent. `no` is the safe answer. */
export interface Question {
	readonly title: string;
	readonly text: string;
	readonly yes: string;
	readonly no: string;
	readonly isDangerous: boolean;
}

export interface Action {
	readonly label: string;
	readonly enabled: boolean;
	/** In words; "" when it is enabled. */
	readonly why: string;
	readonly command: PrinterCommand;
	readonly question?: Question;
}

export function action(
	input: ModelInput,
	label: string,
	command: PrinterCommand,
	{ question, unless = "" }: { question?: Question; unless?: string } = {},
): Action {
	const why = unless || whyNot(input, command);
	const made: Action = { label, enabled: why === "", why, command };
	return question === undefined ? made : { ...made, question };
}

/** "" when it may be sent. What is plain to see is said first; all else says the command itself. */
export function whyNot(input: ModelInput, command: PrinterCommand): string {
	const { printer, words, device } = input;
	if (printer === undefined) return words.why.noPrinter;
	if (!isThere(printer)) return words.why.offline;
	if (printer.control === "read_only" && command.command !== "light") return words.why.readOnly;
	const plain = lackWhy(words, printer, command) || jobWhy(words, printer, command);
	if (plain !== "") return plain;
	const refusal = device.printers.refusal(printer.id, command);
	// One that is only looked at now and then is connected to when it is asked.
	if (refusal === undefined || (refusal.code === "offline" && printer.watch === "polled")) return "";
	return refusalText(words, refusal);
}

/** Whether it can be asked at all. */
export function isThere({ link, watch }: PrinterOfState): boolean {
	return link === "online" || link === "stale" || watch === "polled";
}

export function isUnderWay({ job }: PrinterOfState): boolean {
	return job.state === "preparing" || job.state === "printing" || job.state === "paused";
}

/** What the printer is not able to do at all, whatever state it is in. */
function lackWhy({ why }: Words, { capabilities }: PrinterOfState, { command }: PrinterCommand): string {
	switch (command) {
		case "home":
		case "jog":
		case "extrude":
		case "active_extruder":
			return capabilities.motion ? "" : why.noMotion;
		case "load":
		case "unload":
		case "filament_setting":
		case "read_tag":
			return capabilities.loading ? "" : why.noLoading;
		default:
			return "";
	}
}

/** What the job has to be like; the commands of which that depends on more are not here. */
function jobWhy({ why }: Words, printer: PrinterOfState, { command }: PrinterCommand): string {
	const { state } = printer.job;
	const isRunning = state === "preparing" || state === "printing";
	switch (command) {
		case "pause":
			return isRunning ? "" : why.notRunning;
		case "resume":
			return state === "paused" ? "" : why.notPaused;
		case "stop":
			return isUnderWay(printer) ? "" : why.noJob;
		case "home":
		case "jog":
		case "active_extruder":
		case "read_tag":
			if (state === "unknown") return why.unknownState;
			return isUnderWay(printer) ? why.jobUnderWay : "";
		case "extrude":
		case "load":
		case "unload":
			if (state === "unknown") return why.unknownState;
			return isRunning ? why.printing : "";
		default:
			return "";
	}
}
