// What the workbench's page may ask of the simulated heater.

import type { HeaterButton } from "../../modules/platform/heater-board";
import { SHORT_PRESS_MS, type SimulatedHeater } from "../heater/simulated-heater";
import { heaterButtonNames } from "../heater/simulated-heater-board";
import { type HeaterSwitch, heaterSwitchNames } from "../heater/switches";

/** Longer than any "held for so long" of the firmware. */
export const LONG_PRESS_MS = 6_000;

export function isHeaterWish(wish: Record<string, unknown>): boolean {
	return ["heaterSwitch", "press", "surroundings"].some((name) => Object.hasOwn(wish, name));
}

/**
 * `{ "heaterSwitch": name, "on": boolean }`, `{ "press": button or buttons, "long": boolean }`
 * or `{ "surroundings": { "volumeLitres"?: number, "ambientCelsius"?: number } }`.
 * Returns what is wrong with the wish, in words; `undefined` once it is done.
 */
export function changeHeater(wish: Record<string, unknown>, heater: SimulatedHeater): string | undefined {
	const { heaterSwitch: name, on, press, long = false, surroundings } = wish;
	const buttons: unknown[] = Array.isArray(press) ? press : [press];
	if (isSwitch(name) && typeof on === "boolean") heater.switches.set(name, on);
	else if (buttons.length > 0 && buttons.every(isButton) && typeof long === "boolean")
		for (const button of buttons) heater.press(button, long ? LONG_PRESS_MS : SHORT_PRESS_MS);
	else if (typeof surroundings === "object" && surroundings !== null) return surround(surroundings, heater);
	else return "The request names no switch, button or surroundings of the simulated heater.";
	return undefined;
}

function surround(surroundings: object, heater: SimulatedHeater): string | undefined {
	const { volumeLitres, ambientCelsius } = surroundings as Record<string, unknown>;
	try {
		heater.setSurroundings({
			...(volumeLitres !== undefined && { volumeLitres: number(volumeLitres) }),
			...(ambientCelsius !== undefined && { ambientCelsius: number(ambientCelsius) }),
		});
		return undefined;
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return `Not possible: ${error.message}.`;
	}
}

function number(value: unknown): number {
	return typeof value === "number" ? value : Number.NaN;
}

function isSwitch(name: unknown): name is HeaterSwitch {
	return (heaterSwitchNames as readonly unknown[]).includes(name);
}

function isButton(name: unknown): name is HeaterButton {
	return (heaterButtonNames as readonly unknown[]).includes(name);
}
