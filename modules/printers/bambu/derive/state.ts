// From the merged report to the neutral state: each part is made anew only when something it depends on changed.

import type { PrinterStatePatch } from "../../printer-store";
import { findModel } from "../models";
import { Section, type Sections } from "../report-fields";
import type { BambuReport } from "../report-schema";
import { deriveBed } from "./bed";
import { deriveChamber } from "./chamber";
import { deriveControl } from "./control";
import { deriveFans } from "./fans";
import { deriveFaults } from "./faults";
import { deriveFilament } from "./filament";
import { deriveJob } from "./job";
import { deriveLights } from "./lights";
import { deriveNozzles } from "./nozzles";

export function deriveState(report: BambuReport, serial: string, changed: Sections): PrinterStatePatch {
	const print = report.print ?? {};
	const modules = report.info?.module ?? [];
	const model = findModel(serial, modules);
	const patch: PrinterStatePatch = {};
	if (changed === Section.model) {
		patch.model = model.name;
		patch.firmware = modules.find(({ name }) => name === "ota")?.sw_ver;
	}
	if (changed & Section.job) patch.job = deriveJob(print);
	if (changed & Section.nozzles) patch.nozzles = deriveNozzles(print);
	if (changed & Section.bed) patch.bed = deriveBed(print);
	if (changed & Section.chamber) patch.chamber = deriveChamber(print, model);
	if (changed & Section.fans) patch.fans = deriveFans(print, model);
	if (changed & Section.lights) patch.lights = deriveLights(print);
	if (changed & Section.filament) patch.filament = deriveFilament(print, modules);
	if (changed & Section.control) patch.control = deriveControl(print);
	if (changed & Section.faults) patch.faults = deriveFaults(print);
	return patch;
}
