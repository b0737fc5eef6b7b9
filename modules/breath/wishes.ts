// What may be asked of the chamber heater, and what of that is stored as settings.

import { settingsSchema } from "../settings/schema";
import type { SettingsChanges } from "../settings/settings";
import type { BreathMode } from "./breath-state";
import type { DryingPlan, DryingPreset } from "./drying";

/**
 * Wishes; absent is "as it is". Numbers are rounded and clamped to the range of their setting, NaN is ignored.
 * What turns heat off comes first, and wins over what would turn it on in the same call.
 */
export interface BreathChanges {
	/** Also stored. Drying ends when it is left, and has to be started when it is entered; `on` stays otherwise. */
	mode?: BreathMode;
	/** `true` starts the mode; in drying, that is the cycle. `false` ends everything: heat, cycle, fan alone. */
	on?: boolean;
	/**
	 * °C for auto and always-on. What is above 0 is also stored. 0 is no heat from this moment on, in any mode, also for
	 * a running drying cycle, which ends; it is not stored, and the last target above 0 is back after a restart, with a
	 * start by a button, and with any start after an `on: false` that came later: the 0 was a part of turning off then.
	 */
	target?: number;
	bedThreshold?: number;
	filterThreshold?: number;
	/** The fan without heat: what heats is turned off. Starting a mode ends it. */
	fanOnly?: boolean;
	/** Either of these two makes the preset `custom`, unless one is named in the same call. */
	dryingTarget?: number;
	dryingHours?: number;
	dryingPreset?: DryingPreset;
	/**
	 * `true` selects drying and starts a cycle, if none runs, unless another mode is named in the same call; `false` ends
	 * it and leaves other modes alone.
	 */
	dryingRunning?: boolean;
}

/** Each has a setting of its name, which has its range. */
const NUMBERS = Object.freeze([
	"target",
	"bedThreshold",
	"filterThreshold",
	"dryingTarget",
	"dryingHours",
] as const);

/** The same wishes with whole numbers in their ranges; what is none is left out. */
export function inRange(changes: BreathChanges): BreathChanges {
	const wishes = { ...changes };
	for (const name of NUMBERS) {
		const value = within(`breath.${name}`, wishes[name]);
		if (value === undefined) delete wishes[name];
		else wishes[name] = value;
	}
	return wishes;
}

export function isDryingAsked({ dryingRunning, on, mode }: BreathChanges): boolean {
	return dryingRunning === true && on !== false && (mode === undefined || mode === "drying");
}

/** What is to be stored of wishes that are in range; the plan is the one that is shown. */
export function settingsOf(wishes: BreathChanges, plan: DryingPlan): SettingsChanges {
	const { target, bedThreshold, filterThreshold, dryingTarget, dryingHours, dryingPreset } = wishes;
	const stored: { -readonly [K in keyof SettingsChanges]: SettingsChanges[K] } = {};
	const mode = isDryingAsked(wishes) ? "drying" : wishes.mode;
	if (mode !== undefined) stored["breath.mode"] = mode;
	if (target !== undefined && target > 0) stored["breath.target"] = target;
	if (bedThreshold !== undefined) stored["breath.bedThreshold"] = bedThreshold;
	if (filterThreshold !== undefined) stored["breath.filterThreshold"] = filterThreshold;
	if (dryingTarget !== undefined || dryingHours !== undefined) {
		// What was not given stays what is shown, which may be that of a preset.
		stored["breath.dryingTarget"] = dryingTarget ?? plan.target;
		stored["breath.dryingHours"] = dryingHours ?? plan.hours;
		stored["breath.dryingPreset"] = dryingPreset ?? "custom";
	} else if (dryingPreset !== undefined) {
		stored["breath.dryingPreset"] = dryingPreset;
	}
	return stored;
}

function within(key: `breath.${(typeof NUMBERS)[number]}`, value: number | undefined): number | undefined {
	const setting = settingsSchema.get(key);
	if (value === undefined || Number.isNaN(value) || setting?.type !== "integer") return undefined;
	// XS gives the smallest numbers there are (5e-324) back from Math.round as they are.
	return Math.floor(Math.max(setting.min, Math.min(setting.max, value)) + 0.5);
}
