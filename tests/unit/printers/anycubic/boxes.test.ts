// Filament boxes: what they report in full, and the scraps that follow.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilamentUnit } from "../../../../modules/printers/printer-state";
import { type BenchReport, benchReport } from "./bench-report";

const S1_MAX = "20029";

/** Of an ACE 2 on a Kobra S1 Max. */
const full = {
	id: 0,
	status: 1,
	model_id: 40002,
	auto_feed: 0,
	loaded_slot: -1,
	feed_status: { code: 200, type: -1, current_status: -1, slot_index: -1 },
	temp: 35,
	humidity: 24,
	drying_status: { status: 0, target_temp: 0, duration: 0, remain_time: 0 },
	slots: [
		{ index: 0, sku: "", type: "PETG", color: [33, 39, 33], status: 5, consumables_percent: 0 },
		{ index: 1, sku: "AHPEFG-102", type: "PETG", color: [67, 82, 59], status: 5, consumables_percent: 100 },
		{ index: 2, sku: "", type: "", color: [0, 0, 0], status: 4, consumables_percent: 0 },
	],
};
/** What follows from it while a spool is fed and the box dries. */
const slim = {
	id: 0,
	loaded_slot: 1,
	drying_status: { status: 1, target_temp: 45, duration: 240, humidity: 30 },
	slots: [
		{ index: 1, sku: "AHPEFG-102", type: "PETG", color: [67, 82, 59], status: 5, consumables_percent: 95 },
	],
};

function tell(bench: BenchReport, boxes: object[], action = "report"): readonly FilamentUnit[] {
	bench.tell("multiColorBox", { action, state: "success", data: { multi_color_box: boxes } });
	return bench.state.filament.units;
}

function bench(): BenchReport {
	const made = benchReport(S1_MAX);
	tell(made, [full], "getInfo");
	return made;
}

test("a full report gives the box and its slots, empty ones too", () => {
	const { filament } = bench().state;
	assert.deepEqual(filament.units, [
		{
			id: 0,
			kind: "ace",
			humidityPercent: 24,
			temperature: 35,
			dryingMinutes: 0,
			slots: [
				{ id: 0, state: "loaded", material: "PETG", color: "212721FF" },
				{ id: 1, state: "loaded", material: "PETG", color: "43523BFF", remainPercent: 100 },
				{ id: 2, state: "empty" },
				{ id: 3, state: "unknown" },
			],
		},
	]);
	assert.equal(filament.active, undefined);
	assert.deepEqual(filament.external, [{ id: 254, state: "unknown" }]);
});

test("a report of one slot leaves everything else as it was", () => {
	const made = bench();
	const before = made.state.filament.units[0];
	const [unit] = tell(made, [slim]);
	assert.deepEqual(unit?.slots[0], before?.slots[0]);
	assert.deepEqual(unit?.slots[2], before?.slots[2]);
	assert.equal(unit?.slots[1]?.remainPercent, 95);
	assert.equal(unit?.temperature, 35);
	assert.equal(unit?.humidityPercent, 30);
	assert.equal(unit?.dryingMinutes, 240);
	assert.deepEqual(made.state.filament.active, { unit: 0, slot: 1 });
});

test("drying is told in minutes that are left", () => {
	const made = bench();
	const minutes = (drying_status: object) => tell(made, [{ id: 0, drying_status }])[0]?.dryingMinutes;
	assert.equal(minutes({ status: 1, target_temp: 45, duration: 240, remain_time: 239 }), 239);
	assert.equal(minutes({ status: 1, target_temp: 45, duration: 240 }), 239, "not said again");
	assert.equal(minutes({}), 239);
	assert.equal(minutes({ status: 0 }), 0);
	assert.equal(minutes({ status: 1 }), undefined, "for how long is not known");
});

test("0 is no measured value, of humidity, warmth or what is left", () => {
	const made = benchReport(S1_MAX);
	const [unit] = tell(made, [{ ...full, temp: 0, humidity: 0 }], "getInfo");
	assert.equal(unit?.temperature, undefined);
	assert.equal(unit?.humidityPercent, undefined);
	assert.equal(unit?.slots[0]?.remainPercent, undefined);
	const again = bench();
	const [kept] = tell(again, [
		{ id: 0, temp: 0, humidity: 0, slots: [{ index: 1, consumables_percent: 0 }] },
	]);
	assert.deepEqual([kept?.temperature, kept?.humidityPercent], [35, 24]);
	assert.equal(kept?.slots[1]?.remainPercent, 100);
});

