import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Breath } from "../../../modules/breath/breath";
import type { BreathState } from "../../../modules/breath/breath-state";
import type { BreathChanges } from "../../../modules/breath/wishes";
import type { JobStatus, LinkStatus } from "../../../modules/printers/printer-state";
import { breathBench } from "./breath-bench";
import { printerState } from "./printer-fixture";

const assertOff = (breath: Breath) => {
	const { on, heating, activeTarget, drying, fanOnly } = breath.state;
	assert.deepEqual(
		{ on, heating, activeTarget, running: drying.running, left: drying.remainingSeconds, fanOnly },
		{ on: false, heating: false, activeTarget: 0, running: false, left: 0, fanOnly: false },
	);
};

test("after a start everything is off, whatever is stored and however warm the bed is", () => {
	for (const mode of ["auto", "always_on", "drying"]) {
		const { breath, board, advance } = breathBench({
			stored: { "panda_breath/work_mode": mode, "panda_breath/set_temp": 60, "panda_breath/work_on": true },
			printer: printerState({ bed: { current: 100, target: 100 }, job: { state: "printing" } }),
		});
		assertOff(breath);
		assert.equal(breath.state.mode, mode);
		assert.equal(breath.state.reason, "Off since the start");
		advance(30);
		assertOff(breath);
		assert.equal(board.heater, false);
		assert.equal(board.fan, false);
		breath.close();
	}
});

test("always on heats the chamber to its target and holds it", () => {
	const { breath, board, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true, target: 55 }, "page");
	assert.equal(breath.state.activeTarget, 55);
	assert.equal(breath.state.reasonCode, "no_reading");
	advance(60);
	assert.equal(breath.state.reasonCode, "heating");
	assert.ok(board.element > 30);
	advance(200);
	assert.match(breath.state.reason, /^Heating the chamber, about \d+ min to 55 °C$/);
	breath.change({ on: false }, "page");
	advance(1);
	breath.change({ on: true }, "page");
	advance(30);
	assert.equal(breath.state.reason, "Heating the chamber to 55 °C", "what was before the pause says nothing");
	advance(3600);
	assert.equal(breath.state.reasonCode, "holding");
	assert.ok(Math.abs((breath.state.chamber ?? 0) - 55) < 1.5, `${breath.state.chamber}`);
	breath.close();
});

test("off counts before the next tick, and says who it was", () => {
	const { breath, board, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true, target: 50 }, "websocket");
	advance(20);
	assert.equal(board.heater, true);
	assert.equal(breath.state.heating, true);
	breath.change({ on: false }, "websocket");
	assert.equal(board.heater, false);
	assertOff(breath);
	advance(1);
	assert.equal(breath.state.reason, "Turned off by a Panda Breath client; the fan runs on");
	advance(3600);
	assert.equal(breath.state.reason, "Turned off by a Panda Breath client");
	breath.close();
});

test("off wins over everything else in the same change", () => {
	const { breath, board, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true, target: 50 }, "page");
	advance(20);
	breath.change({ on: false, mode: "drying", dryingRunning: true, target: 60 }, "page");
	assert.equal(board.heater, false);
	assertOff(breath);
	breath.change({ mode: "drying", dryingRunning: true, target: 0 }, "page");
	assertOff(breath);
	breath.change({ mode: "auto" }, "page");
	breath.change({ on: false, dryingRunning: true }, "page");
	assert.equal(breath.state.mode, "auto");
	assertOff(breath);
	breath.close();
});

test("target 0 turns heat off at once, is not stored, and the target before it is back after a restart", () => {
	const { breath, board, settings, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true, target: 50 }, "websocket");
	advance(20);
	breath.change({ target: 0 }, "websocket");
	assert.equal(board.heater, false);
	assert.equal(breath.state.activeTarget, 0);
	assert.equal(breath.state.target, 0);
	assert.equal(breath.state.on, true);
	assert.equal(breath.state.reasonCode, "target_zero");
	assert.equal(settings.get("breath.target"), 50);
	advance(20);
	assert.equal(board.heater, false);
	breath.change({ target: 50 }, "websocket");
	assert.equal(breath.state.activeTarget, 50);
	breath.close();
});

