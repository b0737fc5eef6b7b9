// What the storage in a JSON file promises beside the contract: what is on disk, and what happens when it is bad.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { PortError } from "../../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import { createJsonStorage } from "../../../sim/host/json-storage";
import { MemoryLog } from "../../fakes/memory-log";
import { hasCode } from "../has-code";

let parent: string;
let directory: string;
let file: string;
let log: MemoryLog;

beforeEach(async () => {
	parent = await mkdtemp(join(tmpdir(), "culm-storage-"));
	directory = parent;
	file = join(directory, "settings.json");
	log = new MemoryLog();
});

afterEach(() => rm(parent, { recursive: true, force: true }));

function open(): Storage {
	return createJsonStorage({ directory, log });
}

function set(key: string, value: StoredValue | undefined): StorageChange {
	return { namespace: "ui_info", key, value };
}

test("the file is JSON that a person can read, for its owner only", async () => {
	await open().write([
		set("language", "de"),
		set("brightness", 80),
		{ namespace: "wifi_info", key: "ssid", value: "Workshop" },
	]);
	assert.deepEqual(JSON.parse(await readFile(file, "utf8")), {
		ui_info: { language: "de", brightness: 80 },
		wifi_info: { ssid: "Workshop" },
	});
	assert.equal((await stat(file)).mode & 0o777, 0o600);
	assert.deepEqual(await readdir(directory), ["settings.json"]);
});

test("a file that others can read is for its owner only after the next write", async () => {
	await writeFile(file, '{"ui_info":{"language":"de"}}', { mode: 0o644 });
	const storage = open();
	assert.equal(storage.get("ui_info", "language"), "de");
	await storage.write([set("language", "en")]);
	assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("the directory is made when something is written, and not before", async () => {
	directory = join(directory, "deep", "inside");
	const storage = open();
	await assert.rejects(stat(directory), { code: "ENOENT" });
	await storage.write([set("language", "de")]);
	assert.equal((await stat(directory)).mode & 0o777, 0o700);
	assert.equal(open().get("ui_info", "language"), "de");
});

test("names that mean something to JavaScript are names like others", async () => {
	const names = ["__proto__", "constructor", "toString"];
	assert.equal(open().get("__proto__", "toString"), undefined);
	await open().write(names.map((name) => ({ namespace: name, key: name, value: name })));
	const storage = open();
	for (const name of names) assert.equal(storage.get(name, name), name);
	assert.equal(storage.get("ui_info", "toString"), undefined);
});

const damaged: readonly [what: string, text: string][] = [
	["is empty", ""],
	["is cut off", '{"ui_info":{"language":"d'],
	["is no JSON", "settings"],
	["is a list", "[]"],
	["is null", "null"],
	["has a namespace that is no object", '{"ui_info":5}'],
];

for (const [what, text] of damaged) {
	test(`a file that ${what} is put aside, and the store starts empty`, async () => {
		await writeFile(file, text);
		const storage = open();
		assert.equal(storage.get("ui_info", "language"), undefined);
		assert.equal(await readFile(`${file}.corrupt-1`, "utf8"), text);
		assert.equal(log.texts("error").length, 1);
		await storage.write([set("language", "en")]);
		assert.equal(open().get("ui_info", "language"), "en");
		assert.equal(log.texts().length, 1);
	});
}

for (const value of ["null", "{}", "[1]", `"${"x".repeat(4001)}"`]) {
	test(`a value that nobody stored (${value.slice(0, 6)}) is an error for its key alone, until it is written again`, async () => {
		await writeFile(
			file,
			`{"ui_info":{"language":${value},"name":"Shed","a_name_that_is_too_long":1},"wifi_info":{"ssid":"Home"}}`,
		);
		const storage = open();
		assert.throws(() => storage.get("ui_info", "language"), hasCode("storage"));
		assert.equal(storage.get("ui_info", "name"), "Shed");
		assert.equal(storage.get("wifi_info", "ssid"), "Home");
		await storage.write([set("language", "en")]);
		for (const reader of [storage, open()]) {
			assert.equal(reader.get("ui_info", "language"), "en");
			assert.equal(reader.get("ui_info", "name"), "Shed");
		}
		assert.deepEqual(log.texts(), []);
	});
}

test("each damaged file is kept", async () => {
	for (const text of ["first", "second", "third"]) {
		await writeFile(file, text);
		open();
	}
	assert.deepEqual(
		await Promise.all([1, 2, 3].map((number) => readFile(`${file}.corrupt-${number}`, "utf8"))),
		["first", "second", "third"],
	);
});

test("a file that cannot be read is neither overwritten nor taken for empty", async () => {
	await mkdir(file);
	const storage = open();
	assert.throws(() => storage.get("ui_info", "language"), hasCode("storage"));
	await assert.rejects(storage.write([set("language", "de")]), hasCode("storage"));
	assert.ok((await stat(file)).isDirectory());
	assert.equal(log.texts("error").length, 1);
});

test("after a failed write the values are those on disk, and the next write may succeed", async () => {
	const storage = open();
	await storage.write([set("language", "de")]);
	// A folder with something in it cannot be replaced by a file.
	await rm(file);
	await mkdir(join(file, "in the way"), { recursive: true });
	const failing = storage.write([set("language", "en")]);
	const waiting = storage.write([set("language", "fr")]);
	await assert.rejects(failing, hasCode("storage"));
	await assert.rejects(waiting, hasCode("storage"));
	assert.equal(storage.get("ui_info", "language"), "de");
	await rm(file, { recursive: true });
	await storage.write([set("brightness", 80)]);
	assert.deepEqual(JSON.parse(await readFile(file, "utf8")), { ui_info: { language: "de", brightness: 80 } });
	assert.deepEqual(await readdir(directory), ["settings.json"]);
});

test("a value is not read before it is on disk", async () => {
	const storage = open();
	const written = storage.write([set("language", "de")]);
	assert.equal(storage.get("ui_info", "language"), undefined);
	await written;
	assert.equal(storage.get("ui_info", "language"), "de");
});

test("the file is whole at every moment while it is written again and again", async () => {
	const storage = open();
	const text = "x".repeat(4000);
	await storage.write([set("first", text)]);
	const writing = Promise.all(
		Array.from({ length: 30 }, (_, index) => storage.write([set(`key${index}`, text)])),
	);
	let isWriting = true;
	void writing.then(() => {
		isWriting = false;
	});
	let reads = 0;
	while (isWriting) {
		const content = JSON.parse(await readFile(file, "utf8")) as { ui_info: Record<string, string> };
		assert.equal(content.ui_info.first, text);
		reads += 1;
	}
	await writing;
	assert.ok(reads > 0);
});

test("a value that is too long is in no message, since it may be a secret", async () => {
	const secret = "access-code ".repeat(400);
	await assert.rejects(open().write([set("code", secret)]), (error: unknown) => {
		assert.ok(error instanceof PortError);
		assert.ok(!error.message.includes("access-code"));
		return true;
	});
});
