// What the slots in files promise beside the contract.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { PortError } from "../../../modules/platform/port-error";
import { createFileUpdate, type FileUpdate } from "../../../sim/host/file-update";
import { MemoryLog } from "../../fakes/memory-log";

let parent: string;
let directory: string;
let log: MemoryLog;

beforeEach(async () => {
	parent = await mkdtemp(join(tmpdir(), "culm-update-"));
	directory = parent;
	log = new MemoryLog();
});

afterEach(() => rm(parent, { recursive: true, force: true }));

function start(): FileUpdate {
	return createFileUpdate({ directory, log });
}

function update(port: FileUpdate): void {
	const slot = port.begin(3);
	slot.write(Uint8Array.of(1, 2, 3));
	slot.complete();
}

function hasCode(code: string): (error: unknown) => boolean {
	return (error) => error instanceof PortError && error.code === code;
}

test("a slot has the size of the device's with 4 MB of flash, unless said otherwise", () => {
	assert.equal(start().slotBytes, 0x1e0000);
	assert.equal(createFileUpdate({ directory, log, slotBytes: 10 }).slotBytes, 10);
});

test("nothing is written before there is an update", async () => {
	directory = join(directory, "updates");
	start();
	start().confirm();
	await assert.rejects(readdir(directory), { code: "ENOENT" });
});

test("the image is in the other slot, and the note says that it starts next", async () => {
	const port = start();
	update(port);
	assert.equal(port.next, "b");
	assert.deepEqual([...(await readFile(join(directory, "slot-b.bin")))], [1, 2, 3]);
	assert.deepEqual(JSON.parse(await readFile(join(directory, "boot.json"), "utf8")), {
		slot: "b",
		state: "new",
	});
	assert.equal(start().running, "b");
});

test("nothing of a cancelled image is left", async () => {
	const slot = start().begin(3);
	slot.write(Uint8Array.of(1, 2));
	slot.cancel();
	assert.equal((await readFile(join(directory, "slot-b.bin"))).length, 0);
});

test("the log says when an image is given up", () => {
	update(start());
	start();
	assert.deepEqual(log.texts(), []);
	assert.equal(start().running, "a");
	assert.equal(log.texts("warn").length, 1);
});

test("an image that is not confirmed keeps the one before it", () => {
	update(start());
	const port = start();
	assert.throws(() => port.begin(3), hasCode("invalid"));
	port.confirm();
	update(port);
	assert.equal(start().running, "a");
});

test("a confirmation does not take back an update that is to start next", () => {
	const port = start();
	update(port);
	port.confirm();
	assert.equal(start().running, "b");
});

for (const text of ["", "nonsense", "null", '{"slot":"c","state":"new"}', '{"slot":"b"}']) {
	test(`the first slot starts when the note says ${JSON.stringify(text)}, and the log says so`, async () => {
		await writeFile(join(directory, "boot.json"), text);
		assert.equal(start().running, "a");
		assert.equal(log.texts("warn").length, 1);
		update(start());
		assert.equal(start().running, "b");
	});
}

test("a disk that refuses is told as storage, and the running image stays", async () => {
	await mkdir(join(directory, "slot-b.bin"));
	const port = start();
	assert.throws(() => port.begin(3), hasCode("storage"));
	await rm(join(directory, "slot-b.bin"), { recursive: true });
	await mkdir(join(directory, "boot.json", "in the way"), { recursive: true });
	const slot = port.begin(1);
	slot.write(Uint8Array.of(1));
	assert.throws(() => slot.complete(), hasCode("storage"));
	slot.cancel();
	assert.equal(port.next, "a");
});
