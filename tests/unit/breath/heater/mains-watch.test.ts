import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepInputs } from "../../../../modules/breath/heater/inputs";
import { mainsAreMissed, mainsAreThere, watchMains } from "../../../../modules/breath/heater/mains-watch";

const inputs = (mainsAgeMs: number | undefined, fan: boolean): StepInputs => ({
	chamber: { status: "failed" },
	element: { status: "failed" },
	mainsAgeMs,
	outputs: { heater: false, fan },
	target: 0,
	fanWanted: false,
	fanReleaseCelsius: 40,
});

test("mains are there when the last zero cross is at most a second old", () => {
	assert.equal(mainsAreThere(undefined), false);
	assert.equal(mainsAreThere(0), true);
	assert.equal(mainsAreThere(1_000), true);
	assert.equal(mainsAreThere(1_001), false);
});

test("time without mains, or without the fan, counts while heat is wanted, and starts anew with each", () => {
	assert.equal(watchMains(700, inputs(undefined, true), true, 500), 1_200);
	assert.equal(watchMains(700, inputs(5_000, true), true, 500), 1_200);
	assert.equal(watchMains(700, inputs(10, false), true, 500), 1_200);
	assert.equal(watchMains(700, inputs(10, true), true, 500), 0);
	assert.equal(watchMains(700, inputs(undefined, false), false, 500), 0);
});

test("mains are missed after more than two seconds, however long it takes", () => {
	assert.equal(mainsAreMissed(2_000), false);
	assert.equal(mainsAreMissed(2_001), true);
	assert.equal(mainsAreMissed(watchMains(1_900, inputs(undefined, true), true, 3_000)), true);
});
