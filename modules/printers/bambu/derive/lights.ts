import type { LightName } from "../../capabilities";
import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";

/** By the name of their node in a report. Of the heated bed's light printers say nothing. */
const names: ReadonlyMap<string, LightName> = new Map([
	["chamber_light", "chamber"],
	["chamber_light2", "chamber_2"],
	["work_light", "work"],
]);

export function deriveLights({ lights_report = [] }: PrintReport): PrinterState["lights"] {
	const lights: PrinterState["lights"] = {};
	for (const { node = "", mode } of lights_report) {
		const name = names.get(node);
		if (!name) continue;
		if (mode === "on" || mode === "flashing") lights[name] = true;
		else if (mode === "off") lights[name] = false;
	}
	return lights;
}
