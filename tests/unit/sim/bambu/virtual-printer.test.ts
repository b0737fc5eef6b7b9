import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import { mergeReport } from "../../../../sim/printers/bambu/report-delta";
import { printerSwitchNames } from "../../../../sim/printers/bambu/switches";
import { tagReadMs } from "../../../../sim/printers/bambu/tag-reads";
import {
	VirtualBambuPrinter,
	type VirtualBambuPrinterOptions,
} from "../../../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../../../fakes/manual-clock";
import { at, objectAt } from "./fixtures";

function powerOn(options: Omit<VirtualBambuPrinterOptions, "clock"> = {}) {
	const clock = new ManualClock({ wallTimeMs: 1_700_000_000_000 });
	const printer = new VirtualBambuPrinter({ clock, random: () => 0.4, ...options });
	const said: JsonObject[] = [];
	const texts: string[] = [];
	printer.onReport((report, text) => {
		said.push(report);
		texts.push(text);
	});
	printer.start();
	const send = (section: string, command: string, fields: JsonObject = {}): void =>
		printer.handleRequest(JSON.stringify({ [section]: { sequence_id: "20001", command, ...fields } }));
	return { clock, printer, said, texts, send };
}

/** Removes and returns what has been said until now. */
function taken(said: JsonObject[]): JsonObject[] {
	return said.splice(0);
}

test("a printer speaks every two seconds of its clock's time, with what changed", () => {
	const { clock, said } = powerOn();
	clock.advance(1999);
	assert.equal(said.length, 0);
	clock.advance(8001);
	assert.equal(said.length, 5);
	for (const [index, report] of said.entries()) {
		const print = objectAt(report, "print");
		assert.equal(print.command, "push_status");
		assert.equal(print.msg, 1);
		assert.equal(print.sequence_id, String(index + 1));
		assert.match(String(print.wifi_signal), /^-\d\ddBm$/);
		assert.equal(print.gcode_state, undefined);
	}
});

test("pushall is answered at once with the full report, under the printer's own number", () => {
	const { printer, said, send, clock } = powerOn();
	clock.advance(4000);
	taken(said);
	send("pushing", "pushall", { version: 1, push_target: 1 });
	assert.equal(said.length, 1);
	const print = objectAt(said[0], "print");
	assert.equal(print.msg, 0);
	assert.equal(print.sequence_id, "3");
	assert.equal(print.gcode_state, "IDLE");
	assert.equal(at(print, "ams", "ams", 0, "tray", 0, "tray_type"), "PLA");
	assert.equal(printer.serial, "01P00A000000001");
	assert.equal(printer.accessCode, "12345678");
});

test("an effect of a command is acknowledged at once and reported with the next changes", () => {
	const { said, send, clock } = powerOn();
	send("print", "print_speed", { param: "4" });
	assert.deepEqual(taken(said), [
		{ print: { sequence_id: "20001", command: "print_speed", param: "4", result: "success", reason: "" } },
	]);
	clock.advance(2000);
	assert.equal(at(said[0], "print", "spd_lvl"), 4);
	assert.equal(at(said[0], "print", "spd_mag"), 166);
});

test("several sections in one request are all answered", () => {
	const { printer, said } = powerOn();
	printer.handleRequest(
		JSON.stringify({
			info: { sequence_id: "1", command: "get_version" },
			print: { sequence_id: "2", command: "pause" },
		}),
	);
	assert.deepEqual(
		said.map((report) => Object.keys(report)),
		[["info"], ["print"]],
	);
});

test("what is not a request is ignored", () => {
	const { printer, said } = powerOn();
	for (const text of [
		"",
		"{",
		"[]",
		"null",
		"7",
		'"x"',
		'{"print":7}',
		'{"print":[]}',
		'{"x":{}}',
		"\u0000",
	]) {
		printer.handleRequest(text);
	}
	assert.deepEqual(said, []);
});

