// When a job will be done: told once the device knows the time, and steady although printers only tell minutes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { benchPrinter, type Json } from "./bench-printer";

const NOON = Date.UTC(2026, 0, 15, 12, 0, 0);

function bench(wallTimeMs?: number) {
	const { printer, deliver, clock } = benchPrinter();
	clock.setWallTime(wallTimeMs);
	const report = (print: Json) => deliver({ print: { command: "push_status", msg: 1, ...print } });
	return { report, clock, finishTime: () => printer.state.job.finishTime };
}

test("the end of a job is counted from the moment when the printer tells how long it takes", () => {
	const { report, clock, finishTime } = bench(NOON);
	report({ gcode_state: "RUNNING", mc_remaining_time: 90 });
	assert.equal(finishTime(), "2026-01-15T13:30:00.000Z");
	clock.advance(20_000);
	assert.equal(finishTime(), "2026-01-15T13:30:00.000Z", "also while nothing is heard");
	report({ mc_remaining_time: 120 });
	assert.equal(finishTime(), "2026-01-15T14:00:00.000Z");
});

test("it stays the same while the printer keeps to it, however its minutes fall", () => {
	const { report, clock, finishTime } = bench(NOON + 40_000);
	report({ gcode_state: "RUNNING", mc_remaining_time: 60 });
	const first = finishTime();
	assert.equal(first, "2026-01-15T13:01:00.000Z");
	for (let minute = 59; minute > 0; minute--) {
		clock.advance(20_000);
		report({ mc_remaining_time: minute, mc_percent: 100 - minute });
		clock.advance(40_000);
		report({ layer_num: 60 - minute });
		assert.equal(finishTime(), first, `${minute} minutes before`);
	}
});

test("no end is told before the device knows the time, and one is told as soon as it does", () => {
	const { report, clock, finishTime } = bench();
	report({ gcode_state: "RUNNING", mc_remaining_time: 30 });
	assert.equal(finishTime(), undefined);
	clock.setWallTime(NOON);
	report({ mc_percent: 5 });
	assert.equal(finishTime(), "2026-01-15T12:30:00.000Z");
});

test("no end is told while a job is paused, unknown, absurd or over", () => {
	const { report, finishTime } = bench(NOON);
	report({ gcode_state: "PAUSE", mc_remaining_time: 30 });
	assert.equal(finishTime(), undefined);
	report({ gcode_state: "RUNNING" });
	assert.equal(finishTime(), "2026-01-15T12:30:00.000Z");
	for (const mc_remaining_time of [0, -1, 1e9, 1e300]) {
		report({ mc_remaining_time });
		assert.equal(finishTime(), undefined, String(mc_remaining_time));
	}
	report({ mc_remaining_time: 30 });
	for (const gcode_state of ["FINISH", "FAILED", "IDLE", "PREPARE?"]) {
		report({ gcode_state });
		assert.equal(finishTime(), undefined, gcode_state);
	}
});
