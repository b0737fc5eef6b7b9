// The rules by which reports add up, one by one, on messages made for the purpose.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilamentSlot, PrinterState } from "../../../../modules/printers/printer-state";
import { benchPrinter, type Json } from "./bench-printer";

const UUID = "C0DE0000000100000000000000000000";
const spool = { tray_type: "PLA", tray_color: "FF0000FF", tray_uuid: UUID, remain: 50 };
const delta = (print: Json): Json => ({ print: { command: "push_status", msg: 1, ...print } });
const full = (print: Json): Json => ({ print: { command: "push_status", msg: 0, ...print } });
const unit = (id: string, trays: Json[], fields: Json = {}): Json => ({ id, ...fields, tray: trays });
const trays = (...present: number[]): Json[] =>
	[0, 1, 2, 3].map((id) => (present.includes(id) ? { id: String(id), ...spool } : { id: String(id) }));

/** The state after these messages. */
function after(...messages: Json[]): PrinterState {
	const { printer, deliver } = benchPrinter();
	for (const message of messages) deliver(message);
	return printer.state;
}
const unitsAfter = (...messages: Json[]): number[] => after(...messages).filament.units.map(({ id }) => id);
function slotAfter(slot: number, ...messages: Json[]): FilamentSlot {
	const found = after(...messages).filament.units[0]?.slots.find(({ id }) => id === slot);
	return found ?? assert.fail(`no slot ${slot}`);
}
const oneUnit = full({
	ams: { ams: [unit("0", trays(0, 1, 2, 3))], ams_exist_bits: "1", tray_exist_bits: "f" },
});

test("a full report names all units: one that it does not name is gone", () => {
	const two = full({ ams: { ams: [unit("0", []), unit("1", [])], ams_exist_bits: "3" } });
	assert.deepEqual(unitsAfter(two), [0, 1]);
	assert.deepEqual(unitsAfter(two, full({ ams: { ams: [unit("1", [])], ams_exist_bits: "2" } })), [1]);
	assert.deepEqual(unitsAfter(two, delta({ ams: { ams: [unit("1", [])] } })), [0, 1], "a delta does not");
});

test("a unit is gone when a delta clears its bit, and only then", () => {
	const two = full({ ams: { ams: [unit("0", []), unit("128", [])], ams_exist_bits: "11" } });
	assert.deepEqual(unitsAfter(two, delta({ ams: { ams_exist_bits: "1" } })), [0]);
	assert.deepEqual(unitsAfter(two, delta({ ams: { ams_exist_bits: "13" } })), [0, 128]);
	const denied = full({ ams: { ams: [unit("0", []), unit("128", [])], ams_exist_bits: "2" } });
	assert.deepEqual(unitsAfter(denied), [0, 128], "bits that never were set say nothing");
	assert.deepEqual(unitsAfter(denied, delta({ ams: { ams_exist_bits: "0" } })), [0, 128]);
	const contradicting = full({ ams: { ams: [unit("0", []), unit("128", [])], ams_exist_bits: "1" } });
	assert.deepEqual(unitsAfter(two, contradicting), [0, 128], "a full report that lists the unit is believed");
});

test("listeners hear of a unit that came, and of one that went", () => {
	const { printer, deliver } = benchPrinter();
	deliver(full({ ams: { ams: [unit("0", [])], ams_exist_bits: "1" } }));
	const heard: string[] = [];
	printer.onChange((_, changed) => heard.push(...changed));
	deliver(delta({ ams: { ams: [unit("1", [])], ams_exist_bits: "3" } }));
	deliver(delta({ ams: { ams_exist_bits: "1" } }));
	assert.deepEqual(heard, ["filament", "filament"]);
});

for (const bare of [{ id: "1" }, { id: "1", state: 0 }, { id: "1", state: 8 }]) {
	test(`a tray that is only ${JSON.stringify(bare)} is empty, and nothing of its spool is left`, () => {
		assert.deepEqual(slotAfter(1, oneUnit, delta({ ams: { ams: [unit("0", [bare])] } })), {
			id: 1,
			state: "empty",
		});
		const again = delta({ ams: { ams: [unit("0", [{ id: "1", state: 3, tray_type: "ABS" }])] } });
		const removed = delta({ ams: { ams: [unit("0", [bare])] } });
		assert.deepEqual(slotAfter(1, oneUnit, removed, again), { id: 1, state: "loaded", material: "ABS" });
	});
}

