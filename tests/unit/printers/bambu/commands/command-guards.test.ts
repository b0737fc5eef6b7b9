// What is refused before it is sent, with which code, and what a person is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandRefusal, CommandRequest } from "../../../../../modules/printers/command";
import { replaced, withSpool } from "../../../../../sim/printers/bambu/machine";
import { type CommandBenchOptions, commandBench, homed, hot, paused, printing } from "./command-bench";

type Row = readonly [
	why: string,
	printer: CommandBenchOptions,
	request: CommandRequest,
	code: CommandRefusal,
	words: RegExp,
];

const idle: CommandBenchOptions = {};
/** Of a firmware that lets nobody describe a spool during a job. */
const running: CommandBenchOptions = { machine: printing, report: { flag3: 0 } };
const starting: CommandBenchOptions = { report: { gcode_state: "PREPARE", flag3: 0 } };
const waiting: CommandBenchOptions = { machine: paused, report: { flag3: 0 } };
const a1: CommandBenchOptions = { model: "A1" };
const p2s: CommandBenchOptions = { model: "P2S" };
const h2d: CommandBenchOptions = { model: "H2D" };
const unheard: CommandBenchOptions = { report: ({ gcode_state: _, ...report }) => report };
const hotIdle: CommandBenchOptions = { machine: hot };
const emptied: CommandBenchOptions = {
	machine: (machine) => withSpool(machine, { unit: 0, slot: 1 }, undefined),
};

const describe: CommandRequest = {
	command: "filament_setting",
	spool: { unit: 0, slot: 3 },
	material: "PLA",
	filamentId: "GFA00",
	color: "FF8800",
	nozzleMin: 190,
	nozzleMax: 230,
};
const profile: CommandRequest = {
	command: "pressure_advance",
	spool: { unit: 0, slot: 3 },
	profile: -1,
	filamentId: "GFL99",
};
const inSlot = (command: string, unit: number, slot: number): CommandRequest => ({
	command,
	spool: { unit, slot },
});
const start = (fields: object): CommandRequest => ({ command: "start", file: "Boat.gcode.3mf", ...fields });
const gcode = (lines: string): CommandRequest => ({ command: "gcode", lines });

const atRestOnly: readonly CommandRequest[] = [
	{ command: "home" },
	{ command: "jog", axis: "x", distance: 10 },
	{ command: "jog", axis: "z", distance: -10 },
	{ command: "calibration", steps: ["bed_level"] },
	inSlot("read_tag", 0, 1),
	start({}),
	gcode("G28"),
	gcode("M109 S200"),
	{ command: "ams_control", step: "reset" },
	describe,
	profile,
];
const notWhileRunning: readonly CommandRequest[] = [
	inSlot("load", 0, 2),
	{ command: "unload", confirm: true },
	{ command: "extrude", distance: 10 },
];

