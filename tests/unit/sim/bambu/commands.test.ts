import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandTable, runCommand } from "../../../../sim/printers/bambu/commands";
import { defaultFilaments } from "../../../../sim/printers/bambu/job-commands";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../../sim/printers/bambu/json";
import { createMachine, type Machine, withSpool } from "../../../../sim/printers/bambu/machine";
import {
	advance,
	pausePrintJob,
	startPrintJob,
	withPrintError,
} from "../../../../sim/printers/bambu/machine-run";
import { type PrinterModelName, printerModel } from "../../../../sim/printers/bambu/models";
import { gcodeState, planPrint } from "../../../../sim/printers/bambu/print-job";
import { fullReport } from "../../../../sim/printers/bambu/report";
import { plainSpool } from "../../../../sim/printers/bambu/spools";
import { at } from "./fixtures";

function idle(model: PrinterModelName = "P1S"): Machine {
	return createMachine({ model: printerModel(model) });
}

function printing(model: PrinterModelName = "P1S"): Machine {
	const machine = idle(model);
	const plan = planPrint({ name: "Boat", filaments: defaultFilaments(machine) });
	return advance(startPrintJob(machine, plan), 8 * 60_000);
}

interface Run {
	machine: Machine;
	ack: JsonObject;
	/** The full report afterwards. */
	report: JsonObject;
}

function run(machine: Machine, section: string, command: string, fields: JsonObject = {}): Run {
	const request = { sequence_id: "20017", command, ...fields };
	const result = runCommand(machine, section, request);
	assert.ok(result.ack !== undefined, `${command} was not answered`);
	assert.equal(result.ack.sequence_id, "20017");
	assert.equal(result.ack.command, command);
	return { machine: result.machine, ack: result.ack, report: fullReport(result.machine) };
}

function succeeds(machine: Machine, section: string, command: string, fields: JsonObject = {}): Run {
	const done = run(machine, section, command, fields);
	assert.equal(done.ack.result, "success", `${command}: ${done.ack.reason}`);
	return done;
}

function fails(machine: Machine, section: string, command: string, fields: JsonObject = {}): Run {
	const done = run(machine, section, command, fields);
	assert.equal(done.ack.result, "fail", command);
	assert.ok(typeof done.ack.reason === "string" && done.ack.reason !== "");
	return done;
}

const light = (node: string, mode: string): JsonObject => ({
	led_node: node,
	led_mode: mode,
	led_on_time: 500,
	led_off_time: 500,
	loop_times: 1,
	interval_time: 0,
});

test("an ack carries back what was sent, with result and reason", () => {
	const { ack } = succeeds(idle(), "print", "print_speed", { param: "3" });
	assert.deepEqual(ack, {
		sequence_id: "20017",
		command: "print_speed",
		param: "3",
		result: "success",
		reason: "",
	});
});

test("pause, resume and stop act on a running job and fail without one", () => {
	const paused = succeeds(printing(), "print", "pause", { param: "" });
	assert.equal(paused.report.gcode_state, "PAUSE");
	assert.equal(paused.report.stg_cur, 16);
	fails(paused.machine, "print", "pause");
	const resumed = succeeds(paused.machine, "print", "resume", { param: "" });
	assert.equal(resumed.report.gcode_state, "RUNNING");
	const stopped = succeeds(resumed.machine, "print", "stop", { param: "" });
	assert.equal(stopped.report.gcode_state, "FAILED");
	assert.equal(stopped.report.print_error, 50348044);
	assert.equal(succeeds(paused.machine, "print", "stop").report.gcode_state, "FAILED");
	for (const command of ["pause", "resume", "stop"]) fails(idle(), "print", command);
});

test("print_speed takes the four levels as strings and reports level and percent", () => {
	const percents = { "1": 50, "2": 100, "3": 124, "4": 166 };
	for (const [param, percent] of Object.entries(percents)) {
		const { report } = succeeds(idle(), "print", "print_speed", { param });
		assert.equal(report.spd_lvl, Number(param));
		assert.equal(report.spd_mag, percent);
	}
	for (const param of ["0", "5", "", "constructor"]) fails(idle(), "print", "print_speed", { param });
	fails(idle(), "print", "print_speed", { param: 2 });
});

