import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readFileReport } from "../../../../modules/printers/anycubic/report/file-list";
import { reportText } from "./bench-report";

function read(fields: Record<string, unknown>, type = "file") {
	const report = readFileReport(reportText(type, fields));
	if (typeof report === "string") assert.fail(report);
	return report;
}

const record = { filename: "a.gcode", size: 1234, timestamp: 1700000000, is_dir: false };

test("files of the printer's own memory and of a stick are told apart", () => {
	const files = [{ name: "a.gcode", isFolder: false, sizeBytes: 1234, modifiedSeconds: 1700000000 }];
	for (const [action, place] of [
		["listLocal", "local"],
		["listUdisk", "usb"],
		["listLocalFile", "local"],
		["listUdiskFile", "usb"],
	] as const) {
		const report = read({ action, data: { list_mode: 0, records: [record] } });
		assert.equal(report.place, place);
		assert.deepEqual(report.files, files);
	}
	assert.equal(read({ action: "auto", data: { records: [record] } }).place, undefined);
});

test("the newest file comes first, and times may be in milliseconds", () => {
	const records = [
		{ ...record, filename: "old.gcode", timestamp: 1600000000 },
		{ ...record, filename: "new.gcode", timestamp: 1705245340137 },
		{ filename: "folder", is_dir: true },
		{ ...record, filename: "b.gcode", timestamp: 1650000000, file_location: "local" },
	];
	assert.deepEqual(read({ action: "listLocal", data: { records } }).files, [
		{ name: "new.gcode", isFolder: false, sizeBytes: 1234, modifiedSeconds: 1705245340 },
		{ name: "b.gcode", isFolder: false, sizeBytes: 1234, modifiedSeconds: 1650000000 },
		{ name: "old.gcode", isFolder: false, sizeBytes: 1234, modifiedSeconds: 1600000000 },
		{ name: "folder", isFolder: true },
	]);
});

test("at most 200 files are listed, and those the newest", () => {
	const records = Array.from({ length: 300 }, (_, index) => ({
		filename: `${index}.gcode`,
		timestamp: 1 + index,
	}));
	const { files = [] } = read({ action: "listLocal", data: { records } });
	assert.equal(files.length, 200);
	assert.equal(files[0]?.name, "299.gcode");
	assert.equal(files[199]?.name, "100.gcode");
});

test("an answer that is no list has no files", () => {
	assert.equal(read({ action: "deleteLocal", state: "success" }).files, undefined);
	assert.equal(
		read({ action: "listLocal", code: 500, msg: "no stick", data: { records: [] } }).files,
		undefined,
	);
	assert.equal(read({ action: "listLocal", data: { records: "x" } }).files, undefined);
	assert.deepEqual(read({ action: "listLocal", data: { records: [] } }).files, []);
	assert.equal(readFileReport("{"), "not_json");
});

test("a name is without its path; one that no command could name again is left out", () => {
	const names = (...filenames: unknown[]) =>
		read({ action: "listLocal", data: { records: filenames.map((filename) => ({ filename })) } }).files?.map(
			({ name }) => name,
		);
	assert.deepEqual(names("/useremain/app/a b (1).gcode"), ["a b (1).gcode"]);
	assert.deepEqual(
		names("", ".", "..", "x/..", "a\nb.gcode", " a.gcode", "x".repeat(256), 7, null, "dir/"),
		[],
	);
});

test("whatever a printer sends, files are well-formed", () => {
	const anything = fc.oneof(fc.anything({ maxDepth: 1 }), fc.string(), fc.double(), fc.boolean());
	const records = fc.array(
		fc.record(
			{ filename: anything, size: anything, timestamp: anything, is_dir: anything },
			{ requiredKeys: [] },
		),
		{ maxLength: 10 },
	);
	fc.assert(
		fc.property(records, (list) => {
			const text = JSON.stringify(
				{ state: "done", action: "listLocal", data: { records: list } },
				(_, value) => (typeof value === "bigint" ? String(value) : value),
			);
			const report = readFileReport(text);
			if (typeof report === "string") assert.fail(report);
			for (const { name, isFolder, sizeBytes = 0, modifiedSeconds = 1 } of report.files ?? []) {
				assert.match(name, /^[^/\p{Cc}]+$/u);
				assert.equal(typeof isFolder, "boolean");
				assert.ok(sizeBytes >= 0 && Number.isInteger(modifiedSeconds) && modifiedSeconds >= 0);
			}
		}),
		{ seed: 8, numRuns: 300 },
	);
});