const rows: readonly Row[] = [
	...atRestOnly.flatMap((request): Row[] => [
		["a job is printed", running, request, "wrong_state", /job is under way/],
		["a job is prepared", starting, request, "wrong_state", /job is under way/],
		["a job is paused", waiting, request, "wrong_state", /job is under way/],
		["the printer has not said what it does", unheard, request, "wrong_state", /not said yet/],
	]),
	...notWhileRunning.flatMap((request): Row[] => [
		["a job is printed", running, request, "wrong_state", /is printing/],
		["a job is prepared", starting, request, "wrong_state", /is printing/],
		["the printer has not said what it does", unheard, request, "wrong_state", /not said yet/],
	]),
	[
		"the other nozzle is asked for while a job is paused",
		{ model: "H2D", machine: paused },
		{ command: "active_extruder", nozzle: 1 },
		"wrong_state",
		/under way/,
	],

	["nothing is printed", idle, { command: "pause" }, "wrong_state", /Nothing is being printed/],
	["it is paused already", waiting, { command: "pause" }, "wrong_state", /Nothing is being printed/],
	["nothing is paused", running, { command: "resume" }, "wrong_state", /Nothing is paused/],
	["there is no job", idle, { command: "stop", confirm: true }, "wrong_state", /No job/],
	["there is no job", idle, { command: "skip_objects", objects: [1] }, "wrong_state", /No job/],
	["there is no error", idle, { command: "clear_error" }, "wrong_state", /no error/],
	["there is no error", idle, { command: "dismiss_dialog" }, "wrong_state", /no error/],
	["there is no error", idle, { command: "ignore_error" }, "wrong_state", /no error/],

	["it is not confirmed", running, { command: "stop" }, "not_confirmed", /"confirm": true/],
	["it is not confirmed", running, { command: "stop", confirm: "yes" }, "not_confirmed", /confirm/],
	["it is not confirmed", idle, { command: "unload", confirm: false }, "not_confirmed", /confirm/],
	["it is not confirmed", waiting, { command: "ams_control", step: "abort" }, "not_confirmed", /confirm/],

	["the nozzle is too cold", idle, { command: "extrude", distance: 10 }, "too_cold", /170 °C.* 22 °C/],
	[
		"the nozzle is 1 °C too cold",
		{ report: { nozzle_temper: 169 } },
		{ command: "extrude", distance: 10 },
		"too_cold",
		/169 °C/,
	],
	[
		"the other nozzle is the hot one",
		{
			model: "H2D",
			machine: (machine) => ({
				...machine,
				nozzles: replaced(machine.nozzles, 0, { currentC: 220, targetC: 220 }),
			}),
		},
		{ command: "extrude", distance: 10, nozzle: 1 },
		"too_cold",
		/22 °C/,
	],
	[
		"the printer has not said how hot it is",
		{ report: ({ nozzle_temper: _, nozzle_target_temper: __, ...report }) => report },
		{ command: "extrude", distance: 10 },
		"too_cold",
		/not said how hot/,
	],
	["G-code would push cold filament", { machine: homed }, gcode("G1 E5 F100"), "too_cold", /170 °C/],

	["it was not homed", idle, { command: "jog", axis: "z", distance: -1 }, "not_homed", /Home it first/],
	[
		"it has not said whether it was homed",
		{ report: ({ home_flag: _, ...report }) => report },
		{ command: "jog", axis: "z", distance: -1 },
		"not_homed",
		/Home it first/,
	],
	[
		"Z alone was not homed",
		{ report: { home_flag: 0b011 } },
		{ command: "jog", axis: "z", distance: -1 },
		"not_homed",
		/Home it first/,
	],
	["G-code would move an axis that was not homed", idle, gcode("G0 Z-5"), "not_homed", /Home it first/],

	["it is over the limit", idle, { command: "nozzle_temperature", target: 301 }, "out_of_range", /300 °C/],
	["it is over the limit", h2d, { command: "nozzle_temperature", target: 351 }, "out_of_range", /350 °C/],
	["it is below 0", idle, { command: "nozzle_temperature", target: -1 }, "out_of_range", /from 0/],
	["it is over the limit", idle, { command: "bed_temperature", target: 101 }, "out_of_range", /100 °C/],
	[
		"it is over the limit",
		{ model: "A1 mini" },
		{ command: "bed_temperature", target: 81 },
		"out_of_range",
		/80 °C/,
	],
	["it is over the limit", h2d, { command: "bed_temperature", target: 121 }, "out_of_range", /120 °C/],
	["it is over the limit", h2d, { command: "chamber_temperature", target: 66 }, "out_of_range", /65 °C/],
	["it is more than all", idle, { command: "fan", fan: "part", percent: 101 }, "out_of_range", /100/],
	["there is no such level", running, { command: "speed", level: 5 }, "out_of_range", /from 1 to 4/],
	["there is no such step", idle, { command: "jog", axis: "x", distance: 5 }, "out_of_range", /1 or 10/],
	["it is too far", idle, { command: "jog", axis: "x", distance: 100 }, "out_of_range", /1 or 10/],
	["it is too much", hotIdle, { command: "extrude", distance: 51 }, "out_of_range", /1 to 50/],
	["it is nothing", hotIdle, { command: "extrude", distance: 0 }, "out_of_range", /1 to 50/],
	["it is the wrong way round", idle, { ...describe, nozzleMin: 231 }, "out_of_range", /nozzleMin/],
	["it is hotter than the nozzle gets", idle, { ...describe, nozzleMax: 301 }, "out_of_range", /300/],
	[
		"the unit gets no hotter",
		h2d,
		{ command: "dry_start", unit: 0, material: "PA", target: 66, hours: 8 },
		"out_of_range",
		/45 to 65/,
	],
	[
		"it is too cool",
		h2d,
		{ command: "dry_start", unit: 128, material: "PA", target: 44, hours: 8 },
		"out_of_range",
		/45 to 85/,
	],
	[
		"it is too long",
		h2d,
		{ command: "dry_start", unit: 0, material: "PA", target: 65, hours: 25 },
		"out_of_range",
		/24/,
	],

	[
		"there is no chamber heater",
		idle,
		{ command: "chamber_temperature", target: 40 },
		"not_supported",
		/no chamber heater/,
	],
	[
		"there is no such fan",
		a1,
		{ command: "fan", fan: "aux", percent: 10 },
		"not_supported",
		/not have that fan/,
	],
	[
		"there is no such fan",
		a1,
		{ command: "fan", fan: "chamber", percent: 10 },
		"not_supported",
		/not have that fan/,
	],
	[
		"there is no such fan",
		h2d,
		{ command: "fan", fan: "aux2", percent: 10 },
		"not_supported",
		/not have that fan/,
	],
	["there is no air duct", idle, { command: "air_duct", mode: "heating" }, "not_supported", /no air duct/],
	[
		"the duct has no such mode",
		p2s,
		{ command: "air_duct", mode: "laser" },
		"not_supported",
		/cooling and heating/,
	],
	[
		"there is no such light",
		idle,
		{ command: "light", light: "work", mode: "on" },
		"not_supported",
		/chamber/,
	],
	["there is one nozzle", idle, { command: "active_extruder", nozzle: 1 }, "not_supported", /one nozzle/],
	[
		"there is one nozzle",
		idle,
		{ command: "nozzle_temperature", target: 200, nozzle: 1 },
		"not_supported",
		/one nozzle/,
	],
	[
		"there is one nozzle",
		hotIdle,
		{ command: "extrude", distance: 1, nozzle: 1 },
		"not_supported",
		/one nozzle/,
	],
	["there is one nozzle", idle, { command: "load", spool: "external_left" }, "not_supported", /one nozzle/],
	[
		"there is one nozzle",
		idle,
		{ command: "calibration", steps: ["nozzle_offset"] },
		"not_supported",
		/one nozzle/,
	],
	[
		"there is no lidar",
		idle,
		{ command: "calibration", steps: ["bed_level", "lidar"] },
		"not_supported",
		/lidar/,
	],
	["there is no such slot", idle, inSlot("load", 0, 4), "not_supported", /no slot 4 in a unit 0/],
	["there is no such unit", idle, inSlot("load", 1, 0), "not_supported", /no slot 0 in a unit 1/],
	["there is no such unit", idle, inSlot("read_tag", 3, 0), "not_supported", /unit 3/],
	["no unit is around it", idle, { command: "read_tag", spool: "external" }, "not_supported", /Only a unit/],
	["there is no such slot", idle, start({ spools: [{ unit: 9, slot: 0 }] }), "not_supported", /unit 9/],
	[
		"the unit has no dryer",
		idle,
		{ command: "dry_start", unit: 0, material: "PLA", target: 45, hours: 1 },
		"not_supported",
		/no dryer/,
	],
	["there is no such unit", h2d, { command: "dry_stop", unit: 7 }, "not_supported", /no unit 7/],
	[
		"the printer does not let us",
		{ model: "P2S", report: { fun2: "1" } },
		{ command: "dry_start", unit: 0, material: "PLA", target: 45, hours: 1 },
		"not_supported",
		/its screen/,
	],

	["the slot is empty", emptied, inSlot("load", 0, 1), "wrong_state", /empty/],
	["the slot is empty", emptied, inSlot("read_tag", 0, 1), "wrong_state", /empty/],
	["the slot is empty", emptied, { ...describe, spool: { unit: 0, slot: 1 } }, "wrong_state", /empty/],
	["the slot is empty", emptied, start({ spools: [null, { unit: 0, slot: 1 }] }), "wrong_state", /empty/],
	["its tag says what it is", idle, { ...describe, spool: { unit: 0, slot: 0 } }, "wrong_state", /tag/],

	["it is no color", idle, { ...describe, color: "orange" }, "bad_field", /hex digits/],
	["it is no color", idle, { ...describe, color: "FF88001" }, "bad_field", /hex digits/],
	["it is no 3MF file", idle, start({ file: "Boat.gcode" }), "bad_field", /\.3mf/],
	["it has no name", idle, start({ file: ".3mf" }), "bad_field", /\.3mf/],
	["it leads out of the storage", idle, start({ file: "../etc/Boat.3mf" }), "bad_field", /\.3mf/],
	["it leads out of the storage", idle, start({ file: "/etc/Boat.3mf" }), "bad_field", /\.3mf/],
	[
		"the option is a switch",
		idle,
		{ command: "print_option", option: "sound_enable", level: 1 },
		"bad_field",
		/"on"/,
	],
	[
		"the option has levels",
		idle,
		{ command: "print_option", option: "air_purification", on: true },
		"bad_field",
		/"level"/,
	],
	[
		"the option has one value",
		idle,
		{ command: "print_option", option: "sound_enable", on: true, level: 1 },
		"bad_field",
		/alone/,
	],
	["no option is given", idle, { command: "ams_options" }, "bad_field", /No option/],
	[
		"the printer has not said the other options",
		{ report: ({ ams: _, ...report }) => report },
		{ command: "ams_options", readAtStart: true },
		"bad_field",
		/trackRemaining/,
	],
	[
		"the table has lines",
		idle,
		{ command: "pressure_advance", spool: "external", k: 0.02 },
		"bad_field",
		/"profile"/,
	],
	[
		"the line's filament is missing",
		idle,
		{ command: "pressure_advance", spool: "external", profile: 1 },
		"bad_field",
		/filamentId/,
	],
	["there is no table", { report: ({ cali_version: _, ...report }) => report }, profile, "bad_field", /"k"/],
	[
		"the nozzle's diameter is not known",
		{ report: ({ nozzle_diameter: _, ...report }) => report },
		profile,
		"bad_field",
		/nozzleDiameter/,
	],

	["there is no such command", idle, { command: "explode" }, "unknown_command", /"explode"/],
	["there is no such command", idle, { command: "constructor" }, "unknown_command", /constructor/],
	["the command is no text", idle, { command: 5 as unknown as string }, "bad_field", /"command"/],
	[
		"there is no such field",
		idle,
		{ command: "home", axis: "z" },
		"bad_field",
		/no field "axis"; it has none/,
	],
	[
		"there is no such field",
		idle,
		{ command: "bed_temperature", target: 5, __proto__x: 1 },
		"bad_field",
		/target/,
	],
	["a field is missing", idle, { command: "bed_temperature" }, "bad_field", /"target" is missing/],
	[
		"a field is of another kind",
		idle,
		{ command: "bed_temperature", target: "60" },
		"bad_field",
		/whole number/,
	],
	[
		"a field is of another kind",
		idle,
		{ command: "bed_temperature", target: 60.5 },
		"bad_field",
		/whole number/,
	],
	[
		"a field is of another kind",
		idle,
		{ command: "load", spool: { unit: 0 } },
		"bad_field",
		/"unit", "slot"/,
	],
	[
		"a field is of another kind",
		idle,
		{ command: "load", spool: { unit: 0, slot: 0, x: 1 } },
		"bad_field",
		/"unit"/,
	],
	["it cannot be confirmed", idle, { command: "home", confirm: true }, "bad_field", /confirm/],
];

