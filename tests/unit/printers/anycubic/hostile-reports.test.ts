// Reports that no printer should send: none of them throws, and the state keeps its form.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_REPORT_LENGTH } from "../../../../modules/printers/anycubic/envelope";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { benchReport } from "./bench-report";

const types = [
	"status",
	"lastWill",
	"tempature",
	"fan",
	"print",
	"info",
	"ota",
	"peripherie",
	"multiColorBox",
	"extfilbox",
	"light",
	"wifi",
	"file",
];
const models = ["20021", "20025", "20030", "20099", ""];
const keys = [
	"taskid",
	"localtask",
	"filename",
	"progress",
	"curr_layer",
	"total_layers",
	"remain_time",
	"supplies_usage",
	"settings",
	"print_speed_mode",
	"curr_nozzle_temp",
	"target_hotbed_temp",
	"curr_chamber_temp",
	"fan_speed_pct",
	"box_fan_level",
	"lights",
	"type",
	"status",
	"state",
	"pause",
	"project",
	"last_project",
	"temp",
	"version",
	"firmware_version",
	"current_progress",
	"multiColorBox",
	"multi_color_box",
	"id",
	"loaded_slot",
	"humidity",
	"drying_status",
	"duration",
	"slots",
	"index",
	"color",
	"color_group",
	"sku",
	"consumables_percent",
	"loaded",
	"__proto__",
];
const words = [
	"printing",
	"paused",
	"pausing",
	"stoped",
	"failed",
	"finished",
	"updated",
	"checking",
	"free",
	"busy",
];

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.constantFrom(null, true, 0, 1, -1, 2, 4, 200, 254, 1e300, -0, "", "1", "\u0000", "\ud800", ...words),
		fc.integer({ min: -10, max: 400 }),
		fc.double({ noNaN: true }),
		fc.string({ maxLength: 8 }),
		fc.array(tie("value"), { maxLength: 5 }),
		fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 8 }),
	),
})).value;

