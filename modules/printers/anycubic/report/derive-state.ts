// From what is known of a printer to the neutral state: each part is made anew only when something of it changed.

import type { Clock } from "../../../platform/clock";
import type { LightName, PrinterCapabilities } from "../../capabilities";
import type { FanSpeeds, PrinterState, Temperature } from "../../printer-state";
import type { PrinterStatePatch } from "../../printer-store";
import { capabilitiesOf, lightName } from "../models";
import type { AnycubicReport, HeatReport } from "./anycubic-report";
import { deriveFaults } from "./derive-faults";
import { deriveFilament } from "./derive-filament";
import { deriveJob } from "./derive-job";
import { Section, type Sections } from "./sections";

export interface DeriveOptions {
	modelId: string;
	/** Tells what time it is when the printer says how long its job takes. */
	clock: Pick<Clock, "wallTime">;
}

/** The parts that `changed` names; `before` is the state as it is. How the link is, the link says. */
export function deriveState(
	report: AnycubicReport,
	{ modelId, clock }: DeriveOptions,
	changed: Sections,
	before: PrinterState,
): PrinterStatePatch {
	const patch: PrinterStatePatch = {};
	let { capabilities } = before;
	if (changed & Section.lights) {
		const lights = deriveLights(report);
		capabilities = capabilitiesOf(modelId, lightNames(report));
		patch.capabilities = capabilities;
		patch.lights = lights;
	}
	if (changed & Section.job) patch.job = deriveJob(report, before.job, clock.wallTime());
	if (changed & Section.nozzle) patch.nozzles = [{ ...temperature(report.nozzle), active: true }];
	if (changed & Section.bed) patch.bed = temperature(report.bed);
	if (changed & Section.chamber) patch.chamber = deriveChamber(report, capabilities);
	if (changed & Section.fans) patch.fans = deriveFans(report, capabilities);
	if (changed & (Section.filament | Section.job)) patch.filament = deriveFilament(report, modelId);
	// What can be done about a fault depends on the job.
	if (changed & (Section.faults | Section.job)) patch.faults = deriveFaults(report);
	if (changed & Section.firmware) patch.firmware = report.firmware;
	return patch;
}

function temperature({ current, target }: HeatReport): Temperature {
	const known: Temperature = {};
	if (current !== undefined) known.current = current;
	if (target !== undefined) known.target = target;
	return known;
}

/** Printers without a sensor say 0 °C. */
function deriveChamber(
	{ chamber }: AnycubicReport,
	{ chamberSensor }: PrinterCapabilities,
): Temperature | undefined {
	if (!chamberSensor || !chamber.current) return undefined;
	return temperature(chamber.target ? chamber : { current: chamber.current });
}

/** All report speeds of fans that some do not have. */
function deriveFans({ fans }: AnycubicReport, { auxFan, chamberFan }: PrinterCapabilities): FanSpeeds {
	const speeds: FanSpeeds = {};
	if (fans.part !== undefined) speeds.part = fans.part;
	if (auxFan && fans.aux !== undefined) speeds.aux = fans.aux;
	if (chamberFan && fans.chamber !== undefined) speeds.chamber = fans.chamber;
	return speeds;
}

function deriveLights({ lights }: AnycubicReport): PrinterState["lights"] {
	const state: PrinterState["lights"] = {};
	for (const [kind, isOn] of lights) {
		const name = lightName(kind);
		if (name) state[name] = isOn || state[name] === true;
	}
	return state;
}

function lightNames({ lights }: AnycubicReport): LightName[] {
	const names: LightName[] = [];
	for (const kind of lights.keys()) {
		const name = lightName(kind);
		if (name && !names.includes(name)) names.push(name);
	}
	return names;
}
