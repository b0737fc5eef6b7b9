// From the merged report to the neutral state: each part is made anew only when something it depends on changed.

import type { PrinterState } from "../../printer-state";
import type { PrinterStatePatch } from "../../printer-store";
import { findModel } from "../models";
import { Section } from "../report-fields";
import type { ReportChanges } from "../report-merge";
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

/** The parts that depend on what changed; `before` is the state that was derived before that. */
export function deriveState(
	report: BambuReport,
	serial: string,
	changes: ReportChanges,
	before: PrinterState,
): PrinterStatePatch {
	const { changed } = changes;
	const print = report.print ?? {};
	const modules = report.info?.module ?? [];
	const patch: PrinterStatePatch = {};
	if (changed & (Section.job | Section.jobName)) patch.job = deriveJob(print, changes, before.job);
	if (changed & (Section.nozzles | Section.nozzleTemperatures))
		patch.nozzles = deriveNozzles(print, changes, before.nozzles);
	if (changed & Section.bed) patch.bed = deriveBed(print);
	if (changed & (Section.chamber | Section.fans)) {
		const model = findModel(serial, modules);
		if (changed & Section.chamber) patch.chamber = deriveChamber(print, model);
		if (changed & Section.fans) patch.fans = deriveFans(print, model);
	}
	if (changed & Section.lights) patch.lights = deriveLights(print);
	if (changed & Section.anyFilament)
		patch.filament = deriveFilament(print, modules, changes, before.filament);
	if (changed & Section.control) patch.control = deriveControl(print);
	if (changed & Section.faults) patch.faults = deriveFaults(print);
	if (changed === Section.model) {
		patch.model = findModel(serial, modules).name;
		patch.firmware = modules.find(({ name }) => name === "ota")?.sw_ver;
	}
	return patch;
}
