import assert from "node:assert/strict";
import { test } from "node:test";
import { ShownTemperature } from "../../../../modules/breath/heater/shown-temperature";

test("what is shown is the mean of the last five samples, with what is added to each", () => {
	const shown = new ShownTemperature();
	assert.equal(shown.celsius, undefined);
	shown.take(10, 0);
	assert.equal(shown.celsius, 10);
	shown.take(20, 0);
	assert.equal(shown.celsius, 15);
	for (const celsius of [30, 40, 50]) shown.take(celsius, 0);
	assert.equal(shown.celsius, 30);
	shown.take(60, 0);
	assert.equal(shown.celsius, 40);
	for (let sample = 0; sample < 5; sample++) shown.take(20, -2);
	assert.equal(shown.celsius, 18);
});

test("a bad sample shows nothing, and nothing from before it comes back", () => {
	const shown = new ShownTemperature();
	for (const celsius of [10, 20, 30]) shown.take(celsius, 0);
	shown.take(undefined, 0);
	assert.equal(shown.celsius, undefined);
	shown.take(40, 0);
	assert.equal(shown.celsius, 40);
	shown.forget();
	assert.equal(shown.celsius, undefined);
});