test("a tray with a spool of which nothing is known loses what was known of the one before", () => {
	const bare = delta({ ams: { ams: [unit("0", [{ id: "1", state: 9 }])] } });
	assert.deepEqual(slotAfter(1, oneUnit, bare), { id: 1, state: "unknown" });
});

test("a tray that moves is not cleared, and one that says something is merged", () => {
	const moving = delta({ ams: { ams: [unit("0", [{ id: "1", state: 17 }])] } });
	assert.equal(slotAfter(1, oneUnit, moving).material, "PLA");
	const used = delta({ ams: { ams: [unit("0", [{ id: "1", remain: 49 }])] } });
	assert.deepEqual(slotAfter(1, oneUnit, used), { ...slotAfter(1, oneUnit), remainPercent: 49 });
	const uninteresting = delta({ ams: { ams: [unit("0", [{ id: "1", cali_idx: 3 }])] } });
	assert.equal(slotAfter(1, oneUnit, uninteresting).material, "PLA");
});

test("a tray that only remembers its spool (state 10) is empty", () => {
	const remembering = delta({ ams: { ams: [unit("0", [{ id: "1", state: 10 }])] } });
	assert.deepEqual(slotAfter(1, oneUnit, remembering), { id: 1, state: "empty" });
});

test("a spool taken out by its bit does not come back with the next spool", () => {
	const out = delta({ ams: { tray_exist_bits: "d" } });
	assert.deepEqual(slotAfter(1, oneUnit, out), { id: 1, state: "empty" });
	const other = delta({ ams: { tray_exist_bits: "f" } });
	const slot = slotAfter(1, oneUnit, out, other);
	assert.equal(slot.spoolUuid, undefined);
	assert.equal(slot.material, undefined);
	assert.equal(slotAfter(0, oneUnit, out, other).spoolUuid, UUID, "its neighbours stay");
});

test("what is missing or null in a message stays as it was", () => {
	const before = full({
		mc_percent: 5,
		device: { bed: { info: { temp: 60 } } },
		hms: [{ attr: 1, code: 65537 }],
	});
	const state = after(before, delta({ mc_percent: null, device: null, hms: null, layer_num: 3 }));
	assert.deepEqual(
		[state.job.percent, state.bed.current, state.faults.length, state.job.layer],
		[5, 60, 1, 3],
	);
	const { log } = (() => {
		const bench = benchPrinter();
		bench.deliver(delta({ mc_percent: null }));
		return bench;
	})();
	assert.equal(log.lines.length, 0, "and null is no reason for a warning");
});

test("a list without ids is replaced as a whole; one with a wrong entry stays as it was", () => {
	const two = full({
		hms: [
			{ attr: 0x03000100, code: 0x00010001 },
			{ attr: 0x07000100, code: 0x00020001 },
		],
	});
	assert.equal(after(two, delta({ hms: [] })).faults.length, 0);
	assert.equal(after(two, delta({ hms: [{ attr: 1, code: "x" }] })).faults.length, 2);
	assert.equal(after(two, delta({ hms: [7] })).faults.length, 2);
	const many = Array.from({ length: 40 }, (_, n) => ({ attr: n, code: 65536 }));
	assert.equal(after(two, delta({ hms: many })).faults.length, 32);
});

test("texts of any length are kept up to a bound: a new job never keeps the name of the old one", () => {
	const state = after(full({ subtask_name: "old" }), delta({ subtask_name: "n".repeat(5_000) }));
	assert.equal(state.job.name, "n".repeat(256));
});

test("units, trays and texts beyond what printers have take no memory", () => {
	const { printer, deliver } = benchPrinter();
	for (let id = 0; id < 64; id++) {
		const many = Array.from({ length: 64 }, (_, tray) => ({ id: tray, tray_type: "x".repeat(5_000) }));
		deliver(delta({ ams: { ams: [{ id, tray: many.slice(0, 8) }] } }));
		deliver(delta({ ams: { ams: [{ id, tray: many }] } }));
	}
	assert.equal(printer.state.filament.units.length, 16);
	assert.ok(JSON.stringify(printer.state).length < 20_000);
});

