import assert from "node:assert/strict";
import { test } from "node:test";
import {
	hasRested,
	isStuckOn,
	noRest,
	type Rest,
	watchRest,
} from "../../../../modules/breath/heater/rest-watch";

function run(ticks: number, element: number): Rest {
	let rest = noRest;
	for (let tick = 0; tick < ticks; tick++) rest = watchRest(rest, element, 500);
	return rest;
}

test("a window opens ten seconds after power went off, and anew every minute", () => {
	assert.equal(run(19, 50).ms, undefined);
	assert.deepEqual(run(20, 50), { offMs: 10_000, ms: 0, element: 50 });
	assert.equal(run(140, 50).ms, 60_000);
	assert.equal(run(141, 50).ms, 0);
	assert.equal(run(300, 50).offMs, 10_000);
	assert.deepEqual(watchRest(run(30, 50), 70, 500), { offMs: 10_000, ms: 5_500, element: 50 });
	assert.deepEqual(watchRest(run(140, 50), 70, 500), { offMs: 10_000, ms: 0, element: 70 });
	assert.equal(isStuckOn(run(5, 20), 90, 20), false);
});

test("an element that rises by 5 K without power, above the air, is stuck on", () => {
	const rest = run(30, 50);
	assert.equal(isStuckOn(rest, 55, 45), true);
	assert.equal(isStuckOn(rest, 54.9, 20), false);
	assert.equal(isStuckOn(rest, 55, 45.1), false);
});

test("a hot element that does not cool by 3 K in a minute without power is stuck on", () => {
	const rest = run(140, 90);
	assert.equal(isStuckOn(rest, 87.1, 57), true);
	assert.equal(isStuckOn(rest, 87, 57), false);
	assert.equal(isStuckOn(rest, 88, 58), true);
	assert.equal(isStuckOn(rest, 88, 58.1), false);
	assert.equal(isStuckOn(run(139, 90), 90, 20), false);
});

test("an element has rested when it is known to be less than 15 K above the chamber", () => {
	assert.equal(hasRested(64.9, 50), true);
	assert.equal(hasRested(65, 50), false);
	assert.equal(hasRested(undefined, 50), false);
	assert.equal(hasRested(20, undefined), false);
});
