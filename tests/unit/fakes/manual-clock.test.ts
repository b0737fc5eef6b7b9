// The clock that a test moves: what it promises beside the contract of Clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../fakes/manual-clock";

test("time stands still until the test moves it", () => {
	const clock = new ManualClock({ startMs: 1000 });
	assert.equal(clock.now(), 1000);
	clock.advance(500);
	clock.advance(0);
	assert.equal(clock.now(), 1500);
});

test("the time of day is unknown until it is set, and goes on from there", () => {
	const clock = new ManualClock();
	assert.equal(clock.wallTime(), undefined);
	clock.advance(100);
	clock.setWallTime(1_800_000_000_000);
	clock.advance(100);
	assert.equal(clock.wallTime(), 1_800_000_000_100);
	clock.setWallTime(undefined);
	assert.equal(clock.wallTime(), undefined);
	assert.equal(new ManualClock({ startMs: 50, wallTimeMs: 7 }).wallTime(), 7);
});

test("each callback runs at its own time, also those started meanwhile", () => {
	const clock = new ManualClock();
	const calls: [string, number][] = [];
	const note = (name: string) => calls.push([name, clock.now()]);
	clock.after(30, () => note("30"));
	clock.after(10, () => {
		note("10");
		clock.after(5, () => note("10 + 5"));
		clock.after(1000, () => note("too late"));
	});
	const timer = clock.every(12, () => note("every 12"));
	clock.advance(30);
	timer.cancel();
	assert.deepEqual(calls, [
		["10", 10],
		["every 12", 12],
		["10 + 5", 15],
		["every 12", 24],
		["30", 30],
	]);
	assert.equal(clock.now(), 30);
	assert.equal(clock.pendingTimers, 1);
});

test("it counts the timers that are left", () => {
	const clock = new ManualClock();
	const timers = [clock.after(10, () => {}), clock.every(10, () => {})];
	assert.equal(clock.pendingTimers, 2);
	clock.advance(10);
	assert.equal(clock.pendingTimers, 1);
	for (const timer of timers) timer.cancel();
	assert.equal(clock.pendingTimers, 0);
});

test("what a callback throws comes out of advance, and the clock goes on afterwards", () => {
	const clock = new ManualClock();
	const calls: number[] = [];
	clock.after(10, () => {
		throw new Error("from a callback");
	});
	clock.after(20, () => calls.push(clock.now()));
	assert.throws(() => clock.advance(100), /from a callback/);
	assert.equal(clock.now(), 10);
	clock.advance(100);
	assert.deepEqual(calls, [20]);
});

test("timers that feed each other without time passing are found out", () => {
	const clock = new ManualClock();
	const again = (): void => void clock.after(0, again);
	again();
	assert.throws(() => clock.advance(1), /timer calls/);
});

test("wrong use is an error", () => {
	const clock = new ManualClock();
	assert.throws(() => clock.advance(-1), RangeError);
	assert.throws(() => clock.advance(Number.NaN), RangeError);
	clock.after(1, () => clock.advance(1));
	assert.throws(() => clock.advance(1), /by a timer's callback/);
});