test("a target of 0 stays one until somebody says otherwise; a button brings the last one back", () => {
	const { breath } = breathBench();
	breath.change({ target: 52 }, "page");
	breath.change({ target: 0 }, "websocket");
	breath.change({ mode: "always_on", on: true }, "websocket");
	assert.equal(breath.state.activeTarget, 0);
	breath.change({ on: false }, "websocket");
	breath.change({ on: true }, "button");
	assert.equal(breath.state.activeTarget, 52);
	breath.close();
});

test("a 0 that came with turning off is no target: whoever turns on afterwards gets the last one", () => {
	const { breath, settings } = breathBench();
	// A Klipper module sends this before each off, and other clients then turn on without naming a target.
	breath.change({ mode: "always_on", target: 52 }, "websocket");
	breath.change({ dryingRunning: false, target: 0 }, "websocket");
	breath.change({ on: false }, "websocket");
	assert.equal(breath.state.target, 0);
	breath.change({ on: true }, "websocket");
	assert.deepEqual([breath.state.target, breath.state.activeTarget], [52, 52]);
	// Who says 0 and on without an off between wants no heat.
	breath.change({ target: 0 }, "websocket");
	breath.change({ on: true }, "websocket");
	assert.equal(breath.state.activeTarget, 0);
	breath.change({ on: false }, "page");
	breath.change({ on: true, target: 0 }, "page");
	assert.equal(breath.state.activeTarget, 0);
	breath.change({ on: false }, "page");
	breath.change({ target: 0 }, "websocket");
	breath.change({ on: true }, "websocket");
	assert.equal(breath.state.activeTarget, 0);
	// Also when the settings themselves hold a 0.
	breath.change({ on: false }, "page");
	settings.set({ "breath.target": 0 });
	breath.change({ on: true }, "button");
	assert.equal(breath.state.activeTarget, 45);
	breath.close();
});

test("a mode that is named wins over the start of drying in the same call", () => {
	const { breath } = breathBench();
	breath.change({ mode: "always_on", on: true, target: 40, dryingRunning: true }, "websocket");
	assert.deepEqual([breath.state.mode, breath.state.activeTarget], ["always_on", 40]);
	breath.close();
});

test("what the settings turn off was turned off since the start", () => {
	const { breath, settings } = breathBench();
	breath.change({ mode: "always_on", on: true, target: 40 }, "page");
	settings.set({ "breath.mode": "drying" });
	assertOff(breath);
	assert.equal(breath.state.reason, "Turned off by a program");
	breath.close();
});

test("target 0 ends a drying cycle too", () => {
	const { breath, advance } = breathBench();
	breath.attend();
	breath.change({ dryingRunning: true }, "page");
	advance(10);
	breath.change({ target: 0 }, "websocket");
	assertOff(breath);
	breath.close();
});

test("the frames of a Klipper module: heat to 45, off, auto, drying, stop", () => {
	const { breath, board, setPrinter, frames, advance } = breathBench();
	breath.attend();
	const off: BreathChanges[] = [{ dryingRunning: false, target: 0 }, { on: false }];
	frames("websocket", ...off, ...off);
	assertOff(breath);
	frames("websocket", { dryingRunning: false }, { mode: "always_on" }, { target: 45 }, { on: true });
	advance(5);
	assert.equal(breath.state.activeTarget, 45);
	assert.equal(board.heater, true);
	frames("websocket", ...off);
	assertOff(breath);
	assert.equal(board.heater, false);

	frames(
		"websocket",
		{ dryingRunning: false },
		{ mode: "auto" },
		{ target: 50 },
		{ filterThreshold: 35 },
		{ bedThreshold: 90 },
		{ on: true },
	);
	assert.equal(breath.state.reasonCode, "no_printer");
	setPrinter(printerState({ bed: { current: 30, target: 95 } }));
	assert.equal(breath.state.activeTarget, 50);

	frames(
		"websocket",
		{ mode: "drying" },
		{ dryingTarget: 50 },
		{ dryingHours: 4 },
		{ dryingTarget: 50 },
		{ dryingHours: 4 },
		{ dryingRunning: true },
		{ on: true },
	);
	assert.equal(breath.state.activeTarget, 50);
	assert.deepEqual(breath.state.drying, {
		running: true,
		target: 50,
		hours: 4,
		remainingSeconds: 4 * 3600,
	});
	frames("websocket", ...off);
	assertOff(breath);
	breath.close();
});

