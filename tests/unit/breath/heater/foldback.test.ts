import assert from "node:assert/strict";
import { test } from "node:test";
import { foldBack } from "../../../../modules/breath/heater/foldback";

test("the element rests from 102 °C on until it is down at 99 °C", () => {
	assert.equal(foldBack(false, 101.9), false);
	assert.equal(foldBack(false, 102), true);
	assert.equal(foldBack(false, 120), true);
	assert.equal(foldBack(true, 101), true);
	assert.equal(foldBack(true, 99.1), true);
	assert.equal(foldBack(true, 99), false);
	assert.equal(foldBack(true, 20), false);
});

test("an unknown temperature neither begins nor ends its rest", () => {
	assert.equal(foldBack(true, undefined), true);
	assert.equal(foldBack(false, undefined), false);
});
