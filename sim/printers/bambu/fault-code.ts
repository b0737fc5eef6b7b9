// Fault codes as people write them: "0300_8004", "HMS_0C00_0300_0003_0007".

import type { HmsEntry } from "./machine";
import { stages } from "./print-job";

export type FaultCode =
	| { readonly kind: "print_error"; readonly code: number; readonly stage: number }
	| { readonly kind: "hms"; readonly entry: HmsEntry };

/** `undefined` for a text that is neither 8 nor 16 hex digits. Underscores and the prefix HMS are optional. */
export function readFaultCode(text: string): FaultCode | undefined {
	const digits = text
		.trim()
		.toUpperCase()
		.replace(/^HMS[_ -]?/, "")
		.replace(/[_ -]/g, "");
	if (!/^([0-9A-F]{8}){1,2}$/.test(digits)) return undefined;
	const first = Number.parseInt(digits.slice(0, 8), 16);
	if (digits.length === 16) {
		return { kind: "hms", entry: { attr: first, code: Number.parseInt(digits.slice(8), 16) } };
	}
	// XXXX_8011 and 0300_8004 say that the filament is used up; the job then waits in that stage.
	const runOut = (first & 0xffff) === 0x8011 || first === 0x03008004;
	return { kind: "print_error", code: first, stage: runOut ? stages.runout : stages.pausedByGcode };
}