test("between auto and always on the device stays on; into and out of drying it goes off", () => {
	const { breath } = breathBench();
	breath.change({ mode: "auto", on: true }, "page");
	breath.change({ mode: "always_on" }, "page");
	assert.equal(breath.state.on, true);
	assert.equal(breath.state.activeTarget, 45);
	breath.change({ mode: "drying" }, "page");
	assertOff(breath);
	breath.change({ on: true }, "page");
	assert.equal(breath.state.drying.running, true);
	breath.change({ mode: "drying" }, "page");
	assert.equal(breath.state.drying.running, true);
	breath.change({ mode: "always_on" }, "page");
	assertOff(breath);
	breath.change({ mode: "drying", on: true }, "page");
	assert.equal(breath.state.drying.running, true);
	breath.close();
});

test("the end of drying leaves other modes alone", () => {
	const { breath } = breathBench();
	breath.change({ mode: "always_on", on: true }, "page");
	breath.change({ dryingRunning: false }, "websocket");
	assert.equal(breath.state.activeTarget, 45);
	breath.close();
});

test("drying runs its hours, is not begun anew by asking again, and ends by itself", () => {
	const { breath, board, advance, happened } = breathBench();
	breath.attend();
	breath.change({ dryingTarget: 40, dryingHours: 1 }, "page");
	breath.change({ dryingRunning: true }, "page");
	advance(1800);
	breath.change({ dryingRunning: true }, "page");
	breath.change({ on: true }, "page");
	assert.equal(breath.state.drying.remainingSeconds, 1800);
	assert.equal(breath.state.reason, "Drying at 40 °C, 30 min left");
	advance(60);
	assert.equal(breath.state.reason, "Drying at 40 °C, 29 min left");
	advance(1739);
	assert.equal(breath.state.drying.running, true);
	advance(2);
	assertOff(breath);
	assert.equal(board.heater, false);
	assert.equal(breath.state.reasonCode, "drying_done");
	breath.change({ on: false }, "websocket");
	assert.equal(breath.state.reasonCode, "drying_done", "an off that changes nothing keeps the reason");
	assert.deepEqual(happened(), ["drying_changed", "mode_changed", "drying_started", "drying_done"]);
	breath.close();
});

test("fewer hours than have passed end a cycle at once; more make it longer", () => {
	const { breath, advance } = breathBench();
	breath.attend();
	breath.change({ dryingHours: 2, dryingRunning: true }, "page");
	advance(5400);
	breath.change({ dryingHours: 3 }, "page");
	assert.equal(breath.state.drying.remainingSeconds, 5400);
	breath.change({ dryingHours: 1 }, "page");
	assert.equal(breath.state.drying.remainingSeconds, 0);
	advance(1);
	assertOff(breath);
	assert.equal(breath.state.reasonCode, "drying_done");
	breath.close();
});

test("presets are shown as they are; a value of one's own makes them custom and keeps the other value", () => {
	const { breath, settings } = breathBench();
	breath.change({ dryingPreset: "pla" }, "page");
	assert.equal(breath.state.drying.target, 55);
	breath.change({ dryingHours: 6 }, "page");
	assert.equal(settings.get("breath.dryingPreset"), "custom");
	assert.deepEqual(breath.state.drying, { running: false, target: 55, hours: 6, remainingSeconds: 0 });
	breath.change({ dryingPreset: "petg_abs" }, "page");
	assert.deepEqual([breath.state.drying.target, breath.state.drying.hours], [60, 12]);
	breath.change({ dryingPreset: "custom" }, "page");
	assert.deepEqual([breath.state.drying.target, breath.state.drying.hours], [55, 6]);
	breath.close();
});