test("printers with long reports indent them, the others do not", () => {
	const x1 = powerOn({ model: "X1C" });
	x1.send("pushing", "pushall");
	assert.ok(x1.texts[0]?.startsWith('{\n    "print": {\n        "'));
	const h2d = powerOn({ model: "H2D" });
	h2d.send("pushing", "pushall");
	assert.ok((h2d.texts[0]?.length ?? 0) > 20_000);
	const p1 = powerOn();
	p1.send("pushing", "pushall");
	assert.ok(!p1.texts[0]?.includes("\n"));
	assert.deepEqual(JSON.parse(p1.texts[0] ?? ""), p1.said[0]);
});

test("pushing.stop ends the stream, pushing.start resumes it with all that changed meanwhile", () => {
	const { said, send, clock } = powerOn();
	send("pushing", "stop");
	send("print", "print_speed", { param: "1" });
	taken(said);
	clock.advance(60_000);
	assert.deepEqual(said, []);
	send("pushing", "pushall");
	assert.equal(taken(said).length, 1);
	send("print", "print_speed", { param: "3" });
	taken(said);
	send("pushing", "start");
	clock.advance(2000);
	assert.equal(at(said[0], "print", "spd_lvl"), 3);
});

test("a client that reads everything knows at any time what a full report would say", () => {
	const command = fc.constantFrom<readonly [string, string, JsonObject]>(
		["print", "pause", {}],
		["print", "resume", {}],
		["print", "stop", {}],
		["print", "project_file", { param: "Metadata/plate_1.gcode", file: "a.3mf" }],
		["print", "gcode_line", { param: "M104 S200\nM140 S50\nM106 P1 S128" }],
		["print", "ams_change_filament", { ams_id: 0, slot_id: 1, target: 1 }],
		["print", "nonsense", {}],
	);
	type Step = (printer: ReturnType<typeof powerOn>) => void;
	const step = fc.oneof<fc.Arbitrary<Step>[]>(
		command.map(
			([section, name, fields]): Step =>
				({ send }) =>
					send(section, name, fields),
		),
		fc.integer({ min: 0, max: 120_000 }).map(
			(ms): Step =>
				({ clock }) =>
					clock.advance(ms),
		),
		fc.constantFrom<Step>(
			({ printer }) => void printer.startJob(),
			({ printer }) => void printer.removeSpool(0, 1),
			({ printer }) => void printer.loadSpool(0, 1),
			({ printer }) => void printer.insertFault("HMS_0C00_0300_0003_0007"),
			({ printer }) => void printer.insertFault("0300_8004"),
			({ printer }) => void printer.clearFaults(),
			({ printer }) => printer.switches.set("slow", true),
			({ printer }) => printer.switches.set("slow", false),
			({ printer }) => printer.switches.set("silent", true),
			({ printer }) => printer.switches.set("silent", false),
			({ printer }) => printer.switches.set("secured", !printer.switches.values.secured),
			({ send }) => send("pushing", "stop"),
			({ send }) => send("pushing", "start"),
		),
	);
	fc.assert(
		fc.property(fc.constantFrom("P1S", "H2D"), fc.array(step, { maxLength: 25 }), (model, steps) => {
			const world = powerOn({ model });
			world.send("pushing", "pushall");
			let known: JsonObject = {};
			const read = (): void => {
				for (const text of world.texts.splice(0)) {
					const { print } = JSON.parse(text);
					if (print?.command !== "push_status") continue;
					known = print.msg === 0 ? print : mergeReport(known, print);
				}
			};
			for (const act of steps) act(world);
			world.printer.switches.set("slow", false);
			world.printer.switches.set("silent", false);
			world.send("pushing", "start");
			world.clock.advance(2000 - (world.clock.now() % 2000));
			read();
			world.send("pushing", "pushall");
			const full = objectAt(JSON.parse(world.texts.at(-1) ?? ""), "print");
			assert.deepEqual({ ...known, msg: 0, sequence_id: "" }, { ...full, msg: 0, sequence_id: "" });
			world.printer.close();
			assert.equal(world.clock.pendingTimers, 0);
		}),
		{ numRuns: 60 },
	);
});

