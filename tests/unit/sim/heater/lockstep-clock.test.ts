// The accelerated clock of the heater and its chamber: nothing is left out, whatever the process is busy with.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LockstepClock } from "../../../../sim/heater/lockstep-clock";
import { seededRandom } from "../../../../sim/heater/seeded-random";
import { openSimulatedHeater } from "../../../../sim/heater/simulated-heater";
import { ManualClock } from "../../../fakes/manual-clock";

function clocks(speed: number) {
	const real = new ManualClock({ startMs: 5_000, wallTimeMs: 1_700_000_000_000 });
	return { real, clock: new LockstepClock({ clock: real, speed }) };
}

test("time runs as many times faster, the time of day too", () => {
	const { real, clock } = clocks(20);
	assert.equal(clock.now(), 0);
	real.advance(1_000);
	assert.equal(clock.now(), 20_000);
	assert.equal(clock.wallTime(), 1_700_000_020_000);
});

test("each callback sees its own time, in order, also those started meanwhile", () => {
	const { real, clock } = clocks(1_000);
	const seen: string[] = [];
	clock.every(500, () => seen.push(`tick ${clock.now()}`));
	clock.after(700, () => {
		seen.push(`once ${clock.now()}`);
		clock.after(0, () => seen.push(`at once ${clock.now()}`));
		clock.after(100, () => seen.push(`later ${clock.now()}`));
	});
	real.advance(10);
	assert.deepEqual(seen.slice(0, 5), ["tick 500", "once 700", "at once 700", "later 800", "tick 1000"]);
});

test("a process that was busy makes up for it tick by tick, and a computer that slept does not", () => {
	let realMs = 0;
	let beat = (): void => {};
	const real = {
		now: () => realMs,
		wallTime: () => undefined,
		after: () => ({ cancel() {} }),
		every: (_ms: number, callback: () => void) => {
			beat = callback;
			return { cancel() {} };
		},
	};
	const clock = new LockstepClock({ clock: real, speed: 100 });
	const gaps: number[] = [];
	let last = 0;
	clock.every(500, () => {
		gaps.push(clock.now() - last);
		last = clock.now();
	});
	realMs += 200;
	beat();
	assert.equal(gaps.length, 39);
	realMs += 8 * 3_600_000;
	beat();
	assert.equal(clock.now(), 45_000);
	assert.deepEqual(new Set(gaps), new Set([500]));
	assert.equal(clock.wallTime(), undefined);
});

test("a cancelled timer does not run, and after close time stands still", () => {
	const { real, clock } = clocks(10);
	const seen: string[] = [];
	const other = clock.after(60, () => seen.push("other"));
	clock.after(50, () => {
		seen.push("first");
		other.cancel();
		other.cancel();
	});
	clock.after(1_000, () => seen.push("late"));
	real.advance(50);
	clock.close();
	clock.close();
	real.advance(1_000);
	assert.deepEqual(seen, ["first"]);
	assert.equal(clock.now(), 500);
	assert.equal(real.pendingTimers, 0);
});

test("a callback that throws does not lose the timers of others", () => {
	const { real, clock } = clocks(1);
	let ticks = 0;
	clock.every(20, () => ticks++);
	clock.after(30, () => {
		throw new Error("on purpose");
	});
	assert.throws(() => real.advance(100), /on purpose/);
	real.advance(100);
	assert.equal(ticks, 6);
});

test("a speed is a number above 0", () => {
	for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
		assert.throws(() => new LockstepClock({ clock: new ManualClock(), speed }), RangeError);
});

test("a heater that is told to be on at each tick never lapses, at any speed", () => {
	for (const speed of [1, 20, 1_000]) {
		const { real, clock } = clocks(speed);
		const heater = openSimulatedHeater({ clock, random: seededRandom(1) });
		const board = heater.openBoard();
		let ticks = 0;
		clock.every(500, () => {
			if (ticks++ > 0) assert.equal(board.read().outputs.heater, true);
			board.setHeater(true);
			board.setFan(true);
		});
		real.advance(60_000 / speed);
		assert.ok(ticks >= 118 && ticks <= 120, `${ticks}`);
		heater.close();
		clock.close();
	}
});
