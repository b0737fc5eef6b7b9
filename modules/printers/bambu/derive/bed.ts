import type { Temperature } from "../../printer-state";
import type { PrintReport } from "../report-schema";
import { temperature, unpackTemperature } from "./temperature";

export function deriveBed(print: PrintReport): Temperature {
	const packed = unpackTemperature(print.device?.bed?.info?.temp);
	return temperature(print.bed_temper ?? packed.current, print.bed_target_temper ?? packed.target);
}
