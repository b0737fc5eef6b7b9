// Watches the element from when it gets power: does it follow, or does the chamber's sensor follow instead?

import type { FaultCode } from "./faults";
import {
	ELEMENT_EXCESS,
	ELEMENT_RISE,
	POWER_MS,
	POWER_WINDOW_MS,
	SETTLED_CHANGE,
	SETTLED_WINDOW_MS,
	SWAPPED_LEAD,
	SWAPPED_MS,
	SWAPPED_RISE,
} from "./limits";

export interface PowerWindow {
	/** Since the window began; `undefined`: none is open. */
	readonly ms: number | undefined;
	/** Of that, with power. */
	readonly onMs: number;
	/** °C at its beginning. */
	readonly element: number;
	readonly chamber: number;
}

export const noPowerWindow: PowerWindow = Object.freeze({ ms: undefined, onMs: 0, element: 0, chamber: 0 });

/** Opens with power and ends when there was enough of it, or after its time. */
export function watchPower(
	last: PowerWindow,
	powered: boolean,
	element: number,
	chamber: number,
	elapsedMs: number,
): PowerWindow {
	if (last.ms === undefined || last.ms >= POWER_WINDOW_MS || hadPower(last))
		return powered ? { ms: 0, onMs: 0, element, chamber } : noPowerWindow;
	return { ...last, ms: last.ms + elapsedMs, onMs: last.onMs + (powered ? elapsedMs : 0) };
}

/** All but full power has just been on for a while, and the element was as far above the chamber before it as now. */
export function isSettled(window: PowerWindow, element: number, chamber: number): boolean {
	if (window.ms === undefined || window.ms > SETTLED_WINDOW_MS || !hadPower(window)) return false;
	return Math.abs(element - chamber - (window.element - window.chamber)) < SETTLED_CHANGE;
}

export function powerFault(window: PowerWindow, element: number, chamber: number): FaultCode | undefined {
	if (window.ms === undefined) return undefined;
	const elementRise = element - window.element;
	const chamberRise = chamber - window.chamber;
	const isSoon = window.ms <= SWAPPED_MS;
	const isAhead = elementRise < chamberRise / 2 && chamber >= element + SWAPPED_LEAD;
	if (isSoon && isAhead && chamberRise >= SWAPPED_RISE) return "sensors_swapped";
	if (hadPower(window) && elementRise < ELEMENT_RISE && element < chamber + ELEMENT_EXCESS)
		return "heating_too_slow";
	return undefined;
}

function hadPower(window: PowerWindow): boolean {
	return window.onMs >= POWER_MS;
}
