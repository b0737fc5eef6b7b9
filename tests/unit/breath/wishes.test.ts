import assert from "node:assert/strict";
import { test } from "node:test";
import { inRange, settingsOf } from "../../../modules/breath/wishes";

const plan = { target: 55, hours: 12 };

test("numbers come into the range of their setting as whole ones, and what is no number is not wished", () => {
	const asked = { target: 300, bedThreshold: Number.NaN, dryingHours: 5.5, on: true } as const;
	const wishes = inRange(asked);
	assert.deepEqual(wishes, { target: 60, dryingHours: 6, on: true });
	assert.equal(asked.target, 300);
	assert.deepEqual(inRange({ target: -5, filterThreshold: 5e-324 }), { target: 0, filterThreshold: 0 });
});

test("only what is wished is stored, and no target of 0", () => {
	assert.deepEqual(settingsOf({}, plan), {});
	assert.deepEqual(settingsOf({ on: true, fanOnly: false, target: 0 }, plan), {});
	assert.deepEqual(
		settingsOf({ mode: "always_on", target: 50, bedThreshold: 90, filterThreshold: 0 }, plan),
		{
			"breath.mode": "always_on",
			"breath.target": 50,
			"breath.bedThreshold": 90,
			"breath.filterThreshold": 0,
		},
	);
});

test("a drying time of one's own keeps the temperature that is shown, and is no preset", () => {
	assert.deepEqual(settingsOf({ dryingHours: 6 }, plan), {
		"breath.dryingTarget": 55,
		"breath.dryingHours": 6,
		"breath.dryingPreset": "custom",
	});
	assert.deepEqual(settingsOf({ dryingPreset: "pla" }, plan), { "breath.dryingPreset": "pla" });
});

test("who asks for a drying cycle asks for drying, unless another mode or off is named", () => {
	assert.deepEqual(settingsOf({ dryingRunning: true }, plan), { "breath.mode": "drying" });
	assert.deepEqual(settingsOf({ dryingRunning: true, mode: "auto" }, plan), { "breath.mode": "auto" });
	assert.deepEqual(settingsOf({ dryingRunning: true, on: false }, plan), {});
});