test("ledctrl switches the lights the model has, and names a light it does not find", () => {
	const off = succeeds(idle(), "system", "ledctrl", light("chamber_light", "off"));
	assert.deepEqual(off.report.lights_report, [{ node: "chamber_light", mode: "off" }]);
	const wrong = fails(idle("P2S"), "system", "ledctrl", light("chamber_light2", "on"));
	assert.equal(wrong.ack.reason, "did not find the valid led");
	succeeds(idle("H2D"), "system", "ledctrl", light("chamber_light2", "off"));
	succeeds(idle("H2D"), "system", "ledctrl", light("heatbed_light", "off"));
	fails(idle(), "system", "ledctrl", light("chamber_light", "dim"));
	fails(idle(), "system", "ledctrl", light("toString", "on"));
	fails(idle(), "system", "ledctrl", { led_node: "chamber_light", led_mode: "on" });
});

test("gcode_line sets temperatures and fans and answers SUCCESS in capitals", () => {
	const { ack, report, machine } = run(idle(), "print", "gcode_line", {
		param: "M104 S220\nM140 S60\nM106 P1 S255\nM106 P2 S128\nM106 P3 S0\n",
	});
	assert.equal(ack.result, "SUCCESS");
	assert.equal(report.nozzle_target_temper, 220);
	assert.equal(report.bed_target_temper, 60);
	assert.deepEqual([report.cooling_fan_speed, report.big_fan1_speed], ["15", "8"]);
	assert.ok(Number(fullReport(advance(machine, 30_000)).nozzle_temper) > 100);
	fails(idle(), "print", "gcode_line");
});

test("targets beyond the model's limits are cut to them", () => {
	const { report } = run(idle(), "print", "gcode_line", { param: "M104 S999\nM140 S-5\nM140 S999" });
	assert.equal(report.nozzle_target_temper, 300);
	assert.equal(report.bed_target_temper, 100);
});

test("T in M104 names the nozzle of a printer with two", () => {
	const { report } = run(idle("H2D"), "print", "gcode_line", { param: "M104 T1 S210" });
	assert.equal(Number(at(report, "device", "extruder", "info", 1, "temp")) >> 16, 210);
	assert.equal(Number(at(report, "device", "extruder", "info", 0, "temp")) >> 16, 0);
});

test("homing sets the home bits, by G28 and by back_to_center", () => {
	const homed = (report: JsonObject): number => Number(report.home_flag) & 7;
	assert.equal(homed(fullReport(idle())), 0);
	assert.equal(homed(run(idle(), "print", "gcode_line", { param: "G28" }).report), 7);
	assert.equal(homed(succeeds(idle("X1C"), "print", "back_to_center").report), 7);
	fails(idle("P1S"), "print", "back_to_center");
});

test("jogging takes an axis and a direction on printers that know the command", () => {
	succeeds(idle("P2S"), "print", "xyz_ctrl", { axis: "X", dir: 1, mode: 1 });
	succeeds(idle("H2D"), "print", "xyz_ctrl", { axis: "Z", dir: -1, mode: 0 });
	fails(idle("P2S"), "print", "xyz_ctrl", { axis: "W", dir: 1, mode: 1 });
	fails(idle("P2S"), "print", "xyz_ctrl", { axis: "X", dir: 7, mode: 1 });
	fails(idle("X1C"), "print", "xyz_ctrl", { axis: "X", dir: 1, mode: 1 });
	const wrapped =
		"M211 S\nM211 X1 Y1 Z1\nM1002 push_ref_mode\nG91 \nG1 X10.0 F3000\nM1002 pop_ref_mode\nM211 R\n";
	assert.equal(run(idle("A1"), "print", "gcode_line", { param: wrapped }).ack.result, "SUCCESS");
});

test("the newer heating commands work on the models that have them", () => {
	assert.equal(succeeds(idle("P2S"), "print", "set_bed_temp", { temp: 60 }).report.bed_target_temper, 60);
	fails(idle("P1S"), "print", "set_bed_temp", { temp: 60 });
	const nozzle = succeeds(idle("H2D"), "print", "set_nozzle_temp", { extruder_index: 1, target_temp: 220 });
	assert.equal(Number(at(nozzle.report, "device", "extruder", "info", 1, "temp")) >> 16, 220);
	fails(idle("P2S"), "print", "set_nozzle_temp", { extruder_index: 1, target_temp: 220 });
	fails(idle("A1"), "print", "set_nozzle_temp", { extruder_index: 0, target_temp: 220 });
	const chamber = succeeds(idle("H2D"), "print", "set_ctt", { ctt_val: 45, temper_check: true });
	assert.equal(Number(at(chamber.report, "device", "ctc", "info", "temp")) >> 16, 45);
	assert.equal(chamber.report.ctt, 45);
	fails(idle("X1C"), "print", "set_ctt", { ctt_val: 45, temper_check: true });
});

