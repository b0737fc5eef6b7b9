// Each report that printers are known to send, and what is shown of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { benchReport, DEVICE_ID, reportText } from "./bench-report";

const S1_MAX = "20029";

test("a temperature report, letter by letter as a Kobra 2 Pro sent it", () => {
	const bench = benchReport("20021");
	const read = bench.deliver(
		"tempature",
		`{
      "type": "tempature",
      "action": "auto",
      "msgid": "c548672e-7b80-4759-ad1b-96078491fcfb",
      "state": "done",
      "timestamp": 1705245340137,
      "code": 200,
      "msg": "",
      "data": {
        "curr_hotbed_temp": 20,
        "curr_nozzle_temp": 20,
        "target_hotbed_temp": 0,
        "target_nozzle_temp": 0
      }
    }`,
	);
	assert.equal(read.ok, true);
	assert.deepEqual(bench.state.nozzles, [{ current: 20, target: 0, active: true }]);
	assert.deepEqual(bench.state.bed, { current: 20, target: 0 });
	assert.equal(bench.state.chamber, undefined);
});

test("temperatures are taken whatever the action is called, and kept when a report leaves them out", () => {
	for (const action of ["auto", "report", "query", "refresh", ""]) {
		const bench = benchReport();
		bench.tell("tempature", { action, data: { curr_nozzle_temp: 210, target_nozzle_temp: 220 } });
		bench.tell("tempature", { action, data: { curr_nozzle_temp: 211 } });
		assert.deepEqual(bench.state.nozzles, [{ current: 211, target: 220, active: true }], action);
		assert.deepEqual(bench.state.bed, {});
	}
});

test("a status report tells a printer that waits from one that is busy", () => {
	const bench = benchReport();
	assert.equal(bench.state.job.state, "unknown");
	bench.tell("status", { action: "workReport", state: "free" });
	assert.deepEqual(bench.state.job, { state: "idle" });
	assert.equal(bench.report.isBusy, false);
	bench.tell("status", { action: "workReport", state: "busy" });
	assert.equal(bench.report.isBusy, true);
	assert.deepEqual(bench.state.job, {
		state: "unknown",
		stage: { id: 11, name: "Busy, but not with a job" },
	});
});

test("the last will says that the printer is gone, and any word of its own that it is there", () => {
	const bench = benchReport();
	bench.tell("lastWill", { action: "onlineReport", state: "online" });
	assert.equal(bench.report.isOnline, true);
	bench.tell("lastWill", { action: "onlineReport", state: "offline" });
	assert.equal(bench.report.isOnline, false);
	bench.tell("tempature", { data: { curr_nozzle_temp: 20 } });
	assert.equal(bench.report.isOnline, true);
});

test("a fan report gives percent; of fans that a model has not, nothing is shown", () => {
	const kobra2 = benchReport("20021");
	kobra2.tell("fan", { data: { fan_speed_pct: 80, aux_fan_speed_pct: 0, box_fan_level: 0 } });
	assert.deepEqual(kobra2.state.fans, { part: 80 });
	const s1 = benchReport(S1_MAX);
	s1.tell("fan", {
		action: "query",
		data: { fan_speed_pct: 55, aux_fan_speed_pct: 20, box_fan_level: 40, taskid: "-1" },
	});
	assert.deepEqual(s1.state.fans, { part: 55, aux: 20, chamber: 40 });
	s1.tell("fan", { data: { box_fan_level: 2 } });
	assert.deepEqual(s1.state.fans, { part: 55, aux: 20, chamber: 2 });
});

test("the settings of a job are read from the answer to their query", () => {
	const bench = benchReport();
	bench.tell("print", {
		action: "update",
		state: "updated",
		data: {
			taskid: "0",
			localtask: "",
			curr_hotbed_temp: 59,
			curr_nozzle_temp: 209,
			settings: {
				target_nozzle_temp: 210,
				target_hotbed_temp: 60,
				fan_speed_pct: 100,
				print_speed_mode: 2,
				z_comp: "0.05",
			},
		},
	});
	assert.deepEqual(bench.state.nozzles, [{ current: 209, target: 210, active: true }]);
	assert.deepEqual(bench.state.bed, { current: 59, target: 60 });
	assert.deepEqual(bench.state.fans, { part: 100 });
	assert.deepEqual(bench.state.job, { state: "unknown", speedLevel: 2 });
});

test("speed modes are levels: silent, standard and sport", () => {
	const bench = benchReport();
	for (const [mode, level] of [
		[1, 1],
		[2, 2],
		[3, 3],
		[4, 3],
		[0, 3],
		["fast", 3],
	]) {
		bench.tell("print", { state: "updated", data: { settings: { print_speed_mode: mode } } });
		assert.equal(bench.state.job.speedLevel, level, String(mode));
	}
});