for (const [index, [why, printer, request, code, words]] of rows.entries()) {
	test(`${index}: ${JSON.stringify(request)} is refused when ${why}`, async () => {
		const refusal = await commandBench(printer).refused(request);
		assert.equal(refusal.code, code);
		assert.match(refusal.message, words);
	});
}

test("temperatures, fans, light and speed may be tuned in every state", async () => {
	for (const printer of [running, starting, waiting])
		for (const request of [
			{ command: "nozzle_temperature", target: 215 },
			{ command: "bed_temperature", target: 55 },
			{ command: "fan", fan: "part", percent: 40 },
			{ command: "light", mode: "off" },
			{ command: "speed", level: 1 },
			gcode("M104 S210 ; a little cooler\nm106 p1 s200"),
		])
			assert.deepEqual((await commandBench(printer).run(request)).result, { ok: true });
});

test("filament can be changed while a job is paused, as when it has run out", async () => {
	const pausedHot = { machine: (machine: Parameters<typeof hot>[0]) => hot(paused(machine)) };
	for (const request of notWhileRunning)
		assert.deepEqual((await commandBench(pausedHot).run(request)).result, { ok: true });
});

test("what a spool is can be changed during a job where the firmware says so", async () => {
	const flag3 = { ...running, report: { flag3: 0b1000 } };
	assert.deepEqual((await commandBench(flag3).run(describe)).result, { ok: true });
	const others = { ...running, report: { flag3: 0b10111 } };
	assert.equal((await commandBench(others).refused(describe)).code, "wrong_state");
});

test("away from the nozzle, the bed may be moved without homing", async () => {
	const { run } = commandBench();
	assert.deepEqual((await run({ command: "jog", axis: "z", distance: 10 })).result, { ok: true });
});

test("without a connection nothing is sent, and the request is still read", async () => {
	const { printer, mqtt, refused } = commandBench();
	mqtt.last.fail("closed_by_peer");
	assert.equal(printer.state.link, "offline");
	assert.equal((await refused({ command: "home" })).code, "offline");
	assert.equal((await refused({ command: "explode" })).code, "unknown_command");
});
