import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AnycubicCommand } from "../../../../modules/printers/anycubic/anycubic-connection";
import {
	ENVELOPE_KEYS,
	isOk,
	MAX_REPORT_LENGTH,
	readAck,
	readEnvelope,
	writeCommand,
} from "../../../../modules/printers/anycubic/envelope";
import { emptyReport } from "../../../../modules/printers/anycubic/report/anycubic-report";
import { takeReport } from "../../../../modules/printers/anycubic/report/merge-report";

const msgid = "c0ffee00-0000-4000-8000-000000000001";
const NOW = 1705245340137;

/** Of every command that is known of the Kobra 2: its type, its action and its data. */
const commands: readonly (readonly [string, string, Record<string, unknown> | null])[] = [
	["file", "listLocal", { path: "/" }],
	["file", "listUdisk", { path: "/" }],
	["file", "deleteLocal", { path: "dir", filename: "filename" }],
	["file", "deleteUdisk", { path: "dir", filename: "filename" }],
	["status", "query", null],
	["video", "startCapture", { region: "region", tmpSecretKey: "k", tmpSecretId: "i", sessionToken: "t" }],
	["print", "getSliceParam", null],
	["print", "query", null],
	["print", "localtasktrans", { taskid: "7", localtask: "8" }],
	[
		"print",
		"start",
		{
			taskid: "7",
			url: "http://192.0.2.9/a.gcode",
			filename: "a.gcode",
			filesize: 12,
			md5: "0".repeat(32),
			filetype: 0,
			filepath: "/",
			project_type: 1,
		},
	],
	["print", "pause", { taskid: "7" }],
	["print", "resume", { taskid: "7" }],
	["print", "stop", { taskid: "7" }],
	["print", "cancel", { taskid: "7" }],
	[
		"print",
		"update",
		{
			taskid: "0",
			settings: {
				target_nozzle_temp: 60,
				target_hotbed_temp: 60,
				fan_speed_pct: 100,
				print_speed_mode: 2,
				z_comp: "0.1",
			},
		},
	],
	["ota", "reportVersion", null],
];

test("each command is wrapped in what printers expect, and is the same JSON after it", () => {
	for (const [type, action, data] of commands) {
		const text = writeCommand({ type, action, msgid, data }, NOW);
		assert.deepEqual(JSON.parse(text), { type, action, msgid, timestamp: NOW, data }, `${type}/${action}`);
		assert.doesNotMatch(text, /[^\\]\//, "each slash is escaped");
	}
});

test("a command is written letter by letter as the printers' own clients write it", () => {
	const command: AnycubicCommand = { type: "file", action: "listLocal", msgid, data: { path: "/" } };
	assert.equal(
		writeCommand(command, NOW),
		`{"type":"file","action":"listLocal","msgid":"${msgid}","timestamp":${NOW},"data":{"path":"\\/"}}`,
	);
});

test("a command that comes back is known for one and changes nothing", () => {
	for (const [type, action, data] of commands) {
		const text = writeCommand({ type, action, msgid, data }, NOW);
		assert.equal(readEnvelope(text, ENVELOPE_KEYS), "echo");
		const report = emptyReport();
		assert.deepEqual(takeReport(report, type, text, "20021"), { ok: false, refusal: "echo" });
		assert.deepEqual(report, emptyReport());
	}
});

test("a report's envelope says what it answers and how that went", () => {
	const text = JSON.stringify({
		type: "print",
		action: "start",
		msgid,
		state: "failed",
		timestamp: 5346485,
		code: 10107,
		msg: "filament broken",
		data: { taskid: "7" },
	});
	const envelope = readEnvelope(text, [...ENVELOPE_KEYS, "taskid"]);
	assert.deepEqual(envelope, {
		action: "start",
		msgid,
		state: "failed",
		code: 10107,
		msg: "filament broken",
		data: { taskid: "7" },
	});
	assert.equal(isOk({ code: 10107 }), false);
	assert.equal(isOk({ code: 200 }), true);
	assert.equal(isOk({}), true);
});

test("the printer's words are one line of limited length", () => {
	const read = (msg: unknown) =>
		readEnvelope(JSON.stringify({ state: "failed", code: 1, msg }), ENVELOPE_KEYS);
	assert.deepEqual(read("a\nb\0c"), { action: "", state: "failed", code: 1, msg: "a b c", data: {} });
	const long = read("x".repeat(5000));
	assert.equal(typeof long === "object" && long.msg?.length, 160);
	for (const none of [undefined, null, 7, {}, [], "", "  "])
		assert.deepEqual(read(none), { action: "", state: "failed", code: 1, data: {} });
});

test("what is no report is refused by name", () => {
	assert.equal(readEnvelope("", ENVELOPE_KEYS), "not_json");
	assert.equal(readEnvelope('{"state":"fr', ENVELOPE_KEYS), "not_json");
	for (const text of ["null", "7", '"x"', "[1]", "true"])
		assert.equal(readEnvelope(text, ENVELOPE_KEYS), "not_an_object", text);
	assert.equal(readEnvelope(`{"state":"${"x".repeat(MAX_REPORT_LENGTH)}"}`, ENVELOPE_KEYS), "too_large");
});

test("an acknowledgement names the command that has arrived", () => {
	assert.equal(readAck(JSON.stringify({ msgid })), msgid);
	for (const text of [
		"",
		"null",
		"[]",
		"{}",
		'{"msgid":7}',
		'{"msgid":""}',
		`{"msgid":"${"x".repeat(70_000)}"}`,
	])
		assert.equal(readAck(text), undefined, text.slice(0, 40));
});

test("any text at all is read without an error", () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 4 })), (text) => {
			const envelope = readEnvelope(text, ENVELOPE_KEYS);
			if (typeof envelope === "object") assert.equal(typeof envelope.action, "string");
			readAck(text);
		}),
		{ seed: 8, numRuns: 500 },
	);
});
