// What each command looks like on the wire, to the letter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTable } from "../../../../../modules/printers/bambu/commands/table";
import type { CommandRequest } from "../../../../../modules/printers/command";
import { withSpool } from "../../../../../sim/printers/bambu/machine";
import { plainSpool } from "../../../../../sim/printers/bambu/spools";
import { type CommandBenchOptions, commandBench, homed, hot, paused, printing } from "./command-bench";

type Row = readonly [printer: CommandBenchOptions, request: CommandRequest, ...sent: string[]];

const p1s: CommandBenchOptions = {};
const a1: CommandBenchOptions = { model: "A1" };
const x1c: CommandBenchOptions = { model: "X1C" };
const x1e: CommandBenchOptions = { model: "X1C", serial: "03W00A000000001" };
const p2s: CommandBenchOptions = { model: "P2S" };
const h2d: CommandBenchOptions = { model: "H2D" };
const running: CommandBenchOptions = { machine: printing };
const waiting: CommandBenchOptions = { machine: paused };
const broken = { report: { print_error: 50364437 } };
/** The same code, below zero as some printers write it. */
const high = { report: { print_error: 0x83008011 | 0 } };

const gcode = (param: string): string =>
	JSON.stringify({ print: { sequence_id: "S", command: "gcode_line", param } });
const print = (command: string, rest = ""): string =>
	`{"print":{"sequence_id":"S","command":"${command}"${rest && `,${rest}`}}}`;
const led = (node: string, mode: string): string =>
	`{"system":{"sequence_id":"S","command":"ledctrl","led_node":"${node}","led_mode":"${mode}","led_on_time":500,"led_off_time":500,"loop_times":1,"interval_time":0}}`;
const change = (fields: string): string => print("ams_change_filament", fields);
const jog = (move: string): string =>
	gcode(`M211 S\nM211 X1 Y1 Z1\nM1002 push_ref_mode\nG91 \nG1 ${move}\nM1002 pop_ref_mode\nM211 R\n`);

const started = (url: string, mapping: string): string =>
	`{"print":{"sequence_id":"S","command":"project_file","param":"Metadata/plate_1.gcode","project_id":"0","profile_id":"0","task_id":"0","subtask_id":"0","subtask_name":"Boat","file":"Boat.gcode.3mf","url":"${url}","md5":"from_sd_card","bed_type":"auto","bed_leveling":true,"flow_cali":false,"vibration_cali":true,"layer_inspect":false,"timelapse":false,${mapping},"auto_bed_leveling":2,"extrude_cali_flag":2,"nozzle_offset_cali":2,"cfg":"0"}}`;
const outside = '"use_ams":false,"ams_mapping":[-1],"ams_mapping2":[{"ams_id":255,"slot_id":0}]';

const describe: CommandRequest = {
	command: "filament_setting",
	spool: { unit: 0, slot: 3 },
	material: "PLA",
	filamentId: "GFA00",
	settingId: "GFSA00",
	color: "ff8800",
	nozzleMin: 190,
	nozzleMax: 230,
};
const described = (place: string): string =>
	print(
		"ams_filament_setting",
		`${place},"tray_info_idx":"GFA00","setting_id":"GFSA00","tray_color":"FF8800FF","nozzle_temp_min":190,"nozzle_temp_max":230,"tray_type":"PLA"`,
	);
const dry = (fields: string): string => print("ams_filament_drying", fields);
const profile: CommandRequest = {
	command: "pressure_advance",
	spool: { unit: 1, slot: 1 },
	profile: 2,
	filamentId: "GFA00",
};

