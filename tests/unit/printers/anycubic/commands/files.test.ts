// The list of files: which report is it, and what is told when there is none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AnycubicFiles } from "../../../../../modules/printers/anycubic/commands/files";
import type { FileList, FilePlace } from "../../../../../modules/printers/printer-files";
import { commandBench, idle } from "./command-bench";

const records = [
	{ filename: "Old.gcode", size: 10, timestamp: 1_600_000_000_000, is_dir: false },
	{ filename: "boats", size: 0, timestamp: 1_700_000_000_000, is_dir: true },
	{ filename: "New.GCODE", size: 20, timestamp: 1_705_000_000_000, is_dir: false },
	{ filename: "notes.txt", size: 3, timestamp: 1_705_000_000_000, is_dir: false },
];

function filesBench() {
	const bench = commandBench(idle);
	const files = new AnycubicFiles({ ask: (request) => bench.gate.ask(request) });
	const told = (type: string, action: string, data: unknown, more: object = {}): void =>
		bench.reportFiles(type, { type, action, state: "done", code: 200, msg: "", data, ...more });
	return { ...bench, files, told };
}

async function turns(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function seen(list: Promise<FileList>): Promise<FileList | undefined> {
	let ended: FileList | undefined;
	void list.then((files) => {
		ended = files;
	});
	await turns();
	return ended;
}

for (const [place, action, type] of [
	["local", "listLocal", "file"],
	["usb", "listUdisk", "file_list"],
] as const)
	test(`the files in place "${place}" are those of the report ${type}/${action}: what can be printed, the newest first`, async () => {
		const { files, told, sent } = filesBench();
		const list = files.list(place, "/");
		await turns();
		assert.deepEqual(
			sent().map((command) => [command.type, command.action, command.data]),
			[["file", action, { path: "/" }]],
		);
		told(type, action, { list_mode: 1, records });
		assert.deepEqual(await list, {
			ok: true,
			files: [
				{ name: "New.GCODE", isFolder: false, sizeBytes: 20, modifiedSeconds: 1_705_000_000 },
				{ name: "boats", isFolder: true, sizeBytes: 0, modifiedSeconds: 1_700_000_000 },
				{ name: "Old.gcode", isFolder: false, sizeBytes: 10, modifiedSeconds: 1_600_000_000 },
			],
		});
	});

test("the list of another place is not taken for it", async () => {
	const { files, told } = filesBench();
	const list = files.list("local", "/");
	await turns();
	told("file", "listUdisk", { records: [] });
	told("file", "cloudRecommendList", { records: [] });
	assert.equal(await seen(list), undefined);
	told("file", "listLocal", { records: [] });
	assert.deepEqual(await list, { ok: true, files: [] });
});

test("two lists are asked for one after the other, as none says which folder it is of", async () => {
	const { files, told, sent } = filesBench();
	const first = files.list("local", "/");
	const second = files.list("local", "/boats");
	await turns();
	assert.equal(sent().length, 1);
	told("file", "listLocal", { records });
	await first;
	await turns();
	assert.deepEqual(
		sent().map(({ data }) => data),
		[{ path: "/boats" }],
	);
	told("file", "listLocal", { records: [] });
	assert.deepEqual(await second, { ok: true, files: [] });
});

test("one that is not answered does not keep the next one waiting for ever", async () => {
	const { files, clock, sent } = filesBench();
	const first = files.list("local", "/");
	const second = files.list("usb", "/");
	await turns();
	clock.advance(10_000);
	const result = await first;
	assert.ok(!result.ok);
	assert.equal(result.code, "timed_out");
	await turns();
	assert.equal(sent().at(-1)?.action, "listUdisk");
	clock.advance(10_000);
	assert.equal((await second).ok, false);
});

test("a fifth list is refused while four are asked for", async () => {
	const { files, gate } = filesBench();
	const asked = Array.from({ length: 4 }, () => files.list("local", "/"));
	await turns();
	const fifth = await files.list("local", "/");
	assert.ok(!fifth.ok);
	assert.equal(fifth.code, "busy");
	for (let times = 0; times < 4; times++) {
		gate.disconnected();
		await turns();
	}
	for (const list of asked) assert.equal((await list).ok, false);
	assert.equal(await seen(files.list("local", "/")), undefined, "then there is room again");
});

test("an answer without a list is told, and where a stick may be missing that is said", async () => {
	for (const [place, action, words] of [
		["local", "listLocal", /without a list/],
		["usb", "listUdisk", /stick/],
	] as const)
		for (const data of [null, {}, { records: "none" }]) {
			const { files, told } = filesBench();
			const list = files.list(place, "/");
			await turns();
			told("file", action, data);
			const result = await list;
			assert.ok(!result.ok);
			assert.equal(result.code, "refused");
			assert.match(result.message, words);
		}
});

test("a refusal is told in the printer's words", async () => {
	const { files, told } = filesBench();
	const list = files.list("usb", "/");
	await turns();
	told("file", "listUdisk", null, { code: 10110, msg: "no udisk" });
	const result = await list;
	assert.ok(!result.ok);
	assert.match(result.message, /\(10110\): no udisk/);
});

test("folders that lead elsewhere are never asked for", async () => {
	const { files, sent } = filesBench();
	for (const folder of ["..", "/..", "/a/../b", "a", "//", "/a\n"]) {
		const result = await files.list("local", folder);
		assert.ok(!result.ok);
		assert.equal(result.code, "bad_field");
	}
	const result = await files.list("cloud" as FilePlace, "/");
	assert.ok(!result.ok);
	assert.deepEqual(sent(), []);
});
