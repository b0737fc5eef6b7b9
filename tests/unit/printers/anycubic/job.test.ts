// A job from its first word to its last, and everything that can come between.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { JobState } from "../../../../modules/printers/printer-state";
import { type BenchReport, benchReport } from "./bench-report";

const NOON = Date.UTC(2026, 0, 15, 12);
const body = {
	taskid: "4711",
	filename: "Boat_PLA_0.2_1h.gcode",
	progress: 34,
	curr_layer: 12,
	total_layers: 100,
	print_time: 20,
	remain_time: 40,
	supplies_usage: 1000,
};

interface Fields {
	action?: string;
	code?: number;
	msg?: string;
	data?: Record<string, unknown> | null;
}

function tellJob(bench: BenchReport, state: string, { action = "start", ...more }: Fields = {}): JobState {
	bench.tell("print", { action, state, data: body, ...more });
	return bench.state.job;
}

function inPrint(modelId?: string): BenchReport {
	const bench = benchReport(modelId);
	bench.tell("status", { action: "workReport", state: "free" });
	tellJob(bench, "printing");
	return bench;
}

test("a job goes through its states as printers tell them", () => {
	const bench = benchReport();
	bench.clock.setWallTime(NOON);
	const told: [string, string, string, object?][] = [
		["start", "downloading", "preparing, Downloading the file", { taskid: "4711", progress: 55 }],
		["start", "checking", "preparing, Checking the file", { taskid: "4711" }],
		["start", "preheating", "preparing, Heating"],
		["start", "printing", "printing"],
		["pause", "pausing", "printing, Pausing"],
		["pause", "paused", "paused"],
		["resume", "resuming", "paused, Resuming"],
		["resume", "resumed", "printing"],
		["start", "printing", "printing"],
		["start", "finished", "finished"],
	];
	for (const [action, state, shown, data] of told) {
		bench.tell("print", { action, state, data: data ?? body });
		const { job } = bench.state;
		assert.equal([job.state, ...(job.stage ? [job.stage.name] : [])].join(", "), shown, `${action}/${state}`);
		assert.equal(job.key, "4711");
	}
	assert.deepEqual(bench.state.faults, []);
});

test("the steps that newer printers tell before they print are steps of preparing", () => {
	const bench = benchReport("20025");
	const names = ["fod", "auto_leveling", "vibrating", "flow_calibrating"].map((state) => {
		const { state: status, stage, percent } = tellJob(bench, state);
		assert.deepEqual([status, percent], ["preparing", undefined], state);
		return stage?.name;
	});
	assert.deepEqual(names, [
		"Looking for things on the bed",
		"Levelling the bed",
		"Measuring vibrations",
		"Calibrating the flow",
	]);
});

test("all there is to know of a job is shown", () => {
	const bench = inPrint();
	bench.clock.setWallTime(NOON);
	assert.deepEqual(tellJob(bench, "printing"), {
		state: "printing",
		name: "Boat_PLA_0.2_1h",
		key: "4711",
		percent: 34,
		layer: 12,
		totalLayers: 100,
		remainingMinutes: 40,
		finishTime: "2026-01-15T12:40:00.000Z",
		filament: [{ tray: 254, usedLengthMm: 1000 }],
	});
});

test("a report as a Kobra S1 sent it in the middle of a job from a slicer", () => {
	const bench = benchReport("20025");
	bench.tell("peripherie", { data: { camera: 1, multiColorBox: 0, udisk: 0 } });
	bench.tell("print", {
		action: "start",
		timestamp: 5346485,
		state: "printing",
		msg: "done",
		data: {
			curr_layer: 50,
			filename: "Loona_sharing_model_face_Bumper_plate(01)_TPU_0.2_3h45m32s.gcode",
			localtask: "",
			print_time: 79,
			progress: 35,
			remain_time: 113,
			slicer: "AnycubicSlicer",
			source_info: { plate_index: 1, models: [{ name: "Bumper.obj", file_source: 0, mo_file_id: -1 }] },
			supplies_usage: 5633,
			taskid: "-1",
			total_layers: 184,
		},
	});
	assert.deepEqual(bench.state.job, {
		state: "printing",
		name: "Loona_sharing_model_face_Bumper_plate(01)_TPU_0.2_3h45m32s",
		percent: 35,
		layer: 50,
		totalLayers: 184,
		remainingMinutes: 113,
		filament: [{ tray: 254, usedLengthMm: 5633 }],
	});
	assert.deepEqual(bench.state.faults, []);
});

test("a download's progress is not the job's", () => {
	const bench = benchReport();
	assert.equal(tellJob(bench, "downloading", { data: { taskid: "1", progress: 80 } }).percent, undefined);
});