test("how much is left is only told where the printer measures it", () => {
	const slot = (remain: number, fields: Json = {}, ams: Json = {}, print: Json = {}) =>
		slotAfter(
			0,
			full({ ams: { ams: [unit("0", [{ id: "0", ...spool, remain, ...fields }])], ...ams }, ...print }),
		);
	assert.equal(slot(50).remainPercent, 50);
	assert.equal(slot(-1).remainPercent, undefined);
	assert.equal(slot(101).remainPercent, undefined);
	assert.equal(slot(50, { tray_uuid: "0".repeat(32) }).remainPercent, undefined, "no tag");
	assert.equal(slot(0).remainPercent, undefined, "0 without tracking means not measured");
	assert.equal(slot(0, {}, { calibrate_remain_flag: true }).remainPercent, 0);
	assert.equal(slot(0, {}, {}, { home_flag: 1 << 7 }).remainPercent, 0);
	assert.equal(slot(0, {}, {}, { home_flag: 1 << 8 }).remainPercent, undefined);
	assert.equal(slot(0, {}, { calibrate_remain_flag: false }, { home_flag: 1 << 7 }).remainPercent, undefined);
});

test("what is left is told or hidden for all spools when a delta says whether the printer measures it", () => {
	const unmeasured = full({
		ams: { ams: [unit("0", [{ id: "0", ...spool, remain: 0 }])] },
		home_flag: 1 << 8,
	});
	const left = (...deltas: Json[]) => slotAfter(0, unmeasured, ...deltas).remainPercent;
	assert.equal(left(), undefined);
	assert.equal(left(delta({ home_flag: 1 << 7 })), 0);
	assert.equal(left(delta({ ams: { calibrate_remain_flag: true } })), 0);
	assert.equal(left(delta({ home_flag: 1 << 7 }), delta({ home_flag: 1 << 9 })), undefined);
});

test("of the flags in one number, each changes what it is about: homing says nothing, and the door is the door", () => {
	const { printer, deliver } = benchPrinter({ serial: "00M00A000000001" });
	deliver({ info: { command: "get_version", module: [{ name: "ota", sw_ver: "01.09.00.00" }] } });
	deliver(full({ ams: { ams: [unit("0", [{ id: "0", ...spool, remain: 0 }])] }, home_flag: 0 }));
	const heard: string[][] = [];
	printer.onChange((_, changed) => heard.push([...changed]));
	for (const flag of [0b111, -0x8000_0000 + 0b101, 1 << 23, (1 << 23) | (1 << 7), 1.5])
		deliver(delta({ home_flag: flag }));
	assert.deepEqual(heard, [["door"], ["filament"], ["door", "filament"]]);
	deliver(delta({ home_flag: "7", stat: 7 }));
	assert.equal(heard.length, 3, "what is no number stays as it was");
});

test("the kind of a unit comes from its info, else from the modules, else from its id", () => {
	const kind = (id: string, fields: Json = {}, module: Json[] = []) =>
		after({ info: { command: "get_version", module } }, full({ ams: { ams: [unit(id, [], fields)] } }))
			.filament.units[0]?.kind;
	assert.equal(kind("0", { info: "1003" }), "ams_2_pro");
	assert.equal(kind("16", { info: "2005" }), "ams_lite");
	assert.equal(kind("0", {}, [{ name: "ams_f1/0" }]), "ams_lite");
	assert.equal(kind("1", {}, [{ name: "ams_f1/0" }]), "ams");
	assert.equal(kind("128"), "ams_ht");
	assert.equal(kind("0", { info: "2009" }), "ams");
});

const extruder = (state: number, ...snow: number[]): Json => ({
	device: { extruder: { state, info: snow.map((now, id) => ({ id, temp: 200 + id, snow: now })) } },
});

test("where the filament in use comes from, by tray number", () => {
	const active = (trayNow: string) => after(full({ ams: { tray_now: trayNow } })).filament.active;
	assert.deepEqual(active("15"), { unit: 3, slot: 3 });
	assert.deepEqual(active("64"), { unit: 16, slot: 0 });
	assert.deepEqual(active("67"), { unit: 16, slot: 3 });
	assert.deepEqual(active("129"), { unit: 129, slot: 0 });
	assert.equal(active("254"), "external");
	for (const none of ["255", "", "-1", "x", "1e1"]) assert.equal(active(none), undefined, none);
	assert.deepEqual(active("16"), { unit: 16, slot: 0 });
});

