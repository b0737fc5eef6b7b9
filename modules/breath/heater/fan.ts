// When the fan runs: with heat, after heat, and for itself. On and off only, and not too often.

import {
	DEFAULT_RELEASE,
	ELEMENT_HOT,
	FAN_ENGAGE_ABOVE,
	FAN_STAYS_MS,
	HIGHEST_RELEASE,
	LOWEST_RELEASE,
} from "./limits";

export interface FanState {
	readonly on: boolean;
	/** For how long it has been so; not counted any further than needed. */
	readonly sinceMs: number;
	/** Heat was given since power-up. */
	readonly heated: boolean;
	/** That heat is being blown away. */
	readonly runningOn: boolean;
}

export const stillFan: FanState = Object.freeze({
	on: false,
	sinceMs: FAN_STAYS_MS,
	heated: false,
	runningOn: false,
});

export interface FanInputs {
	/** The element gets power, is about to, or cannot be kept from it. */
	readonly hasToRun: boolean;
	/** The element gets power. */
	readonly powered: boolean;
	readonly wanted: boolean;
	readonly releaseCelsius: number;
	/** °C, `undefined` when unknown. */
	readonly element: number | undefined;
	readonly chamber: number | undefined;
}

export function turnFan(last: FanState, inputs: FanInputs, elapsedMs: number): FanState {
	const { element, chamber } = inputs;
	const heated = last.heated || inputs.powered || (element !== undefined && element >= ELEMENT_HOT);
	const release = releaseOf(inputs.releaseCelsius) + (last.runningOn ? 0 : FAN_ENGAGE_ABOVE);
	// An unknown sensor counts as a hot one.
	const isCool = element !== undefined && chamber !== undefined && element < release && chamber < release;
	const runningOn = heated && !isCool;
	const isNeeded = inputs.hasToRun || runningOn;
	const on = isNeeded || inputs.wanted;
	const sinceMs = Math.min(last.sinceMs + elapsedMs, FAN_STAYS_MS);
	if (on === last.on || (sinceMs < FAN_STAYS_MS && !isNeeded))
		return { on: last.on, sinceMs, heated, runningOn };
	return { on, sinceMs: 0, heated, runningOn };
}

function releaseOf(celsius: number): number {
	if (Number.isNaN(celsius)) return DEFAULT_RELEASE;
	return Math.min(Math.max(celsius, LOWEST_RELEASE), HIGHEST_RELEASE);
}
