import assert from "node:assert/strict";
import { test } from "node:test";
import { isStillThere } from "../../../../modules/breath/heater/clearing";
import { unknownSensor } from "../../../../modules/breath/heater/sensor-watch";
import { initialState, type StepState } from "../../../../modules/breath/heater/state";

const sensor = (celsius: number, good = 4) => ({ ...unknownSensor, status: "ok" as const, celsius, good });

function state(changes: Partial<StepState> = {}): StepState {
	return { ...initialState, chamber: sensor(40), element: sensor(40), mains: true, ...changes };
}

test("an overheated sensor has to be 10 K below its limit, and known", () => {
	assert.equal(isStillThere("element_overheat", state({ element: sensor(95) })), true);
	assert.equal(isStillThere("element_overheat", state({ element: sensor(94.9) })), false);
	assert.equal(isStillThere("element_overheat", state({ element: unknownSensor })), true);
	assert.equal(isStillThere("chamber_overheat", state({ chamber: sensor(75) })), true);
	assert.equal(
		isStillThere("chamber_overheat", state({ chamber: sensor(74.9), element: sensor(104) })),
		false,
	);
	assert.equal(isStillThere("chamber_overheat", state({ chamber: unknownSensor })), true);
});

test("a broken sensor has to give good samples again, that very sensor", () => {
	for (const status of ["open", "short", "failed"] as const) {
		const chamber = `chamber_sensor_${status}` as const;
		const element = `element_sensor_${status}` as const;
		assert.equal(isStillThere(chamber, state({ chamber: sensor(40, 3) })), true);
		assert.equal(isStillThere(chamber, state({ element: unknownSensor })), false);
		assert.equal(isStillThere(element, state({ element: sensor(40, 3) })), true);
		assert.equal(isStillThere(element, state({ chamber: unknownSensor })), false);
	}
});

test("an element that was stuck on has to be about as cool as the chamber", () => {
	assert.equal(isStillThere("heater_stuck_on", state({ element: sensor(55) })), true);
	assert.equal(isStillThere("heater_stuck_on", state({ element: sensor(54.9) })), false);
	assert.equal(isStillThere("heater_stuck_on", state({ chamber: unknownSensor })), true);
});

test("mains have to be back", () => {
	assert.equal(isStillThere("no_mains", state({ mains: false })), true);
	assert.equal(isStillThere("no_mains", state()), false);
	assert.equal(isStillThere("no_mains", initialState), true, "nothing is known yet");
});

test("what only shows while heating can be cleared at any time", () => {
	const codes = [
		"heating_too_slow",
		"cooling_while_heating",
		"sensors_swapped",
		"storage_unreadable",
		"control_failed",
	] as const;
	for (const code of codes) assert.equal(isStillThere(code, initialState), false);
});