test("the fan alone and a mode end each other", () => {
	const { breath, board, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true }, "page");
	advance(10);
	breath.change({ fanOnly: true }, "page");
	assert.equal(board.heater, false);
	assert.deepEqual(
		[breath.state.on, breath.state.fanOnly, breath.state.reasonCode],
		[false, true, "fan_only"],
	);
	advance(10);
	assert.equal(board.fan, true);
	breath.change({ on: true }, "page");
	assert.deepEqual([breath.state.on, breath.state.fanOnly], [true, false]);
	breath.change({ fanOnly: true }, "page");
	breath.change({ on: false }, "websocket");
	assertOff(breath);
	breath.change({ fanOnly: true }, "page");
	breath.change({ fanOnly: false }, "page");
	assertOff(breath);
	breath.change({ on: true }, "page");
	breath.change({ fanOnly: false }, "page");
	assert.equal(breath.state.on, true);
	breath.close();
});

test("off reaches the board also when nothing is known to be on", () => {
	for (const off of [{ on: false }, { target: 0 }]) {
		const { breath, board } = breathBench();
		board.heater = true;
		breath.change(off, "websocket");
		assert.equal(board.heater, false);
		breath.close();
	}
});

test("the fan filters while a mode runs and the bed is warm", () => {
	const { breath, board, advance } = breathBench({
		printer: printerState({ bed: { current: 50, target: 60 } }),
	});
	advance(5);
	assert.equal(board.fan, false);
	breath.change({ on: true }, "page");
	advance(1);
	assert.equal(board.fan, true);
	assert.equal(board.heater, false);
	assert.match(breath.state.reason, /; the fan filters$/);
	breath.change({ filterThreshold: 0 }, "page");
	// The control does not switch the motor more often than every 5 s.
	advance(6);
	assert.equal(board.fan, false);
	breath.close();
});

test("heat that nobody attends to goes off after ten minutes, and says so beforehand", () => {
	const { breath, board, advance, happened } = breathBench();
	breath.change({ mode: "always_on", on: true, target: 40 }, "program");
	advance(30);
	assert.doesNotMatch(breath.state.reason, /Nobody/);
	advance(6 * 60);
	assert.match(breath.state.reason, /\. Nobody is connected: heat goes off in 4 min$/);
	advance(3.5 * 60 - 1);
	assert.equal(breath.state.on, true);
	advance(2);
	assertOff(breath);
	assert.equal(board.heater, false);
	assert.equal(breath.state.reasonCode, "abandoned");
	assert.ok(happened().includes("abandoned"));
	breath.close();
});

test("what waits and does not heat is not abandoned", () => {
	const { breath, advance } = breathBench();
	breath.change({ mode: "auto", on: true }, "button");
	advance(3600);
	assert.equal(breath.state.reasonCode, "no_printer");
	breath.change({ mode: "always_on", target: 0 }, "program");
	advance(3600);
	assert.equal(breath.state.reasonCode, "target_zero");
	breath.close();
});

test("an open connection, a printer that is there, a command or a press keeps the heat on", () => {
	const { breath, advance, setPrinter } = breathBench();
	const leave = breath.attend();
	breath.change({ mode: "always_on", on: true, target: 40 }, "page");
	advance(25 * 60);
	leave();
	advance(9 * 60);
	breath.change({ target: 41 }, "program");
	advance(9 * 60);
	breath.attend()();
	advance(9 * 60);
	setPrinter(printerState());
	advance(25 * 60);
	assert.equal(breath.state.activeTarget, 41);
	setPrinter(printerState({ link: "offline" }));
	advance(9 * 60);
	assert.equal(breath.state.activeTarget, 41);
	advance(61);
	assert.equal(breath.state.reasonCode, "abandoned");
	breath.close();
});

test("who goes by one connection a command is there each time; drying ends alone like any heat", () => {
	const { breath, events, advance } = breathBench({ stored: { "panda_breath/deadman": 1 } });
	breath.change({ dryingRunning: true }, "websocket");
	for (let minute = 0; minute < 20; minute++) {
		breath.attend()();
		advance(59);
	}
	assert.equal(breath.state.drying.running, true);
	advance(2);
	assertOff(breath);
	assert.equal(breath.state.reasonCode, "abandoned");
	assert.equal(
		breath.state.reason.split(";")[0],
		"Drying stopped 11 h 41 min before its end: nobody was connected for 1 min",
	);
	assert.match(
		events.list().find(({ event }) => event === "abandoned")?.text ?? "",
		/^Drying stopped 11 h 41 min before its end: nobody was connected for 1 min$/,
	);
	breath.close();
});

