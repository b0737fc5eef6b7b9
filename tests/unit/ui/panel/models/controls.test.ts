// Temperatures, fans, moving, speed and faults: what can be asked of a printer, and why not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTable as anycubicCommands } from "../../../../../modules/printers/anycubic/commands/table";
import { capabilitiesOf } from "../../../../../modules/printers/bambu/capabilities";
import { commandTable } from "../../../../../modules/printers/bambu/commands/table";
import type { Fault, JobStatus } from "../../../../../modules/printers/printer-state";
import { faultsView } from "../../../../../ui/panel/models/faults";
import { moveView } from "../../../../../ui/panel/models/move";
import { speedView } from "../../../../../ui/panel/models/speed";
import { temperaturesView, withPercent, withTarget } from "../../../../../ui/panel/models/temperatures";
import { allViews } from "./all-views";
import { seen, withPrinter } from "./model-input";

const H2D = { model: "H2D", capabilities: capabilitiesOf("H2D", {}) };
const CHOICE = { step: 10, length: 10 };

test("each heated part has a row with its limits, the left nozzle first", () => {
	const { rows } = temperaturesView(
		withPrinter({
			...H2D,
			nozzles: [
				{ current: 24, target: 0, active: true },
				{ current: 200, target: 225, active: false },
			],
			chamber: { current: 41, target: 50 },
		}),
	);
	assert.deepEqual(
		rows.map(({ label, keypad, command }) => [label, keypad.max, command]),
		[
			["Left nozzle", 350, { command: "nozzle_temperature", target: 0, nozzle: 1 }],
			["Right nozzle", 350, { command: "nozzle_temperature", target: 0, nozzle: 0 }],
			["Bed", 120, { command: "bed_temperature", target: 0 }],
			["Chamber", 65, { command: "chamber_temperature", target: 0 }],
		],
	);
	assert.deepEqual([rows[0]?.tone, rows[0]?.status], ["heat", "heating"]);
	assert.deepEqual([rows[1]?.targetText, rows[1]?.status], ["Off", "off"]);
	const [row] = rows;
	assert.ok(row?.command);
	assert.deepEqual(withTarget(row.command, 245), { command: "nozzle_temperature", target: 245, nozzle: 1 });
});

test("a chamber that is only measured cannot be set, and says so", () => {
	const { rows } = temperaturesView(withPrinter({ chamber: { current: 38 } }));
	const chamber = rows.find(({ id }) => id === "chamber");
	assert.deepEqual([chamber?.isSettable, chamber?.why], [false, "only the printer sets it"]);
	assert.equal(chamber?.command, undefined);
});

test("presets are what materials are printed at: off first, each temperature once, none above the limit", () => {
	const { rows } = temperaturesView(
		withPrinter({ model: "A1 mini", capabilities: capabilitiesOf("A1 mini", {}) }),
	);
	for (const { keypad } of rows) {
		assert.deepEqual(keypad.presets[0], { label: "Off", value: 0 });
		const values = keypad.presets.map(({ value }) => value);
		assert.equal(new Set(values).size, values.length);
		assert.ok(values.length > 2 && values.every((value) => value <= keypad.max));
	}
});

test("fans are set in steps while a job runs, and only those that the printer has are there", () => {
	const view = temperaturesView(withPrinter({ fans: { part: 80 }, job: { state: "printing" } }));
	assert.deepEqual(
		view.fans.map(({ id, value, isKnown, enabled }) => [id, seen(value), isKnown, enabled]),
		[
			["part", "80%", true, true],
			["aux", "–", false, true],
			["chamber", "–", false, true],
		],
	);
	assert.notEqual(view.note, "");
	const [fan] = view.fans;
	assert.ok(fan);
	assert.deepEqual(withPercent(fan.command, 40), { command: "fan", fan: "part", percent: 40 });
	assert.deepEqual(view.airDuct, []);
	const duct = temperaturesView(withPrinter({ ...H2D, airDuct: "heating" })).airDuct;
	assert.deepEqual(
		duct.map(({ id, isChosen }) => [id, isChosen]),
		[
			["cooling", false],
			["heating", true],
			["laser", false],
		],
	);
});

test("up and down are called by what they do, and more room is always the same way for the printer", () => {
	const enclosed = moveView(withPrinter({}), CHOICE);
	assert.deepEqual(
		[enclosed.apart.label, enclosed.together.label, enclosed.isApartUp],
		["Bed down", "Bed up", false],
	);
	const open = moveView(withPrinter({ model: "A1", capabilities: capabilitiesOf("A1", {}) }), CHOICE);
	assert.deepEqual([open.apart.label, open.together.label, open.isApartUp], ["Head up", "Head down", true]);
	for (const { apart } of [enclosed, open])
		assert.deepEqual(apart.command, { command: "jog", axis: "z", distance: 10 });
});

test("steps are those that printers take; a length that is not offered becomes one that is", () => {
	const view = moveView(withPrinter({}), { step: 3, length: 7 });
	assert.deepEqual(
		view.steps.map(({ value, isChosen }) => [value, isChosen]),
		[
			[1, true],
			[10, false],
		],
	);
	assert.deepEqual(
		view.lengths.map(({ value }) => value),
		[1, 10, 50],
	);
	assert.deepEqual(view.left.command, { command: "jog", axis: "x", distance: -1 });
});