test("the firmware is what the version report says; a box's own version is not the printer's", () => {
	const bench = benchReport();
	bench.tell("ota", {
		action: "reportVersion",
		data: {
			firmware_version: "3.1.2",
			device_unionid: DEVICE_ID,
			machine_version: "1.1.0",
			peripheral_version: "",
			model_id: 20022,
		},
	});
	assert.equal(bench.state.firmware, "3.1.2");
	bench.tell("multiColorBox/ota/0", { action: "reportVersion", data: { firmware_version: "1.0.9" } });
	assert.equal(bench.state.firmware, "3.1.2");
});

test("an update that somebody started elsewhere is told while it lasts", () => {
	const bench = benchReport();
	const tell = (state: string, data: object = {}): string | undefined => {
		bench.tell("ota", { action: "update", state, data });
		return bench.state.faults[0]?.text;
	};
	assert.match(tell("start") ?? "", /is being installed\. Leave/);
	assert.match(tell("downloading", { progress: 40 }) ?? "", /40 %/);
	assert.match(tell("updating", { current_progress: 70 }) ?? "", /70 %/);
	assert.equal(bench.state.faults[0]?.severity, "info");
	assert.equal(tell("update-success"), undefined);
	assert.match(tell("download-failed") ?? "", /could not be installed/);
	assert.equal(tell("canceled"), undefined);
	assert.match(tell("update-failed") ?? "", /could not be installed/);
});

test("what is plugged in is known: without a box the spool on the holder is in use", () => {
	const bench = benchReport("20024");
	assert.equal(bench.state.filament.active, undefined);
	bench.tell("peripherie", { action: "query", data: { camera: 1, multiColorBox: 0, udisk: 1 } });
	assert.deepEqual(bench.report.parts, { camera: true, box: false, usb: true });
	assert.deepEqual(bench.state.filament, {
		units: [],
		external: [{ id: 254, state: "unknown" }],
		active: "external",
	});
});

test("reports that say nothing of the state are read and change nothing of it", () => {
	const bench = benchReport();
	const before = structuredClone(bench.state);
	const told: [string, Record<string, unknown>][] = [
		["wifi", { action: "getSignalStrength", data: { signal_strength: -51 } }],
		["user", { action: "bindQuery" }],
		["user", { action: "unbind" }],
		["video", { action: "startCapture", state: "initSuccess" }],
		["video", { action: "stopCapture", state: "pushStopped" }],
		["file", { action: "cloudRecommendList", data: { records: [{ md5: "m", url: "u", size: 1 }] } }],
		["file", { action: "deleteLocal", state: "success" }],
		["file", { action: "listLocal", data: { list_mode: 1, records: [] } }],
		["print", { action: "getSliceParam", data: { slice_param: { layer_height: "0.2" } } }],
		["axis", { action: "move", state: "doing" }],
		["aiSettings", { data: { ai_settings: { status: 1 } } }],
		["unheard/of", { data: { filename: "x", curr_nozzle_temp: 300 } }],
	];
	for (const [type, fields] of told) bench.tell(type, fields);
	assert.deepEqual(bench.state, before);
});

test("a report of the chamber's light, as a Kobra S1 Max sends it", () => {
	const bench = benchReport(S1_MAX);
	bench.tell("light", { data: { lights: [{ type: 2, status: 1, brightness: 100 }] } });
	assert.deepEqual(bench.state.lights, { chamber: true });
	assert.deepEqual(bench.state.capabilities.lights, ["chamber"]);
	bench.tell("light", { data: { lights: [{ type: 2, status: 0, brightness: 0 }] } });
	assert.deepEqual(bench.state.lights, { chamber: false });
	bench.tell("light", { action: "control", data: { type: 1, status: 1, brightness: 100 } });
	assert.deepEqual(bench.state.lights, { chamber: false, work: true });
	assert.deepEqual(bench.state.capabilities.lights, ["chamber", "work"]);
});

/** Of a Kobra S1 Max in the middle of a job. */
const info = {
	printerName: "Anycubic Kobra S1 Max",
	model: "Anycubic Kobra S1 Max",
	version: "2.6.9.6",
	ip: "192.0.2.50",
	state: "busy",
	temp: {
		curr_hotbed_temp: 39,
		curr_nozzle_temp: 45,
		curr_chamber_temp: 43,
		target_hotbed_temp: 0,
		target_nozzle_temp: 0,
		target_chamber_temp: 0,
	},
	fan_speed_pct: 10,
	aux_fan_speed_pct: 20,
	box_fan_level: 30,
	print_speed_mode: 2,
	project: {
		progress: 42,
		curr_layer: 120,
		total_layers: 900,
		remain_time: 180,
		print_time: 60,
		supplies_usage: 39832,
		state: "printing",
		print_status: 2,
		filename: "demo_PETG.gcode.3mf",
		pause: 0,
	},
	urls: { rtspUrl: "http://192.0.2.50:18088/flv" },
	features: { drying_first_support: true, camera_timelapse_support: true },
};

