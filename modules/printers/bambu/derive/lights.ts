import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";

export function deriveLights(print: PrintReport): PrinterState["lights"] {
	const lights: PrinterState["lights"] = {};
	const chamber = isOn(print, "chamber_light");
	const work = isOn(print, "work_light");
	if (chamber !== undefined) lights.chamber = chamber;
	if (work !== undefined) lights.work = work;
	return lights;
}

function isOn(print: PrintReport, node: string): boolean | undefined {
	const mode = print.lights_report?.find((light) => light.node === node)?.mode;
	if (mode === "on" || mode === "flashing") return true;
	return mode === "off" ? false : undefined;
}