test("drying is left alone for as long as the setting says; heat without an end of its own for two hours at most", () => {
	const { breath, advance } = breathBench({ stored: { "panda_breath/deadman": 5940 } });
	breath.change({ dryingTarget: 45, dryingHours: 12, dryingRunning: true }, "websocket");
	advance(11 * 3600);
	assert.equal(breath.state.drying.running, true);
	assert.doesNotMatch(breath.state.reason, /Nobody/, "it ends by itself before anybody is missed");
	advance(3601);
	assert.equal(breath.state.reasonCode, "drying_done");
	breath.change({ mode: "always_on", on: true, target: 40 }, "websocket");
	advance(2 * 3600 - 1);
	assert.equal(breath.state.on, true);
	advance(2);
	assert.equal(breath.state.reasonCode, "abandoned");
	assert.equal(breath.state.reason.split(";")[0], "Turned off: nobody was connected for 2 h 0 min");
	breath.close();
});

test("while it is held there is no heat in any mode, and heat comes back when it is let go", () => {
	const { breath, board, advance, setPrinter } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true, target: 40 }, "page");
	advance(20);
	assert.equal(breath.isHeatWanted, true);
	const release = breath.hold();
	const releaseToo = breath.hold();
	assert.equal(board.heater, false, "at once");
	assert.equal(breath.isHeatWanted, false);
	assert.deepEqual([breath.state.reasonCode, breath.state.on], ["updating", true]);
	breath.change({ mode: "auto", on: true }, "websocket");
	setPrinter(printerState({ bed: { current: 100, target: 100 } }));
	for (let second = 0; second < 60; second++) {
		advance(1);
		assert.equal(board.heater, false);
	}
	release();
	release();
	assert.equal(breath.state.activeTarget, 0, "somebody else still holds it");
	releaseToo();
	assert.equal(breath.state.activeTarget, 40);
	const releaseLast = breath.hold();
	breath.close();
	releaseLast();
	assert.equal(board.heater, false);
});

test("a fault ends what runs, refuses heat, and after it is cleared everything is off", async () => {
	const { breath, board, advance, happened, log } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true }, "page");
	advance(20);
	board.isChamberOpen = true;
	advance(20);
	assertOff(breath);
	assert.equal(board.heater, false);
	assert.equal(breath.state.fault?.code, "chamber_sensor_open");
	assert.match(breath.state.fault?.text ?? "", /sensor.*\. Unplug the device/);
	assert.equal(breath.state.reasonCode, "fault");
	breath.change({ on: true, target: 60 }, "page");
	breath.change({ dryingRunning: true }, "button");
	assertOff(breath);
	assert.equal(await breath.clearFault("page"), "still_there");
	board.isChamberOpen = false;
	advance(20);
	assert.equal(await breath.clearFault("page"), "cleared");
	assertOff(breath);
	assert.equal(breath.state.fault, undefined);
	assert.equal(breath.state.reasonCode, "off");
	advance(20);
	assert.equal(board.heater, false);
	assert.deepEqual(
		happened().filter((event) => event.startsWith("fault")),
		["fault", "fault_cleared"],
	);
	assert.ok(log.texts("error").some((text) => text.includes("sensor")));
	breath.change({ on: true }, "page");
	advance(5);
	assert.equal(board.heater, true);
	breath.close();
});

test("a fault is still there after a restart", async () => {
	const first = breathBench();
	first.breath.attend();
	first.breath.change({ mode: "always_on", on: true }, "page");
	first.advance(10);
	first.board.isChamberOpen = true;
	first.advance(20);
	// The fault is being stored.
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	first.breath.close();
	const second = breathBench({ stored: Object.fromEntries(first.storage.values) });
	assert.equal(second.breath.state.fault?.code, "chamber_sensor_open");
	second.breath.change({ mode: "always_on", on: true }, "page");
	second.advance(10);
	assertOff(second.breath);
	assert.equal(second.board.heater, false);
	second.breath.close();
});

