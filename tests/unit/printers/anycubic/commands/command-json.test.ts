// What each command looks like on the wire, to the letter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTable } from "../../../../../modules/printers/anycubic/commands/table";
import type { CommandRequest } from "../../../../../modules/printers/command";
import {
	ace,
	type CommandBenchOptions,
	commandBench,
	idle,
	KOBRA_2_PLUS,
	KOBRA_3,
	KOBRA_S1,
	KOBRA_X,
	paused,
	printing,
} from "./command-bench";

type Row = readonly [printer: CommandBenchOptions, request: CommandRequest, sent: string];

const k2: CommandBenchOptions = { ...idle, modelId: KOBRA_2_PLUS };
const k2Printing: CommandBenchOptions = { ...printing, modelId: KOBRA_2_PLUS };
const k2Paused: CommandBenchOptions = { ...paused, modelId: KOBRA_2_PLUS };
const k3: CommandBenchOptions = { ...idle, modelId: KOBRA_3, units: [ace(0), ace(1)] };
const k3Printing: CommandBenchOptions = { ...printing, modelId: KOBRA_3 };
const s1: CommandBenchOptions = { ...idle, modelId: KOBRA_S1 };
const s1Printing: CommandBenchOptions = { ...printing, modelId: KOBRA_S1 };
const kx: CommandBenchOptions = { ...idle, modelId: KOBRA_X, units: [ace(0), ace(1)] };

const message = (type: string, action: string, data: string): string =>
	`{"type":"${type}","action":"${action}","data":${data}}`;
const print = (action: string, data: string): string => message("print", action, data);
const update = (task: string, settings: string): string =>
	print("update", `{"taskid":"${task}","settings":{${settings}}}`);
const TASK = '"taskid":"492102245"';
/** The number that is drawn for the first task. */
const DRAWN = '"taskid":"100000000"';
const MD5 = "943C0DFF568DD508E21AF2D894BB6B49";
const fetched: CommandRequest = {
	command: "start",
	file: "Boat.gcode",
	url: "http://192.168.1.5:8000/uploads/Boat.gcode",
	sizeBytes: 188_000,
	md5: MD5,
	patched: true,
};

