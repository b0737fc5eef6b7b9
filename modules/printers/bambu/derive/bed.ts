import { known } from "../../known";
import type { Temperature } from "../../printer-state";
import type { PrintReport } from "../report-schema";
import { unpackTemperature } from "./packed-temperature";

export function deriveBed(print: PrintReport): Temperature {
	const packed = unpackTemperature(print.device?.bed?.info?.temp);
	return known<Temperature>({
		current: print.bed_temper ?? packed.current,
		target: print.bed_target_temper ?? packed.target,
	});
}