test("a job is started, paused, resumed and stopped from the workbench", () => {
	const { printer, clock } = powerOn();
	assert.equal(printer.pause(), false);
	assert.equal(printer.resume(), false);
	assert.equal(printer.stop(), false);
	assert.equal(printer.startJob({ name: "Vase", layers: 10 }), true);
	assert.equal(printer.startJob(), false);
	clock.advance(400_000);
	const { job } = printer.snapshot();
	assert.equal(job.name, "Vase");
	assert.equal(job.totalLayers, 10);
	assert.equal(job.state, "RUNNING");
	assert.equal(printer.pause(), true);
	assert.equal(printer.snapshot().job.state, "PAUSE");
	assert.equal(printer.resume(), true);
	assert.equal(printer.stop(), true);
	assert.equal(printer.snapshot().job.state, "FAILED");
	assert.deepEqual(printer.snapshot().faults, ["0300_400C"]);
});

test("faults are put in and taken out from the workbench", () => {
	const { printer, clock } = powerOn();
	assert.equal(printer.clearFaults(), false);
	assert.equal(printer.insertFault("nonsense"), false);
	assert.equal(printer.insertFault("HMS_0C00_0300_0003_0007"), true);
	assert.deepEqual(printer.snapshot().faults, ["HMS_0C00_0300_0003_0007"]);
	printer.startJob();
	clock.advance(300_000);
	assert.equal(printer.insertFault("0300_8004"), true);
	assert.deepEqual(printer.snapshot().faults, ["0300_8004", "HMS_0C00_0300_0003_0007"]);
	assert.equal(printer.snapshot().job.state, "PAUSE");
	assert.equal(printer.snapshot().job.stage, 6);
	assert.equal(printer.clearFaults(), true);
	assert.deepEqual(printer.snapshot().faults, []);
});

test("spools are taken out and put in from the workbench, and the change is reported", () => {
	const { printer, clock, said } = powerOn();
	assert.equal(printer.removeSpool(0, 1), true);
	assert.equal(printer.removeSpool(0, 1), false);
	assert.equal(printer.removeSpool(9, 9), false);
	clock.advance(2000);
	const ams = objectAt(said[0], "print", "ams");
	assert.deepEqual(ams.ams, [{ id: "0", tray: [{ id: "1" }] }]);
	assert.equal(ams.tray_exist_bits, "d");
	assert.equal(printer.snapshot().units[0]?.slots[1]?.loaded, false);
	assert.equal(printer.loadSpool(0, 1), true);
	assert.equal(printer.loadSpool(0, 4), false);
	clock.advance(2000);
	const put = objectAt(said[1], "print", "ams");
	assert.equal(at(put, "ams", 0, "tray", 0, "tray_type"), "");
	assert.deepEqual([put.tray_exist_bits, put.tray_reading_bits], ["f", "2"]);
	assert.equal(printer.snapshot().units[0]?.slots[1]?.remainPercent, -1);
	clock.advance(tagReadMs);
	const read = objectAt(
		said.findLast((message) => objectAt(message, "print").ams !== undefined),
		"print",
		"ams",
	);
	assert.equal(at(read, "ams", 0, "tray", 0, "tray_type"), "PLA");
	assert.deepEqual([read.tray_read_done_bits, read.tray_reading_bits], ["f", "0"]);
	assert.equal(printer.snapshot().units[0]?.slots[1]?.remainPercent, 100);
	assert.equal(printer.removeSpool(255, 0), true);
	assert.equal(printer.loadSpool(255, 0), true);
});

test("the snapshot shows what a status page needs, and is plain JSON", () => {
	const { printer, clock, send } = powerOn({ model: "H2D", serial: "09400A000000009", name: "Big one" });
	printer.setClients(["culm-1"]);
	send("print", "set_nozzle_temp", { extruder_index: 1, target_temp: 220 });
	send("print", "pause");
	clock.advance(60_000);
	const snapshot = printer.snapshot();
	assert.equal(snapshot.model, "H2D");
	assert.equal(snapshot.serial, "09400A000000009");
	assert.equal(snapshot.name, "Big one");
	assert.equal(snapshot.replaying, false);
	assert.deepEqual(snapshot.clients, ["culm-1"]);
	assert.equal(snapshot.nozzles.length, 2);
	assert.equal(snapshot.nozzles[1]?.target, 220);
	assert.ok((snapshot.nozzles[1]?.current ?? 0) > 150);
	assert.equal(snapshot.chamber?.target, 0);
	assert.deepEqual(snapshot.lights, { chamber_light: "on", work_light: "flashing", chamber_light2: "on" });
	assert.deepEqual(
		snapshot.units.map(({ id, slots }) => [id, slots.length]),
		[
			[0, 4],
			[1, 4],
			[128, 1],
		],
	);
	assert.deepEqual(snapshot.lastCommands, [
		{ atMs: 0, section: "print", command: "pause", result: "fail", reason: "nothing is being printed" },
		{ atMs: 0, section: "print", command: "set_nozzle_temp", result: "success", reason: "" },
	]);
	assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
	for (let count = 0; count < 30; count++) send("print", "pause");
	assert.equal(printer.snapshot().lastCommands.length, 20);
});

