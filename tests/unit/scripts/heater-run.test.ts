// What the firmware's control makes of the simulated chamber, in the numbers that the chart shows.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
	firmwareControl,
	performanceOf,
	type RunOptions,
	run,
	type Sample,
	thermostatControl,
} from "../../../scripts/heater-run";

const MINUTE = 60_000;
const common: Omit<RunOptions, "control"> = {
	target: 55,
	volumeLitres: 40,
	ambientCelsius: 22,
	durationMs: 45 * MINUTE,
};

for (const [target, volumeLitres, ambientCelsius] of [
	[55, 40, 22],
	[45, 30, 25],
	[60, 60, 22],
	[40, 40, 15],
] as const) {
	test(`${volumeLitres} l from ${ambientCelsius} to ${target} °C: less than 1.5 °C too warm, then within 1 °C`, () => {
		const durationMs = 75 * MINUTE;
		const control = firmwareControl;
		const found = performanceOf(run({ target, volumeLitres, ambientCelsius, durationMs, control }), target);
		const words = JSON.stringify(found);
		assert.ok(found.riseSeconds !== undefined, words);
		assert.ok(found.overshoot < 1.5, words);
		assert.ok(found.settledSeconds !== undefined && found.settledSeconds < found.riseSeconds + 600, words);
		assert.ok(found.lowest > target - 1 && found.highest < target + 1, words);
		assert.ok(found.hottestElement < 102.5, words);
	});
}

test("the firmware's control beats a thermostat of 1 °C: less too warm, a quarter of the swing", () => {
	const [ours, plain] = [firmwareControl, thermostatControl].map((control) =>
		performanceOf(run({ ...common, control }), common.target),
	);
	assert.ok(ours && plain);
	assert.ok(ours.overshoot < plain.overshoot);
	assert.ok(ours.highest - ours.lowest < (plain.highest - plain.lowest) / 4);
});

test("the numbers come from the samples", () => {
	const sample = (seconds: number, chamber: number, heating: boolean): Sample => ({
		...{ seconds, chamber, heating },
		element: 80,
		duty: 0,
	});
	const samples = [
		sample(0, 20, true),
		sample(1, 50, true),
		sample(2, 52, false),
		sample(3, 51, false),
		sample(4, 49.5, true),
		sample(5, 50.5, false),
	];
	assert.deepEqual(performanceOf(samples, 50), {
		riseSeconds: 1,
		overshoot: 2,
		settledSeconds: 3,
		lowest: 49.5,
		highest: 50.5,
		duty: 0.5,
		switchings: 0,
		hottestElement: 80,
	});
	assert.equal(performanceOf(samples.slice(0, 3), 50).settledSeconds, undefined);
});
