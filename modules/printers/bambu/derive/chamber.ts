import type { PrinterCapabilities } from "../../capabilities";
import type { Temperature } from "../../printer-state";
import type { PrintReport } from "../report-schema";
import { temperature, unpackTemperature } from "./temperature";

/**
 * `undefined` for a model without a sensor, which reports a constant 5 without meaning, and as long as nothing is
 * known.
 */
export function deriveChamber(
	print: PrintReport,
	{ chamberSensor, maxChamber }: PrinterCapabilities,
): Temperature | undefined {
	if (!chamberSensor) return undefined;
	const packed = unpackTemperature(print.device?.ctc?.info?.temp);
	const current = print.chamber_temper ?? packed.current;
	const target = maxChamber > 0 ? packed.target : undefined;
	return current === undefined && target === undefined ? undefined : temperature(current, target);
}