test("where the filament in use comes from, by nozzle", () => {
	const active = (state: number, ...snow: number[]) =>
		after(full({ ...extruder(state, ...snow) })).filament.active;
	assert.deepEqual(active(0x02, 0x0103, 0xfeff), { unit: 1, slot: 3 });
	assert.deepEqual(active(0x12, 0x0103, 0x8000), { unit: 128, slot: 0 });
	assert.equal(active(0x02, 0xff00, 0x0103), "external");
	assert.equal(active(0x12, 0x0103, 0xfe00), "external");
	assert.equal(active(0x02, 0xffff, 0x0103), undefined);
	assert.equal(active(0xf2, 0x0103, 0x0102), undefined, "while it switches");
	assert.deepEqual(
		active(0xf1, 0x0103),
		{ unit: 1, slot: 3 },
		"the only one is in use whatever the state says",
	);
});

test("nozzles come in order of id, the active one is marked, and none while switching", () => {
	const info = [
		{ id: 1, temp: 40 },
		{ id: 0, temp: (220 << 16) | 65_531 },
	];
	const nozzles = (state: number) => after(full({ device: { extruder: { state, info } } })).nozzles;
	assert.deepEqual(nozzles(0x12), [
		{ current: -5, target: 220, active: false },
		{ current: 40, target: 0, active: true },
	]);
	assert.deepEqual(
		nozzles(0xf2).map(({ active }) => active),
		[false, false],
	);
	assert.deepEqual(
		nozzles(0xe2).map(({ active }) => active),
		[false, false],
	);
	const hot = after(
		full({ device: { extruder: { state: 1, info: [{ id: 0, temp: 0x8000_0000 + 20 }] } } }),
	).nozzles;
	assert.equal(hot[0]?.target, 0x8000, "the upper half is not a sign");
});

test("flat fields win over packed ones, and stand in for each other", () => {
	const packed = { device: { bed: { info: { temp: (60 << 16) | 55 } } } };
	assert.deepEqual(after(full({ ...packed, bed_temper: 54.5 })).bed, { current: 54.5, target: 60 });
	assert.deepEqual(after(full(packed)).bed, { current: 55, target: 60 });
	assert.deepEqual(after(full({ "3D": { layer_num: 7, total_layer_num: 9 } })).job.layer, 7);
});

test("a stage is shown while a job is under way, paused or not, and not otherwise", () => {
	const stage = (gcode_state: string, stg_cur: number) => after(full({ gcode_state, stg_cur })).job.stage;
	for (const state of ["PREPARE", "RUNNING", "PAUSE"])
		assert.equal(stage(state, 16)?.name, "Paused by the user", state);
	for (const state of ["IDLE", "FINISH", "FAILED", "SOMETHING"])
		assert.equal(stage(state, 16), undefined, state);
	assert.equal(stage("RUNNING", 255), undefined);
	assert.equal(stage("RUNNING", -1), undefined);
	assert.deepEqual(stage("RUNNING", 200), { id: 200, name: "Stage 200" });
});

test("faults: worst first, each code once, cancelled by the user is none, negative numbers are unsigned", () => {
	const hms = [
		{ attr: 0x0c000300, code: 0x00030007 },
		{ attr: 0x03000100, code: 0x00010001 },
		{ attr: 0x03000100, code: 0x00010001 },
		{ attr: -1, code: -1 },
	];
	const { faults } = after(full({ print_error: 0x03008004, hms }));
	assert.deepEqual(
		faults.map(({ code, severity }) => `${severity} ${code}`),
		[
			"fatal HMS_0300_0100_0001_0001",
			"serious 0300_8004",
			"common HMS_0C00_0300_0003_0007",
			"info HMS_FFFF_FFFF_FFFF_FFFF",
		],
	);
	for (const { text } of faults) assert.notEqual(text, "");
	assert.deepEqual(after(full({ print_error: 50348044 })).faults, []);
});

test("read-only by the bit of `fun`, or by the printer's own complaint; unknown as long as neither came", () => {
	const refused = { attr: 0x05000500, code: 0x00010007 };
	assert.equal(after(full({})).control, "unknown");
	assert.equal(after(full({ fun: "41AFFF9CFF" })).control, "read_only");
	assert.equal(after(full({ fun: "4023FF18FFF9CB3" })).control, "full");
	assert.equal(after(full({ hms: [refused] })).control, "read_only");
	assert.equal(after(full({ hms: [refused] }), delta({ hms: [] })).control, "unknown");
});