test("secured: commands are refused, the fault is listed and `fun` says so, until it is switched off", () => {
	const { printer, clock, said, send } = powerOn({ model: "P2S" });
	printer.switches.set("secured", true);
	send("print", "print_speed", { param: "1" });
	assert.equal(at(said[0], "print", "err_code"), 84033543);
	taken(said);
	clock.advance(2000);
	assert.deepEqual(at(said[0], "print", "hms"), [{ attr: 83887360, code: 65543 }]);
	const bit29 = (fun: unknown): number => (Number.parseInt(String(fun).slice(-8), 16) >>> 29) & 1;
	assert.equal(bit29(at(said[0], "print", "fun")), 1);
	printer.switches.set("secured", false);
	taken(said);
	clock.advance(2000);
	assert.deepEqual(at(said[0], "print", "hms"), []);
	assert.equal(bit29(at(said[0], "print", "fun")), 0);
	taken(said);
	send("print", "print_speed", { param: "1" });
	assert.equal(at(said[0], "print", "result"), "success");
});

test("slow: answers and changes come eight seconds late and in order; switched off, all come at once", () => {
	const { printer, clock, said, send } = powerOn();
	printer.switches.set("slow", true);
	send("print", "print_speed", { param: "1" });
	clock.advance(7999);
	assert.deepEqual(said, []);
	clock.advance(1);
	assert.equal(at(said[0], "print", "command"), "print_speed");
	clock.advance(2000);
	assert.equal(at(said[1], "print", "spd_lvl"), 1);
	taken(said);
	send("print", "print_speed", { param: "4" });
	printer.switches.set("slow", false);
	const sequences = said.filter((report) => at(report, "print", "command") === "push_status");
	assert.deepEqual(
		sequences.map((report) => at(report, "print", "sequence_id")),
		["2", "3", "4", "5"],
	);
	assert.equal(at(said.at(-1), "print", "param"), "4");
	clock.advance(2000);
	assert.equal(at(said.at(-1), "print", "spd_lvl"), 4);
});

test("silent: nothing is said, and afterwards everything that changed is", () => {
	const { printer, clock, said, send } = powerOn();
	printer.switches.set("silent", true);
	send("pushing", "pushall");
	send("print", "print_speed", { param: "1" });
	clock.advance(60_000);
	assert.deepEqual(said, []);
	printer.switches.set("silent", false);
	clock.advance(2000);
	assert.equal(at(said[0], "print", "spd_lvl"), 1);
});

test("what a slow printer had still to say when it fell silent is in its first words afterwards", () => {
	const { printer, clock, said, send } = powerOn();
	send("pushing", "pushall");
	printer.switches.set("slow", true);
	send("print", "print_speed", { param: "1" });
	clock.advance(4000);
	taken(said);
	printer.switches.set("silent", true);
	printer.switches.set("slow", false);
	clock.advance(60_000);
	assert.deepEqual(said, []);
	printer.switches.set("silent", false);
	clock.advance(2000);
	assert.equal(at(said[0], "print", "spd_lvl"), 1);
});

test("switches tell their changes once, and only real ones", () => {
	const { printer } = powerOn();
	const heard: [string, boolean][] = [];
	const stop = printer.switches.onChange((name, on) => heard.push([name, on]));
	for (const name of printerSwitchNames) {
		assert.equal(printer.switches.values[name], false);
		printer.switches.set(name, true);
		printer.switches.set(name, true);
		assert.equal(printer.switches.values[name], true);
	}
	assert.deepEqual(
		heard,
		printerSwitchNames.map((name) => [name, true]),
	);
	stop();
	printer.switches.set("slow", false);
	assert.equal(heard.length, printerSwitchNames.length);
});