test("the report of everything, as a Kobra S1 Max sends it", () => {
	const bench = benchReport(S1_MAX);
	bench.clock.setWallTime(Date.UTC(2026, 0, 15, 12));
	bench.tell("info", { action: "query", data: info });
	const { state } = bench;
	assert.equal(state.firmware, "2.6.9.6");
	assert.deepEqual(state.nozzles, [{ current: 45, target: 0, active: true }]);
	assert.deepEqual(state.bed, { current: 39, target: 0 });
	assert.deepEqual(state.chamber, { current: 43 });
	assert.deepEqual(state.fans, { part: 10, aux: 20, chamber: 30 });
	assert.deepEqual(state.job, {
		state: "printing",
		name: "demo_PETG",
		percent: 42,
		layer: 120,
		totalLayers: 900,
		remainingMinutes: 180,
		finishTime: "2026-01-15T15:00:00.000Z",
		speedLevel: 2,
	});
});

test("the report of everything says by a number whether the job is paused", () => {
	const bench = benchReport(S1_MAX);
	const state = (pause: number, word = "printing") => {
		bench.tell("info", { data: { ...info, project: { ...info.project, pause, state: word } } });
		const { job } = bench.state;
		return `${job.state} ${job.stage?.name ?? ""}`.trim();
	};
	assert.equal(state(0), "printing");
	assert.equal(state(2), "printing Pausing");
	assert.equal(state(1), "paused");
	assert.equal(state(3), "paused Resuming");
	assert.equal(state(0, "updated"), "printing");
	assert.equal(state(4), "printing Stopping");
});

test("the report of everything tells how our job ended, and nothing of one before it", () => {
	const bench = benchReport(S1_MAX);
	const { project, ...rest } = info;
	const last = { ...project, progress: 100, state: "finished" };
	bench.tell("info", { data: { ...rest, state: "free", last_project: last } });
	assert.equal(bench.state.job.state, "idle");
	bench.tell("info", { data: info });
	assert.equal(bench.state.job.state, "printing");
	bench.tell("info", { data: { ...rest, state: "free", last_project: last } });
	assert.equal(bench.state.job.state, "finished");
	assert.equal(bench.state.job.percent, 100);
});

test("a chamber of 0 °C is a sensor that is not there", () => {
	const bench = benchReport("20025");
	bench.tell("tempature", { data: { curr_chamber_temp: 0, target_chamber_temp: 0 } });
	assert.equal(bench.state.chamber, undefined);
	bench.tell("tempature", { data: { curr_chamber_temp: 38, target_chamber_temp: 60 } });
	assert.deepEqual(bench.state.chamber, { current: 38, target: 60 });
	const open = benchReport("20024");
	open.tell("tempature", { data: { curr_chamber_temp: 25 } });
	assert.equal(open.state.chamber, undefined);
});

test("values that cannot be are left out, and the others of the report are used", () => {
	const bench = benchReport();
	bench.tell("tempature", {
		data: { curr_nozzle_temp: 1e9, target_nozzle_temp: "210", curr_hotbed_temp: null },
	});
	assert.deepEqual(bench.state.nozzles, [{ target: 210, active: true }]);
	assert.deepEqual(bench.state.bed, {});
	bench.tell("fan", { data: { fan_speed_pct: 101 } });
	bench.tell("fan", { data: "no object" });
	assert.deepEqual(bench.state.fans, {});
});

test("a report of something that went wrong is not taken for a state", () => {
	const bench = benchReport();
	bench.tell("tempature", { code: 10001, msg: "no", data: { curr_nozzle_temp: 20 } });
	bench.tell("status", { code: 500, state: "free" });
	assert.deepEqual(bench.state.nozzles, [{ active: true }]);
	assert.equal(bench.state.job.state, "unknown");
});

test("names of other things in a report have no meaning", () => {
	const bench = benchReport();
	const before = structuredClone(bench.state);
	for (const type of ["__proto__", "constructor", "toString", ""])
		bench.deliver(type, reportText("x", { data: { curr_nozzle_temp: 200 } }));
	bench.deliver(
		"tempature",
		'{"state":"done","__proto__":{"code":5},"data":{"__proto__":{"curr_nozzle_temp":99}}}',
	);
	assert.deepEqual(bench.state, before);
});
