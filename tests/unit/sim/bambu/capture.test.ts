import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	CaptureError,
	type CaptureErrorCode,
	isFullReport,
	loadCapture,
	parseCapture,
} from "../../../../sim/printers/bambu/capture";
import { isJsonObject } from "../../../../sim/printers/bambu/json";
import { captureNames, capturePath } from "./fixtures";

for (const name of captureNames) {
	test(`${name} is read: a full report, and the answer to get_version unless it has none`, async () => {
		const capture = await loadCapture(capturePath(name));
		assert.equal(capture.firstFull.command, "push_status");
		assert.equal(typeof capture.firstFull.gcode_state, "string");
		assert.ok(isJsonObject(capture.firstFull.ams));
		if (name.endsWith(".jsonl")) assert.equal(capture.version, undefined);
		else assert.ok(Array.isArray(capture.version?.module));
	});
}

test("the recorded print has all of its 406 messages, four of them full, in order of time", async () => {
	const { messages } = await loadCapture(capturePath("a1-print.jsonl"));
	assert.equal(messages.length, 406);
	assert.equal(messages.filter(({ report }) => isFullReport(report)).length, 4);
	assert.equal(messages[0]?.atMs, 0);
	const times = messages.map(({ atMs }) => atMs);
	assert.deepEqual(
		times,
		[...times].sort((a, b) => a - b),
	);
	assert.equal(times.at(-1), 942_000);
});

test("the changes beside a full report follow it two seconds apart, as reports of changes", async () => {
	const { messages } = await loadCapture(capturePath("h2d-deltas.json"));
	assert.deepEqual(
		messages.map(({ atMs }) => atMs),
		[2000, 4000, 6000, 8000, 10_000, 12_000],
	);
	assert.deepEqual(messages[0]?.report, {
		print: { home_flag: -1066934785, command: "push_status", msg: 1 },
	});
});

test("reports may be wrapped in their section or bare", () => {
	const print = { gcode_state: "IDLE", command: "push_status", msg: 0, ams: {} };
	const info = { command: "get_version", module: [] };
	const wrapped = parseCapture(JSON.stringify({ pushall: { print }, get_version: { info } }), "a.json");
	const bare = parseCapture(JSON.stringify({ pushall: print, get_version: info }), "a.json");
	assert.deepEqual(wrapped, bare);
	assert.deepEqual(bare.firstFull, print);
	const bareDelta = parseCapture(JSON.stringify({ pushall: print, push_one: { mc_percent: 3 } }), "a.json");
	assert.deepEqual(bareDelta.messages[0]?.report, {
		print: { mc_percent: 3, command: "push_status", msg: 1 },
	});
	assert.equal(bareDelta.version, undefined);
});

const full = JSON.stringify({
	t: 0,
	report: { print: { command: "push_status", msg: 0, gcode_state: "IDLE" } },
});

const broken: readonly (readonly [string, string, CaptureErrorCode, number | undefined, string])[] = [
	["text that is not JSON", "a.json", "not_json", undefined, "{"],
	["an empty file", "a.json", "not_json", undefined, ""],
	["a JSON list", "a.json", "bad_shape", undefined, "[]"],
	["no full report", "a.json", "no_full_report", undefined, '{"get_version":{"module":[]}}'],
	["a full report that is none", "a.json", "bad_shape", undefined, '{"pushall":{"print":7}}'],
	["a full report without a state", "a.json", "bad_shape", undefined, '{"pushall":{"mc_percent":1}}'],
	[
		"an answer to get_version without modules",
		"a.json",
		"bad_shape",
		undefined,
		'{"pushall":{"gcode_state":"IDLE"},"get_version":{"info":{}}}',
	],
	[
		"changes that are no report",
		"a.json",
		"bad_shape",
		undefined,
		'{"pushall":{"gcode_state":"IDLE"},"push_a":[]}',
	],
	["an empty list of messages", "a.jsonl", "no_full_report", undefined, "\n\n"],
	[
		"changes only",
		"a.jsonl",
		"no_full_report",
		undefined,
		'{"t":0,"report":{"print":{"command":"push_status","msg":1}}}',
	],
	["a cut off line", "a.jsonl", "not_json", 2, `${full}\n{"t":1,"rep`],
	["a line without a report", "a.jsonl", "bad_shape", 2, `${full}\n{"t":1}`],
	["a report that is a list", "a.jsonl", "bad_shape", 1, '{"t":1,"report":[]}'],
	["a section that is a number", "a.jsonl", "bad_shape", 1, '{"t":1,"report":{"print":7}}'],
	["a line without a time", "a.jsonl", "bad_time", 1, '{"report":{"print":{}}}'],
	["a time in words", "a.jsonl", "bad_time", 1, '{"t":"1","report":{"print":{}}}'],
	["a time before the start", "a.jsonl", "bad_time", 1, '{"t":-1,"report":{"print":{}}}'],
	["a time that goes back", "a.jsonl", "bad_time", 4, `${full}\n\n{"t":5,"report":{}}\n{"t":4,"report":{}}`],
];

for (const [what, file, code, line, text] of broken) {
	test(`${what} (${file}) is refused as ${code}${line === undefined ? "" : ` in line ${line}`}`, () => {
		assert.throws(
			() => parseCapture(text, file),
			(error) => {
				assert.ok(error instanceof CaptureError);
				assert.equal(error.code, code);
				assert.equal(error.line, line);
				assert.equal(error.file, file);
				assert.ok(error.message.startsWith(line === undefined ? `${file}: ` : `${file}, line ${line}: `));
				return true;
			},
		);
	});
}

test("a file that is not there is refused as unreadable, with the cause", async () => {
	await assert.rejects(loadCapture(capturePath("nothing.json")), (error) => {
		assert.ok(error instanceof CaptureError);
		assert.equal(error.code, "unreadable");
		assert.ok(error.cause instanceof Error);
		return true;
	});
});

test("whatever a file holds, it is read or refused as a capture, and nothing else happens", () => {
	const text = fc.oneof(
		fc.string(),
		fc.json(),
		fc.jsonValue().map((pushall) => JSON.stringify({ pushall })),
		fc.jsonValue().map((report) => `${full}\n${JSON.stringify({ t: 1, report })}`),
	);
	fc.assert(
		fc.property(text, fc.constantFrom("a.json", "a.jsonl"), (content, file) => {
			try {
				assert.ok(isJsonObject(parseCapture(content, file).firstFull));
			} catch (error) {
				assert.ok(error instanceof CaptureError, String(error));
			}
		}),
	);
});