const rows: readonly Row[] = [
	[k2, { command: "list_files", place: "local" }, message("file", "listLocal", '{"path":"\\/"}')],
	[
		k2,
		{ command: "list_files", place: "usb", folder: "/boats/small" },
		message("file", "listUdisk", '{"path":"\\/boats\\/small"}'),
	],
	[
		k2,
		{ command: "delete_file", place: "local", file: "Boat.gcode", confirm: true },
		message("file", "deleteLocal", '{"path":"\\/","filename":"Boat.gcode"}'),
	],
	[
		k3,
		{ command: "delete_file", place: "usb", file: "boats/Boat.GCODE", confirm: true },
		message("file", "deleteUdisk", '{"path":"\\/boats","filename":"Boat.GCODE"}'),
	],
	[k2, { command: "query_status" }, message("status", "query", "null")],
	[k2, { command: "query_print" }, print("query", "null")],
	[k2, { command: "query_slice_parameters" }, print("getSliceParam", "null")],
	[k2, { command: "query_firmware" }, message("ota", "reportVersion", "null")],
	[k2Printing, { command: "query_settings" }, print("update", '{"taskid":"0"}')],
	[
		k2Printing,
		{ command: "transfer_local_task", task: "492102245", localTask: "-1" },
		print("localtasktrans", '{"taskid":"492102245","localtask":"-1"}'),
	],

	[
		k2,
		{ command: "start", file: "Boat.gcode" },
		print("start", `{${DRAWN},"filename":"Boat.gcode","filepath":"\\/","filetype":1,"task_mode":1}`),
	],
	[
		k2,
		{ command: "start", place: "usb", file: "boats/Böötchen 2.gcode" },
		print(
			"start",
			`{${DRAWN},"filename":"Böötchen 2.gcode","filepath":"\\/boats","filetype":2,"task_mode":1}`,
		),
	],
	[
		k2,
		fetched,
		print(
			"start",
			`{${DRAWN},"url":"http:\\/\\/192.168.1.5:8000\\/uploads\\/Boat.gcode","filename":"Boat.gcode","filesize":188000,"md5":"${MD5.toLowerCase()}","filetype":0,"task_mode":1}`,
		),
	],
	[
		k3,
		{ command: "start", place: "local", file: "boats/Boat.gcode" },
		print(
			"start",
			'{"taskid":"-1","filename":"boats\\/Boat.gcode","filepath":"\\/","filetype":1,"task_mode":1}',
		),
	],
	[
		k3,
		{
			command: "start",
			file: "Boat.gcode",
			spools: [{ unit: 1, slot: 3 }, null, { unit: 0, slot: 1 }],
			levelBed: true,
			calibrateFlow: false,
			calibrateVibration: true,
		},
		print(
			"start",
			'{"taskid":"-1","filename":"Boat.gcode","filepath":"\\/","filetype":1,"task_mode":1,"ams_settings":{"use_ams":true,"ams_box_mapping":[' +
				'{"paint_index":0,"ams_index":7,"paint_color":[0,128,255,255],"ams_color":[0,128,255,255],"material_type":"PETG"},' +
				'{"paint_index":2,"ams_index":1,"paint_color":[255,255,255,255],"ams_color":[255,255,255,255],"material_type":""}]},' +
				'"task_settings":{"auto_leveling":1,"vibration_compensation":1,"flow_calibration":0}}',
		),
	],
	[
		k3,
		{ command: "start", file: "Boat.gcode", spools: ["external"] },
		print(
			"start",
			'{"taskid":"-1","filename":"Boat.gcode","filepath":"\\/","filetype":1,"task_mode":1,"ams_settings":{"use_ams":false,"ams_box_mapping":[]}}',
		),
	],

	[k2Printing, { command: "pause" }, print("pause", `{${TASK}}`)],
	[k2Paused, { command: "resume" }, print("resume", `{${TASK}}`)],
	[k2Printing, { command: "stop", confirm: true }, print("stop", `{${TASK}}`)],
	[k2Paused, { command: "cancel", confirm: true }, print("cancel", `{${TASK}}`)],
	// A task that the printer has not named.
	[
		{ ...k2Printing, taskId: undefined },
		{ command: "stop", confirm: true },
		print("stop", '{"taskid":"-1"}'),
	],
	// Later printers take no other number, and neither does a Kobra 2 with their software.
	[k3Printing, { command: "pause" }, print("pause", '{"taskid":"-1"}')],
	[{ ...k2Printing, way: "lan" }, { command: "pause" }, print("pause", '{"taskid":"-1"}')],
	[{ ...k3Printing, way: "broker" }, { command: "pause" }, print("pause", '{"taskid":"-1"}')],

	[k2Printing, { command: "speed", level: 1 }, update("492102245", '"print_speed_mode":1')],
	[k3Printing, { command: "speed", level: 3 }, update("-1", '"print_speed_mode":3')],
	[
		k2Printing,
		{ command: "nozzle_temperature", target: 210 },
		update("492102245", '"target_nozzle_temp":210'),
	],
	[
		k2Paused,
		{ command: "nozzle_temperature", target: 0, nozzle: 0 },
		update("492102245", '"target_nozzle_temp":0'),
	],
	[k2Printing, { command: "bed_temperature", target: 60 }, update("492102245", '"target_hotbed_temp":60')],
	[k2Printing, { command: "fan", fan: "part", percent: 100 }, update("492102245", '"fan_speed_pct":100')],
	[s1Printing, { command: "fan", fan: "aux", percent: 50 }, update("-1", '"aux_fan_speed_pct":50')],
	[s1Printing, { command: "fan", fan: "chamber", percent: 0 }, update("-1", '"box_fan_level":0')],
	[k2Printing, { command: "z_compensation", distance: -0.05 }, update("492102245", '"z_comp":"-0.05"')],
	[k2Printing, { command: "z_compensation", distance: 1 }, update("492102245", '"z_comp":"1.00"')],
	[k2Printing, { command: "z_compensation", distance: -0.001 }, update("492102245", '"z_comp":"0.00"')],

	[k2, { command: "video_start" }, message("video", "startCapture", "null")],
	[s1, { command: "video_stop" }, message("video", "stopCapture", "null")],
	[
		s1,
		{ command: "light", mode: "on" },
		message("light", "control", '{"type":2,"status":1,"brightness":100}'),
	],
	[
		s1,
		{ command: "light", light: "chamber", mode: "off" },
		message("light", "control", '{"type":2,"status":0,"brightness":0}'),
	],
	[
		kx,
		{ command: "light", mode: "on" },
		message("light", "control", '{"type":3,"status":1,"brightness":100}'),
	],
	[
		{ ...kx, lightKinds: [1] },
		{ command: "light", light: "work", mode: "on" },
		message("light", "control", '{"type":1,"status":1,"brightness":100}'),
	],
	[
		k3,
		{ command: "dry_start", unit: 0, material: "PLA", target: 45, hours: 4 },
		message(
			"multiColorBox",
			"setDry",
			'{"multi_color_box":[{"id":0,"drying_status":{"status":1,"target_temp":45,"duration":240}}]}',
		),
	],
	[
		kx,
		{ command: "dry_stop", unit: 1 },
		message("multiColorBox", "setDry", '{"multi_color_box":[{"id":0,"drying_status":{"status":0}}]}'),
	],
	[
		k3,
		{ command: "auto_feed", unit: 1, on: true },
		message("multiColorBox", "setAutoFeed", '{"multi_color_box":[{"id":1,"auto_feed":1}]}'),
	],
	[
		kx,
		{ command: "auto_feed", unit: 0, on: false },
		message("multiColorBox", "setAutoFeed", '{"multi_color_box":[{"id":-1,"auto_feed":0}]}'),
	],
];

for (const [printer, request, text] of rows)
	test(`to a ${printer.modelId}, ${JSON.stringify(request)}`, () => {
		const bench = commandBench(printer);
		assert.equal(bench.gate.refusal(request), undefined, "it would be sent");
		assert.equal(bench.wire(bench.give(request).command), text);
	});

test("every command is shown here", () => {
	const shown = new Set(rows.map(([, { command }]) => command));
	assert.deepEqual(
		Object.keys(commandTable).filter((command) => !shown.has(command)),
		[],
	);
});

test("no command updates a printer's firmware", () => {
	for (const [, , text] of rows)
		if (text.includes('"type":"ota"')) assert.ok(text.includes('"action":"reportVersion"'), text);
	assert.equal(Object.hasOwn(commandTable, "update"), false);
});

test("a new job has a number that no other has", () => {
	const bench = commandBench(k2);
	const numbers = new Set<unknown>();
	for (let times = 0; times < 20; times++) {
		const { command } = bench.give({ command: "start", file: "Boat.gcode" });
		const task = command.data?.taskid;
		assert.ok(typeof task === "string" && /^[1-9][0-9]{8}$/.test(task), String(task));
		numbers.add(task);
		bench.report("print", { msgid: command.msgid, action: "start", state: "checking" });
		bench.gate.jobBegan();
	}
	assert.equal(numbers.size, 20);
});
