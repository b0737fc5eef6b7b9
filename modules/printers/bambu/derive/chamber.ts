import { known } from "../../known";
import type { Temperature } from "../../printer-state";
import type { BambuModel } from "../models";
import type { PrintReport } from "../report-schema";
import { unpackTemperature } from "./packed-temperature";

/** `undefined` for a model without a sensor, whatever it reports, and as long as nothing is known. */
export function deriveChamber(print: PrintReport, model: BambuModel): Temperature | undefined {
	if (model.chamber === "none") return undefined;
	const packed = unpackTemperature(print.device?.ctc?.info?.temp);
	const chamber = known<Temperature>({
		current: print.chamber_temper ?? packed.current,
		target: model.chamber === "heater" ? packed.target : undefined,
	});
	return chamber.current === undefined && chamber.target === undefined ? undefined : chamber;
}
