// What the slots in files promise beside what every simulator's slots do: what is on disk.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { createFileUpdate } from "../../../sim/host/file-update";
import { MemoryLog } from "../../fakes/memory-log";
import { hasCode } from "../has-code";

let parent: string;
let directory: string;
let log: MemoryLog;

beforeEach(async () => {
	parent = await mkdtemp(join(tmpdir(), "culm-update-"));
	directory = join(parent, "updates");
	log = new MemoryLog();
});

afterEach(() => rm(parent, { recursive: true, force: true }));

const start = () => createFileUpdate({ directory, log });

test("a slot has the size that it is given", () => {
	assert.equal(createFileUpdate({ directory, log, slotBytes: 10 }).slotBytes, 10);
});

test("the directory is made with the first update, and not before", async () => {
	start().confirm();
	assert.deepEqual(log.texts(), []);
	await assert.rejects(readdir(directory), { code: "ENOENT" });
	start().begin(3).cancel();
	assert.deepEqual(await readdir(directory), ["slot-b.bin"]);
});

test("the image and the note are files that the next start reads", async () => {
	const slot = start().begin(3);
	slot.write(Uint8Array.of(1, 2));
	slot.write(Uint8Array.of(3));
	slot.complete();
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

test("a note that cannot be read is not taken for none", async () => {
	await mkdir(join(directory, "boot.json"), { recursive: true });
	assert.equal(start().running, "a");
	assert.equal(log.texts("warn").length, 1);
});

test("a disk that refuses is told as storage, and the running image stays", async () => {
	await mkdir(join(directory, "slot-b.bin"), { recursive: true });
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
