// The parts of the simulated heater that need no world: thermistor, zero crosses, chance.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReferenceOhms } from "../../../../modules/platform/heater-board";
import { seededRandom } from "../../../../sim/heater/seeded-random";
import { measure, type ThermistorCondition } from "../../../../sim/heater/thermistor";
import { ZeroCrosses } from "../../../../sim/heater/zero-crosses";

const REFERENCES: readonly ReferenceOhms[] = [33_000, 82_000];

function samples(celsius: number, referenceOhms: ReferenceOhms, condition: ThermistorCondition = "good") {
	const random = seededRandom(1);
	return Array.from({ length: 500 }, () => measure({ celsius, condition, referenceOhms }, random));
}

test("a good thermistor reads its own temperature with a little noise, with either reference", () => {
	for (const referenceOhms of REFERENCES) {
		for (const celsius of [15, 22, 40, 55, 85, 105, 120]) {
			const readings = samples(celsius, referenceOhms).map(({ temperature }) =>
				temperature.status === "ok" ? temperature.celsius : Number.NaN,
			);
			const mean = readings.reduce((sum, value) => sum + value, 0) / readings.length;
			assert.ok(Math.abs(mean - celsius) < 0.2, `${celsius} °C read ${mean}`);
			for (const value of readings) assert.ok(Math.abs(value - celsius) < 3, `${celsius} °C read ${value}`);
			assert.ok(new Set(readings).size > 3, "there is noise");
		}
	}
});

test("a reading is whole numbers: what a converter of 12 bits gives", () => {
	for (const { sample } of samples(55, 82_000)) {
		assert.ok(Number.isInteger(sample.raw) && Number.isInteger(sample.millivolts));
		assert.equal(sample.referenceOhms, 82_000);
	}
});

test("a thermistor with a broken lead, touching leads or a dead converter reads as that, every time", () => {
	for (const referenceOhms of REFERENCES) {
		for (const [condition, status] of [
			["open", "open"],
			["short", "short"],
			["converter_dead", "failed"],
		] as const) {
			const found = new Set(
				samples(55, referenceOhms, condition).map(({ temperature }) => temperature.status),
			);
			assert.deepEqual([...found], [status]);
		}
	}
});

test("the same seed gives the same numbers, from 0 to below 1 and evenly", () => {
	const [first, second] = [seededRandom(7), seededRandom(7)];
	const numbers = Array.from({ length: 10_000 }, () => first());
	assert.deepEqual(
		numbers,
		Array.from({ length: 10_000 }, () => second()),
	);
	assert.ok(numbers.every((number) => number >= 0 && number < 1));
	assert.ok(Math.abs(numbers.reduce((sum, number) => sum + number, 0) / numbers.length - 0.5) < 0.01);
	assert.notEqual(seededRandom(8)(), seededRandom(7)());
});

test("the first zero cross does not count, the second does, and then each half-wave", () => {
	const crosses = new ZeroCrosses(50);
	assert.equal(crosses.lastAt(1_000), undefined);
	crosses.setVisible(true, 1_003);
	assert.equal(crosses.lastAt(1_019), undefined);
	assert.equal(crosses.nextAt(1_003), 1_020);
	assert.equal(crosses.lastAt(1_020), 1_020);
	assert.equal(crosses.lastAt(1_039), 1_030);
	assert.equal(crosses.nextAt(1_030), 1_040);
});

test("when the mains goes the last zero cross is remembered, and no next one is promised", () => {
	const crosses = new ZeroCrosses(60);
	crosses.setVisible(true, 0);
	crosses.setVisible(false, 1_001);
	const last = crosses.lastAt(1_001) ?? Number.NaN;
	assert.ok(Math.abs(last - 1_000) < 1e-6, `${last}`);
	assert.equal(crosses.lastAt(60_000), last);
	assert.equal(crosses.nextAt(60_000), undefined);
	crosses.setVisible(true, 60_001);
	assert.equal(crosses.lastAt(60_010), last);
	assert.ok((crosses.lastAt(60_030) ?? 0) > 60_000);
});

test("a chip that starts anew knows of no zero cross before", () => {
	const crosses = new ZeroCrosses(50);
	crosses.setVisible(true, 0);
	crosses.forget(1_005);
	assert.equal(crosses.lastAt(1_015), undefined);
	assert.equal(crosses.lastAt(1_020), 1_020);
	crosses.setVisible(false, 1_050);
	crosses.forget(2_000);
	assert.equal(crosses.lastAt(3_000), undefined);
});
