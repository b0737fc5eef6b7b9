import assert from "node:assert/strict";
import { test } from "node:test";
import type { SensorInput } from "../../../../modules/breath/heater/inputs";
import {
	hasCooled,
	isBroken,
	isOverheated,
	isReady,
	type SensorState,
	unknownSensor,
	watchSensor,
} from "../../../../modules/breath/heater/sensor-watch";

const LIMIT = 85;
const ok = (celsius: number): SensorInput => ({ status: "ok", celsius });
const open: SensorInput = { status: "open" };

function after(...samples: (number | SensorInput)[]): SensorState {
	return samples.reduce<SensorState>(
		(state, sample) => watchSensor(state, typeof sample === "number" ? ok(sample) : sample, LIMIT),
		unknownSensor,
	);
}

test("a sensor is ready after four good samples in a row, and no longer after a bad one", () => {
	assert.equal(isReady(unknownSensor), false);
	assert.equal(isReady(after(20, 20, 20)), false);
	assert.equal(isReady(after(20, 20, 20, 20)), true);
	assert.equal(isReady(after(20, 20, 20, 20, 20, 20)), true);
	assert.equal(isReady(after(20, 20, 20, 20, open)), false);
	assert.equal(isReady(after(20, 20, 20, 20, open, 20, 20, 20)), false);
	assert.equal(isReady(after(20, 20, 20, 20, open, 20, 20, 20, 20)), true);
});

test("a sensor is broken after three bad samples without four good ones in a row between them", () => {
	assert.equal(isBroken(unknownSensor), false);
	assert.equal(isBroken(after(open, open)), false);
	assert.equal(isBroken(after(open, open, open)), true);
	assert.equal(isBroken(after(open, open, open, open)), true);
	assert.equal(isBroken(after(open, 20, open, 20, 20, 20, open)), true);
	assert.equal(isBroken(after(open, open, 20, 20, 20, 20, open, open)), false);
});

test("a bad sample has no temperature and says why", () => {
	for (const status of ["open", "short", "failed"] as const) {
		const state = after(20, 20, { status });
		assert.equal(state.celsius, undefined);
		assert.equal(state.steady, undefined);
		assert.equal(state.status, status);
	}
	assert.equal(after(20).status, "ok");
	assert.equal(after(20).celsius, 20);
});

test("a number that no thermistor gives is a failure", () => {
	for (const nonsense of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.1, 135.1]) {
		assert.equal(after(nonsense).status, "failed");
		assert.equal(after(nonsense).celsius, undefined);
	}
	assert.equal(after(0).celsius, 0);
	assert.equal(after(135).celsius, 135);
});

test("a sensor is overheated at the second sample in a row above its limit, and no longer at one below", () => {
	assert.equal(isOverheated(after(85, 85, 85)), false);
	assert.equal(isOverheated(after(85.1)), false);
	assert.equal(after(85.1).hot, 1);
	assert.equal(isOverheated(after(85.1, 85, 85.1)), false);
	assert.equal(isOverheated(after(85.1, 85.1)), true);
	assert.equal(isOverheated(after(85.1, 85.1, 90)), true);
	assert.equal(isOverheated(after(85.1, open, 85.1)), false);
	assert.equal(after(85.1, 85.1, 85).hot, 0);
});

test("a sensor has cooled ten degrees below its limit, if it gives a number", () => {
	assert.equal(hasCooled(after(75), LIMIT), false);
	assert.equal(hasCooled(after(74.9), LIMIT), true);
	assert.equal(hasCooled(after(20, open), LIMIT), false);
	assert.equal(hasCooled(unknownSensor, LIMIT), false);
});

test("one disturbed sample does not show in what is compared over time", () => {
	assert.equal(after(20).steady, 20);
	assert.equal(after(20, 30).steady, 20);
	assert.equal(after(30, 20).steady, 30);
	assert.equal(after(20, 30, 40).steady, 30);
	assert.equal(after(20, 90, 21).steady, 21);
	assert.equal(after(20, 90, 21, 22).steady, 22);
	assert.equal(after(22, 5, 21).steady, 21);
	assert.equal(after(40, 30, 20).steady, 30);
	assert.equal(after(30, 20, 40).steady, 30);
	assert.equal(after(20, 40, 30).steady, 30);
	// Nothing from before a bad sample is compared with.
	assert.equal(after(90, 90, open, 20).steady, 20);
	assert.equal(after(90, 90, open, 20, 30).steady, 20);
});