test("what was left on one spool is not said of another", () => {
	for (const change of [{ type: "PLA" }, { color: [1, 2, 3] }, { sku: "OTHER" }]) {
		const slot = tell(bench(), [{ id: 0, slots: [{ index: 1, ...change }] }])[0]?.slots[1];
		assert.equal(slot?.state, "loaded");
		assert.equal(slot?.remainPercent, undefined, JSON.stringify(change));
	}
});

test("of a spool that a person has entered nobody knows what is left", () => {
	const edit = { index: 1, type: "PETG", edit_status: 1, consumables_percent: 100 };
	assert.equal(tell(bench(), [{ id: 0, slots: [edit] }])[0]?.slots[1]?.remainPercent, undefined);
});

test("a spool that is taken out leaves nothing behind", () => {
	const made = bench();
	assert.deepEqual(tell(made, [{ id: 0, slots: [{ index: 1, type: "" }] }])[0]?.slots[1], {
		id: 1,
		state: "empty",
	});
	assert.deepEqual(tell(made, [{ id: 0, slots: [{ index: 1, type: "ABS" }] }])[0]?.slots[1], {
		id: 1,
		state: "loaded",
		material: "ABS",
	});
});

test("a colour may come with its opacity, in a group", () => {
	const color = (slot: object) =>
		tell(bench(), [{ id: 0, slots: [{ index: 3, type: "PLA", ...slot }] }])[0]?.slots[3]?.color;
	assert.equal(color({ color: [255, 0, 64] }), "FF0040FF");
	assert.equal(color({ color: [255, 0, 64, 128] }), "FF004080");
	assert.equal(
		color({
			color_group: [
				[1, 2, 3, 4],
				[5, 6, 7, 8],
			],
		}),
		"01020304",
	);
	for (const bad of [[256, 0, 0], [1.5, 0, 0], [-1, 0, 0], ["x", 0, 0], [1, 2], "red", null])
		assert.equal(color({ color: bad }), undefined, JSON.stringify(bad));
});

test("boxes come and go with the report of all of them", () => {
	const made = bench();
	assert.deepEqual(
		tell(made, [{ id: 2 }, { id: 1, loaded_slot: 3 }]).map(({ id }) => id),
		[0, 1, 2],
	);
	assert.deepEqual(made.state.filament.active, { unit: 1, slot: 3 });
	assert.deepEqual(
		tell(made, [full], "getInfo").map(({ id }) => id),
		[0],
	);
	assert.deepEqual(tell(made, [], "getInfo"), []);
	assert.equal(made.state.filament.active, "external");
});

test("the slot that feeds is also told alone", () => {
	const made = bench();
	made.tell("multiColorBox", { action: "autoUpdateInfo", data: { id: 0, loaded_slot: 2 } });
	assert.deepEqual(made.state.filament.active, { unit: 0, slot: 2 });
	made.tell("multiColorBox", {
		action: "feedFilament",
		data: { multi_color_box: [{ id: 0, loaded_slot: -1 }] },
	});
	assert.equal(made.state.filament.active, undefined);
});

test("boxes and slots that cannot be are left out", () => {
	const made = bench();
	const before = structuredClone(made.state.filament);
	tell(made, [{ id: 9, temp: 50 }, { id: -1 }, { id: 0.5 }, { temp: 50 }]);
	tell(made, [
		{ id: 0, loaded_slot: 7, temp: 1000, humidity: 101, slots: [{ index: 4, type: "X" }, { index: -1 }, 7] },
	]);
	made.tell("multiColorBox", { data: {} });
	made.tell("multiColorBox", { data: { multi_color_box: null } });
	assert.deepEqual(made.state.filament, before);
});

test("the spool outside is shown as printers with a holder for it tell it", () => {
	const made = benchReport("20025");
	made.tell("extfilbox", {
		action: "reportInfo",
		state: "success",
		data: { id: 0, type: "PETG", color: [117, 120, 123], loaded: 1, status_type: 3, current_status: 10 },
	});
	assert.deepEqual(made.state.filament.external, [
		{ id: 254, state: "loaded", material: "PETG", color: "75787BFF" },
	]);
	made.tell("extfilbox", { data: { loaded: 0 } });
	assert.deepEqual(made.state.filament.external, [{ id: 254, state: "empty" }]);
	made.tell("extfilbox", { data: {} });
	assert.deepEqual(made.state.filament.external, [{ id: 254, state: "empty" }]);
});