test("fans and air ducts have commands of their own on the models with ducts", () => {
	const fan = succeeds(idle("H2D"), "print", "set_fan", { fan_index: 1, speed: 60 });
	assert.equal(at(fan.report, "device", "airduct", "parts", 0, "state"), 60);
	const second = succeeds(idle("P2S"), "print", "set_fan", { fan_index: 10, speed: 40 });
	assert.equal(at(second.report, "device", "airduct", "parts", 2, "state"), 40);
	fails(idle("H2D"), "print", "set_fan", { fan_index: 77, speed: 60 });
	fails(idle("H2D"), "print", "set_fan", { fan_index: 10, speed: 60 });
	fails(idle("X1C"), "print", "set_fan", { fan_index: 1, speed: 60 });
	const duct = succeeds(idle("P2S"), "print", "set_airduct", { modeId: 1, submode: -1 });
	assert.equal(at(duct.report, "device", "airduct", "modeCur"), 1);
	fails(idle("P2S"), "print", "set_airduct", { modeId: 2, submode: -1 });
});

test("extrusion and the active nozzle are set where they exist", () => {
	const left = succeeds(idle("H2D"), "print", "select_extruder", { extruder_index: 1 });
	assert.equal(at(left.report, "device", "extruder", "state"), 0x112);
	fails(idle("P2S"), "print", "select_extruder", { extruder_index: 1 });
	fails(idle("P2S"), "print", "set_extrusion_length", { extruder_index: 0, length: 10 });
	const hot = advance(run(idle("P2S"), "print", "gcode_line", { param: "M104 S220" }).machine, 90_000);
	succeeds(hot, "print", "set_extrusion_length", { extruder_index: 0, length: 10 });
	fails(idle("P1S"), "print", "set_extrusion_length", { extruder_index: 0, length: 10 });
});

test("project_file starts a job with the slots it maps, and its name is shown", () => {
	const begun = succeeds(idle(), "print", "project_file", {
		param: "Metadata/plate_1.gcode",
		subtask_name: "Würfel",
		file: "cube.gcode.3mf",
		url: "ftp://cube.gcode.3mf",
		bed_leveling: false,
		use_ams: true,
		ams_mapping: [3, -1, 1],
	});
	assert.equal(begun.report.subtask_name, "Würfel");
	assert.equal(begun.report.gcode_state, "IDLE");
	assert.equal(begun.report.print_type, "local");
	const trays = begun.machine.job.plan?.filaments.map(({ tray }) => tray);
	assert.deepEqual(trays, [{ unit: 0, slot: 3 }, undefined, { unit: 0, slot: 1 }]);
	assert.equal(gcodeState(advance(begun.machine, 4000).job), "PREPARE");
});

test("project_file maps units beyond the first, AMS HT and the external spool", () => {
	const file = { param: "Metadata/plate_1.gcode", file: "a.3mf" };
	const h2d = succeeds(idle("H2D"), "print", "project_file", { ...file, ams_mapping: [5, 128] });
	assert.deepEqual(h2d.report.mapping, [257, 32768]);
	const external = succeeds(idle(), "print", "project_file", { ...file, use_ams: false });
	assert.deepEqual(external.machine.job.plan?.filaments, [{ tray: { unit: 255, slot: 0 }, grams: 30 }]);
	const all = succeeds(idle(), "print", "project_file", file);
	assert.equal(all.machine.job.plan?.filaments.length, 4);
});

test("project_file is refused with a reason while busy, for slots that are not there and for bad flags", () => {
	const file = { param: "Metadata/plate_1.gcode", file: "a.3mf" };
	const busy = fails(printing(), "print", "project_file", file);
	assert.equal(busy.report.print_error, 0x05004004);
	assert.equal(busy.report.gcode_state, "RUNNING");
	fails(pausePrintJob(printing()), "print", "project_file", file);
	fails(idle(), "print", "project_file", { ...file, ams_mapping: [9] });
	fails(idle(), "print", "project_file", { ...file, bed_leveling: "true" });
	fails(idle(), "print", "project_file", { subtask_name: "no plate" });
});