const rows: readonly Row[] = [
	[running, { command: "pause" }, print("pause", '"param":""')],
	[waiting, { command: "resume" }, print("resume", '"param":""')],
	[running, { command: "stop", confirm: true }, print("stop", '"param":""')],
	[waiting, { command: "stop", confirm: true }, print("stop", '"param":""')],
	[running, { command: "speed", level: 2 }, print("print_speed", '"param":"2"')],
	[running, { command: "skip_objects", objects: [38, 41, 38] }, print("skip_objects", '"obj_list":[38,41]')],

	[p1s, { command: "light", mode: "on" }, led("chamber_light", "on")],
	[p1s, { command: "light", light: "chamber", mode: "off" }, led("chamber_light", "off")],
	[x1c, { command: "light", light: "work", mode: "flashing" }, led("work_light", "flashing")],
	[h2d, { command: "light", light: "chamber_2", mode: "on" }, led("chamber_light2", "on")],
	[h2d, { command: "light", light: "heatbed", mode: "on" }, led("heatbed_light", "on")],

	[p1s, { command: "nozzle_temperature", target: 220 }, gcode("M104 S220\n")],
	[p1s, { command: "nozzle_temperature", target: 0, nozzle: 0 }, gcode("M104 S0\n")],
	[
		h2d,
		{ command: "nozzle_temperature", target: 220 },
		print("set_nozzle_temp", '"extruder_index":0,"target_temp":220'),
	],
	[
		h2d,
		{ command: "nozzle_temperature", target: 350, nozzle: 1 },
		print("set_nozzle_temp", '"extruder_index":1,"target_temp":350'),
	],
	[p1s, { command: "bed_temperature", target: 60 }, gcode("M140 S60\n")],
	[h2d, { command: "bed_temperature", target: 60 }, gcode("M140 S60\n")],
	[p2s, { command: "bed_temperature", target: 60 }, print("set_bed_temp", '"temp":60')],
	[x1e, { command: "chamber_temperature", target: 45 }, gcode("M141 S45\n")],
	[h2d, { command: "chamber_temperature", target: 45 }, print("set_ctt", '"ctt_val":45,"temper_check":true')],
	[p1s, { command: "fan", fan: "part", percent: 100 }, gcode("M106 P1 S255\n")],
	[p1s, { command: "fan", fan: "aux", percent: 50 }, gcode("M106 P2 S128\n")],
	[p1s, { command: "fan", fan: "chamber", percent: 0 }, gcode("M106 P3 S0\n")],
	[a1, { command: "fan", fan: "part", percent: 1 }, gcode("M106 P1 S3\n")],
	[h2d, { command: "fan", fan: "part", percent: 50 }, print("set_fan", '"fan_index":1,"speed":50')],
	[p2s, { command: "fan", fan: "aux2", percent: 70 }, print("set_fan", '"fan_index":10,"speed":70')],
	[p2s, { command: "air_duct", mode: "cooling" }, print("set_airduct", '"modeId":0,"submode":-1')],
	[p2s, { command: "air_duct", mode: "heating" }, print("set_airduct", '"modeId":1,"submode":-1')],
	[h2d, { command: "air_duct", mode: "laser" }, print("set_airduct", '"modeId":2,"submode":-1')],

	[p1s, { command: "home" }, gcode("G28\n")],
	[x1c, { command: "home" }, print("back_to_center")],
	[p1s, { command: "jog", axis: "x", distance: 10 }, jog("X10.0 F3000")],
	[p1s, { command: "jog", axis: "y", distance: -1 }, jog("Y-1.0 F3000")],
	[a1, { command: "jog", axis: "z", distance: 1 }, jog("Z1.0 F1500")],
	[{ machine: homed }, { command: "jog", axis: "z", distance: -10 }, jog("Z-10.0 F1500")],
	[h2d, { command: "jog", axis: "x", distance: 10 }, print("xyz_ctrl", '"axis":"X","dir":1,"mode":1')],
	[h2d, { command: "jog", axis: "y", distance: -1 }, print("xyz_ctrl", '"axis":"Y","dir":-1,"mode":0')],
	[{ machine: hot }, { command: "extrude", distance: 10 }, gcode("M83\nG0 E10.0 F900\n")],
	[{ machine: hot }, { command: "extrude", distance: -50 }, gcode("M83\nG0 E-50.0 F900\n")],
	[
		{ model: "H2D", machine: hot },
		{ command: "extrude", distance: 10 },
		print("set_extrusion_length", '"extruder_index":0,"length":10'),
	],
	[
		{ model: "H2D", machine: hot },
		{ command: "extrude", distance: -5, nozzle: 1 },
		print("set_extrusion_length", '"extruder_index":1,"length":-5'),
	],
	[h2d, { command: "active_extruder", nozzle: 1 }, print("select_extruder", '"extruder_index":1')],
	[p1s, { command: "gcode", lines: "M106 P1 S255" }, gcode("M106 P1 S255\n")],
	[
		{ machine: homed },
		{ command: "gcode", lines: "G91\nG1 X10 F3000\n" },
		gcode("M211 S\nM211 X1 Y1 Z1\nG91\nG1 X10 F3000\nM211 R\n"),
	],

	[
		p1s,
		{ command: "load", spool: { unit: 0, slot: 2 } },
		change('"ams_id":0,"slot_id":2,"target":2,"curr_temp":-1,"tar_temp":-1'),
	],
	[
		x1c,
		{ command: "load", spool: { unit: 1, slot: 3 } },
		change('"ams_id":1,"slot_id":3,"target":7,"curr_temp":-1,"tar_temp":-1'),
	],
	[
		h2d,
		{ command: "load", spool: { unit: 128, slot: 0 } },
		change('"ams_id":128,"slot_id":0,"target":128,"curr_temp":-1,"tar_temp":-1'),
	],
	[
		p1s,
		{ command: "load", spool: "external" },
		change('"ams_id":255,"slot_id":254,"target":254,"curr_temp":-1,"tar_temp":-1'),
	],
	[
		{ model: "H2D", machine: hot },
		{ command: "load", spool: "external" },
		change('"ams_id":255,"slot_id":0,"target":255,"curr_temp":215,"tar_temp":240'),
	],
	[
		{ model: "H2D", machine: hot },
		{ command: "load", spool: "external_left" },
		change('"ams_id":254,"slot_id":0,"target":254,"curr_temp":215,"tar_temp":240'),
	],
	[
		{ machine: (machine) => ({ ...machine, loaded: [{ unit: 0, slot: 3 }] }) },
		{ command: "unload", confirm: true },
		change('"ams_id":0,"slot_id":255,"target":255,"curr_temp":240,"tar_temp":240'),
	],
	[
		{ model: "H2D", machine: (machine) => ({ ...machine, loaded: [{ unit: 128, slot: 0 }, undefined] }) },
		{ command: "unload", confirm: true },
		change('"ams_id":128,"slot_id":255,"target":255,"curr_temp":230,"tar_temp":230'),
	],
	[
		{ machine: (machine) => ({ ...machine, loaded: [{ unit: 255, slot: 0 }] }) },
		{ command: "unload", confirm: true },
		print("unload_filament"),
	],
	[
		{ model: "A1", machine: (machine) => ({ ...machine, loaded: [{ unit: 255, slot: 0 }] }) },
		{ command: "unload", confirm: true },
		change('"ams_id":255,"slot_id":255,"target":255,"curr_temp":240,"tar_temp":240'),
	],

	[p1s, describe, described('"ams_id":0,"slot_id":3,"tray_id":3')],
	[p1s, { ...describe, spool: "external" }, described('"ams_id":255,"slot_id":0,"tray_id":254')],
	[h2d, { ...describe, spool: "external_left" }, described('"ams_id":254,"slot_id":0,"tray_id":254')],
	[
		{ model: "H2D", machine: (machine) => withSpool(machine, { unit: 128, slot: 0 }, plainSpool()) },
		{ ...describe, spool: { unit: 128, slot: 0 }, color: "FF8800FF" },
		described('"ams_id":128,"slot_id":0,"tray_id":0'),
	],
	[
		p1s,
		{ command: "read_tag", spool: { unit: 0, slot: 1 } },
		print("ams_get_rfid", '"ams_id":0,"slot_id":1'),
	],
	[
		{
			serial: "01P00A000000001",
			report: {},
			machine: (machine) => ({ ...machine, model: { ...machine.model, firmware: "01.08.00.09" } }),
		},
		{ command: "read_tag", spool: { unit: 0, slot: 1 } },
		gcode("M620 R1\n"),
	],
	[
		{
			model: "X1C",
			machine: (machine) => ({ ...machine, model: { ...machine.model, firmware: "01.08.05.00" } }),
		},
		{ command: "read_tag", spool: { unit: 1, slot: 2 } },
		gcode("M620 R6\n"),
	],
	[
		h2d,
		{ command: "dry_start", unit: 0, material: "PLA", target: 45, hours: 8 },
		dry(
			'"ams_id":0,"mode":1,"filament":"PLA","temp":45,"duration":8,"humidity":0,"rotate_tray":false,"cooling_temp":35,"close_power_conflict":false',
		),
	],
	[
		h2d,
		{ command: "dry_start", unit: 128, material: "PA", target: 85, hours: 24, rotate: true },
		dry(
			'"ams_id":128,"mode":1,"filament":"PA","temp":85,"duration":24,"humidity":0,"rotate_tray":true,"cooling_temp":35,"close_power_conflict":false',
		),
	],
	[
		h2d,
		{ command: "dry_stop", unit: 0 },
		dry(
			'"ams_id":0,"mode":0,"filament":"","temp":0,"duration":0,"humidity":0,"rotate_tray":false,"cooling_temp":0,"close_power_conflict":false',
		),
	],
	[
		x1c,
		profile,
		print(
			"extrusion_cali_sel",
			'"tray_id":5,"ams_id":1,"slot_id":1,"cali_idx":2,"filament_id":"GFA00","nozzle_diameter":"0.4"',
		),
	],
	[
		p1s,
		{ ...profile, spool: "external", profile: -1, nozzleDiameter: "0.6" },
		print(
			"extrusion_cali_sel",
			'"tray_id":255,"ams_id":255,"slot_id":0,"cali_idx":-1,"filament_id":"GFA00","nozzle_diameter":"0.6"',
		),
	],
	[
		h2d,
		{ ...profile, spool: "external_left" },
		print(
			"extrusion_cali_sel",
			'"tray_id":254,"ams_id":254,"slot_id":0,"cali_idx":2,"filament_id":"GFA00","nozzle_diameter":"0.4"',
		),
	],
	[
		{ report: ({ cali_version: _, ...old }) => old },
		{ command: "pressure_advance", spool: { unit: 0, slot: 1 }, k: 0.02 },
		print("extrusion_cali_set", '"tray_id":1,"k_value":0.02,"n_coef":1.4'),
	],
	[
		p1s,
		{ command: "ams_options", readAtStart: true },
		print(
			"ams_user_setting",
			'"ams_id":-1,"startup_read_option":true,"tray_read_option":true,"calibrate_remain_flag":true',
		),
	],
	[
		p1s,
		{ command: "ams_options", readOnInsert: false, trackRemaining: false },
		print(
			"ams_user_setting",
			'"ams_id":-1,"startup_read_option":false,"tray_read_option":false,"calibrate_remain_flag":false',
		),
	],
	[waiting, { command: "ams_control", step: "resume" }, print("ams_control", '"param":"resume"')],
	[waiting, { command: "ams_control", step: "done" }, print("ams_control", '"param":"done"')],
	[waiting, { command: "ams_control", step: "pause" }, print("ams_control", '"param":"pause"')],
	[p1s, { command: "ams_control", step: "reset" }, print("ams_control", '"param":"reset"')],
	[
		waiting,
		{ command: "ams_control", step: "abort", confirm: true },
		print("ams_control", '"param":"abort"'),
	],

	[p1s, { command: "calibration", steps: ["bed_level", "vibration"] }, print("calibration", '"option":6')],
	[x1c, { command: "calibration", steps: ["lidar", "lidar"] }, print("calibration", '"option":1')],
	[
		h2d,
		{ command: "calibration", steps: ["motor_noise", "nozzle_offset", "hot_bed_level", "clump_position"] },
		print("calibration", '"option":120'),
	],
	[
		p1s,
		{ command: "print_option", option: "auto_recovery", on: true },
		print("print_option", '"auto_recovery":true,"option":1'),
	],
	[
		p1s,
		{ command: "print_option", option: "auto_recovery", on: false },
		print("print_option", '"auto_recovery":false,"option":0'),
	],
	...[
		"auto_switch_filament",
		"air_print_detect",
		"filament_tangle_detect",
		"nozzle_blob_detect",
		"sound_enable",
	].map(
		(option): Row => [
			p1s,
			{ command: "print_option", option, on: false },
			print("print_option", `"${option}":false`),
		],
	),
	...["nozzle_blob_detect_v2", "air_purification"].map(
		(option): Row => [
			h2d,
			{ command: "print_option", option, level: 2 },
			print("print_option", `"${option}":2`),
		],
	),

	[
		broken,
		{ command: "clear_error" },
		print("clean_print_error", '"subtask_id":"0","print_error":50364437'),
		'{"system":{"sequence_id":"S","command":"uiop","name":"print_error","action":"close","source":1,"type":"dialog","err":"03008015"}}',
	],
	[
		high,
		{ command: "dismiss_dialog" },
		'{"system":{"sequence_id":"S","command":"uiop","name":"print_error","action":"close","source":1,"type":"dialog","err":"83008011"}}',
	],
	[
		{ ...waiting, report: { print_error: 50364437, job_id: "1234" } },
		{ command: "ignore_error" },
		print("ignore", '"err":"50364437","param":"reserve","job_id":"1234"'),
	],
	[high, { command: "ignore_error" }, print("idle_ignore", '"err":"2197848081","type":0')],

	[p1s, { command: "start", file: "Boat.gcode.3mf" }, started("file:///sdcard/Boat.gcode.3mf", outside)],
	[
		a1,
		{ command: "start", file: "cache/Boat.gcode.3mf", spools: [{ unit: 0, slot: 3 }, null] },
		started(
			"file:///sdcard/cache/Boat.gcode.3mf",
			'"use_ams":true,"ams_mapping":[3,-1],"ams_mapping2":[{"ams_id":0,"slot_id":3},{"ams_id":255,"slot_id":255}]',
		),
	],
	[
		h2d,
		{
			command: "start",
			file: "Boat.gcode.3mf",
			spools: [{ unit: 1, slot: 2 }, { unit: 128, slot: 0 }, "external", "external_left"],
		},
		started(
			"file:///media/usb0/Boat.gcode.3mf",
			'"use_ams":true,"ams_mapping":[6,128,-1,-1],"ams_mapping2":[{"ams_id":1,"slot_id":2},{"ams_id":128,"slot_id":0},{"ams_id":255,"slot_id":0},{"ams_id":254,"slot_id":0}]',
		),
	],
	[
		{ serial: "26A00A000000001", model: "A1" },
		{ command: "start", file: "Boat.gcode.3mf" },
		started("ftp:///Boat.gcode.3mf", outside),
	],
	[
		p1s,
		{
			command: "start",
			file: "Boat.3mf",
			plate: 3,
			levelBed: false,
			calibrateFlow: true,
			calibrateVibration: false,
			inspectFirstLayer: true,
			timelapse: true,
		},
		`{"print":{"sequence_id":"S","command":"project_file","param":"Metadata/plate_3.gcode","project_id":"0","profile_id":"0","task_id":"0","subtask_id":"0","subtask_name":"Boat","file":"Boat.3mf","url":"file:///sdcard/Boat.3mf","md5":"from_sd_card","bed_type":"auto","bed_leveling":false,"flow_cali":true,"vibration_cali":false,"layer_inspect":true,"timelapse":true,${outside},"auto_bed_leveling":0,"extrude_cali_flag":1,"nozzle_offset_cali":2,"cfg":"0"}}`,
	],
];

