// Why it heats or does not: the word for programs, the sentence for people.

import { type Asker, askerWords } from "../event-log/asker";
import { hoursAndMinutes } from "../event-log/hours-and-minutes";
import type { Temperature } from "../printers/printer-state";
import type { ReasonCode, ReasonDetails } from "./breath-state";
import type { ActiveFilament } from "./filament-targets";

/** K around the target in which it counts as held; once it does, it may fall a little further before it does not. */
const HELD_BELOW = 1;
const HELD_BELOW_ONCE_HELD = 1.5;
const HELD_ABOVE = 2;

export interface HeatView {
	/** What the mode says: `heating` or `drying` when heat is wanted. */
	wanted: ReasonCode;
	/** °C */
	target: number;
	/** °C */
	chamber: number | undefined;
	/** The first good readings are there. */
	ready: boolean;
	elementAtLimit: boolean;
	/** The reason so far. */
	before: ReasonCode;
}

/** What the sensors add to what the mode says. */
export function heatReason({ wanted, target, chamber, ready, elementAtLimit, before }: HeatView): ReasonCode {
	if (wanted !== "heating" && wanted !== "drying") return wanted;
	if (!ready || chamber === undefined) return "no_reading";
	if (wanted === "drying") return "drying";
	if (chamber > target + HELD_ABOVE) return "above_target";
	const held = before === "holding" ? HELD_BELOW_ONCE_HELD : HELD_BELOW;
	if (chamber >= target - held) return "holding";
	return elementAtLimit ? "element_hot" : "heating";
}

export interface ReasonFacts {
	code: ReasonCode;
	/** °C aimed at. */
	target: number;
	/** Who turned it off; absent since the start. */
	offBy: Asker | undefined;
	/** Of the fault. */
	faultText: string;
	/** Of the printer that auto follows, if there is one. */
	printerName: string | undefined;
	/** Auto is to follow a Klipper printer. */
	isKlipper: boolean;
	bed: Temperature | undefined;
	bedThreshold: number;
	filament: ActiveFilament | undefined;
	/** The fan runs because the bed is warm. */
	filtering: boolean;
	/** The fan runs although nothing wants it. */
	coolingDown: boolean;
	/** Until the chamber is warm, where it can be said. */
	minutesToTarget: number | undefined;
	dryingMinutesLeft: number;
	/** Until heat goes off, when nobody is there. */
	minutesAlone: number | undefined;
	/** That nobody was there when heat went off. */
	minutesAbandoned: number;
	/** That the drying cycle still had which ended then. */
	minutesLost: number;
}

/** What the words tell besides the code and what the state says anyway. `undefined`: nothing. */
export function reasonDetails(facts: ReasonFacts): ReasonDetails | undefined {
	const details: ReasonDetails = {};
	addMain(details, facts);
	if (facts.minutesAlone !== undefined) details.minutesAlone = facts.minutesAlone;
	else addFan(details, facts);
	return Object.keys(details).length > 0 ? details : undefined;
}

function addMain(details: ReasonDetails, facts: ReasonFacts): void {
	const { printerName, bed, filament } = facts;
	switch (facts.code) {
		case "off":
			if (facts.offBy !== undefined) details.by = facts.offBy;
			return;
		case "no_printer":
			if (facts.isKlipper) details.klipper = true;
			return;
		case "bed_cold":
			if (bed?.target) details.bedTarget = Math.round(bed.target);
			else if (bed?.current !== undefined) details.bed = Math.round(bed.current);
			break;
		case "filament_cold":
			if (filament?.material !== undefined) {
				details.material = filament.material;
				details.listed = filament.listed;
			}
			break;
		case "printer_offline":
		case "no_job":
			break;
		case "heating":
			if (facts.minutesToTarget !== undefined) details.minutes = facts.minutesToTarget;
			return;
		case "drying":
			details.minutes = facts.dryingMinutesLeft;
			return;
		case "abandoned":
			details.minutes = facts.minutesAbandoned;
			if (facts.minutesLost > 0) details.minutesLost = facts.minutesLost;
			return;
		default:
			return;
	}
	if (printerName !== undefined) details.printer = printerName;
}

