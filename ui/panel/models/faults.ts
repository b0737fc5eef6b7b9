// What is wrong with the printer: the worst first, with what can be done about it from here.

import type { PrinterCommand } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { faultModule, faultText } from "./fault-words";
import { resumeJob, stopJob } from "./job-actions";
import type { Tone } from "./tone";

type Fault = PrinterOfState["faults"][number];
type Severity = Fault["severity"];
type FaultActionName = Fault["actions"][number];

export interface FaultsView {
	readonly faults: readonly FaultView[];
	/** When there are none. */
	readonly emptyText: string;
	readonly wikiHint: string;
}

export interface FaultView {
	readonly code: string;
	/** "Serious · Toolhead" */
	readonly head: string;
	readonly severity: Severity;
	readonly tone: Tone;
	readonly text: string;
	/** For a QR code; "" where there is none. */
	readonly url: string;
	/** The best one first. */
	readonly actions: readonly Action[];
}

const ORDER: readonly Severity[] = Object.freeze(["fatal", "serious", "common", "info"]);

export function faultsView(input: ModelInput): FaultsView {
	const { printer, words } = input;
	const faults = printer === undefined ? [] : [...printer.faults].sort(bySeverity);
	return {
		faults: faults.map((fault) => faultView(input, fault)),
		emptyText: words.faults.none,
		wikiHint: words.faults.wiki,
	};
}

/** Its text for a line, with how many more there are. */
export function worstFault(
	words: Words,
	{ faults }: PrinterOfState,
): { text: string; tone: Tone } | undefined {
	let worst: Fault | undefined;
	for (const fault of faults) if (worst === undefined || bySeverity(fault, worst) < 0) worst = fault;
	if (worst === undefined) return undefined;
	const text = faultText(words, worst);
	return {
		text: faults.length === 1 ? text : fill(words.home.faultsMore, { text, n: faults.length - 1 }),
		tone: toneOf(worst.severity),
	};
}

/** Of the worst of them. */
export function severityTone(severities: readonly Severity[]): Tone {
	for (const severity of ORDER) if (severities.includes(severity)) return toneOf(severity);
	return "muted";
}

function bySeverity(a: Fault, b: Fault): number {
	return ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity);
}

function toneOf(severity: Severity): Tone {
	if (severity === "fatal" || severity === "serious") return "danger";
	return severity === "common" ? "warn" : "muted";
}

function faultView(input: ModelInput, fault: Fault): FaultView {
	const { words } = input;
	return {
		code: fault.code,
		head: fill(words.faults.head, {
			severity: words.faults[fault.severity],
			module: faultModule(words, fault),
		}),
		severity: fault.severity,
		tone: toneOf(fault.severity),
		text: faultText(words, fault),
		url: fault.url ?? "",
		actions: fault.actions.map((name) => faultAction(input, name)),
	};
}

const COMMANDS: Readonly<Record<Exclude<FaultActionName, "stop" | "resume">, PrinterCommand>> = Object.freeze(
	{
		retry: Object.freeze({ command: "ams_control", step: "resume" } as const),
		done: Object.freeze({ command: "ams_control", step: "done" } as const),
		ignore: Object.freeze({ command: "ignore_error" }),
		dismiss: Object.freeze({ command: "clear_error" }),
	} as const,
);

function faultAction(input: ModelInput, name: FaultActionName): Action {
	const { words } = input;
	if (name === "stop") return stopJob(input, words.faults.stop);
	if (name === "resume") return resumeJob(input);
	if (name !== "ignore") return action(input, words.faults[name], COMMANDS[name]);
	const question = {
		title: words.faults.ignoreQuestion,
		text: words.faults.ignoreText,
		yes: words.faults.ignore,
		// In German "cancel" is also what ends a job.
		no: words.common.back,
		isDangerous: true,
	};
	return action(input, words.faults.ignore, COMMANDS.ignore, { question });
}
