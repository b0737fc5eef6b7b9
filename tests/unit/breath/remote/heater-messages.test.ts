// What messages of a Panda Breath say, and what nonsense does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createSnapshot, temperaturePush } from "../../../../modules/breath/protocol/snapshot";
import {
	type HeaterReport,
	MAX_TEXT_LENGTH,
	NOTHING_KNOWN,
	readMessage,
	remainingSeconds,
} from "../../../../modules/breath/remote/heater-messages";
import { sources } from "../protocol/fakes";
import { snapshot } from "./snapshot-fixture";

const read = (message: unknown, before: HeaterReport = NOTHING_KNOWN, nowMs = 0) =>
	readMessage(before, typeof message === "string" ? message : JSON.stringify(message), nowMs);

test("a stock snapshot tells the whole state", () => {
	const { report, isSnapshot, isGarbage } = read(
		snapshot({ work_on: 1, warehouse_temper: 38 }, { state: 3 }),
		{},
		5,
	);
	assert.deepEqual([isSnapshot, isGarbage], [true, false]);
	assert.deepEqual(report, {
		version: "V1.0.3",
		mode: "always_on",
		on: true,
		target: 45,
		chamber: 38,
		bedThreshold: 80,
		filterThreshold: 30,
		dryingRunning: false,
		dryingTarget: 60,
		dryingHours: 12,
		chamberSensor: "good",
		elementSensor: "good",
		printerConnected: true,
	});
});

test("Culm's own snapshot and pushes are understood, with the chamber's decimals", () => {
	const { breath, ...rest } = sources();
	const drying = { running: true, target: 55, hours: 6, remainingSeconds: 7_200 };
	const state = { ...breath, mode: "drying" as const, on: true, drying };
	const { report } = read(createSnapshot({ ...rest, breath: state, dryingPreset: "custom" }), {}, 1_000);
	assert.deepEqual(
		[report.mode, report.on, report.chamber, report.dryingRunning, report.dryingTarget, report.dryingHours],
		["drying", true, 22.4, true, 55, 6],
	);
	assert.equal(report.dryingPreset, "custom");
	assert.equal(remainingSeconds(report, 1_000), 7_200);
	assert.equal(remainingSeconds(report, 61_000), 7_140, "it is counted down");
	const { report: later } = read(temperaturePush({ ...state, chamber: 51.37 }, rest.report), report);
	assert.deepEqual(later, { ...report, chamber: 51.4 });
});

test("a push changes what it names and nothing else; one that changes nothing gives the same object back", () => {
	const { report } = read(snapshot());
	assert.deepEqual(read({ settings: { set_temp: 50 } }, report).report, { ...report, target: 50 });
	assert.equal(read({ settings: { set_temp: 45, warehouse_temper: 22 } }, report).report, report);
	assert.equal(read({ response: { type: "ota_fw", ok: 1 } }, report).report, report);
	assert.deepEqual(read({ settings: { work_on: 0 } }, report).told, ["on"]);
});

test("what a snapshot leaves out is unknown, whatever was known before", () => {
	const { report } = read(snapshot({ ptc_heater_status: 1 }));
	assert.equal(report.heaterFault, true);
	const { report: after } = read({ settings: { fw_version: "V1.0.0", temp: 50, work_on: 1 } }, report);
	assert.deepEqual(after, { version: "V1.0.0", target: 50, usesOldTarget: true, on: true });
});

test("a sensor that has failed measures nothing, until it is good again", () => {
	const { report } = read(snapshot());
	const { report: open } = read({ settings: { warehouse_sensor_status: 2 } }, report);
	assert.deepEqual([open.chamberSensor, open.chamber], ["open", undefined]);
	assert.equal(read({ settings: { warehouse_temper: 125 } }, open).report.chamber, undefined);
	const { report: good } = read({ settings: { warehouse_sensor_status: 0, warehouse_temper: 23 } }, open);
	assert.deepEqual([good.chamberSensor, good.chamber], ["good", 23]);
});

