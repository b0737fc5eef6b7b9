import type { ControlStatus } from "../../printer-state";
import { hexBit } from "../hex-bits";
import type { PrintReport } from "../report-schema";
import { hmsCode } from "./faults";

/** Bit of `fun`: set while the printer accepts signed commands only, that is, while Developer Mode is off. */
const SIGNATURE_REQUIRED = 29;
/** "MQTT command verification failed": the printer has refused an unsigned command. */
const COMMAND_REFUSED = "HMS_0500_0500_0001_0007";

/** `unknown` for printers that never send `fun` (P1, A1) and have not refused anything. */
export function deriveControl(print: PrintReport): ControlStatus {
	if (print.hms?.some((entry) => hmsCode(entry) === COMMAND_REFUSED)) return "read_only";
	if (print.fun === undefined) return "unknown";
	return hexBit(print.fun, SIGNATURE_REQUIRED) ? "read_only" : "full";
}
