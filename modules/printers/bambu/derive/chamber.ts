import type { Temperature } from "../../printer-state";
import type { BambuModel } from "../models";
import type { PrintReport } from "../report-schema";
import { temperature, unpackTemperature } from "./temperature";

/** `undefined` for a model without a sensor, whatever it reports, and as long as nothing is known. */
export function deriveChamber(print: PrintReport, model: BambuModel): Temperature | undefined {
	if (model.chamber === "none") return undefined;
	const packed = unpackTemperature(print.device?.ctc?.info?.temp);
	const current = print.chamber_temper ?? packed.current;
	const target = model.chamber === "heater" ? packed.target : undefined;
	return current === undefined && target === undefined ? undefined : temperature(current, target);
}