function addFan(details: ReasonDetails, { code, coolingDown, filtering }: ReasonFacts): void {
	switch (code) {
		case "off":
		case "drying_done":
		case "abandoned":
			if (coolingDown) details.fan = "runs_on";
			return;
		case "bed_cold":
		case "filament_cold":
		case "no_job":
		case "target_zero":
		case "updating":
			if (filtering) details.fan = "filters";
			return;
		default:
			return;
	}
}

export function reasonText(
	facts: Pick<ReasonFacts, "code" | "target" | "bedThreshold" | "faultText">,
	details: ReasonDetails = {},
): string {
	const text = mainText(facts, details);
	if (details.minutesAlone !== undefined)
		return `${text}. Nobody is connected: heat goes off in ${hoursAndMinutes(details.minutesAlone)}`;
	if (details.fan === undefined) return text;
	return details.fan === "runs_on" ? `${text}; the fan runs on` : `${text}; the fan filters`;
}

function mainText(
	{ code, target, bedThreshold, faultText }: Parameters<typeof reasonText>[0],
	details: ReasonDetails,
): string {
	const { by, minutes, minutesLost } = details;
	const printer = details.printer ?? "the printer";
	switch (code) {
		case "off":
			return by === undefined ? "Off since the start" : `Turned off ${askerWords(by)}`;
		case "fault":
			return faultText;
		case "fan_only":
			return "The fan runs, without heat";
		case "no_printer":
			return details.klipper
				? "Auto cannot follow a Klipper printer yet"
				: "Auto follows a printer, and none is set up";
		case "printer_offline":
			return `Auto follows ${printer}, which does not answer`;
		case "bed_cold":
			return bedText(printer, bedThreshold, details);
		case "filament_cold":
			return filamentText(printer, details);
		case "no_job":
			return `Waiting for a print on ${printer}`;
		case "target_zero":
			return "The target is 0 °C: no heat";
		case "heating":
			return minutes === undefined
				? `Heating the chamber to ${target} °C`
				: `Heating the chamber, about ${minutes} min to ${target} °C`;
		case "holding":
			return `Holding ${target} °C`;
		case "above_target":
			return `The chamber is warmer than ${target} °C: no heat needed`;
		case "drying":
			return `Drying at ${target} °C, ${hoursAndMinutes(minutes ?? 0)} left`;
		case "drying_done":
			return "Drying is done";
		case "element_hot":
			return "The heating element is at its limit and rests";
		case "abandoned":
			return minutesLost === undefined
				? `Turned off: nobody was connected for ${hoursAndMinutes(minutes ?? 0)}`
				: `Drying stopped ${hoursAndMinutes(minutesLost)} before its end: nobody was connected for ${hoursAndMinutes(minutes ?? 0)}`;
		case "updating":
			return "No heat while a new firmware is being received";
		case "no_reading":
			return "Waiting for the first readings of the sensors";
	}
}

function bedText(printer: string, bedThreshold: number, { bedTarget, bed }: ReasonDetails): string {
	if (bedTarget !== undefined)
		return `Waiting for the bed of ${printer}: it is set to ${bedTarget} °C, and heat begins at ${bedThreshold} °C`;
	if (bed !== undefined) return `Waiting for the bed of ${printer}: ${bed} of ${bedThreshold} °C`;
	return `Waiting for the bed of ${printer} to reach ${bedThreshold} °C`;
}

function filamentText(printer: string, { material, listed }: ReasonDetails): string {
	if (material === undefined) return `${printer} does not say which filament it prints`;
	return listed
		? `${printer} prints ${material}, which wants no warm chamber`
		: `${printer} prints ${material}, for which no temperature is set`;
}
