import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import { deviceId, type Heard, objectOf, ofType, only, phases, powerOn } from "./kobra";

const minuteMs = 60_000;
const start = { taskid: "-1", filename: "benchmark_boat.gcode", filetype: 1 };

function box(heard: readonly Heard[]): JsonObject {
	const { multi_color_box } = objectOf(only(heard, "multiColorBox").data);
	return objectOf((multi_color_box as unknown[])[0]);
}

test("a print levels and measures before it begins, and gets a number of its own", () => {
	const { send, pass, printer } = powerOn({ model: "Kobra 3" });
	assert.deepEqual(phases([...send("print", "start", start), ...pass(60 * minuteMs)]), [
		"start checking",
		"start preheating",
		"start auto_leveling",
		"start vibrating",
		"start flow_calibrating",
		"start printing",
		"start finished",
	]);
	assert.match(printer.snapshot().job?.taskId ?? "", /^\d{13}$/);
});

test("pause, resume and stop are taken with -1 for the job under way", () => {
	const { send, pass, printer } = powerOn({ model: "20024" });
	send("print", "start", start);
	pass(15 * minuteMs);
	for (const [action, phase] of [
		["pause", "paused"],
		["resume", "printing"],
		["stop", "stoped"],
	] as const) {
		send("print", action, { taskid: "-1" });
		pass(5000);
		assert.equal(printer.snapshot().job?.phase, phase);
	}
});

test("starts and files are taken from the slicer's topic alone, everything else from either", () => {
	const { send } = powerOn({ model: "20024" });
	assert.deepEqual(send("print", "start", start, "web"), []);
	assert.deepEqual(send("file", "listLocal", { path: "/" }, "web"), []);
	assert.equal(only(send("file", "listLocal", { path: "/" }, "slicer"), "file").state, "done");
	assert.equal(only(send("info", "query", null, "slicer"), "info").state, "done");
	assert.deepEqual(send("info", "query", null, "server"), []);
});

test("files are also listed under the other type that some firmware has", () => {
	const { send } = powerOn({ model: "20024" });
	const list = only(send("file_list", "listLocal", { path: "/" }, "slicer"), "file_list");
	assert.equal((objectOf(list.data).records as unknown[]).length, 3);
});

test("info tells of everything at once, with the job that is under way or was the last", () => {
	const { send, pass, printer } = powerOn({ model: "Kobra S1 Max" });
	const idle = objectOf(only(send("info", "query"), "info").data);
	assert.equal(idle.state, "free");
	assert.equal(idle.model, "Anycubic Kobra S1 Max");
	assert.deepEqual([idle.project, idle.last_project], [undefined, undefined]);
	assert.equal(objectOf(idle.temp).curr_chamber_temp, 22);
	send("print", "start", start);
	pass(15 * minuteMs);
	send("print", "pause", { taskid: "-1" });
	pass(5000);
	const project = objectOf(objectOf(only(send("info", "query"), "info").data).project);
	assert.deepEqual([project.state, project.pause], ["paused", 1]);
	printer.stop();
	pass(5000);
	const ended = objectOf(only(send("info", "query"), "info").data);
	assert.equal(objectOf(ended.last_project).state, "stoped");
	assert.equal(ended.project, undefined);
});

test("a question about the job has no answer while there is none", () => {
	const { send } = powerOn({ model: "20024" });
	assert.deepEqual(ofType(send("print", "query"), "print"), []);
	send("print", "start", start);
	assert.equal(only(send("print", "query"), "print").action, "query");
});

test("settings are neither taken nor told while there is no job", () => {
	const { send, printer } = powerOn({ model: "20024" });
	for (const settings of [{}, { target_nozzle_temp: 200 }])
		assert.deepEqual(ofType(send("print", "update", { taskid: "-1", settings }), "print"), []);
	assert.equal(printer.snapshot().nozzle.target, 0);
});

test("the light is switched, and tells what it became", () => {
	const { send, pass } = powerOn({ model: "20025" });
	const lights = (heard: readonly Heard[]) => objectOf(ofType(heard, "light")[0]?.data).lights;
	assert.deepEqual(lights(send("light", "query")), [{ type: 2, status: 0, brightness: 0 }]);
	assert.deepEqual(lights(send("light", "control", { type: 2, status: 1, brightness: 60 })), [
		{ type: 2, status: 1, brightness: 60 },
	]);
	assert.deepEqual(ofType(send("light", "control", { type: 9, status: 1 }), "light"), []);
	assert.deepEqual(lights(send("light", "control", { type: 2, status: 0 })), [
		{ type: 2, status: 0, brightness: 0 },
	]);
	pass(1000);
});

test("all three fans are set during a print, and told with the job's number", () => {
	const { send, pass, printer } = powerOn({ model: "20025" });
	send("print", "start", start);
	pass(15 * minuteMs);
	const settings = { fan_speed_pct: 30, aux_fan_speed_pct: 20, box_fan_level: 1 };
	const told = objectOf(only(send("print", "update", { taskid: "-1", settings }), "print").data);
	assert.equal(objectOf(told.settings).box_fan_level, 1);
	const fans = ofType(pass(1000), "fan")[0];
	assert.deepEqual(fans?.data, { ...settings, taskid: printer.snapshot().job?.taskId });
});