test("the end of a job is counted as for other printers, and absent while it is paused", () => {
	const bench = inPrint();
	bench.clock.setWallTime(NOON);
	const first = tellJob(bench, "printing").finishTime;
	assert.equal(first, "2026-01-15T12:40:00.000Z");
	bench.clock.setWallTime(NOON + 60_000);
	assert.equal(tellJob(bench, "printing", { data: { ...body, remain_time: 39 } }).finishTime, first);
	assert.equal(tellJob(bench, "paused", { action: "pause" }).finishTime, undefined);
	assert.equal(tellJob(bench, "printing", { data: { ...body, remain_time: 1e300 } }).remainingMinutes, 40);
});

test("no time is told while it is not known", () => {
	const bench = benchReport();
	assert.equal(
		tellJob(bench, "preheating", { data: { ...body, remain_time: 0 } }).remainingMinutes,
		undefined,
	);
	assert.equal(tellJob(bench, "printing", { data: { ...body, remain_time: 0 } }).remainingMinutes, 0);
});

test("a job that a person stopped is no failure", () => {
	for (const [state, fields] of [
		["stoped", { action: "stop", code: 200 }],
		["stoped", { action: "start", code: 200 }],
		["stoped", { action: "stop", code: 10601, msg: "用户发起" }],
		["failed", { action: "stop", code: 10601 }],
	] as const) {
		const bench = inPrint();
		assert.deepEqual(tellJob(bench, "stopping", { action: "stop" }).stage?.name, "Stopping");
		const job = tellJob(bench, state, fields);
		assert.deepEqual([job.state, job.cancelled], ["failed", true]);
		assert.deepEqual(bench.state.faults, []);
	}
});

test("broken filament is told in words of our own, with what can be done", () => {
	const bench = inPrint();
	tellJob(bench, "paused", { action: "pause", code: 10107, msg: "filament" });
	const [fault] = bench.state.faults;
	assert.equal(fault?.code, "10107");
	assert.equal(fault?.module, "Filament");
	assert.match(fault?.text ?? "", /broken or has run out/);
	assert.deepEqual(fault?.actions, ["resume", "stop"]);
	tellJob(bench, "paused", { action: "pause" });
	assert.equal(bench.state.faults.length, 1, "as long as it is paused");
	tellJob(bench, "resuming", { action: "resume" });
	assert.deepEqual(bench.state.faults[0]?.actions, ["resume", "stop"]);
	tellJob(bench, "resumed", { action: "resume" });
	assert.deepEqual(bench.state.faults, []);
});

test("a pause that a person asked for is no fault", () => {
	const bench = inPrint();
	tellJob(bench, "pausing", { action: "pause", code: 10401 });
	assert.equal(tellJob(bench, "paused", { action: "pause", code: 10401 }).state, "paused");
	assert.deepEqual(bench.state.faults, []);
});

test("a failure has the printer's words and its number, until the next job", () => {
	const bench = inPrint();
	const job = tellJob(bench, "failed", {
		action: "stop",
		code: 10999,
		msg: "Nozzle clogged",
		data: { taskid: "4711" },
	});
	assert.equal(job.state, "failed");
	assert.equal(job.cancelled, undefined);
	assert.equal(job.percent, 34, "what was known of it stays");
	assert.deepEqual(
		bench.state.faults.map(({ code, text, actions }) => ({ code, text, actions })),
		[{ code: "10999", text: "The printer says (10999): Nozzle clogged", actions: [] }],
	);
	tellJob(bench, "checking", { data: { taskid: "4712" } });
	assert.deepEqual(bench.state.faults, []);
});

test("a failure without words has words too", () => {
	for (const [code, msg] of [
		[10999, ""],
		[10999, "done"],
		[200, ""],
	] as const) {
		const bench = inPrint();
		tellJob(bench, "failed", { code, msg, data: null });
		assert.match(bench.state.faults[0]?.text ?? "", /^The job failed( \(10999\))?\. .*screen/);
		assert.equal(bench.state.faults[0]?.code, code === 200 ? "failed" : "10999");
	}
});

test("a start that is refused while a job is under way does not end that job", () => {
	const bench = inPrint();
	tellJob(bench, "failed", { code: 10101, msg: "task active", data: { taskid: "99" } });
	tellJob(bench, "failed", { code: 10999, data: { taskid: "99" } });
	assert.equal(bench.state.job.state, "printing");
	assert.deepEqual(bench.state.faults, []);
});

test("neither does one that is refused to a job without a number", () => {
	const bench = benchReport("20025");
	tellJob(bench, "printing", { data: { ...body, taskid: "-1" } });
	tellJob(bench, "failed", { code: 10101, data: { taskid: "-1" } });
	assert.equal(bench.state.job.state, "printing");
});