for (const [index, [printer, request, ...expected]] of rows.entries()) {
	const { command, confirm: _, ...fields } = request;
	test(`${index}: ${command} ${JSON.stringify(fields)} to a ${printer.serial ?? printer.model ?? "P1S"} is as it should be`, async () => {
		const { run } = commandBench(printer);
		const { result, sent } = await run(request);
		assert.deepEqual(result, { ok: true });
		assert.deepEqual(sent, expected);
	});
}

test("every command of the table is among them", () => {
	const shown = new Set(rows.map(([, { command }]) => command));
	assert.deepEqual(
		Object.keys(commandTable).filter((command) => !shown.has(command)),
		[],
	);
});

test("the A2L's built-in unit counts its slots from 64", async () => {
	const unit = (report: Record<string, unknown>) => {
		const { ams } = report as { ams: { ams: Record<string, unknown>[] } };
		return { ...report, ams: { ...ams, ams: ams.ams.map((first) => ({ ...first, id: "16" })) } } as never;
	};
	const { run } = commandBench({ model: "A1", serial: "26A00A000000001", report: unit });
	const { sent } = await run({ command: "load", spool: { unit: 16, slot: 1 } });
	assert.deepEqual(sent, [change('"ams_id":16,"slot_id":1,"target":65,"curr_temp":-1,"tar_temp":-1')]);
});