test("nothing moves during a job, and filament not during a print nor when the nozzle is cold", () => {
	const at = (state: JobStatus, current: number) =>
		moveView(withPrinter({ job: { state }, nozzles: [{ current, target: 0, active: true }] }), CHOICE);
	for (const state of ["preparing", "printing", "paused"] as const) {
		const { left, home, why } = at(state, 200);
		assert.equal(left.enabled || home.enabled, false);
		assert.equal(why, "A job is under way. Wait for its end, or stop it first.");
	}
	assert.equal(at("printing", 200).extrude.why, "The printer is printing. Pause the job first.");
	assert.equal(at("paused", 200).extrude.enabled, true);
	assert.equal(at("idle", 24).extrude.why, "Filament can be moved from 170\u00a0°C. Heat the nozzle first.");
	assert.equal(at("unknown", 200).left.why, "The printer has not said yet what it is doing.");
	assert.equal(at("idle", 200).retract.enabled, true);
	assert.deepEqual(at("idle", 200).retract.command, { command: "extrude", distance: -10 });
});

test("of two nozzles the one in use is marked, and the other can be chosen", () => {
	const nozzles = [
		{ current: 200, active: false },
		{ current: 24, active: true },
	];
	const view = moveView(withPrinter({ ...H2D, nozzles }), CHOICE);
	assert.deepEqual(
		view.nozzles.map(({ id, isChosen, choose }) => [id, isChosen, choose.label]),
		[
			[1, true, "Left nozzle"],
			[0, false, "Right nozzle"],
		],
	);
	assert.equal(view.isHotEnough, false);
});

test("the present speed is marked", () => {
	const { levels } = speedView(withPrinter({ job: { state: "printing", speedLevel: 3 } }));
	assert.deepEqual(
		levels.map(({ isChosen }) => isChosen),
		[false, false, true, false],
	);
	assert.deepEqual(levels[0]?.choose.command, { command: "speed", level: 1 });
});

function fault(severity: Fault["severity"], code: string, actions: Fault["actions"] = []): Fault {
	return {
		code,
		severity,
		module: "AMS B, slot 2",
		text: `Text of ${code}`,
		url: "https://example.org/",
		actions,
	};
}

test("faults are sorted from the worst to the mildest, and stay in order otherwise", () => {
	const order = ["info", "serious", "fatal", "common", "serious"] as const;
	const { faults } = faultsView(
		withPrinter({ faults: order.map((severity, at) => fault(severity, `F${at}`)) }),
	);
	assert.deepEqual(
		faults.map(({ code }) => code),
		["F2", "F1", "F4", "F3", "F0"],
	);
	assert.equal(faultsView(withPrinter({})).emptyText, "Nothing is wrong.");
});

test("a fault names its part in the panel's language", () => {
	const faults = [fault("serious", "F")];
	assert.equal(faultsView(withPrinter({ faults })).faults[0]?.head, "Serious · AMS B, slot 2");
	assert.equal(
		faultsView(withPrinter({ faults }, { language: "de" })).faults[0]?.head,
		"Schwer · AMS B, Fach 2",
	);
	assert.equal(
		faultsView(withPrinter({ faults }, { language: "zh" })).faults[0]?.head,
		"严重 · AMS B，料槽 2",
	);
});

test("what can be done about a fault is what the state offers; what is risky asks first", () => {
	const actions = ["resume", "retry", "done", "ignore", "stop", "dismiss"] as const;
	const [shown] = faultsView(
		withPrinter({ faults: [fault("fatal", "F", actions)], job: { state: "paused" } }),
	).faults;
	assert.deepEqual(
		shown?.actions.map(({ command, question }) => [command.command, question !== undefined]),
		[
			["resume", true],
			["ams_control", false],
			["ams_control", false],
			["ignore_error", true],
			["stop", true],
			["clear_error", false],
		],
	);
});

test("every command that a screen would send is one that the firmware knows, with fields that it has", () => {
	const input = withPrinter({
		...H2D,
		job: { state: "paused" },
		nozzles: [{ current: 220, active: true }],
		lights: { chamber: true },
		faults: [fault("fatal", "F", ["resume", "retry", "done", "ignore", "stop", "dismiss"])],
		filament: {
			units: [
				{ id: 0, kind: "ams_2_pro", slots: [{ id: 0, state: "loaded", material: "PLA" }], dryingMinutes: 5 },
			],
			external: [{ id: 255, state: "unknown" }],
		},
	});
	const names = new Set<string>();
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		if ("command" in value && typeof value.command === "string") {
			// Of the printers that tell of their files.
			const isOfFile = value.command === "start" || value.command === "delete_file";
			const known = (isOfFile ? anycubicCommands : commandTable)[value.command];
			assert.ok(known, value.command);
			names.add(value.command);
			for (const field of Object.keys(value))
				assert.ok(
					field === "command" || field === "confirm" || field in known.fields,
					`${value.command} ${field}`,
				);
			if (known.confirm) assert.equal((value as { confirm?: unknown }).confirm, true, value.command);
			return;
		}
		for (const part of Object.values(value)) visit(part);
	};
	visit(allViews(input));
	for (const name of [
		"jog",
		"home",
		"extrude",
		"load",
		"unload",
		"read_tag",
		"filament_setting",
		"dry_start",
		"speed",
	])
		assert.ok(names.has(name), name);
});