test("a zero has no sign, whatever the printer writes", () => {
	const { printer, deliver } = benchPrinter();
	const report =
		'{"print":{"mc_percent":-0,"cooling_fan_speed":"-0","big_fan1_speed":-5e-324,"bed_temper":-0.0}}';
	deliver(new TextEncoder().encode(report));
	const { job, fans, bed } = printer.state;
	for (const zero of [job.percent, fans.part, bed.current]) assert.ok(Object.is(zero, 0));
	assert.equal(fans.aux, undefined);
});

test("a list of external spools that comes empty takes the place of the single one that older firmware sends", () => {
	const old = full({ vt_tray: { id: "254", tray_type: "PLA" } });
	assert.equal(after(old).filament.external.length, 1);
	assert.deepEqual(after(old, delta({ vir_slot: [] })).filament.external, []);
});

test("whether the printer measures what is left is said when it says so itself, and not otherwise", () => {
	const tracks = (print: Json) => after(full(print)).filament.tracksRemaining;
	assert.equal(tracks({ gcode_state: "IDLE" }), undefined);
	assert.equal(tracks({ home_flag: 1 << 8 }), false);
	assert.equal(tracks({ home_flag: 1 << 7 }), true);
	assert.equal(tracks({ home_flag: 1 << 7, ams: { ams: [], calibrate_remain_flag: false } }), false);
	const off = delta({ home_flag: 0 });
	assert.equal(after(full({ home_flag: 1 << 7 }), off).filament.tracksRemaining, false);
});

test("a slot is being read while its tag is, or waits to be; bits that deny the unit say nothing of it", () => {
	const reading = (bits: Json, slot = 1, ...deltas: Json[]) =>
		slotAfter(
			slot,
			full({
				ams: { ams: [unit("0", trays(0, 1))], ams_exist_bits: "1", tray_exist_bits: "3", ...bits },
			}),
			...deltas,
		).isReading;
	assert.equal(reading({}), undefined, "never sent");
	assert.equal(reading({ tray_reading_bits: "0", tray_read_done_bits: "3" }), undefined);
	assert.equal(reading({ tray_reading_bits: "2", tray_read_done_bits: "1" }), true);
	assert.equal(reading({ tray_reading_bits: "2", tray_read_done_bits: "3" }, 0), undefined);
	assert.equal(reading({ tray_read_done_bits: "1" }), true, "still to be read");
	assert.equal(reading({ tray_read_done_bits: "1", insert_flag: false }), undefined, "never will be");
	assert.equal(reading({ tray_read_done_bits: "1", ams_exist_bits: "2" }), undefined);
	assert.equal(reading({ tray_read_done_bits: "0" }, 2), undefined, "nothing is in there");
	const done = delta({ ams: { tray_reading_bits: "0", tray_read_done_bits: "3" } });
	assert.equal(reading({ tray_reading_bits: "2", tray_read_done_bits: "1" }, 1, done), undefined);
	const ht = full({
		ams: {
			ams: [unit("128", [{ id: "0", ...spool }])],
			ams_exist_bits: "10",
			tray_exist_bits: "10000",
			tray_reading_bits: "10000",
		},
	});
	assert.equal(slotAfter(0, ht).isReading, true);
});

test("how much was on a spool when it was new is told by its tag alone", () => {
	const grams = (tray_weight: unknown) =>
		slotAfter(0, full({ ams: { ams: [unit("0", [{ id: "0", ...spool, tray_weight }])] } })).fullGrams;
	assert.equal(grams("250"), 250);
	assert.equal(grams("0"), undefined);
	assert.equal(grams("-5"), undefined);
	assert.equal(grams("many"), undefined);
});

test("a mapping that is no list of numbers, or longer than any, leaves the one before", () => {
	const { printer, deliver, log } = benchPrinter();
	deliver(full({ mapping: [1, 2] }));
	for (const mapping of ["1", [1, "2"], Array.from({ length: 33 }, () => 1), { 0: 1 }])
		deliver(delta({ mapping }));
	assert.ok(log.texts("warn").some((text) => text.includes("mapping")));
	assert.equal(printer.state.job.state, "unknown");
});
