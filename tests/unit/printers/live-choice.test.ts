import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseLive } from "../../../modules/printers/live-choice";

const choice = { slots: [3, 1, 0, 2], liveLinks: 2, first: [], isChosen: () => false };

test("the first ones in order are live, chosen ones before them, and what comes first before those", () => {
	assert.deepEqual(chooseLive(choice), [3, 1]);
	assert.deepEqual(chooseLive({ ...choice, isChosen: (slot) => slot === 2 }), [2, 3]);
	assert.deepEqual(chooseLive({ ...choice, first: [undefined, 0], isChosen: (slot) => slot === 2 }), [0, 2]);
	assert.deepEqual(
		chooseLive({ ...choice, first: [7], liveLinks: 9 }),
		[3, 1, 0, 2],
		"a slot that is not in use is none",
	);
});

test("never more are live than may be, each once, and as many as may be", () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.nat(9)),
			fc.nat(12),
			fc.array(fc.option(fc.nat(9), { nil: undefined })),
			fc.uniqueArray(fc.nat(9)),
			(slots, liveLinks, first, chosen) => {
				const live = chooseLive({ slots, liveLinks, first, isChosen: (slot) => chosen.includes(slot) });
				assert.equal(live.length, Math.min(liveLinks, slots.length));
				assert.equal(new Set(live).size, live.length);
				assert.ok(live.every((slot) => slots.includes(slot)));
			},
		),
	);
});