test("gcode_file starts a calibration, an unloading or a print, by its path", () => {
	const path = (param: string): JsonObject => ({ param });
	const calibration = succeeds(
		idle(),
		"print",
		"gcode_file",
		path("/usr/etc/print/auto_cali_for_user.gcode"),
	);
	assert.equal(calibration.report.print_type, "system");
	const print = succeeds(idle(), "print", "gcode_file", path("/sdcard/cube.gcode"));
	assert.equal(print.report.subtask_name, "cube");
	succeeds(idle(), "print", "gcode_file", path("/usr/etc/print/filament_unload.gcode"));
	fails(idle(), "print", "gcode_file", path("cube.gcode.3mf"));
	fails(printing(), "print", "gcode_file", path("/sdcard/cube.gcode"));
});

test("calibration runs what its bits ask for, and not while a job is under way", () => {
	const begun = succeeds(idle(), "print", "calibration", { option: 6 });
	assert.equal(begun.report.gcode_state, "RUNNING");
	assert.equal(begun.report.stg_cur, 13);
	fails(idle(), "print", "calibration", { option: 0 });
	fails(printing(), "print", "calibration", { option: 6 });
});

test("skip_objects collects the objects of a running job", () => {
	const first = succeeds(printing(), "print", "skip_objects", { obj_list: [38] });
	const second = succeeds(first.machine, "print", "skip_objects", { obj_list: [38, 41] });
	assert.deepEqual(second.report.s_obj, [38, 41]);
	fails(idle(), "print", "skip_objects", { obj_list: [38] });
	fails(printing(), "print", "skip_objects", { obj_list: ["38"] });
	fails(printing(), "print", "skip_objects");
});

test("clean_print_error, uiop and the ignore commands take an error away", () => {
	const wrong = withPrintError(idle(), 50348044, 30);
	const fields = { subtask_id: "0", print_error: 50348044 };
	assert.equal(succeeds(wrong, "print", "clean_print_error", fields).report.print_error, 0);
	const dialog = { name: "print_error", action: "close", source: 1, type: "dialog", err: "0300400C" };
	assert.equal(succeeds(wrong, "system", "uiop", dialog).report.print_error, 0);
	assert.equal(succeeds(wrong, "print", "idle_ignore", { err: "1", type: 0 }).report.print_error, 0);
	const paused = withPrintError(printing(), 0x03008011, 30);
	const ignored = succeeds(paused, "print", "ignore", { err: "50364433", param: "reserve", job_id: "0" });
	assert.equal(ignored.report.print_error, 0);
	assert.equal(ignored.report.gcode_state, "RUNNING");
});

test("print_option sets the options it knows and shows them in the bits", () => {
	const bit = (report: JsonObject, number: number): number => (Number(report.home_flag) >> number) & 1;
	const names: readonly (readonly [string, number])[] = [
		["auto_recovery", 4],
		["auto_switch_filament", 10],
		["sound_enable", 17],
		["filament_tangle_detect", 20],
		["nozzle_blob_detect", 24],
		["air_print_detect", 28],
	];
	for (const [name, number] of names) {
		assert.equal(bit(succeeds(idle(), "print", "print_option", { [name]: true }).report, number), 1);
		assert.equal(bit(succeeds(idle(), "print", "print_option", { [name]: false }).report, number), 0);
	}
	fails(idle(), "print", "print_option", { sound_enable: 1 });
});

test("ams_change_filament loads a slot, an AMS HT, the external spool, and unloads", () => {
	const fields = (ams_id: number, slot_id: number, target: number): JsonObject => ({
		ams_id,
		slot_id,
		target,
		curr_temp: -1,
		tar_temp: -1,
	});
	const load = succeeds(idle(), "print", "ams_change_filament", fields(0, 2, 2));
	assert.equal(at(load.report, "ams", "tray_tar"), "2");
	assert.equal(at(load.report, "ams", "tray_now"), "255");
	assert.equal(load.report.nozzle_target_temper, 230);
	assert.equal(Number(load.report.ams_status) >> 8, 1);
	const loaded = advance(load.machine, 180_000);
	assert.equal(at(fullReport(loaded), "ams", "tray_now"), "2");
	assert.equal(fullReport(loaded).hw_switch_state, 1);
	assert.equal(fullReport(loaded).ams_status, 0);
	const unload = succeeds(loaded, "print", "ams_change_filament", fields(0, 255, 255));
	assert.equal(at(fullReport(advance(unload.machine, 180_000)), "ams", "tray_now"), "255");
	const old = succeeds(loaded, "print", "unload_filament");
	assert.equal(at(fullReport(advance(old.machine, 180_000)), "ams", "tray_now"), "255");
	const external = succeeds(idle(), "print", "ams_change_filament", fields(255, 254, 254));
	assert.equal(at(fullReport(advance(external.machine, 180_000)), "ams", "tray_now"), "254");
	const ht = succeeds(idle("H2D"), "print", "ams_change_filament", fields(128, 0, 128));
	const heated = fullReport(advance(ht.machine, 180_000));
	assert.equal(at(heated, "device", "extruder", "info", 0, "snow"), 0x8000);
});

