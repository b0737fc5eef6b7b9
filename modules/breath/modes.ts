// What each mode wants of the heater and the fan: a pure function of the settings, the switches and the printer.

import type { JobStatus, PrinterState, Temperature } from "../printers/printer-state";
import type { BreathMode, ReasonCode } from "./breath-state";
import { type ActiveFilament, activeFilament, type FilamentTargets } from "./filament-targets";

/** A bed that falls this far below a threshold, in K, no longer reaches it: its thermostat swings by less. */
export const BED_HYSTERESIS = 3;

export interface ModeInputs {
	mode: BreathMode;
	on: boolean;
	/** A fault keeps the heater off. */
	faulted: boolean;
	fanOnly: boolean;
	/** No heat for a while, whatever is on. */
	held: boolean;
	/** °C for auto and always-on; 0 is no heat, whatever auto goes by. */
	target: number;
	/** °C */
	dryingTarget: number;
	/** °C of the bed from which auto heats. */
	bedThreshold: number;
	/** °C of the bed from which the fan filters; 0 is never. */
	filterThreshold: number;
	autoBy: "bed" | "filament";
	filamentTargets: FilamentTargets;
	/** The printer that auto follows, if there is one. */
	printer: PrinterState | undefined;
	/** What the answer before this one said. */
	followed: Followed;
}

/** What has to be remembered from one answer to the next. */
export interface Followed {
	/** Whether the bed reached the threshold of auto. */
	readonly bedWarm: boolean;
	/** Whether it reached that of the filter. */
	readonly filtering: boolean;
	/** Of the job under way: printers name none while they change it. */
	readonly filament?: ActiveFilament;
}

export const nothingFollowed: Followed = Object.freeze({ bedWarm: false, filtering: false });

export interface ModeDemand {
	/** °C; 0 is no heat. */
	target: number;
	fanWanted: boolean;
	/** `heating` or `drying` when heat is wanted; what the sensors add to that is said in `reasons.ts`. */
	reasonCode: ReasonCode;
	followed: Followed;
}

export function demand(inputs: ModeInputs): ModeDemand {
	const { on, faulted, fanOnly } = inputs;
	if (faulted) return noHeat("fault", fanOnly);
	if (!on) return noHeat(fanOnly ? "fan_only" : "off", fanOnly);
	const printer = isReachable(inputs.printer) ? inputs.printer : undefined;
	const filtering = printer !== undefined && isFilterWanted(printer.bed, inputs);
	if (inputs.held) {
		const followed = { ...inputs.followed, filtering };
		return { target: 0, fanWanted: filtering, reasonCode: "updating", followed };
	}
	const followed = { bedWarm: false, filtering };
	switch (inputs.mode) {
		case "drying":
			return { target: inputs.dryingTarget, fanWanted: filtering, reasonCode: "drying", followed };
		case "always_on":
			return heatTo(inputs.target, followed);
		case "auto":
			if (!inputs.printer) return noHeat("no_printer", false);
			if (!printer) return noHeat("printer_offline", false);
			return inputs.autoBy === "bed"
				? followBed(printer, inputs, followed)
				: followFilament(printer, inputs, followed);
	}
}

/** One that went silent a moment ago is still believed; soon it is either heard again or offline. */
export function isReachable(printer: PrinterState | undefined): boolean {
	return printer?.link === "online" || printer?.link === "stale";
}

export function isJobUnderWay(job: JobStatus): boolean {
	return job === "preparing" || job === "printing" || job === "paused";
}

/**
 * The bed counts as warm as soon as it is set to the threshold, so that chamber and bed get warm together; and, during
 * a job, as long as it still is that warm: some jobs set it lower after their first layers, some printers do not say
 * what it is set to. Without a job a hot bed that was turned off is no reason to heat.
 */
function followBed({ bed, job }: PrinterState, inputs: ModeInputs, followed: Followed): ModeDemand {
	const { bedThreshold } = inputs;
	const holdAt = inputs.followed.bedWarm ? bedThreshold - BED_HYSTERESIS : bedThreshold;
	const bedWarm =
		(bed.target ?? 0) >= bedThreshold || (isJobUnderWay(job.state) && (bed.current ?? 0) >= holdAt);
	if (bedWarm) return heatTo(inputs.target, { ...followed, bedWarm });
	if (inputs.target === 0) return heatTo(0, followed);
	return { target: 0, fanWanted: followed.filtering, reasonCode: "bed_cold", followed };
}

function followFilament(printer: PrinterState, inputs: ModeInputs, followed: Followed): ModeDemand {
	if (inputs.target === 0) return heatTo(0, followed);
	const fanWanted = followed.filtering;
	if (!isJobUnderWay(printer.job.state)) return { target: 0, fanWanted, reasonCode: "no_job", followed };
	const filament = activeFilament(printer.filament, inputs.filamentTargets) ?? inputs.followed.filament;
	if (filament === undefined) return { target: 0, fanWanted, reasonCode: "filament_cold", followed };
	const next = { ...followed, filament };
	if (filament.target === 0) return { target: 0, fanWanted, reasonCode: "filament_cold", followed: next };
	return heatTo(filament.target, next);
}

function isFilterWanted(bed: Temperature, { filterThreshold, followed }: ModeInputs): boolean {
	if (filterThreshold === 0) return false;
	const warmest = Math.max(bed.target ?? 0, bed.current ?? 0);
	return warmest >= (followed.filtering ? filterThreshold - BED_HYSTERESIS : filterThreshold);
}

function heatTo(target: number, followed: Followed): ModeDemand {
	const reasonCode = target === 0 ? "target_zero" : "heating";
	return { target, fanWanted: followed.filtering, reasonCode, followed };
}

function noHeat(reasonCode: ReasonCode, fanWanted: boolean): ModeDemand {
	return { target: 0, fanWanted, reasonCode, followed: nothingFollowed };
}
