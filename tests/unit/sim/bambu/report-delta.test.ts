import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandTable, runCommand } from "../../../../sim/printers/bambu/commands";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import { createMachine, type Machine, withSpool } from "../../../../sim/printers/bambu/machine";
import { advance } from "../../../../sim/printers/bambu/machine-run";
import { printerModel, printerModelNames } from "../../../../sim/printers/bambu/models";
import { fullReport } from "../../../../sim/printers/bambu/report";
import { mergeReport, reportDelta } from "../../../../sim/printers/bambu/report-delta";
import { taggedSpool, unknownSpool } from "../../../../sim/printers/bambu/spools";

const tray = { id: "0", state: 11, tray_type: "PLA", remain: 90, cols: ["FFFFFFFF"] };

test("a delta holds only what changed, objects in part", () => {
	const before = { a: 1, b: { c: 2, d: { e: 3, f: 4 } }, list: [1, 2] };
	const after = { a: 1, b: { c: 2, d: { e: 5, f: 4 } }, list: [1, 3] };
	assert.deepEqual(reportDelta(before, after), { b: { d: { e: 5 } }, list: [1, 3] });
	assert.deepEqual(reportDelta(before, before), {});
});

test("of units and trays only those that changed are sent, with their id", () => {
	const unit = (id: string, humidity: string, remain: number): JsonObject => ({
		id,
		humidity,
		tray: [{ ...tray, remain }, { id: "1" }],
	});
	const before = { ams: { version: 1, ams: [unit("0", "5", 90), unit("1", "5", 90)] } };
	const after = { ams: { version: 2, ams: [unit("0", "5", 90), unit("1", "4", 89)] } };
	assert.deepEqual(reportDelta(before, after), {
		ams: { version: 2, ams: [{ id: "1", humidity: "4", tray: [{ id: "0", remain: 89 }] }] },
	});
});

test("an emptied tray is sent short and takes its old fields with it; a filled one is sent whole", () => {
	const filled = { ams: { ams: [{ id: "0", tray: [tray, { id: "1" }] }] } };
	const empty = { ams: { ams: [{ id: "0", tray: [{ id: "0" }, { id: "1" }] }] } };
	assert.deepEqual(reportDelta(filled, empty), { ams: { ams: [{ id: "0", tray: [{ id: "0" }] }] } });
	assert.deepEqual(mergeReport(filled, reportDelta(filled, empty)), empty);
	assert.deepEqual(reportDelta(empty, filled), { ams: { ams: [{ id: "0", tray: [tray] }] } });
	assert.deepEqual(mergeReport(empty, reportDelta(empty, filled)), filled);
});

test("a tray of which only the state changed is not taken for an empty one", () => {
	const before = { ams: { ams: [{ id: "0", tray: [tray] }] } };
	const after = { ams: { ams: [{ id: "0", tray: [{ ...tray, state: 17 }] }] } };
	const delta = reportDelta(before, after);
	assert.deepEqual(delta, { ams: { ams: [{ id: "0", tray: [{ id: "0", state: 17, tray_type: "PLA" }] }] } });
	assert.deepEqual(mergeReport(before, delta), after);
});

test("a unit or tray that was not known is added", () => {
	const merged = mergeReport({ ams: { ams: [] } }, { ams: { ams: [{ id: "128", tray: [tray] }] } });
	assert.deepEqual(merged, { ams: { ams: [{ id: "128", tray: [tray] }] } });
});

test("lists other than units and trays are replaced as a whole", () => {
	const before = { hms: [{ attr: 1, code: 2 }], lights_report: [{ node: "chamber_light", mode: "on" }] };
	const delta = { hms: [] };
	assert.deepEqual(mergeReport(before, delta), { ...before, hms: [] });
});

/** A request of the table, with fields that are right often enough to have an effect. */
const request = fc.record({
	name: fc.constantFrom(
		...Object.entries(commandTable).flatMap(([section, table]) =>
			Object.keys(table).map((command) => ({ section, command })),
		),
	),
	fields: fc.record(
		{
			param: fc.constantFrom("1", "4", "M104 S200\nM106 P1 S90", "G28", "resume", "Metadata/plate_1.gcode"),
			led_node: fc.constantFrom("chamber_light", "work_light", "lamp"),
			led_mode: fc.constantFrom("on", "off"),
			led_on_time: fc.constant(0),
			led_off_time: fc.constant(0),
			loop_times: fc.constant(0),
			interval_time: fc.constant(0),
			ams_id: fc.constantFrom(0, 1, 128, 255),
			slot_id: fc.constantFrom(0, 1, 3, 255),
			tray_id: fc.constantFrom(0, 3),
			target: fc.constantFrom(0, 2, 254, 255),
			tray_color: fc.constantFrom("FF8800FF", "red"),
			tray_type: fc.constantFrom("PLA", ""),
			tray_info_idx: fc.constant("GFL99"),
			nozzle_temp_min: fc.constant(190),
			nozzle_temp_max: fc.constant(230),
			obj_list: fc.constant([38, 41]),
			ams_mapping: fc.constantFrom([0, 1], [3, -1], [9]),
			use_ams: fc.boolean(),
			option: fc.constantFrom(0, 2, 6),
			temp: fc.constantFrom(45, 60),
			duration: fc.constantFrom(1, 8),
			mode: fc.constantFrom(0, 1),
			target_temp: fc.constantFrom(0, 220),
			extruder_index: fc.constantFrom(0, 1),
			modeId: fc.constantFrom(0, 1, 9),
			fan_index: fc.constantFrom(1, 2, 3),
			speed: fc.constantFrom(0, 128),
			cali_idx: fc.constantFrom(-1, 0, 1),
			filaments: fc.constant([{ filament_id: "GFA00", k_value: "0.031", name: "mine" }]),
			sound_enable: fc.boolean(),
			startup_read_option: fc.boolean(),
			control: fc.constantFrom("enable", "disable"),
			module_name: fc.constantFrom("spaghetti_detector", "fod_check"),
			enable: fc.boolean(),
		},
		{ requiredKeys: [] },
	),
});

type Action = (machine: Machine) => Machine;

const action: fc.Arbitrary<Action> = fc.oneof(
	request.map(({ name, fields }): Action => {
		const sent = JSON.parse(JSON.stringify({ ...fields, command: name.command, sequence_id: "1" }));
		return (machine) => runCommand(machine, name.section, sent).machine;
	}),
	fc.integer({ min: 0, max: 400_000 }).map(
		(ms): Action =>
			(machine) =>
				advance(machine, ms),
	),
	fc
		.record({
			slot: fc.constantFrom(0, 1, 3),
			spool: fc.constantFrom(undefined, taggedSpool(99), unknownSpool()),
		})
		.map(
			({ slot, spool }): Action =>
				(machine) =>
					withSpool(machine, { unit: 0, slot }, spool),
		),
);

test("whatever is done to a printer, each delta makes the last full report the next one", () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...printerModelNames),
			fc.array(action, { maxLength: 25 }),
			(name, actions) => {
				let machine = createMachine({ model: printerModel(name) });
				let known = fullReport(machine);
				for (const act of actions) {
					machine = act(machine);
					const next = fullReport(machine);
					// Over the wire and back, as a client gets it.
					const delta = JSON.parse(JSON.stringify(reportDelta(known, next)));
					known = mergeReport(known, delta);
					assert.deepEqual(known, next);
				}
			},
		),
		{ numRuns: 150 },
	);
});