test("ams_change_filament is refused for empty and unknown slots, and while printing", () => {
	const empty = withSpool(idle(), { unit: 0, slot: 1 }, undefined);
	const fields = { ams_id: 0, slot_id: 1, target: 1, curr_temp: -1, tar_temp: -1 };
	fails(empty, "print", "ams_change_filament", fields);
	fails(idle(), "print", "ams_change_filament", { ...fields, ams_id: 7 });
	fails(idle(), "print", "ams_change_filament", { ams_id: 0 });
	fails(printing(), "print", "ams_change_filament", fields);
	fails(printing(), "print", "unload_filament");
	succeeds(pausePrintJob(printing()), "print", "ams_change_filament", fields);
});

test("ams_filament_setting describes a spool without a tag, in a slot and outside", () => {
	const setting = {
		tray_info_idx: "GFG99",
		setting_id: "",
		tray_color: "ff8800ff",
		nozzle_temp_min: 220,
		nozzle_temp_max: 260,
		tray_type: "PETG",
	};
	const slot = succeeds(idle(), "print", "ams_filament_setting", {
		...setting,
		ams_id: 0,
		tray_id: 3,
		slot_id: 3,
	});
	const tray = at(slot.report, "ams", "ams", 0, "tray", 3);
	assert.equal(at(tray, "tray_type"), "PETG");
	assert.equal(at(tray, "tray_color"), "FF8800FF");
	assert.equal(at(tray, "nozzle_temp_max"), "260");
	assert.deepEqual(at(tray, "cols"), ["FF8800FF"]);
	const external = { ...setting, ams_id: 255, tray_id: 254, slot_id: 0 };
	assert.equal(
		at(succeeds(idle(), "print", "ams_filament_setting", external).report, "vt_tray", "tray_type"),
		"PETG",
	);
	const h2d = succeeds(idle("H2D"), "print", "ams_filament_setting", { ...external, ams_id: 254 });
	assert.equal(at(h2d.report, "vir_slot", 0, "tray_type"), "PETG");
	fails(idle(), "print", "ams_filament_setting", { ...setting, ams_id: 0, tray_id: 0, slot_id: 0 });
	fails(idle(), "print", "ams_filament_setting", { ...setting, ams_id: 3, tray_id: 0, slot_id: 0 });
	fails(idle(), "print", "ams_filament_setting", { ...external, tray_color: "#FF8800" });
	const empty = withSpool(idle(), { unit: 0, slot: 3 }, undefined);
	fails(empty, "print", "ams_filament_setting", { ...setting, ams_id: 0, tray_id: 3, slot_id: 3 });
});

test("ams_user_setting switches the options of the units", () => {
	const { report } = succeeds(idle(), "print", "ams_user_setting", {
		ams_id: -1,
		startup_read_option: true,
		tray_read_option: false,
		calibrate_remain_flag: false,
	});
	assert.equal(at(report, "ams", "power_on_flag"), true);
	assert.equal(at(report, "ams", "insert_flag"), false);
	assert.equal(at(report, "ams", "calibrate_remain_flag"), false);
});

test("ams_control resumes a job that waits for filament, or gives it up", () => {
	const waiting = withPrintError(printing(), 0x07008011, 6);
	assert.equal(succeeds(waiting, "print", "ams_control", { param: "resume" }).report.gcode_state, "RUNNING");
	assert.equal(succeeds(waiting, "print", "ams_control", { param: "abort" }).report.gcode_state, "FAILED");
	assert.equal(succeeds(waiting, "print", "ams_control", { param: "reset" }).report.gcode_state, "PAUSE");
	fails(waiting, "print", "ams_control", { param: "dance" });
});

test("ams_get_rfid reads a slot that is there", () => {
	const before = Number(at(fullReport(idle()), "ams", "version"));
	const read = succeeds(idle(), "print", "ams_get_rfid", { ams_id: 0, slot_id: 1 });
	assert.ok(Number(at(read.report, "ams", "version")) > before);
	fails(idle(), "print", "ams_get_rfid", { ams_id: 0, slot_id: 4 });
});