/** Near to what a printer sends, so that it gets far, and wrong anywhere. */
const or = (sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
	fc.oneof({ weight: 4, arbitrary: sound }, { weight: 1, arbitrary: value });
const number = or(
	fc.oneof(fc.integer({ min: -1, max: 120 }), fc.double({ min: -10, max: 9000, noNaN: true })),
);
const job = {
	taskid: or(fc.constantFrom("-1", "0", "1", "2", 3)),
	localtask: or(fc.constantFrom("", "a", "b")),
	filename: or(fc.constantFrom("a.gcode", "b.3mf", "/x/", "")),
	progress: number,
	curr_layer: number,
	total_layers: number,
	remain_time: number,
	supplies_usage: number,
	state: or(fc.constantFrom(...words)),
	pause: or(fc.integer({ min: -1, max: 5 })),
};
const heat = {
	curr_nozzle_temp: number,
	target_hotbed_temp: number,
	curr_chamber_temp: number,
	fan_speed_pct: number,
	box_fan_level: number,
	print_speed_mode: or(fc.integer({ min: 0, max: 4 })),
};
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
	fc.record(fields, { requiredKeys: [] });
const slot = some({
	index: or(fc.integer({ min: -1, max: 4 })),
	type: or(fc.constantFrom("", "PLA", "PETG")),
	color: or(fc.array(fc.integer({ min: -1, max: 256 }), { maxLength: 5 })),
	sku: or(fc.constantFrom("", "A")),
	consumables_percent: number,
	edit_status: or(fc.constantFrom(0, 1)),
});
const box = some({
	id: or(fc.integer({ min: -1, max: 4 })),
	loaded_slot: or(fc.integer({ min: -2, max: 4 })),
	temp: number,
	humidity: number,
	drying_status: or(some({ status: number, remain_time: number, duration: number })),
	slots: or(fc.array(slot, { maxLength: 5 })),
});
const data = some({
	...job,
	...heat,
	temp: or(some(heat)),
	settings: or(some(heat)),
	project: or(some(job)),
	last_project: or(some(job)),
	multi_color_box: or(fc.array(box, { maxLength: 4 })),
	multiColorBox: or(fc.constantFrom(0, 1)),
	lights: or(fc.array(some({ type: number, status: or(fc.constantFrom(0, 1)) }), { maxLength: 3 })),
	firmware_version: or(fc.constant("3.1.2")),
	current_progress: number,
	loaded: or(fc.constantFrom(0, 1)),
});
const message = fc.record(
	{
		action: or(
			fc.constantFrom("start", "stop", "pause", "resume", "update", "getInfo", "done", "localtasktrans"),
		),
		state: or(fc.constantFrom(...words, "online", "offline", "done", "downloading", "start")),
		code: or(fc.constantFrom(200, 200, 200, 200, 10101, 10107, 10401, 10601)),
		msg: value,
		msgid: value,
		data: or(data),
	},
	{ requiredKeys: ["state"] },
);

function assertWellFormed(state: PrinterState): void {
	const { job, nozzles, bed, chamber = {}, fans, lights, filament, faults, firmware = "" } = state;
	assert.deepEqual(JSON.parse(JSON.stringify(state)), state, "it is plain JSON");
	assert.ok(["idle", "preparing", "printing", "paused", "finished", "failed", "unknown"].includes(job.state));
	assertNumber(job.percent, 0, 100);
	assertNumber(job.layer, 0, 1e6);
	assertNumber(job.totalLayers, 0, 1e6);
	assertNumber(job.remainingMinutes, 0, 1e6);
	assertNumber(job.speedLevel, 1, 3);
	assert.ok((job.name ?? "x").length > 0 && (job.name ?? "").length <= 255);
	assert.ok((job.key ?? "x").length > 0 && (job.key ?? "").length <= 64);
	for (const { tray, usedLengthMm } of job.filament ?? []) {
		assert.ok(tray === 254 || (tray >= 0 && tray < 16));
		assertNumber(usedLengthMm, 0, 5e6);
	}
	assert.equal(nozzles.length, 1);
	for (const { current, target } of [...nozzles, bed, chamber]) {
		assertNumber(current, -60, 600);
		assertNumber(target, 0, 600);
	}
	for (const speed of Object.values(fans)) assertNumber(speed, 0, 100);
	for (const isOn of Object.values(lights)) assert.equal(typeof isOn, "boolean");
	assert.ok(filament.units.length <= 4);
	for (const unit of filament.units) {
		assert.ok(unit.id >= 0 && unit.id < 4);
		assert.deepEqual(
			unit.slots.map(({ id }) => id),
			[0, 1, 2, 3],
		);
		for (const { color = "00000000", remainPercent, material = "x" } of unit.slots) {
			assert.match(color, /^[0-9A-F]{8}$/);
			assert.ok(material.length > 0);
			assertNumber(remainPercent, 1, 100);
		}
	}
	assert.equal(filament.external.length, 1);
	for (const { code, text } of faults) assert.ok(code.length > 0 && text.length > 0 && text.length < 250);
	assert.ok(firmware.length <= 64);
}

function assertNumber(number: number | undefined, min: number, max: number): void {
	if (number !== undefined) assert.ok(number >= min && number <= max, `${number} in ${min}..${max}`);
}

test("whatever reports come in whatever order, the state stays well-formed", () => {
	let changes = 0;
	fc.assert(
		fc.property(
			fc.constantFrom(...models),
			fc.array(fc.tuple(fc.constantFrom(...types), message), { minLength: 6, maxLength: 16 }),
			(model, reports) => {
				const bench = benchReport(model);
				bench.clock.setWallTime(Date.UTC(2026, 0, 15));
				const first = bench.state;
				for (const [type, report] of reports) {
					bench.deliver(type, JSON.stringify(report));
					assertWellFormed(bench.state);
				}
				if (bench.state !== first) changes++;
			},
		),
		{ seed: 8, numRuns: 600 },
	);
	assert.ok(changes > 400, `${changes} of 600 runs have changed something`);
});

test("any text at all is refused or read, and nothing throws", () => {
	fc.assert(
		fc.property(fc.constantFrom(...types), fc.oneof(fc.string(), fc.json({ maxDepth: 4 })), (type, text) => {
			const bench = benchReport();
			bench.deliver(type, text);
			assertWellFormed(bench.state);
		}),
		{ seed: 8, numRuns: 500 },
	);
});

test("a report cut off anywhere changes nothing", () => {
	const text = JSON.stringify({ state: "printing", code: 200, data: { filename: "a.gcode", progress: 5 } });
	for (let end = 0; end < text.length; end++) {
		const bench = benchReport();
		const before = bench.state;
		assert.deepEqual(bench.deliver("print", text.slice(0, end)), { ok: false, refusal: "not_json" });
		assert.equal(bench.state, before);
	}
});

test("a report over the limit is not parsed at all", () => {
	const bench = benchReport();
	const before = bench.state;
	const text = JSON.stringify({ state: "free", data: "x".repeat(MAX_REPORT_LENGTH) });
	assert.deepEqual(bench.deliver("status", text), { ok: false, refusal: "too_large" });
	assert.equal(bench.state, before);
});

test("an attacker cannot make what is kept of a printer grow", () => {
	const bench = benchReport("20025");
	for (let index = 0; index < 300; index++) {
		bench.tell("multiColorBox", {
			data: { multi_color_box: [{ id: index - 1, slots: [{ index, type: "x".repeat(1000) }] }] },
		});
		bench.tell("light", { data: { lights: [{ type: index, status: 1 }] } });
		bench.tell("print", {
			action: "localtasktrans",
			state: "printing",
			data: { taskid: "1", localtask: `t${index}`, filename: "f".repeat(10_000), supplies_usage: index },
		});
	}
	assert.ok(bench.report.lights.size <= 15);
	assert.ok((bench.report.boxes ?? []).length <= 4);
	assert.ok((bench.report.job?.ids.length ?? 0) <= 4);
	assert.ok(JSON.stringify(bench.state).length < 6_000);
});