test("what was left of one drying cycle says nothing of the next", () => {
	const { report } = read(snapshot({ work_mode: 3, isrunning: 1, remaining_seconds: 600 }));
	const { report: ended } = read({ settings: { isrunning: 0 } }, report);
	assert.equal(remainingSeconds(ended, 0), undefined);
	const { report: anew } = read({ settings: { isrunning: 1 } }, ended);
	assert.equal(anew.dryingRunning, true);
	assert.equal(remainingSeconds(anew, 0), undefined, "unknown, rather than that of the cycle before");
});

test("a refusal for want of the password is seen", () => {
	assert.equal(read({ response: { type: "locked", ok: 0 } }).isLocked, true);
	assert.equal(read({ response: { type: "printer_type", ok: 0 } }).isLocked, false);
});

test("fields of a wrong type or range count as absent, one by one", () => {
	const { report: before } = read(snapshot());
	const wrong = {
		work_on: "1",
		work_mode: 7,
		set_temp: "hot",
		filtertemp: -1,
		hotbedtemp: null,
		custom_temp: [50],
		custom_timer: {},
		isrunning: 2,
		remaining_seconds: 1e300,
		warehouse_temper: "23",
		cal_warehouse_temp: 5_000,
		warehouse_sensor_status: 9,
	};
	assert.equal(read({ settings: wrong, printer: 5, response: "x" }, before).report, before);
	assert.deepEqual(read({ settings: { ...wrong, set_temp: 51 } }, before).report, { ...before, target: 51 });
});

test("what is no message leaves everything as it is: no JSON, no object, too long, too deep", () => {
	const { report: before } = read(snapshot());
	const deep = `{"settings":${"[".repeat(50_000 / 8)}`;
	const long = JSON.stringify({ settings: { set_temp: 50 }, wifi: "x".repeat(MAX_TEXT_LENGTH) });
	for (const text of [
		"",
		"{",
		"nonsense",
		"[]",
		"5",
		"null",
		'"text"',
		deep,
		long,
		'{"settings":{"set_temp":50',
	])
		assert.deepEqual(read(text, before), {
			report: before,
			isSnapshot: false,
			told: [],
			isLocked: false,
			isGarbage: true,
		});
});

const names = [
	...Object.keys(snapshot().settings),
	"temp",
	"cal_warehouse_temp",
	"filament_drying_mode",
	"__proto__",
];
const anyValue = fc.oneof(fc.jsonValue(), fc.double(), fc.integer({ min: -5, max: 130 }), fc.boolean());
const hostile = fc.oneof(
	fc.string(),
	fc.json(),
	fc
		.record({
			settings: fc.oneof(fc.dictionary(fc.constantFrom(...names), anyValue), fc.jsonValue()),
			printer: fc.oneof(fc.dictionary(fc.constantFrom("state", "name"), anyValue), fc.jsonValue()),
			response: fc.jsonValue(),
		})
		.map((message) => JSON.stringify(message)),
);

test("no sequence of hostile messages throws, or makes a report that is out of range", () => {
	fc.assert(
		fc.property(fc.array(hostile, { maxLength: 20 }), (texts) => {
			let report: HeaterReport = NOTHING_KNOWN;
			for (const [at, text] of texts.entries()) report = readMessage(report, text, at * 1_000).report;
			const { chamber = 0, target = 0, dryingHours = 0, on, mode, version = "" } = report;
			assert.ok(chamber >= -50 && chamber <= 200 && target >= 0 && target <= 999 && dryingHours >= 0);
			assert.ok(on === undefined || typeof on === "boolean");
			assert.ok(mode === undefined || ["auto", "always_on", "drying"].includes(mode));
			assert.ok(version.length <= 24);
			const seconds = remainingSeconds(report, 20_000);
			assert.ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0));
			for (const value of Object.values(report)) assert.notEqual(value, undefined);
		}),
		{ numRuns: 2_000 },
	);
});
