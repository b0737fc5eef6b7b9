import type { Fault } from "../../printer-state";
import { hex32 } from "../hex-bits";
import type { PrintReport } from "../report-schema";

/** `print_error` of a job that a person cancelled: no fault. */
const CANCELLED_BY_USER = "0300_400C";

const severities = Object.freeze(["fatal", "serious", "common", "info"] as const);

/** The first byte of a code says which part of the printer speaks. */
const modules: ReadonlyMap<string, string> = new Map([
	["03", "motion controller"],
	["05", "mainboard"],
	["07", "AMS"],
	["08", "toolhead"],
	["0C", "camera and vision"],
	["12", "AMS Lite"],
	["18", "AMS HT"],
]);

const texts: ReadonlyMap<string, string> = new Map([
	["0300_8004", "The filament has run out. Load new filament, then resume."],
	["0300_8011", "The build plate on the bed is not the one the job was made for."],
	["0300_400D", "The job could not be resumed after the power failed."],
	["0500_4003", "The print file cannot be read. Slice it again and send it anew."],
	["0500_4004", "The printer was busy and refused a new job."],
	["0500_403A", "It is below 10 °C; the printer is too cold to print."],
	["0700_8011", "A spool in the AMS has run out. Put in a new one, then resume."],
	["07FF_8011", "The external spool has run out. Load new filament, then resume."],
	["1200_8011", "A spool on the AMS Lite has run out. Put on a new one, then resume."],
	[
		"HMS_0500_0500_0001_0007",
		"The printer refused an unsigned command: its Developer Mode is off. Culm can only watch it.",
	],
]);

/** Fatal faults first. */
export function deriveFaults(print: PrintReport): Fault[] {
	const faults: Fault[] = [];
	const error = print.print_error ? errorCode(print.print_error) : undefined;
	if (error && error !== CANCELLED_BY_USER)
		faults.push({ code: error, severity: "serious", text: describe(error, error, "serious") });
	for (const entry of print.hms ?? []) {
		const code = hmsCode(entry);
		if (!code || faults.some((other) => other.code === code)) continue;
		const digits = code.slice("HMS_".length);
		const severity = severities[((entry.code ?? 0) >>> 16) - 1] ?? "info";
		faults.push({
			code,
			severity,
			text: describe(code, digits, severity),
			url: `https://wiki.bambulab.com/en/hmscode/${digits}`,
		});
	}
	return faults.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** `attr` and `code` of an entry as the vendor writes them: "HMS_0C00_0300_0003_0007". */
export function hmsCode({ attr, code }: { attr?: number; code?: number }): string | undefined {
	if (attr === undefined || code === undefined) return undefined;
	return `HMS_${errorCode(attr)}_${errorCode(code)}`;
}

/** 50348044 → "0300_400C" */
function errorCode(value: number): string {
	const digits = hex32(value);
	return `${digits.slice(0, 4)}_${digits.slice(4)}`;
}

/** Never empty: a code without a text of its own says which part of the printer reports it. */
function describe(code: string, digits: string, severity: Fault["severity"]): string {
	const text = texts.get(code);
	if (text) return text;
	const module = modules.get(digits.slice(0, 2));
	const from = module ? `the ${module}` : "the printer";
	return severity === "info" ? `Notice from ${from} (${digits})` : `Fault in ${from} (${digits})`;
}
