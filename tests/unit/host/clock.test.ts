// What the clock of the simulated world promises beside the contract.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../../sim/host/clock";

/** A reading, and the real time before and after it. */
function read(now: () => number): { value: number; before: number; after: number } {
	const before = performance.now();
	const value = now();
	return { value, before, after: performance.now() };
}

for (const speed of [0.5, 1, 60, 1000]) {
	test(`time goes ${speed} times as fast as real time`, async () => {
		const clock = createClock({ speed });
		for (const now of [() => clock.now(), () => clock.wallTime() ?? 0]) {
			const first = read(now);
			await new Promise((resolve) => setTimeout(resolve, 50));
			const second = read(now);
			const passed = second.value - first.value;
			// The time of day is told in whole milliseconds.
			assert.ok(passed >= (second.before - first.after) * speed - 1);
			assert.ok(passed <= (second.after - first.before) * speed + 1);
		}
	});
}

test("the time of day is the real one at first", () => {
	const before = Date.now();
	const time = createClock({ speed: 5 }).wallTime() ?? 0;
	assert.ok(time >= before && time <= before + 1000);
});

test("a day passes in a moment when time runs fast enough", async () => {
	const clock = createClock({ speed: 10_000_000 });
	const start = clock.now();
	await new Promise<void>((resolve) => {
		clock.after(24 * 60 * 60 * 1000, resolve);
	});
	assert.ok(clock.now() - start >= 24 * 60 * 60 * 1000);
});

test("a timer that repeats keeps its beat, and leaves out what it missed", async () => {
	const clock = createClock({ speed: 1000 });
	const start = clock.now();
	const calls: number[] = [];
	await new Promise<void>((resolve) => {
		// An interval of half a real millisecond: Node cannot call that often.
		const timer = clock.every(500, () => {
			calls.push(clock.now() - start);
			if (calls.length < 20) return;
			timer.cancel();
			resolve();
		});
	});
	for (const [index, call] of calls.entries()) assert.ok(call >= (index + 1) * 500);
});

test("a speed that is none is refused", () => {
	for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
		assert.throws(() => createClock({ speed }), RangeError);
	}
});

test("a cancelled timer does not keep the process alive", () => {
	const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
	const before = timers();
	const clock = createClock();
	const cancelled = [clock.after(1_000_000, () => {}), clock.every(1_000_000, () => {})];
	assert.equal(timers(), before + 1);
	for (const timer of cancelled) timer.cancel();
	assert.equal(timers(), before);
});