test("drying starts and stops where the unit can, does nothing on P1 and is refused on A1", () => {
	const start = {
		ams_id: 0,
		mode: 1,
		filament: "PLA",
		temp: 50,
		duration: 8,
		humidity: 0,
		rotate_tray: false,
		cooling_temp: 35,
		close_power_conflict: false,
	};
	const begun = succeeds(idle("P2S"), "print", "ams_filament_drying", start);
	assert.equal(at(begun.report, "ams", "ams", 0, "dry_time"), 480);
	assert.equal(at(begun.report, "ams", "ams", 0, "info"), "142023");
	assert.deepEqual(at(begun.report, "ams", "ams", 0, "dry_setting"), {
		dry_filament: "PLA",
		dry_temperature: 50,
		dry_duration: 8,
	});
	const later = advance(begun.machine, 3_600_000);
	assert.equal(at(fullReport(later), "ams", "ams", 0, "dry_time"), 420);
	const stop = { ...start, mode: 0, temp: 0, duration: 0, filament: "" };
	assert.equal(
		at(succeeds(later, "print", "ams_filament_drying", stop).report, "ams", "ams", 0, "dry_time"),
		0,
	);
	assert.equal(at(succeeds(later, "print", "auto_stop_ams_dry").report, "ams", "ams", 0, "dry_time"), 0);
	const p1 = succeeds(idle("P1S"), "print", "ams_filament_drying", start);
	assert.equal(at(p1.report, "ams", "ams", 0, "dry_time"), 0);
	fails(idle("A1"), "print", "ams_filament_drying", start);
	fails(idle("X1C"), "print", "ams_filament_drying", start);
	succeeds(idle("X1C"), "print", "ams_filament_drying", { ...start, ams_id: 1 });
	fails(idle("P2S"), "print", "ams_filament_drying", { ...start, ams_id: 5 });
	fails(idle("P2S"), "print", "ams_filament_drying", { ...start, temp: 80 });
	fails(idle("P2S"), "print", "ams_filament_drying", { ...start, duration: 480 });
	succeeds(idle("H2D"), "print", "ams_filament_drying", { ...start, ams_id: 128, temp: 80 });
});

test("pressure advance profiles are set, listed, selected and deleted", () => {
	const none = fails(idle(), "print", "extrusion_cali_get", { filament_id: "GFA00", nozzle_diameter: "0.4" });
	assert.equal(none.ack.reason, "Not find");
	assert.deepEqual(none.ack.filaments, []);
	const profile = { filament_id: "GFL99", name: "mine", k_value: "0.031", nozzle_diameter: "0.4" };
	const set = succeeds(idle(), "print", "extrusion_cali_set", { filaments: [profile] });
	const listed = succeeds(set.machine, "print", "extrusion_cali_get", { filament_id: "GFL99" });
	assert.equal(at(listed.ack, "filaments", 0, "k_value"), "0.031");
	assert.equal(at(listed.ack, "filaments", 0, "cali_idx"), 0);
	const select = {
		ams_id: 0,
		slot_id: 3,
		tray_id: 3,
		cali_idx: 0,
		filament_id: "GFL99",
		nozzle_diameter: "0.4",
	};
	const selected = succeeds(set.machine, "print", "extrusion_cali_sel", select);
	assert.equal(at(selected.report, "ams", "ams", 0, "tray", 3, "cali_idx"), 0);
	assert.equal(at(selected.report, "ams", "ams", 0, "tray", 3, "k"), 0.031);
	fails(idle(), "print", "extrusion_cali_sel", select);
	succeeds(idle(), "print", "extrusion_cali_sel", { ...select, cali_idx: -1 });
	const changed = { ...profile, cali_idx: 0, k_value: "0.04" };
	const again = succeeds(set.machine, "print", "extrusion_cali_set", { filaments: [changed] });
	assert.equal(again.machine.calibrations.length, 1);
	fails(idle(), "print", "extrusion_cali_set", { filaments: [{ ...profile, k_value: "much" }] });
	fails(idle(), "print", "extrusion_cali_set", { tray_id: 5, k_value: 0.02, n_coef: 1.4 });
	const deleted = succeeds(set.machine, "print", "extrusion_cali_del", { cali_idx: 0 });
	fails(deleted.machine, "print", "extrusion_cali_del", { cali_idx: 0 });
});

