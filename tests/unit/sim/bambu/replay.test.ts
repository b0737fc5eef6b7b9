import assert from "node:assert/strict";
import { test } from "node:test";
import { loadCapture, parseCapture } from "../../../../sim/printers/bambu/capture";
import { isJsonObject, type JsonObject } from "../../../../sim/printers/bambu/json";
import { Replay } from "../../../../sim/printers/bambu/replay";
import { mergeReport } from "../../../../sim/printers/bambu/report-delta";
import { VirtualBambuPrinter } from "../../../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../../../fakes/manual-clock";
import { at, captureNames, capturePath, objectAt } from "./fixtures";

interface Played {
	clock: ManualClock;
	printer: VirtualBambuPrinter;
	/** Everything the printer said, oldest first, with the clock's time. */
	said: { atMs: number; report: JsonObject }[];
	ask(request: JsonObject): JsonObject[];
}

async function play(name: string): Promise<Played> {
	const clock = new ManualClock({ startMs: 5000 });
	const replay = await loadCapture(capturePath(name));
	const printer = new VirtualBambuPrinter({ clock, replay, model: "A1", random: () => 0.25 });
	const said: Played["said"] = [];
	printer.onReport((report) => said.push({ atMs: clock.now(), report }));
	printer.start();
	const ask = (request: JsonObject): JsonObject[] => {
		const before = said.length;
		printer.handleRequest(JSON.stringify(request));
		return said.splice(before).map(({ report }) => report);
	};
	return { clock, printer, said, ask };
}

const pushall = { pushing: { sequence_id: "1", command: "pushall", version: 1, push_target: 1 } };

test("the recorded print is played message by message at its own times", async () => {
	const { clock, said } = await play("a1-print.jsonl");
	const { messages } = await loadCapture(capturePath("a1-print.jsonl"));
	clock.advance(942_000);
	assert.equal(said.length, 406);
	said.forEach(({ atMs, report }, index) => {
		assert.equal(atMs, 5000 + (messages[index]?.atMs ?? -1));
		assert.deepEqual(report, messages[index]?.report);
	});
});

test("its states are FINISH, IDLE, PREPARE, RUNNING, FINISH, as a client sees them that merges all of it", async () => {
	const { clock, said, ask } = await play("a1-print.jsonl");
	let known = objectAt(ask(pushall)[0], "print");
	const states = [known.gcode_state];
	clock.advance(942_000);
	for (const { report } of said) {
		const print = objectAt(report, "print");
		known = print.msg === 0 ? print : mergeReport(known, print);
		if (known.gcode_state !== states.at(-1)) states.push(known.gcode_state);
	}
	assert.deepEqual(states, ["FINISH", "IDLE", "PREPARE", "RUNNING", "FINISH"]);
	assert.equal(known.layer_num, 50);
	assert.equal(known.mc_percent, 100);
	const answer = objectAt(ask(pushall)[0], "print");
	assert.deepEqual({ ...answer, msg: 0, sequence_id: "" }, { ...known, msg: 0, sequence_id: "" });
});

test("before its first full report a capture answers with that report and the changes until then", async () => {
	const { clock, said, ask } = await play("a1-print.jsonl");
	clock.advance(8000);
	const print = objectAt(ask(pushall)[0], "print");
	assert.equal(print.msg, 0);
	assert.equal(print.command, "push_status");
	assert.equal(print.subtask_name, "Würfel");
	const last = said.at(-1);
	assert.equal(print.bed_temper, at(last?.report, "print", "bed_temper"));
	assert.equal(print.wifi_signal, at(last?.report, "print", "wifi_signal"));
	assert.ok(Number(print.sequence_id) > Number(at(last?.report, "print", "sequence_id")));
});

test("when the capture is over, the last state stays and the Wi-Fi signal is told every two seconds", async () => {
	const { clock, said, ask } = await play("a1-print.jsonl");
	clock.advance(942_000);
	const before = objectAt(ask(pushall)[0], "print");
	said.length = 0;
	clock.advance(60_000);
	assert.equal(said.length, 30);
	for (const { report } of said) {
		assert.deepEqual(Object.keys(objectAt(report, "print")), [
			"wifi_signal",
			"command",
			"msg",
			"sequence_id",
		]);
		assert.match(String(at(report, "print", "wifi_signal")), /^-\d\ddBm$/);
		assert.equal(at(report, "print", "msg"), 1);
	}
	const after = objectAt(ask(pushall)[0], "print");
	assert.equal(after.wifi_signal, at(said.at(-1)?.report, "print", "wifi_signal"));
	const { wifi_signal: _, sequence_id: __, ...rest } = after;
	const { wifi_signal: ___, sequence_id: ____, ...restBefore } = before;
	assert.deepEqual(rest, restBefore);
});

