// From the merged report to the neutral state: each part is made anew only when something it depends on changed.

import type { Clock } from "../../../platform/clock";
import type { PrinterState } from "../../printer-state";
import type { PrinterStatePatch } from "../../printer-store";
import { capabilitiesOf } from "../capabilities";
import { modelOf } from "../models";
import { Section, type Sections } from "../report-fields";
import type { ReportChanges } from "../report-merge";
import type { BambuReport } from "../report-schema";
import { deriveBed } from "./bed";
import { deriveChamber } from "./chamber";
import { deriveControl } from "./control";
import { deriveDoor } from "./door";
import { deriveAirDuct, deriveFans } from "./fans";
import { deriveFaults, type FaultText } from "./faults";
import { deriveFilament } from "./filament";
import { deriveJob } from "./job";
import { deriveLights } from "./lights";
import { deriveNozzles } from "./nozzles";

export interface DeriveOptions {
	serial: string;
	/** Tells what time it is when the printer says how long its job takes. */
	clock: Pick<Clock, "wallTime">;
	/** See `Platform.spoolDetails`. */
	spoolDetails: boolean;
	/** Left out: faults are told by module and code. */
	faultText?: FaultText | undefined;
}

const DEPENDS_ON_MODEL = Section.chamber | Section.fans | Section.door | Section.anyFilament;

/** The parts that depend on what changed; `before` is the state that was derived before that. */
export function deriveState(
	report: BambuReport,
	options: DeriveOptions,
	changes: ReportChanges,
	before: PrinterState,
): PrinterStatePatch {
	const { changed } = changes;
	const print = report.print ?? {};
	const patch: PrinterStatePatch = {};
	if (changed & Section.capabilities) deriveModel(report, options.serial, changed, before, patch);
	if (changed & (Section.job | Section.jobName))
		patch.job = deriveJob(print, changes, before.job, options.clock.wallTime());
	if (changed & (Section.nozzles | Section.nozzleTemperatures))
		patch.nozzles = deriveNozzles(print, changes, before.nozzles);
	if (changed & Section.bed) patch.bed = deriveBed(print);
	if (changed & DEPENDS_ON_MODEL) {
		const capabilities = patch.capabilities ?? before.capabilities;
		if (changed & Section.chamber) patch.chamber = deriveChamber(print, capabilities);
		if (changed & Section.fans) {
			patch.fans = deriveFans(print, capabilities);
			patch.airDuct = deriveAirDuct(print, capabilities);
		}
		if (changed & Section.door)
			patch.door = deriveDoor(print, {
				model: patch.model ?? before.model,
				firmware: changed === Section.model ? patch.firmware : before.firmware,
				capabilities,
			});
		if (changed & Section.anyFilament) {
			const modules = report.info?.module ?? [];
			const { spoolDetails } = options;
			patch.filament = deriveFilament(
				{ print, modules, capabilities, spoolDetails },
				changes,
				before.filament,
			);
		}
	}
	if (changed & Section.lights) patch.lights = deriveLights(print);
	if (changed & Section.control) patch.control = deriveControl(print);
	if (changed & Section.faults) patch.faults = deriveFaults(print, options.faultText);
	return patch;
}

/** Into `patch`, before what depends on it. */
function deriveModel(
	report: BambuReport,
	serial: string,
	changed: Sections,
	before: PrinterState,
	patch: PrinterStatePatch,
): void {
	let { model } = before;
	if (changed === Section.model) {
		const modules = report.info?.module ?? [];
		model = modelOf(serial, modules);
		patch.model = model;
		patch.firmware = modules.find(({ name }) => name === "ota")?.sw_ver;
	}
	patch.capabilities = capabilitiesOf(model, report);
}
