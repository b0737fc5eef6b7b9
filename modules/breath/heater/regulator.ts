// How much of the element's power the chamber needs, and when in a period of ten seconds it gets it.

import {
	FAST_FILTER_MS,
	INTEGRAL_MS,
	LOOK_AHEAD_MS,
	PERIOD_MS,
	PROPORTIONAL_BAND,
	SLOW_FILTER_MS,
} from "./limits";

export interface RegulatorState {
	/** °C of the chamber behind the two filters; `undefined` before the first reading. */
	readonly fast: number | undefined;
	readonly slow: number;
	/** The lasting part of the power, 0 to 1. */
	readonly integral: number;
	/** Since the present period began. */
	readonly phaseMs: number;
	/** The share of the present period in which there is power, 0 to 1. */
	readonly duty: number;
}

export const restingRegulator: RegulatorState = Object.freeze({
	fast: undefined,
	slow: 0,
	integral: 0,
	phaseMs: 0,
	duty: 0,
});

/**
 * One step towards `target`.
 * @param free whether power that is asked for is really given, which it is not while the element rests
 */
export function regulate(
	last: RegulatorState,
	target: number,
	chamber: number,
	free: boolean,
	elapsedMs: number,
): RegulatorState {
	const fast = follow(last.fast ?? chamber, chamber, FAST_FILTER_MS, elapsedMs);
	const slow = follow(last.fast === undefined ? chamber : last.slow, chamber, SLOW_FILTER_MS, elapsedMs);
	const slope = (fast - slow) / (SLOW_FILTER_MS - FAST_FILTER_MS);
	const error = target - fast;
	const foreseen = error - slope * LOOK_AHEAD_MS;
	const power = foreseen / PROPORTIONAL_BAND + last.integral;
	const integral = learn(last.integral, error, power, free, elapsedMs);

	const phaseMs = last.phaseMs + elapsedMs;
	// A period without power is over as soon as power is needed.
	if (phaseMs < PERIOD_MS && last.duty > 0) return { fast, slow, integral, phaseMs, duty: last.duty };
	return { fast, slow, integral, phaseMs: 0, duty: Math.min(Math.max(power, 0), 1) };
}

/** Whether this is the part of the period with power. */
export function isPulse(regulator: RegulatorState): boolean {
	return regulator.phaseMs < regulator.duty * PERIOD_MS;
}

/** After a gap: what was measured before is forgotten, what was learnt about the chamber stays. */
export function restartRegulator(last: RegulatorState): RegulatorState {
	return { ...restingRegulator, integral: last.integral };
}

/** Only near the target, and never further into a limit that the power has met already. */
function learn(integral: number, error: number, power: number, free: boolean, elapsedMs: number): number {
	if (Math.abs(error) > PROPORTIONAL_BAND) return integral;
	if (error > 0 ? power >= 1 || !free : power <= 0) return integral;
	return Math.min(Math.max(integral + (error / PROPORTIONAL_BAND) * (elapsedMs / INTEGRAL_MS), 0), 1);
}

function follow(value: number, goal: number, constantMs: number, elapsedMs: number): number {
	return value + ((goal - value) * elapsedMs) / (constantMs + elapsedMs);
}
