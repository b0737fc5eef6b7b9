import type { ControlStatus } from "../../printer-state";
import { hmsCode } from "../faults/fault-codes";
import { hexBit } from "../hex-bits";
import type { PrintReport } from "../report-schema";

/** Bit of `fun`: set while the printer accepts signed commands only, that is, while Developer Mode is off. */
const SIGNATURE_REQUIRED = 29;
/** "MQTT command verification failed": the printer has refused an unsigned command. */
const COMMAND_REFUSED = "HMS_0500_0500_0001_0007";

/** `unknown` for printers that never send `fun` (P1, A1) and have not refused anything. */
export function deriveControl(print: PrintReport): ControlStatus {
	if (hasRefusalFault(print)) return "read_only";
	if (print.fun === undefined) return "unknown";
	return hexBit(print.fun, SIGNATURE_REQUIRED) ? "read_only" : "full";
}

/** Stands in the list of faults from the refusal until the printer takes commands again, or forgets it. */
export function hasRefusalFault({ hms }: PrintReport): boolean {
	return hms?.some((entry) => hmsCode(entry) === COMMAND_REFUSED) ?? false;
}
