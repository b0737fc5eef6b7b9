// What becomes of a command that was sent: answered, refused, taken only, lost, timed out, sent a second time.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandRequest } from "../../../../../modules/printers/command";
import { ace, commandBench, idle, KOBRA_3, outcome, paused, printing, TASK_ID } from "./command-bench";

const start: CommandRequest = { command: "start", file: "Boat.gcode" };
const stop: CommandRequest = { command: "stop", confirm: true };
const list: CommandRequest = { command: "list_files", place: "local" };
const FOREIGN = "11111111-1111-4111-8111-111111111111";

test("the answer that names the command ends it", async () => {
	const bench = commandBench(printing);
	const { ending, msgid } = bench.give({ command: "speed", level: 3 });
	assert.equal(await outcome(ending), undefined, "it waits");
	bench.report("print", { msgid, action: "update", state: "updated" });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("printers that name no command are understood by their states", async () => {
	const cases: [typeof idle, CommandRequest, string, string[]][] = [
		[idle, start, "start", ["downloading", "checking", "preheating", "auto_leveling", "printing"]],
		[printing, { command: "pause" }, "pause", ["pausing", "paused"]],
		[paused, { command: "resume" }, "resume", ["resuming", "resumed", "printing"]],
		[printing, stop, "start", ["stopping", "stoped", "stopped"]],
		[printing, { command: "speed", level: 1 }, "start", ["updated"]],
	];
	for (const [printer, request, action, states] of cases)
		for (const state of states) {
			const bench = commandBench(printer);
			const { ending } = bench.give(request);
			bench.report("print", { action, state });
			assert.deepEqual(await outcome(ending), { ok: true }, `${request.command}: ${state}`);
		}
});

test("what the printer says all the time ends nothing", async () => {
	const bench = commandBench(printing);
	const { ending } = bench.give({ command: "pause" });
	bench.report("print", { action: "start", state: "printing", data: { taskid: TASK_ID, progress: 7 } });
	bench.report("print", { action: "update", state: "updated" });
	bench.report("tempature", { action: "auto", state: "done" });
	bench.report("status", { action: "workReport", state: "busy" });
	bench.report("print", { action: "start", state: "failed", code: 10107, msg: "filament broken" });
	bench.report("print", { action: "getSliceParam", state: "done" });
	assert.equal(await outcome(ending), undefined);
	bench.report("print", { action: "start", state: "paused" });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("answers to questions come by their type and action", async () => {
	const cases: [CommandRequest, string, string, string][] = [
		[{ command: "query_status" }, "status", "workReport", "free"],
		[{ command: "query_print" }, "print", "start", "printing"],
		[{ command: "query_slice_parameters" }, "print", "getSliceParam", "done"],
		[{ command: "query_firmware" }, "ota", "reportVersion", "done"],
		[list, "file", "listLocal", "done"],
		[list, "file_list", "listLocal", "done"],
		[{ command: "list_files", place: "usb" }, "file", "listUdisk", "done"],
		[
			{ command: "delete_file", place: "usb", file: "a.gcode", confirm: true },
			"file",
			"deleteUdisk",
			"success",
		],
		[{ command: "video_start" }, "video", "startCapture", "initSuccess"],
		[{ command: "video_stop" }, "video", "stopCapture", "pushStopped"],
	];
	for (const [request, type, action, state] of cases) {
		const bench = commandBench(idle);
		const { ending } = bench.give(request);
		bench.report("wifi", { action, state });
		bench.report("file", { action: "cloudRecommendList", state: "done" });
		assert.equal(await outcome(ending), undefined, request.command);
		bench.report(type, { action, state });
		assert.deepEqual(await outcome(ending), { ok: true }, request.command);
	}
});

test("an answer about a job that failed is an answer", async () => {
	const bench = commandBench(idle);
	const { ending, msgid } = bench.give({ command: "query_print" });
	bench.report("print", { msgid, action: "query", state: "failed" });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("one report ends one command, the one that has waited longest", async () => {
	const bench = commandBench(printing);
	const first = bench.give({ command: "speed", level: 1 });
	const second = bench.give({ command: "speed", level: 2 });
	bench.report("print", { action: "update", state: "updated" });
	assert.deepEqual(await outcome(first.ending), { ok: true });
	assert.equal(await outcome(second.ending), undefined);
	bench.report("print", { action: "update", state: "updated" });
	assert.deepEqual(await outcome(second.ending), { ok: true });
});

test("of several that wait, the one that is named is ended", async () => {
	const bench = commandBench(printing);
	const first = bench.give({ command: "speed", level: 1 });
	const second = bench.give({ command: "speed", level: 2 });
	bench.report("print", { msgid: second.msgid, action: "update", state: "updated" });
	assert.equal(await outcome(first.ending), undefined);
	assert.deepEqual(await outcome(second.ending), { ok: true });
});

test("once a printer has named a command, answers that name another's are not ours", async () => {
	const bench = commandBench(printing);
	const first = bench.give({ command: "speed", level: 1 });
	bench.report("print", { msgid: first.msgid, action: "update", state: "updated" });
	const { ending, msgid } = bench.give({ command: "speed", level: 2 });
	bench.report("print", { msgid: FOREIGN, action: "update", state: "updated" });
	bench.report("print", { msgid: FOREIGN, action: "update", state: "failed", code: 10000, msg: "no" });
	assert.equal(await outcome(ending), undefined);
	bench.report("print", { msgid, action: "update", state: "updated" });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("that a job is paused counts, whoever is told it", async () => {
	const bench = commandBench(printing);
	const first = bench.give({ command: "speed", level: 1 });
	bench.report("print", { msgid: first.msgid, action: "update", state: "updated" });
	const { ending } = bench.give({ command: "pause" });
	bench.report("print", { msgid: FOREIGN, action: "pause", state: "failed", code: 10000 });
	assert.equal(await outcome(ending), undefined);
	bench.report("print", { msgid: FOREIGN, action: "start", state: "paused" });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("a refusal is told with the printer's code and its own words", async () => {
	const cases: [object, RegExp][] = [
		[
			{ code: 10107, msg: "filament broken" },
			/refused \(10107\): its filament is broken.*says: filament broken/,
		],
		[{ code: 10107 }, /refused \(10107\): its filament is broken or used up\. Put in a new spool first\.$/],
		[{ code: 4711, msg: "no such file" }, /refused \(4711\): no such file/],
		[{ code: 4711 }, /refused \(4711\) and did not say why/],
		[{ code: 4711, msg: "done" }, /refused \(4711\) and did not say why/],
		[{ code: 200, state: "failed", msg: "download failed" }, /refused: download failed/],
		[{ state: "failed" }, /refused and did not say why/],
	];
	for (const [fields, words] of cases)
		for (const isNamed of [true, false]) {
			const bench = commandBench(idle);
			const { ending, msgid } = bench.give(start);
			bench.report("print", { ...(isNamed && { msgid }), action: "start", state: "failed", ...fields });
			const result = await outcome(ending);
			assert.ok(result && !result.ok);
			assert.equal(result.code, "refused");
			assert.match(result.message, words);
		}
});

test("a job that fails by itself is no refusal of another command", async () => {
	const bench = commandBench(printing);
	const { ending } = bench.give({ command: "speed", level: 3 });
	bench.report("print", { action: "start", state: "failed", code: 10107, msg: "filament broken" });
	assert.equal(await outcome(ending), undefined);
});

test("a task that is still active is waited for once, for a second and a half", async () => {
	const bench = commandBench(idle);
	const { ending, msgid } = bench.give(start);
	bench.report("print", { msgid, action: "start", state: "failed", code: 10101, msg: "task active" });
	bench.clock.advance(1_499);
	assert.deepEqual(bench.sent(), []);
	assert.equal(await outcome(ending), undefined);
	bench.clock.advance(1);
	const [again = assert.fail("it is not sent again")] = bench.sent();
	assert.notEqual(again.msgid, msgid);
	assert.equal(again.action, "start");
	bench.report("print", { msgid: again.msgid, action: "start", state: "checking" });
	assert.deepEqual(await outcome(ending), { ok: true });
	bench.clock.advance(60_000);
	assert.deepEqual(bench.sent(), []);
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a task that is active the second time too is told", async () => {
	const bench = commandBench(idle);
	const { ending, msgid } = bench.give(start);
	bench.report("print", { msgid, action: "start", state: "failed", code: 10101 });
	// It says it once more, to nobody.
	bench.report("print", { action: "start", state: "failed", code: 10101 });
	bench.clock.advance(1_500);
	const [again = assert.fail("it is not sent again")] = bench.sent();
	bench.report("print", { msgid: again.msgid, action: "start", state: "failed", code: 10101 });
	const result = await outcome(ending);
	assert.ok(result && !result.ok);
	assert.match(result.message, /\(10101\): its last job has not ended yet/);
	bench.clock.advance(60_000);
	assert.deepEqual(bench.sent(), []);
	assert.equal(await outcome(bench.give(start).ending), undefined, "it may be tried again at once");
});

test("meanwhile the printer may have begun something else: it is not sent again", async () => {
	const bench = commandBench(idle);
	const { ending, msgid } = bench.give(start);
	bench.report("print", { msgid, action: "start", state: "failed", code: 10101 });
	bench.becomes(printing);
	bench.clock.advance(1_500);
	assert.deepEqual(bench.sent(), []);
	const result = await outcome(ending);
	assert.ok(result && !result.ok);
	assert.match(result.message, /job is under way/);
});

test("a connection that is lost while a command waits for its second time takes it along", async () => {
	const bench = commandBench(idle);
	const { ending, msgid } = bench.give(start);
	bench.report("print", { msgid, action: "start", state: "failed", code: 10101 });
	bench.gate.disconnected();
	assert.equal((await outcome(ending))?.ok, false);
	bench.clock.advance(5_000);
	assert.deepEqual(bench.sent(), []);
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a response only says that the command has arrived", async () => {
	const bench = commandBench(printing);
	const { ending, msgid } = bench.give({ command: "pause" });
	bench.respond(JSON.stringify({ msgid }));
	bench.respond("{");
	bench.respond(JSON.stringify({ msgid: FOREIGN }));
	assert.equal(await outcome(ending), undefined);
	bench.clock.advance(10_000);
	const result = await outcome(ending);
	assert.ok(result && !result.ok);
	assert.equal(result.code, "timed_out");
	assert.match(result.message, /reached the printer/);
});

test("after ten seconds without an answer it has timed out, and an answer then is nobody's", async () => {
	const bench = commandBench(printing);
	const { ending, msgid } = bench.give({ command: "pause" });
	bench.clock.advance(9_999);
	assert.equal(await outcome(ending), undefined);
	bench.clock.advance(1);
	const result = await outcome(ending);
	assert.ok(result && !result.ok);
	assert.equal(result.code, "timed_out");
	assert.match(result.message, /10 s.*all the same/);
	bench.report("print", { msgid, action: "pause", state: "paused" });
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a connection that ends takes the waiting commands along", async () => {
	const bench = commandBench(printing);
	const given = [bench.give({ command: "pause" }), bench.give(list), bench.give({ command: "query_status" })];
	bench.gate.disconnected();
	for (const { ending } of given) {
		const result = await outcome(ending);
		assert.ok(result && !result.ok);
		assert.equal(result.code, "offline");
		assert.match(result.message, /lost before/);
	}
	assert.equal(bench.clock.pendingTimers, 0);
});

test("a command that the connection does not take is told, and leaves nothing behind", async () => {
	const bench = commandBench(idle);
	bench.disconnect();
	const result = await bench.gate.run(start);
	assert.ok(!result.ok);
	assert.equal(result.code, "not_sent");
	assert.equal(bench.clock.pendingTimers, 0);
	assert.equal(bench.gate.refusal(start), undefined);
});

test("eight commands may wait at a time; one more is refused", async () => {
	const bench = commandBench(printing);
	const given = Array.from({ length: 8 }, () => bench.give({ command: "query_status" }));
	assert.equal(new Set(given.map(({ msgid }) => msgid)).size, 8);
	assert.equal((await bench.refused({ command: "query_status" })).code, "busy");
	const last = given[7] ?? assert.fail();
	bench.report("status", { msgid: last.msgid, action: "workReport", state: "busy" });
	assert.deepEqual(await outcome(last.ending), { ok: true });
	assert.ok(bench.give({ command: "query_status" }));
});

test("until the printer shows the job that was sent, no second one is", async () => {
	const bench = commandBench(idle);
	const { ending } = bench.give(start);
	assert.match((await bench.refused(start)).message, /not said yet/);
	bench.report("print", { action: "start", state: "checking" });
	assert.deepEqual(await outcome(ending), { ok: true });
	assert.match((await bench.refused(start)).message, /not said yet/);
	bench.becomes(printing);
	bench.gate.jobBegan();
	assert.match((await bench.refused(start)).message, /job is under way/);
	bench.becomes(idle);
	assert.ok(bench.give(start), "after its end the next one is");
});

test("a job that was refused is no reason to wait with the next one", async () => {
	const bench = commandBench(idle);
	const { ending } = bench.give(start);
	bench.report("print", { action: "start", state: "failed", code: 4711, msg: "no such file" });
	assert.equal((await outcome(ending))?.ok, false);
	assert.ok(bench.give(start));
});

test("a job that the printer never showed is forgotten after ten seconds", () => {
	const bench = commandBench(idle);
	bench.give(start);
	bench.clock.advance(9_999);
	assert.notEqual(bench.gate.refusal(start), undefined);
	bench.clock.advance(1);
	assert.equal(bench.gate.refusal(start), undefined);
});

test("a box answers in the name of the command, or under its action", async () => {
	const bench = commandBench({ ...idle, modelId: KOBRA_3, units: [ace(0)] });
	const dry = bench.give({ command: "dry_start", unit: 0, target: 45, hours: 4 });
	bench.report("multiColorBox", { action: "getInfo", state: "done" });
	bench.report("multiColorBox", { action: "refresh", state: "done" });
	assert.equal(await outcome(dry.ending), undefined);
	bench.report("multiColorBox", { msgid: dry.msgid, action: "setInfo", state: "done" });
	assert.deepEqual(await outcome(dry.ending), { ok: true });
	const feed = bench.give({ command: "auto_feed", unit: 0, on: true });
	bench.report("multiColorBox", { action: "setAutoFeed", state: "success" });
	assert.deepEqual(await outcome(feed.ending), { ok: true });
});
