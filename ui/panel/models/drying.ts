// The dryer of a filament unit: presets by material, temperature and time, and what is left.

import type { ModelInput, PrinterOfState } from "../screen";
import { degrees, durationOfMinutes, hours as hoursText, isKnown } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { hasDryer, unitTitle } from "./filament";

/** What a person has chosen so far; the screen keeps it. */
export interface DryingForm {
	/** "PLA": what the printer shows meanwhile. */
	readonly material: string;
	/** °C */
	readonly target: number;
	readonly hours: number;
}

export interface DryingView {
	/** "Dry in AMS A" */
	readonly title: string;
	readonly isDrying: boolean;
	/** "drying, 3 h 20 min left"; "" when it does not. */
	readonly state: string;
	readonly presets: readonly DryingPresetView[];
	readonly target: string;
	readonly hours: string;
	readonly targetLimits: { readonly min: number; readonly max: number };
	readonly hoursLimits: { readonly min: number; readonly max: number };
	readonly start: Action;
	readonly stop: Action;
}

export interface DryingPresetView {
	readonly label: string;
	/** "65 °C · 8 h" */
	readonly text: string;
	readonly form: DryingForm;
	readonly isChosen: boolean;
}

/** The first material that is worth it and that the unit gets warm enough for. */
export function firstDrying(input: ModelInput, unitId: number): DryingForm {
	const { limits } = dryerOf(input, unitId);
	return presets(input, unitId)[0] ?? { material: "PLA", target: limits.min, hours: 8 };
}

export function dryingView(input: ModelInput, unitId: number, form: DryingForm): DryingView {
	const { printer, words, device } = input;
	const { filament } = words;
	const { unit, limits } = dryerOf(input, unitId);
	const minutes = unit?.dryingMinutes;
	const isDrying = isKnown(minutes) && minutes > 0;
	const left = durationOfMinutes(words, minutes);
	const unless = unit !== undefined && !hasDryer(unit.kind) ? words.why.noDryer : dryerWhy(input);
	return {
		title: fill(filament.dryTitle, {
			unit: printer && unit ? unitTitle(words, printer, unit) : words.common.unknown,
		}),
		isDrying,
		state: isDrying ? fill(filament.drying, { time: left }) : "",
		presets: presets(input, unitId).map((preset) => ({
			label: preset.material,
			text: fill(words.heater.presetText, {
				temperature: degrees(words, preset.target),
				hours: hoursText(words, preset.hours),
			}),
			form: preset,
			isChosen:
				preset.material === form.material && preset.target === form.target && preset.hours === form.hours,
		})),
		target: degrees(words, form.target),
		hours: hoursText(words, form.hours),
		targetLimits: limits,
		hoursLimits: device.facts.filament.dryingHours,
		start: action(input, filament.startDrying, { command: "dry_start", unit: unitId, ...form }, { unless }),
		stop: action(
			input,
			filament.stopDrying,
			{ command: "dry_stop", unit: unitId },
			{
				unless: unless || (isDrying ? "" : words.why.notDrying),
				question: {
					title: filament.stopDryingQuestion,
					text: fill(filament.stopDryingText, { time: left }),
					yes: filament.stopDrying,
					no: filament.keepDrying,
					isDangerous: false,
				},
			},
		),
	};
}

function dryerWhy({ printer, words }: ModelInput): string {
	return printer === undefined || printer.capabilities.drying ? "" : words.why.dryerLocal;
}

function dryerOf({ printer, device }: ModelInput, unitId: number) {
	const unit: PrinterOfState["filament"]["units"][number] | undefined = printer?.filament.units.find(
		({ id }) => id === unitId,
	);
	const { dryer } = device.facts.filament;
	return { unit, limits: dryer[unit !== undefined && hasDryer(unit.kind) ? unit.kind : "ams_2_pro"] };
}

/** °C below what a material is best dried at, where it still gets dry. */
const STILL_DRIES = 10;

/** What the unit gets warm enough for, each material once. */
function presets(input: ModelInput, unitId: number): readonly DryingForm[] {
	const { limits } = dryerOf(input, unitId);
	const offered: DryingForm[] = [];
	for (const { material, drying } of input.device.facts.filament.materials) {
		if (drying === undefined || drying.target < limits.min) continue;
		if (drying.target > limits.max + STILL_DRIES) continue;
		if (offered.some((other) => other.material === material)) continue;
		offered.push({ material, target: Math.min(drying.target, limits.max), hours: drying.hours });
	}
	return offered;
}
