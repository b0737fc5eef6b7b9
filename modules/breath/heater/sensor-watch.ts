// Judges the samples of one sensor: is there a number, since when, and is it over the sensor's limit?

import type { SensorInput, SensorStatus } from "./inputs";
import { BAD_SAMPLES, COOLED_BY, GOOD_SAMPLES, HIGHEST_READING, HOT_SAMPLES, LOWEST_READING } from "./limits";

export interface SensorState {
	readonly status: SensorStatus;
	/** °C of this sample: limits are held against it. `undefined` when it is bad. */
	readonly celsius: number | undefined;
	/** °C, the middle one of the last three good samples: one that is disturbed does not show. For comparisons over time. */
	readonly steady: number | undefined;
	/** °C of the sample before this one, or of this one after a bad one. */
	readonly before: number;
	/** Good samples in a row; not counted any further than needed. */
	readonly good: number;
	/** Bad samples since the last time that enough good ones came in a row. */
	readonly bad: number;
	/** Samples in a row above the limit. */
	readonly hot: number;
}

export const unknownSensor: SensorState = Object.freeze({
	status: "failed",
	celsius: undefined,
	steady: undefined,
	before: 0,
	good: 0,
	bad: 0,
	hot: 0,
});

/** @param limit °C that this sensor may not exceed */
export function watchSensor(last: SensorState, input: SensorInput, limit: number): SensorState {
	if (input.status !== "ok") return badSample(last, input.status);
	const { celsius } = input;
	// Written so that NaN is refused too.
	if (!(celsius >= LOWEST_READING && celsius <= HIGHEST_READING)) return badSample(last, "failed");
	const before = last.celsius ?? celsius;
	const good = Math.min(last.good + 1, GOOD_SAMPLES);
	return {
		status: "ok",
		celsius,
		// After a bad sample the first two are the same one, so that the third does not matter.
		steady: middle(celsius, before, last.before),
		before,
		good,
		bad: good === GOOD_SAMPLES ? 0 : last.bad,
		hot: celsius > limit ? Math.min(last.hot + 1, HOT_SAMPLES) : 0,
	};
}

/** Enough good samples in a row, up to this one. */
export function isReady(sensor: SensorState): boolean {
	return sensor.good === GOOD_SAMPLES;
}

/** No number can be had from it, and that is no passing disturbance. */
export function isBroken(sensor: SensorState): boolean {
	return sensor.bad === BAD_SAMPLES;
}

/** The limit is exceeded, and that is no disturbance. */
export function isOverheated(sensor: SensorState): boolean {
	return sensor.hot === HOT_SAMPLES;
}

/** Known to be well below its limit. */
export function hasCooled(sensor: SensorState, limit: number): boolean {
	return sensor.celsius !== undefined && sensor.celsius < limit - COOLED_BY;
}

function badSample(last: SensorState, status: SensorStatus): SensorState {
	return { ...unknownSensor, status, bad: Math.min(last.bad + 1, BAD_SAMPLES) };
}

function middle(a: number, b: number, c: number): number {
	return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