for (const name of captureNames.filter((candidate) => candidate.endsWith(".json"))) {
	test(`${name} is played: its report on request, its version, its changes, then signs of life`, async () => {
		const { clock, said, ask } = await play(name);
		const capture = await loadCapture(capturePath(name));
		const { sequence_id: _, ...print } = objectAt(ask(pushall)[0], "print");
		const { sequence_id: __, ...recorded } = capture.firstFull;
		assert.deepEqual(print, recorded);
		const version = objectAt(ask({ info: { sequence_id: "8", command: "get_version" } })[0], "info");
		assert.deepEqual(version.module, capture.version?.module);
		assert.equal(version.sequence_id, "8");
		clock.advance(30_000);
		assert.equal(said.length, 15);
		const changes = said.slice(0, capture.messages.length).map(({ report }) => report);
		assert.deepEqual(
			changes,
			capture.messages.map(({ report }) => report),
		);
		for (const { report } of said.slice(capture.messages.length)) {
			assert.ok(typeof at(report, "print", "wifi_signal") === "string");
		}
	});
}

test("the changes of the H2D capture are in the full report afterwards, parts of objects put in their place", async () => {
	const { clock, ask } = await play("h2d-deltas.json");
	const before = objectAt(ask(pushall)[0], "print");
	clock.advance(12_000);
	const after = objectAt(ask(pushall)[0], "print");
	assert.equal(after.home_flag, -1058546177);
	assert.equal(after.stat, "46A58008");
	assert.equal(at(after, "device", "extruder", "state"), 274);
	assert.deepEqual(at(after, "device", "extruder", "info"), at(before, "device", "extruder", "info"));
	assert.equal(at(after, "device", "nozzle", "info", 0, "diameter"), 0.2);
	assert.deepEqual(at(after, "device", "bed"), at(before, "device", "bed"));
});

test("a printer that plays a capture refuses commands with a reason, and says so when it is secured", async () => {
	const { printer, ask } = await play("p2s.json");
	const pause = { print: { sequence_id: "3", command: "pause", param: "" } };
	const refused = objectAt(ask(pause)[0], "print");
	assert.equal(refused.result, "fail");
	assert.match(String(refused.reason), /capture/);
	printer.switches.set("secured", true);
	assert.equal(at(ask(pause)[0], "print", "err_code"), 84033543);
	const light = {
		system: { sequence_id: "4", command: "ledctrl", led_node: "chamber_light", led_mode: "on" },
	};
	assert.equal(at(ask(light)[0], "system", "result"), "fail");
	assert.equal(printer.startJob(), false);
	assert.equal(printer.snapshot().job.state, "RUNNING");
	assert.equal(printer.snapshot().replaying, true);
});

test("pushing.stop mutes a replay, which goes on all the same", async () => {
	const { clock, said, ask } = await play("a1-print.jsonl");
	ask({ pushing: { sequence_id: "1", command: "stop" } });
	clock.advance(500_000);
	assert.deepEqual(said, []);
	assert.equal(at(ask(pushall)[0], "print", "gcode_state"), "RUNNING");
	ask({ pushing: { sequence_id: "1", command: "start" } });
	clock.advance(20_000);
	assert.ok(said.length > 5);
});

test("a full report in a capture replaces all that was known, changes add to it", () => {
	const line = (t: number, print: JsonObject): string =>
		JSON.stringify({ t, report: { print: { command: "push_status", ...print } } });
	const capture = parseCapture(
		[
			line(0, { msg: 0, gcode_state: "IDLE", old: 1, xcam: { halt: true, detect: true } }),
			line(1, { msg: 1, xcam: { halt: false } }),
			line(2, { msg: 0, gcode_state: "RUNNING" }),
		].join("\n"),
		"made.jsonl",
	);
	const clock = new ManualClock();
	const replay = new Replay({ clock, capture, onMessage: () => {}, onEnd: () => {} });
	replay.start();
	clock.advance(1000);
	assert.deepEqual(replay.report.xcam, { halt: false, detect: true });
	assert.equal(replay.report.old, 1);
	clock.advance(1000);
	assert.deepEqual(replay.report, { command: "push_status", msg: 0, gcode_state: "RUNNING" });
});

test("a fast clock that passes several messages at once loses none of them", async () => {
	const capture = await loadCapture(capturePath("a1-print.jsonl"));
	const clock = new ManualClock();
	const played: JsonObject[] = [];
	let nowMs = 0;
	const replay = new Replay({
		clock: {
			now: () => nowMs,
			wallTime: () => undefined,
			after: clock.after.bind(clock),
			every: clock.every.bind(clock),
		},
		capture,
		onMessage: (report) => played.push(report),
		onEnd: () => played.push({ ended: true }),
	});
	replay.start();
	nowMs = 400_000;
	clock.advance(0);
	const first = played.length;
	assert.ok(first > 100 && first < 300);
	nowMs = 10_000_000;
	clock.advance(10_000);
	assert.equal(played.length, 407);
	assert.deepEqual(played.at(-1), { ended: true });
});

test("a closed replay says nothing more, and holds no timer", async () => {
	const capture = await loadCapture(capturePath("a1-print.jsonl"));
	const clock = new ManualClock();
	let count = 0;
	const replay = new Replay({
		clock,
		capture,
		onMessage: () => {
			count += 1;
			if (count === 3) replay.close();
		},
		onEnd: () => assert.fail("it was closed"),
	});
	replay.start();
	replay.start();
	clock.advance(942_000);
	assert.equal(count, 3);
	assert.equal(clock.pendingTimers, 0);
	replay.close();
	assert.ok(isJsonObject(replay.report));
});