test("a printer that is switched off says nothing, does nothing and holds no timer", () => {
	const { printer, clock, said, send } = powerOn();
	printer.switches.set("slow", true);
	send("print", "print_speed", { param: "1" });
	printer.close();
	printer.close();
	printer.start();
	send("pushing", "pushall");
	printer.switches.set("slow", false);
	clock.advance(60_000);
	assert.deepEqual(said, []);
	assert.equal(clock.pendingTimers, 0);
	assert.equal(printer.startJob(), false);
	assert.equal(printer.snapshot().job.state, "IDLE");
});

test("a printer that is not started yet answers, but does not speak by itself", () => {
	const clock = new ManualClock();
	const printer = new VirtualBambuPrinter({ clock });
	let count = 0;
	const stop = printer.onReport(() => {
		count += 1;
	});
	clock.advance(10_000);
	assert.equal(count, 0);
	printer.handleRequest('{"pushing":{"command":"pushall"}}');
	assert.equal(count, 1);
	stop();
	printer.handleRequest('{"pushing":{"command":"pushall"}}');
	assert.equal(count, 1);
	printer.close();
});

test("a job in which colours take turns takes of each spool exactly what its file says, and tells its slots", () => {
	for (const model of ["P1S", "H2D"] as const) {
		const { printer, clock, said } = powerOn({ model });
		const before = printer.snapshot().units;
		assert.ok(printer.startJobOfKind("interleaved"));
		const file = printer.jobFile?.plan.filaments ?? [];
		assert.deepEqual(
			file.map(({ grams }) => grams),
			[24.5, 8.25, 13.75, 3.5],
		);
		const echo = said.find((message) => at(message, "print", "command") === "project_file");
		assert.ok(echo);
		assert.deepEqual(at(echo, "print", "ams_mapping"), model === "P1S" ? [0, 1, 2, 3] : [4, 0, 5, 1]);
		for (let minutes = 0; printer.snapshot().job.state !== "FINISH"; minutes++) {
			clock.advance(60_000);
			assert.ok(minutes < 180, "it takes more than three hours");
		}
		const after = printer.snapshot().units;
		for (const { tray, grams } of file) {
			const unit = before.findIndex(({ id }) => id === tray?.unit);
			const [was, is] = [before, after].map(
				(units) => units[unit]?.slots[tray?.slot ?? 0]?.remainPercent ?? 0,
			);
			if (was !== -1) assert.ok(Math.abs((was ?? 0) - (is ?? 0) - grams / 10) <= 1, `${was} to ${is}`);
		}
	}
});

test("printers of the newer kinds count their jobs, the others tell numbers of the cloud's jobs alone", () => {
	const ids = (model: "P1S" | "P2S", source: "local" | "cloud") => {
		const { printer, clock, said } = powerOn({ model });
		printer.startJob({ source });
		clock.advance(2_000);
		const reports = said.map((message) => objectAt(message, "print"));
		const all = Object.assign({}, ...reports.filter(({ command }) => command === "push_status"));
		return [all.task_id, all.subtask_id];
	};
	assert.deepEqual(ids("P1S", "local"), [undefined, undefined]);
	assert.deepEqual(ids("P1S", "cloud"), ["1700000001", "1700000001"]);
	assert.deepEqual(ids("P2S", "local"), ["1700000001", undefined]);
	assert.deepEqual(ids("P2S", "cloud"), ["1700000001", "1700000001"]);
});

test("a job is refused a kind of its own while another one is under way, and the one from outside uses no unit", () => {
	const { printer, clock, said } = powerOn();
	assert.ok(printer.startJobOfKind("external"));
	assert.equal(printer.startJobOfKind("single"), false);
	clock.advance(2_000);
	const echo = said.find((message) => at(message, "print", "command") === "project_file");
	assert.deepEqual([at(echo, "print", "use_ams"), at(echo, "print", "ams_mapping")], [false, [-1]]);
});