test("the camera answers with the number 0 and its settings are reported", () => {
	const record = run(idle(), "camera", "ipcam_record_set", { control: "enable" });
	assert.equal(record.ack.result, 0);
	assert.equal(at(record.report, "ipcam", "ipcam_record"), "enable");
	const lapse = run(idle(), "camera", "ipcam_timelapse", { control: "enable" });
	assert.equal(at(lapse.report, "ipcam", "timelapse"), "enable");
	const size = run(idle("X1C"), "camera", "ipcam_resolution_set", { resolution: "720p" });
	assert.equal(at(size.report, "ipcam", "resolution"), "720p");
	fails(idle(), "camera", "ipcam_record_set", { control: "on" });
});

test("detectors are switched with their sensitivity", () => {
	const { report } = succeeds(idle("X1C"), "xcam", "xcam_control_set", {
		module_name: "spaghetti_detector",
		control: false,
		enable: false,
		print_halt: false,
		halt_print_sensitivity: "high",
	});
	assert.equal(at(report, "xcam", "spaghetti_detector"), false);
	assert.equal(at(report, "xcam", "print_halt"), false);
	assert.equal(at(report, "xcam", "halt_print_sensitivity"), "high");
	succeeds(idle("X1C"), "xcam", "xcam_control_set", { module_name: "fod_check", control: true });
	fails(idle("X1C"), "xcam", "xcam_control_set", { module_name: "toString", control: true });
	fails(idle("X1C"), "xcam", "xcam_control_set", { module_name: "fod_check" });
});

test("the nozzle is declared and read back, the access code is told, the name is changed", () => {
	const nozzle = { accessory_type: "nozzle", nozzle_diameter: 0.6, nozzle_type: "hardened_steel" };
	const set = succeeds(idle("X1C"), "system", "set_accessories", nozzle);
	assert.equal(set.report.nozzle_diameter, "0.6");
	assert.equal(set.report.nozzle_type, "hardened_steel");
	const read = succeeds(set.machine, "system", "get_accessories", { accessory_type: "none" });
	assert.equal(read.ack.nozzle_diameter, 0.6);
	fails(idle(), "system", "set_accessories", { ...nozzle, accessory_type: "laser" });
	assert.equal(succeeds(idle(), "system", "get_access_code").ack.access_code, "12345678");
	const named = runCommand(idle(), "update", { sequence_id: "5", name: "My printer" });
	assert.equal(named.machine.name, "My printer");
	assert.deepEqual(named.ack, { sequence_id: "5", name: "My printer", result: "success", reason: "" });
	assert.equal(runCommand(idle(), "update", { name: "" }).ack?.result, "fail");
});

test("commands without a visible effect are acknowledged all the same", () => {
	for (const command of [
		"buzzer_ctrl",
		"set_against_continued_heating_mode",
		"refresh_nozzle",
		"close_air_filt",
		"ams_reset",
	]) {
		succeeds(idle("H2D"), "print", command);
	}
	succeeds(idle(), "system", "set_door_stat", { config: 0 });
	succeeds(idle(), "system", "print_cache_set", { config: true });
});

test("get_version names firmware, boards and units, with the printer's serial on its board", () => {
	const p1 = succeeds(idle(), "info", "get_version").ack;
	assert.equal(at(p1, "module", 0, "name"), "ota");
	assert.equal(at(p1, "module", 0, "product_name"), "Bambu Lab P1S");
	assert.equal(at(p1, "module", 1, "name"), "esp32");
	assert.equal(at(p1, "module", 1, "sn"), "01P00A000000001");
	assert.equal(at(p1, "module", 4, "name"), "ams/0");
	const h2d = run(idle("H2D"), "info", "get_version").ack;
	assert.equal(h2d.result, undefined);
	const names = JSON.stringify(h2d.module);
	for (const name of ["n3f/0", "n3f/1", "n3s/128", '"ap"']) assert.ok(names.includes(name), name);
});

test("pushing has no ack", () => {
	for (const [command, push] of [
		["pushall", "all"],
		["start", "start"],
		["stop", "stop"],
	]) {
		const result = runCommand(idle(), "pushing", { sequence_id: "1", command: command ?? "" });
		assert.equal(result.ack, undefined);
		assert.equal(result.push, push);
	}
});

test("an unknown command fails with a reason, an unknown section meets silence", () => {
	const unknown = fails(idle(), "print", "make_coffee");
	assert.equal(unknown.ack.reason, "unknown command");
	fails(idle(), "print", "toString");
	fails(idle(), "upgrade", "start");
	assert.equal(runCommand(idle(), "coffee", { command: "make" }).ack, undefined);
	assert.equal(runCommand(idle(), "constructor", { command: "make" }).ack, undefined);
});

