import assert from "node:assert/strict";
import { test } from "node:test";
import type { BreathState } from "../../../modules/breath/breath-state";
import { blinkIntervalMs, isLit, lampsOf } from "../../../modules/breath/panel-lamps";

const state = (changes: Partial<BreathState> = {}): BreathState => ({
	mode: "auto",
	on: false,
	heating: false,
	fan: false,
	fanOnly: false,
	target: 45,
	activeTarget: 0,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: { running: false, target: 55, hours: 12, remainingSeconds: 0 },
	reason: "",
	reasonCode: "off",
	...changes,
});

test("off, only Power is lit, and no timer is needed", () => {
	const lamps = lampsOf(state(), false);
	assert.deepEqual(lamps, { power: "lit", auto: "dark", on: "dark", dry: "dark" });
	assert.equal(blinkIntervalMs(lamps), undefined);
});

test("the lamp of the running mode is lit, and blinks slowly while it waits", () => {
	for (const [mode, lamp] of [
		["auto", "auto"],
		["always_on", "on"],
		["drying", "dry"],
	] as const) {
		const heating = lampsOf(state({ mode, on: true, activeTarget: 45 }), false);
		assert.deepEqual(heating, { power: "lit", auto: "dark", on: "dark", dry: "dark", [lamp]: "lit" });
		const waiting = lampsOf(state({ mode, on: true }), false);
		assert.equal(waiting[lamp], "slow");
		assert.equal(blinkIntervalMs(waiting), 1_000);
	}
});

test("Power blinks with a fault, all of them while the settings are wiped", () => {
	const faulted = lampsOf(
		state({ fault: { code: "chamber_overheat", text: "too hot", latched: true } }),
		false,
	);
	assert.equal(faulted.power, "fast");
	assert.equal(blinkIntervalMs(faulted), 200);
	assert.deepEqual(lampsOf(state(), true), { power: "fast", auto: "fast", on: "fast", dry: "fast" });
});

test("fast is two and a half times a second, slow every other second", () => {
	const times = [0, 199, 200, 399, 400, 999, 1_000, 1_999, 2_000];
	assert.deepEqual(
		times.map((nowMs) => isLit("fast", nowMs)),
		[true, true, false, false, true, true, false, false, true],
	);
	assert.deepEqual(
		times.map((nowMs) => isLit("slow", nowMs)),
		[true, true, true, true, true, true, false, false, true],
	);
	assert.deepEqual([isLit("lit", 0), isLit("dark", 0)], [true, false]);
});