test("auto follows the printer from report to report", () => {
	const { breath, board, setPrinter, advance } = breathBench({ printer: printerState() });
	breath.change({ mode: "auto", on: true }, "button");
	assert.equal(breath.state.reason, "Waiting for the bed of P1S Workshop: 24 of 80 °C");
	setPrinter(printerState({ bed: { current: 43, target: 0 } }));
	assert.equal(breath.state.reason, "Waiting for the bed of P1S Workshop: 43 of 80 °C; the fan filters");
	setPrinter(printerState({ bed: { current: 43, target: 90 } }));
	advance(10);
	assert.equal(board.heater, true);
	setPrinter(printerState({ bed: { current: 90, target: 0 }, job: { state: "finished" } }));
	assert.equal(board.heater, false);
	assert.equal(breath.state.reasonCode, "bed_cold");
	setPrinter(printerState({ link: "offline" }));
	assert.equal(breath.state.reason, "Auto follows P1S Workshop, which does not answer");
	setPrinter(undefined);
	assert.equal(breath.state.reasonCode, "no_printer");
	breath.close();
});

test("a Klipper printer is honestly not followed", () => {
	const { breath, settings } = breathBench({
		printer: printerState({ bed: { current: 100, target: 100 } }),
	});
	settings.set({ "breath.printerType": "klipper" });
	breath.change({ mode: "auto", on: true }, "page");
	assert.equal(breath.state.activeTarget, 0);
	assert.equal(breath.state.reason, "Auto cannot follow a Klipper printer yet");
	breath.close();
});

test("a link that is lost for less than a minute is not worth an event; binding is", () => {
	const { breath, settings, setPrinter, advance, happened } = breathBench();
	settings.set({ "printer0.host": "192.168.1.20", "printer0.serial": "01P00A000000001" });
	setPrinter(printerState());
	advance(1);
	for (let round = 0; round < 3; round++) {
		setPrinter(printerState({ link: "connecting" }));
		advance(50);
		setPrinter(printerState());
		advance(50);
	}
	setPrinter(printerState({ link: "offline" }));
	advance(61);
	setPrinter(printerState());
	advance(1);
	settings.set({ "printer0.host": "", "printer0.serial": "" });
	setPrinter(undefined);
	advance(120);
	assert.deepEqual(happened(), [
		"printer_bound",
		"printer_online",
		"printer_lost",
		"printer_online",
		"printer_unbound",
	]);
	breath.close();
});

test("settings that are changed elsewhere count at once", () => {
	const { breath, settings, happened } = breathBench({
		printer: printerState({ bed: { current: 60, target: 60 } }),
	});
	breath.change({ mode: "auto", on: true }, "page");
	assert.equal(breath.state.activeTarget, 0);
	settings.set({ "breath.bedThreshold": 60, "breath.target": 33 });
	assert.equal(breath.state.activeTarget, 33);
	settings.set({ "breath.mode": "drying" });
	assertOff(breath);
	assert.deepEqual(happened(), [
		"turned_on",
		"target_changed",
		"bed_threshold_changed",
		"turned_off",
		"mode_changed",
	]);
	breath.close();
});

test("listeners are told once a tick at most, and of real changes only", () => {
	const { breath, advance } = breathBench();
	advance(5);
	const told: (readonly (keyof BreathState)[])[] = [];
	breath.onChange((changed) => told.push(changed));
	advance(60);
	assert.deepEqual(told, [], "a cold chamber has no news");
	breath.change({ mode: "always_on" }, "page");
	breath.change({ target: 50 }, "page");
	breath.change({ target: 51 }, "page");
	assert.deepEqual(told, []);
	advance(0.5);
	assert.deepEqual(told, [["mode", "target"]]);
	breath.change({ mode: "auto", dryingHours: 3 }, "page");
	assert.equal(breath.state.mode, "auto");
	breath.change({ mode: "always_on", dryingHours: 12 }, "page");
	assert.equal(breath.state.mode, "always_on");
	breath.change({ target: 51 }, "page");
	advance(1);
	assert.equal(told.length, 1, "what is again as it was is no news");
	breath.change({ on: true }, "page");
	advance(10);
	assert.ok(told.length <= 21);
	breath.close();
});

test("the state is one value as long as nothing changes, and never changes under who holds it", () => {
	const { breath, advance } = breathBench();
	advance(5);
	const before = breath.state;
	const copy = structuredClone(before);
	advance(60);
	assert.equal(breath.state, before);
	breath.change({ mode: "always_on", on: true, target: 50, dryingHours: 3 }, "page");
	const between = breath.state;
	const betweenCopy = structuredClone(between);
	assert.notEqual(between, before);
	advance(60);
	assert.deepEqual(before, copy);
	assert.deepEqual(between, betweenCopy);
	breath.close();
});

