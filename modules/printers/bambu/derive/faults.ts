import type { Fault, FaultAction } from "../../printer-state";
import { faultActions } from "../faults/fault-actions";
import { errorCode, faultModule, hmsCode } from "../faults/fault-codes";
import type { PrintReport } from "../report-schema";
import { CANCELLED } from "./job";

/** `print_error` of a job that a person paused. */
const PAUSED_BY_USER = 0x03008001;

const severities = Object.freeze(["fatal", "serious", "common", "info"] as const);

/** Where a code can be looked up. Of the errors there is no page for each. */
const WIKI = "https://wiki.bambulab.com/en/";

/** What a code means, in words; `undefined` for one that is not known. */
export type FaultText = (digits: string) => string | undefined;

/** Fatal faults first. What a person did on purpose is none. */
export function deriveFaults(
	{ print_error, hms = [], gcode_state }: PrintReport,
	faultText?: FaultText,
): Fault[] {
	const faults: Fault[] = [];
	if (print_error && print_error !== PAUSED_BY_USER && !CANCELLED.includes(print_error)) {
		const code = errorCode(print_error);
		// C: a notice.
		const severity = code[5] === "C" ? "common" : "serious";
		const url = `${WIKI}hms/home`;
		faults.push(fault(code, code, severity, url, faultActions(code, gcode_state), faultText));
	}
	for (const entry of hms) {
		const code = hmsCode(entry);
		if (!code || faults.some((other) => other.code === code)) continue;
		const digits = code.slice("HMS_".length);
		const severity = severities[((entry.code ?? 0) >>> 16) - 1] ?? "info";
		faults.push(fault(code, digits, severity, `${WIKI}hmscode/${digits}`, [], faultText));
	}
	return faults.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function fault(
	code: string,
	digits: string,
	severity: Fault["severity"],
	url: string,
	actions: readonly FaultAction[],
	faultText: FaultText | undefined,
): Fault {
	const module = faultModule(digits);
	const text = faultText?.(digits) ?? `${module}: ${severity === "info" ? "notice" : "fault"} ${digits}`;
	return { code, severity, module, text, url, actions };
}
