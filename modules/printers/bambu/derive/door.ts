import type { PrinterCapabilities } from "../../capabilities";
import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";

/** Bit of `home_flag`: the door of an X1 is open. Other models use that of `stat`. */
const DOOR_OPEN = 1 << 23;
/** Firmware from which on the X1 models watch their door. Before that they report one that is always closed. */
const sinceFirmware: ReadonlyMap<string, string> = new Map([
	["X1", "01.07.00.00"],
	["X1C", "01.07.00.00"],
	["X1E", "01.01.02.00"],
]);

/** Whose door it is. */
export interface DoorOwner {
	model: string;
	firmware?: string | undefined;
	capabilities: PrinterCapabilities;
}

/** `undefined` for a model without a sensor, and as long as nothing is known. */
export function deriveDoor(
	{ home_flag, stat }: PrintReport,
	{ model, firmware, capabilities }: DoorOwner,
): PrinterState["door"] {
	if (!capabilities.doorSensor) return undefined;
	const since = sinceFirmware.get(model);
	if (since === undefined) return stat === undefined ? undefined : shown(stat);
	// The parts of a version always have two digits.
	if (home_flag === undefined || firmware === undefined || firmware < since) return undefined;
	return shown((home_flag & DOOR_OPEN) !== 0);
}

function shown(isOpen: boolean): "open" | "closed" {
	return isOpen ? "open" : "closed";
}