test("getInfo tells all four slots; a plain query tells nothing", () => {
	const { send } = powerOn({ model: "20024" });
	assert.deepEqual(ofType(send("multiColorBox", "query"), "multiColorBox"), []);
	const whole = box(send("multiColorBox", "getInfo"));
	assert.deepEqual([whole.id, whole.model_id, whole.loaded_slot], [0, 40001, -1]);
	assert.deepEqual([whole.temp, whole.drying_status], [undefined, undefined], "no climate at rest");
	const slots = whole.slots as JsonObject[];
	assert.deepEqual(
		slots.map(({ index, type, consumables_percent }) => [index, type, consumables_percent]),
		[
			[0, "PLA", 83],
			[1, "PETG", 41],
			[2, "PLA", 100],
			[3, "", 0],
		],
	);
});

test("loading tells one slot; a steady print tells nothing of the box, though filament is used up", () => {
	const { send, pass } = powerOn({ model: "20024" });
	const mapping = { use_ams: true, ams_box_mapping: [{ paint_index: 0, ams_index: 1 }] };
	send("print", "start", { ...start, ams_settings: mapping });
	const told = ofType(pass(60 * minuteMs), "multiColorBox");
	assert.equal(told.length, 1);
	const slim = objectOf((objectOf(told[0]?.data).multi_color_box as unknown[])[0]);
	assert.deepEqual(Object.keys(slim), ["id", "loaded_slot", "slots"]);
	assert.deepEqual(
		(slim.slots as JsonObject[]).map(({ index, status }) => [index, status]),
		[[1, 5]],
	);
	const [, petg] = box(send("multiColorBox", "getInfo")).slots as JsonObject[];
	assert.equal(petg?.consumables_percent, 40, "4.2 m of 330 m");
});

test("the slot is told before any of its filament is used", () => {
	const { send, pass } = powerOn({ model: "20024" });
	send("print", "start", start);
	const said = pass(20 * minuteMs);
	const loadedAt = said.findIndex(({ topic }) => topic.endsWith("/multiColorBox/report"));
	const usedAt = said.findIndex(({ report }) => Number(objectOf(report.data ?? {}).supplies_usage) > 0);
	assert.ok(loadedAt >= 0 && loadedAt < usedAt, `${loadedAt}, ${usedAt}`);
});

test("a print from the spool outside loads nothing from the box", () => {
	const { send, pass } = powerOn({ model: "20024" });
	send("print", "start", { ...start, ams_settings: { use_ams: false, ams_box_mapping: [] } });
	pass(15 * minuteMs);
	assert.equal(box(send("multiColorBox", "getInfo")).loaded_slot, -1);
});

test("drying warms the box, counts down minute by minute, ends by itself, and can be stopped", () => {
	const { send, pass } = powerOn({ model: "20024" });
	const dry = (drying_status: JsonObject) =>
		send("multiColorBox", "setDry", { multi_color_box: [{ id: 0, drying_status }] });
	const begun = objectOf(box(dry({ status: 1, target_temp: 45, duration: 10 })).drying_status);
	assert.deepEqual(begun, { status: 1, target_temp: 45, duration: 10, remain_time: 10, humidity: 24 });
	const told = ofType(pass(11 * minuteMs), "multiColorBox").map(({ data }) => {
		const [slim] = objectOf(data).multi_color_box as JsonObject[];
		return objectOf(slim?.drying_status).remain_time;
	});
	assert.deepEqual(told, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
	dry({ status: 1, target_temp: 45, duration: 240 });
	pass(20 * minuteMs);
	const whole = box(send("multiColorBox", "getInfo"));
	assert.equal(whole.temp, 45);
	assert.equal(objectOf(box(dry({ status: 0 })).drying_status).status, 0);
	assert.deepEqual(ofType(dry({ status: 1, target_temp: 200, duration: 1 }), "multiColorBox"), []);
});

test("auto feed and a slot's material and colour are set", () => {
	const { send } = powerOn({ model: "20024" });
	const set = (action: string, fields: JsonObject) =>
		send("multiColorBox", action, { multi_color_box: [{ id: 0, ...fields }] });
	assert.deepEqual(box(set("setAutoFeed", { auto_feed: 0 })), { id: 0, auto_feed: 0 });
	const slot = { index: 3, type: "ASA", color: [1, 2, 3] };
	const [told] = box(set("setInfo", { slots: [slot] })).slots as JsonObject[];
	assert.deepEqual([told?.type, told?.color], ["ASA", [1, 2, 3]]);
	const stranger = send("multiColorBox", "setAutoFeed", { multi_color_box: [{ id: 7, auto_feed: 1 }] });
	assert.deepEqual(ofType(stranger, "multiColorBox"), []);
});

test("its time in reports counts from power-on", () => {
	const { send, pass, printer } = powerOn({ model: "20024" });
	pass(1500);
	assert.equal(only(send("status", "query"), "status").timestamp, 1500);
	assert.equal(printer.address.deviceId, deviceId);
});
