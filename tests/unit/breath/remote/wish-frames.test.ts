// Wishes as the frames that a Panda Breath takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCommands } from "../../../../modules/breath/protocol/commands";
import { type HeaterReport, NOTHING_KNOWN } from "../../../../modules/breath/remote/heater-messages";
import { OFF_FRAMES, planWishes, type RemoteChanges } from "../../../../modules/breath/remote/wish-frames";

const idle: HeaterReport = {
	mode: "always_on",
	on: false,
	target: 45,
	dryingRunning: false,
	dryingTarget: 60,
	dryingHours: 12,
};
const settingsOf = (changes: RemoteChanges, known: HeaterReport = idle) =>
	planWishes(changes, known).frames.map((frame) => (JSON.parse(frame) as { settings: unknown }).settings);

test("heat is asked for as stock pages do it: mode, then target, then on, one field a frame", () => {
	assert.deepEqual(settingsOf({ on: true, target: 45, mode: "always_on" }), [
		{ work_mode: 2 },
		{ set_temp: 45 },
		{ work_on: true },
	]);
	assert.deepEqual(planWishes({ on: true, target: 45, mode: "always_on" }, idle).expected, {
		mode: "always_on",
		target: 45,
		on: true,
	});
});

test("a drying cycle that runs, or may run, is ended before another mode begins", () => {
	for (const known of [{ ...idle, dryingRunning: true }, NOTHING_KNOWN])
		assert.deepEqual(settingsOf({ mode: "auto" }, known), [{ isrunning: 0 }, { work_mode: 1 }]);
});

test("drying with a temperature of its own is committed, and always with its hours", () => {
	assert.deepEqual(settingsOf({ dryingRunning: true, dryingTarget: 50, dryingHours: 6 }), [
		{ work_mode: 3 },
		{ filament_temp: 50 },
		{ filament_timer: 6 },
		{ filament_drying_mode: 3 },
		{ isrunning: 1 },
	]);
	assert.deepEqual(settingsOf({ dryingTarget: 50 }), [
		{ filament_temp: 50 },
		{ filament_timer: 12 },
		{ filament_drying_mode: 3 },
	]);
});

test("what a heater says of its own drying is asked of it within the limits only", () => {
	const wrong = { ...idle, dryingTarget: 999, dryingHours: 500 };
	assert.deepEqual(settingsOf({ dryingHours: 5 }, wrong).slice(0, 2), [
		{ filament_temp: 60 },
		{ filament_timer: 5 },
	]);
	assert.deepEqual(settingsOf({ dryingTarget: 50 }, wrong).slice(0, 2), [
		{ filament_temp: 50 },
		{ filament_timer: 99 },
	]);
});

test("a preset is named alone, and drying is stopped by one frame", () => {
	assert.deepEqual(settingsOf({ dryingPreset: "pla" }), [{ filament_drying_mode: 1 }]);
	assert.deepEqual(settingsOf({ dryingPreset: "petg_abs", dryingRunning: true }), [
		{ work_mode: 3 },
		{ filament_drying_mode: 2 },
		{ isrunning: 1 },
	]);
	assert.deepEqual(settingsOf({ dryingRunning: false }), [{ isrunning: 0 }]);
});

test("to turn on in the mode drying is to start a cycle", () => {
	assert.deepEqual(settingsOf({ on: true }, { ...idle, mode: "drying" }), [
		{ work_on: true },
		{ isrunning: 1 },
	]);
	assert.deepEqual(settingsOf({ on: true, mode: "auto" }, { ...idle, mode: "drying" }), [
		{ work_mode: 1 },
		{ work_on: true },
	]);
});

test("a target of 0 goes before everything else", () => {
	assert.deepEqual(settingsOf({ mode: "auto", target: 0 }), [{ set_temp: 0 }, { work_mode: 1 }]);
});

test("the first stock firmware is told its target by the old name", () => {
	assert.deepEqual(settingsOf({ target: 50 }, { ...idle, usesOldTarget: true }), [{ temp: 50 }]);
});

test("off is a JSON boolean, which stock firmware insists on", () => {
	assert.equal(OFF_FRAMES[0], '{"settings":{"work_on":false}}');
});

const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -200, max: 200 }));
const anyWish = fc.record(
	{
		mode: fc.constantFrom("auto" as const, "always_on" as const, "drying" as const),
		on: fc.boolean(),
		target: anyNumber,
		bedThreshold: anyNumber,
		filterThreshold: anyNumber,
		dryingTarget: anyNumber,
		dryingHours: anyNumber,
		dryingPreset: fc.constantFrom("pla" as const, "petg_abs" as const, "custom" as const),
		dryingRunning: fc.boolean(),
	},
	{ requiredKeys: [] },
);

test("whatever is wished, no frame holds a number over the limits, and a device understands every one", () => {
	fc.assert(
		fc.property(anyWish, (wish) => {
			for (const frame of planWishes(wish, idle).frames) {
				const { commands, refusedFields, problem } = readCommands(frame);
				assert.deepEqual([commands.length, refusedFields, problem], [1, 0, undefined], frame);
				const [command] = commands;
				assert.ok(command?.type === "heater");
				const { target = 0, dryingTarget = 40, dryingHours = 1, on, dryingRunning } = command.wishes;
				assert.ok(target >= 0 && target <= 60 && dryingTarget >= 40 && dryingTarget <= 60);
				assert.ok(dryingHours >= 1 && dryingHours <= 99);
				if (wish.on !== true) assert.notEqual(on, true, "nothing is turned on that nobody asked for");
				if (wish.on === false) assert.notEqual(dryingRunning, true, "off is not followed by a start");
			}
		}),
	);
});