test("who is told and fails harms nobody; who listens no longer is not told", () => {
	const { breath, advance, log } = breathBench();
	let told = 0;
	breath.onChange(() => {
		throw new Error("page is gone");
	});
	const end = breath.onChange(() => told++);
	breath.change({ target: 50 }, "page");
	advance(1);
	assert.equal(told, 1);
	end();
	end();
	breath.change({ target: 40 }, "page");
	advance(1);
	assert.equal(told, 1);
	assert.ok(log.texts("error").some((text) => text.includes("page is gone")));
	breath.close();
});

test("numbers are clamped and rounded, what is no number is ignored", () => {
	fc.assert(
		fc.property(fc.oneof(fc.integer(), fc.double()), (value) => {
			const { breath, settings } = breathBench();
			const before = breath.state;
			breath.change(
				{
					target: value,
					bedThreshold: value,
					filterThreshold: value,
					dryingTarget: value,
					dryingHours: value,
				},
				"websocket",
			);
			const { target, bedThreshold, filterThreshold, drying } = breath.state;
			const limits: [number, number, number, number][] = [
				[target, before.target, 0, 60],
				[bedThreshold, before.bedThreshold, 40, 120],
				[filterThreshold, before.filterThreshold, 0, 120],
				[drying.target, before.drying.target, 40, 60],
				[drying.hours, before.drying.hours, 1, 99],
			];
			for (const [shown, old, min, max] of limits)
				assert.equal(
					shown,
					Number.isNaN(value) ? old : Math.floor(Math.min(max, Math.max(min, value)) + 0.5),
				);
			assert.ok(settings.get("breath.target") > 0);
			breath.close();
		}),
	);
});

test("a listener of the settings that fails loses no wish", () => {
	const { breath, settings, board, advance, log } = breathBench();
	breath.attend();
	settings.onChange(() => {
		throw new Error("listener failed");
	});
	breath.change({ mode: "always_on", on: true, target: 50 }, "page");
	advance(10);
	assert.equal(breath.state.activeTarget, 50);
	assert.equal(board.heater, true);
	breath.change({ mode: "drying", on: false }, "page");
	assert.equal(board.heater, false);
	assertOff(breath);
	assert.ok(log.texts("error").length > 0);
	breath.close();
});

test("a printer whose state cannot be had turns heat off and throws nowhere", () => {
	const { breath, board, advance, setPrinter, log } = breathBench({
		printer: printerState({ bed: { target: 100 } }),
	});
	breath.change({ mode: "auto", on: true }, "page");
	advance(10);
	assert.equal(board.heater, true);
	setPrinter(
		new Proxy(printerState(), {
			get() {
				throw new Error("no state");
			},
		}),
	);
	assert.equal(board.heater, false);
	assert.ok(log.texts("error").some((text) => text.includes("no state")));
	assertOff(breath);
	advance(10);
	assert.equal(board.heater, false);
	setPrinter(undefined);
	assertOff(breath);
	breath.close();
});

test("a restart that is asked for turns everything off first; after close nothing comes", () => {
	const { breath, board, advance, clock } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true }, "page");
	advance(10);
	breath.turnOffForRestart();
	assert.equal(board.heater, false);
	assertOff(breath);
	let told = 0;
	breath.onChange(() => told++);
	breath.close();
	breath.close();
	breath.change({ on: true }, "page");
	breath.printerChanged();
	clock.advance(60_000);
	assertOff(breath);
	assert.equal(board.heater, false);
	assert.equal(told, 0);
});

test("the log tells who did what", () => {
	const { breath, events, advance } = breathBench();
	breath.attend();
	breath.change({ mode: "always_on", on: true }, "button");
	for (let target = 46; target <= 50; target++) breath.change({ target }, "page");
	advance(5);
	breath.change({ on: false }, "websocket");
	breath.change({ on: false }, "websocket");
	breath.change({ dryingHours: 3, dryingRunning: true }, "page");
	advance(3600);
	breath.change({ dryingRunning: false }, "program");
	assert.deepEqual(
		events
			.list()
			.map(({ text }) => text)
			.reverse(),
		[
			"Mode: always on, with a button",
			"Turned on: always on, with a button",
			"Target 45 → 50 °C, on the page",
			"Turned off, by a Panda Breath client",
			"Mode: drying, on the page",
			"Drying set to 60 °C for 3 h, on the page",
			"Drying started: 60 °C for 3 h, on the page",
			"Drying stopped 2 h 0 min before its end, by a program",
		],
	);
	breath.close();
});