test("secured firmware refuses everything but reports, version, light and camera record", () => {
	const secured: Machine = { ...idle("P2S"), secured: true };
	const allowed = new Set(["pushing", "info", "system.ledctrl", "camera.ipcam_record_set"]);
	for (const [section, table] of Object.entries(commandTable)) {
		for (const command of [...Object.keys(table), "unheard_of"]) {
			if (allowed.has(section) || allowed.has(`${section}.${command}`)) continue;
			const result = runCommand(secured, section, { sequence_id: "7", command, param: "2", name: "x" });
			assert.deepEqual(result.ack, {
				command,
				sequence_id: "7",
				result: "failed",
				reason: "mqtt message verify failed",
				err_code: 84033543,
			});
			assert.deepEqual({ ...result.machine, hms: [] }, secured, `${command} had an effect`);
			assert.deepEqual(fullReport(result.machine).hms, [{ attr: 83887360, code: 65543 }]);
		}
	}
	const lit = runCommand(secured, "system", { command: "ledctrl", ...light("chamber_light", "off") });
	assert.equal(lit.ack?.result, "success");
	assert.equal(
		runCommand(secured, "camera", { command: "ipcam_record_set", control: "enable" }).ack?.result,
		0,
	);
	assert.ok(runCommand(secured, "info", { command: "get_version" }).ack?.module !== undefined);
	assert.equal(runCommand(secured, "pushing", { command: "pushall" }).push, "all");
});

test("no request, however strange, makes the printer throw or forget whom it answers", () => {
	const value: fc.Arbitrary<JsonValue> = fc
		.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("2", 0, 1, -1, 255, 1e9, "M104 S200", [0], [{}]))
		.map((generated) => JSON.parse(JSON.stringify(generated)) as JsonValue);
	const names = Object.entries(commandTable).flatMap(([section, table]) =>
		Object.keys(table).map((command) => [section, command] as const),
	);
	const fieldNames = [
		"param",
		"ams_id",
		"slot_id",
		"tray_id",
		"target",
		"option",
		"mode",
		"temp",
		"duration",
	].concat(
		[
			"extruder_index",
			"target_temp",
			"ams_mapping",
			"filaments",
			"obj_list",
			"led_node",
			"led_mode",
			"fan_index",
		],
		[
			"speed",
			"cali_idx",
			"control",
			"enable",
			"module_name",
			"modeId",
			"axis",
			"dir",
			"ctt_val",
			"extruder_id",
		],
	);
	fc.assert(
		fc.property(
			fc.constantFrom(...names),
			fc.dictionary(fc.constantFrom(...fieldNames), value),
			fc.constantFrom<PrinterModelName>("P1S", "H2D"),
			([section, command], fields, model) => {
				const machine = withSpool(idle(model), { unit: 0, slot: 0 }, plainSpool());
				const result = runCommand(machine, section, { ...fields, command, sequence_id: "9" });
				assert.ok(result.ack === undefined || result.ack.sequence_id === "9");
				const report = fullReport(advance(result.machine, 5000));
				assert.ok(isJsonObject(report.ams));
				assert.ok(!JSON.stringify(report).includes("null,"), "a number was lost");
			},
		),
		{ numRuns: 1000 },
	);
});

test("options with levels take 0, 1 and 2", () => {
	for (const name of ["nozzle_blob_detect_v2", "air_purification"]) {
		succeeds(idle("H2D"), "print", "print_option", { [name]: 2 });
		fails(idle("H2D"), "print", "print_option", { [name]: 3 });
	}
});

test("the spool of the left nozzle is loaded by its own unit", () => {
	const fields = { ams_id: 254, slot_id: 0, target: 254, curr_temp: 215, tar_temp: 240 };
	const { machine } = succeeds(idle("H2D"), "print", "ams_change_filament", fields);
	assert.equal(machine.change?.nozzle, 1);
});

test("M620 R reads a tag again, and the second auxiliary fan is P10", () => {
	const before = idle("P2S");
	const { machine } = run(before, "print", "gcode_line", { param: "M620 R1\nM106 P10 S255" });
	assert.equal(machine.amsVersion, before.amsVersion + 1);
	assert.equal(machine.fans.aux2, 255);
});

test("pressure advance of one spool can be set in the old way", () => {
	const set = succeeds(idle(), "print", "extrusion_cali_set", { tray_id: 3, k_value: 0.035, n_coef: 1.4 });
	assert.equal(at(set.report, "ams", "ams", 0, "tray", 3, "k"), 0.035);
	fails(idle(), "print", "extrusion_cali_set", { tray_id: 77, k_value: 0.035, n_coef: 1.4 });
});
