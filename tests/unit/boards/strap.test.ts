import assert from "node:assert/strict";
import { test } from "node:test";
import { millivoltsOf, temperatureOf } from "../../../modules/boards/panda_breath/ntc";
import { referenceOf } from "../../../modules/boards/panda_breath/strap";

test("a low strap means 82 kΩ, a high one 33 kΩ", () => {
	assert.equal(referenceOf({ pulledUp: false, pulledDown: false }), 82_000);
	assert.equal(referenceOf({ pulledUp: true, pulledDown: true }), 33_000);
});

test("a strap that is connected to nothing is taken for 33 kΩ", () => {
	assert.equal(referenceOf({ pulledUp: true, pulledDown: false }), 33_000);
});

test("levels that no circuit explains are taken for 33 kΩ", () => {
	assert.equal(referenceOf({ pulledUp: false, pulledDown: true }), 33_000);
});

test("33 kΩ taken where 82 kΩ is fitted reads too warm at every temperature, so that it errs to the safe side", () => {
	for (let celsius = 12; celsius < 125; celsius++) {
		const read = temperatureOf({
			raw: 2_000,
			millivolts: millivoltsOf(celsius, 82_000),
			referenceOhms: 33_000,
		});
		assert.ok(read.status === "ok" && read.celsius > celsius);
	}
});
