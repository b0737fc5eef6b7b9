import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dryingPlan, dryingSecondsLeft } from "../../../modules/breath/drying";

test("the presets are those of the stock page; custom is what was set", () => {
	assert.deepEqual(dryingPlan("pla", 42, 3), { target: 55, hours: 12 });
	assert.deepEqual(dryingPlan("petg_abs", 42, 3), { target: 60, hours: 12 });
	assert.deepEqual(dryingPlan("custom", 42, 3), { target: 42, hours: 3 });
});

test("the countdown begins with all hours, ends at 0 and never goes up", () => {
	fc.assert(
		fc.property(
			fc.nat(2 ** 40),
			fc.integer({ min: 1, max: 99 }),
			fc.nat(400_000_000),
			fc.nat(400_000_000),
			(startMs, hours, soonerMs, laterMs) => {
				assert.equal(dryingSecondsLeft(startMs, hours, startMs), hours * 3600);
				assert.equal(dryingSecondsLeft(startMs, hours, startMs - 5_000), hours * 3600);
				const [first, second] = soonerMs < laterMs ? [soonerMs, laterMs] : [laterMs, soonerMs];
				const left = dryingSecondsLeft(startMs, hours, startMs + first);
				assert.ok(left >= dryingSecondsLeft(startMs, hours, startMs + second));
				assert.equal(left === 0, first >= hours * 3_600_000);
			},
		),
	);
});
