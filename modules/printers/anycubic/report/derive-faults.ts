import type { Fault, FaultAction } from "../../printer-state";
import type { AnycubicReport } from "./anycubic-report";
import { isJobUnderWay } from "./merge-job";

const OK = 200;

interface KnownFault {
	readonly module: string;
	readonly text: string;
}

/** Those whose meaning is known for sure; of the others the printer's own words are shown. */
const known: ReadonlyMap<number, KnownFault> = new Map([
	[
		10107,
		Object.freeze({
			module: "Filament",
			text: "The filament is broken or has run out. Put in new filament, then go on with the job.",
		}),
	],
]);

export function deriveFaults(report: AnycubicReport): Fault[] {
	const faults: Fault[] = [];
	if (report.failure) faults.push(failureFault(report));
	if (report.update) faults.push(updateFault(report.update));
	return faults;
}

function failureFault(report: AnycubicReport): Fault {
	const { code = OK, msg } = report.failure ?? {};
	const { module, text } = known.get(code) ?? { module: "Print job", text: textOf(code, msg) };
	const isPaused = isJobUnderWay(report) && report.job?.word.status === "paused";
	const actions: FaultAction[] = isPaused ? ["resume", "stop"] : [];
	return { code: code === OK ? "failed" : String(code), severity: "serious", module, text, actions };
}

function textOf(code: number, msg: string | undefined): string {
	const number = code === OK ? "" : ` (${code})`;
	// Printers add "done" to whatever they send.
	if (msg && msg !== "done") return `The printer says${number}: ${msg}`;
	return `The job failed${number}. The printer does not say why: look at its screen.`;
}

function updateFault({ isFailed, percent }: NonNullable<AnycubicReport["update"]>): Fault {
	const progress = percent === undefined ? "" : ` (${Math.round(percent)} %)`;
	return {
		code: "ota",
		severity: isFailed ? "common" : "info",
		module: "Firmware",
		text: isFailed
			? "New firmware could not be installed. Try again at the printer."
			: `New firmware is being installed${progress}. Leave the printer switched on.`,
		actions: [],
	};
}