type Move =
	| { type: "change"; changes: BreathChanges }
	| { type: "printer"; link: LinkStatus | undefined; target: number; job: JobStatus }
	| { type: "tick"; seconds: number }
	| { type: "sensor"; open: boolean }
	| { type: "clear" };

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const number = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -5, max: 130 }) }, fc.double());

const changes: fc.Arbitrary<BreathChanges> = fc
	.record({
		mode: optional(fc.constantFrom("auto" as const, "always_on" as const, "drying" as const)),
		on: optional(fc.boolean()),
		target: optional(number),
		bedThreshold: optional(number),
		fanOnly: optional(fc.boolean()),
		dryingHours: optional(fc.constantFrom(1, 2)),
		dryingRunning: optional(fc.boolean()),
	})
	.map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));

const move: fc.Arbitrary<Move> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ type: fc.constant("change" as const), changes }) },
	{
		weight: 2,
		arbitrary: fc.record({
			type: fc.constant("printer" as const),
			link: optional(fc.constantFrom<LinkStatus>("offline", "connecting", "online", "stale")),
			target: fc.integer({ min: 0, max: 110 }),
			job: fc.constantFrom<JobStatus>("idle", "printing", "finished"),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			type: fc.constant("tick" as const),
			seconds: fc.oneof(fc.constantFrom(0.2, 0.5, 3), fc.integer({ min: 1, max: 900 })),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ type: fc.constant("sensor" as const), open: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.constant({ type: "clear" as const }) },
);

test("whatever comes: no heat when off, faulty or over time, and off is off at once", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
			const { breath, board, clock, advance, setPrinter } = breathBench();
			assertOff(breath);
			let dryingSince: number | undefined;
			for (const next of moves) {
				switch (next.type) {
					case "change":
						breath.change(next.changes, "websocket");
						if (next.changes.on === false) {
							assert.equal(breath.state.on, false);
							assert.equal(breath.state.activeTarget, 0);
							assert.equal(board.heater, false);
						}
						if (next.changes.target !== undefined && next.changes.target < 0.5) {
							assert.equal(breath.state.activeTarget, 0);
							assert.equal(board.heater, false);
						}
						break;
					case "printer":
						setPrinter(
							next.link &&
								printerState({ link: next.link, bed: { target: next.target }, job: { state: next.job } }),
						);
						break;
					case "tick":
						advance(next.seconds);
						break;
					case "sensor":
						board.isChamberOpen = next.open;
						break;
					case "clear":
						await breath.clearFault("page");
						break;
				}
				const { on, activeTarget, fault, drying, mode, heating, fanOnly, target, reason, reasonCode } =
					breath.state;
				if (!on || fault !== undefined) {
					assert.equal(activeTarget, 0);
					assert.equal(heating, false);
					assert.equal(board.heater, false);
				}
				if (fault !== undefined) assert.equal(on, false);
				assert.ok(!(on && fanOnly));
				assert.equal(drying.running, on && mode === "drying");
				assert.ok(activeTarget === 0 || activeTarget === (mode === "drying" ? drying.target : target));
				assert.ok(activeTarget >= 0 && activeTarget <= 60);
				if (!drying.running) dryingSince = undefined;
				else dryingSince ??= clock.now();
				if (dryingSince !== undefined) {
					const seconds = (clock.now() - dryingSince) / 1000;
					assert.ok(drying.remainingSeconds <= drying.hours * 3600);
					// It is looked after at each tick.
					assert.ok(seconds <= drying.hours * 3600 + 0.5 || drying.remainingSeconds === 0);
				}
				assert.ok(reason.length > 0);
				assert.equal(reasonCode === "fault", fault !== undefined);
			}
			breath.close();
			assert.equal(board.heater, false);
		}),
		{ numRuns: 60 },
	);
});
