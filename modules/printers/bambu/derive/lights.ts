import { known } from "../../known";
import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";

export function deriveLights(print: PrintReport): PrinterState["lights"] {
	return known<PrinterState["lights"]>({
		chamber: isOn(print, "chamber_light"),
		work: isOn(print, "work_light"),
	});
}

function isOn(print: PrintReport, node: string): boolean | undefined {
	const mode = print.lights_report?.find((light) => light.node === node)?.mode;
	if (mode === "on" || mode === "flashing") return true;
	return mode === "off" ? false : undefined;
}