test("a job that failed unheard is told in the answer to a question", () => {
	const bench = inPrint();
	tellJob(bench, "failed", { action: "query", code: 10107 });
	assert.equal(bench.state.job.state, "failed");
	assert.equal(bench.state.faults[0]?.code, "10107");
});

test("a command that fails does not end the job", () => {
	for (const action of ["pause", "resume", "cancel", "update", "query", "getSliceParam", "localtasktrans"]) {
		const bench = inPrint();
		tellJob(bench, "failed", { action, code: 10999, data: null });
		assert.equal(bench.state.job.state, "printing", action);
		assert.deepEqual(bench.state.faults, []);
	}
});

test("settings that were changed leave the job as it is", () => {
	const bench = inPrint();
	tellJob(bench, "updated", { action: "update", data: { taskid: "0", settings: { print_speed_mode: 3 } } });
	assert.equal(bench.state.job.state, "printing");
	assert.equal(bench.state.job.key, "4711");
	assert.equal(bench.state.job.speedLevel, 3);
});

test("words that nobody knows leave the job as it is", () => {
	const bench = inPrint();
	const before = structuredClone(bench.state);
	for (const state of ["", "done", "dancing", "__proto__"])
		tellJob(bench, state, { action: "auto", data: { taskid: "1" } });
	assert.deepEqual(bench.state, before);
});

test("a mark that the job is done ends it", () => {
	const bench = inPrint();
	tellJob(bench, "done", { action: "done", data: null });
	assert.equal(bench.state.job.state, "finished");
});

test("what was finished stays shown until another job begins", () => {
	const bench = inPrint();
	tellJob(bench, "finished");
	for (const state of ["free", "busy", "free", "free"]) bench.tell("status", { action: "workReport", state });
	assert.equal(bench.state.job.state, "finished");
	const next = tellJob(bench, "checking", { data: { taskid: "4712" } });
	assert.deepEqual(next, {
		state: "preparing",
		stage: { id: 2, name: "Checking the file" },
		key: "4712",
	});
});

test("a job whose end was not heard is over once the printer has said twice that it does nothing", () => {
	const bench = inPrint();
	const free = () => bench.tell("status", { action: "workReport", state: "free" });
	free();
	assert.equal(bench.state.job.state, "printing", "its end may be told in a moment");
	tellJob(bench, "printing");
	free();
	assert.equal(bench.state.job.state, "printing");
	free();
	assert.equal(bench.state.job.state, "idle");
	assert.equal(bench.state.job.key, undefined);
});

test("after a break the first word that the printer does nothing ends the job", () => {
	const lost = inPrint();
	lost.loseSight();
	lost.tell("status", { action: "query", state: "free" });
	assert.equal(lost.state.job.state, "idle");
	const off = inPrint();
	off.tell("lastWill", { action: "onlineReport", state: "offline" });
	assert.equal(off.state.job.state, "printing", "as it was last seen");
	off.tell("status", { action: "workReport", state: "free" });
	assert.equal(off.state.job.state, "idle");
});

test("jobs of one number are one job, also when one goes on after it failed", () => {
	const bench = inPrint();
	tellJob(bench, "failed", { code: 10107 });
	const job = tellJob(bench, "printing", { data: { ...body, progress: 36 } });
	assert.deepEqual([job.state, job.percent, job.key], ["printing", 36, "4711"]);
	assert.deepEqual(bench.state.faults, []);
});

test("a job that was begun at the printer keeps its key when the cloud gives it a number", () => {
	const bench = benchReport();
	const local = { ...body, taskid: "-1", localtask: "aaaa-bbbb" };
	assert.equal(tellJob(bench, "printing", { data: local }).key, "aaaa-bbbb");
	tellJob(bench, "done", { action: "localtasktrans", data: { taskid: "9001", localtask: "aaaa-bbbb" } });
	const job = tellJob(bench, "printing", { data: { ...body, taskid: "9001" } });
	assert.equal(job.key, "aaaa-bbbb");
	assert.deepEqual(job.filament, [{ tray: 254, usedLengthMm: 1000 }]);
});

test("a job without any number has no key", () => {
	for (const taskid of ["-1", "0", "", -1, 0, null, {}, undefined]) {
		const bench = benchReport();
		assert.equal("key" in tellJob(bench, "printing", { data: { ...body, taskid } }), false, String(taskid));
	}
	const bench = benchReport();
	assert.equal(tellJob(bench, "printing", { data: { ...body, taskid: 4711 } }).key, "4711");
});
