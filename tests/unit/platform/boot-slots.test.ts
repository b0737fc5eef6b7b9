// What the simulators' firmware slots promise beside the contract of UpdatePort.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BootSlots } from "../../../modules/platform/twins/boot-slots";
import { MemoryLog } from "../../fakes/memory-log";
import { hasCode } from "../has-code";
import { MemoryFolder } from "./memory-folder";

function create() {
	const folder = new MemoryFolder();
	const log = new MemoryLog();
	return { folder, log, start: () => new BootSlots({ folder, log }) };
}

function update(port: BootSlots): void {
	const slot = port.begin(3);
	slot.write(Uint8Array.of(1, 2));
	slot.write(Uint8Array.of(3));
	slot.complete();
}

test("a slot has the size of the device's with 4 MB of flash, unless said otherwise", () => {
	const { folder, log, start } = create();
	assert.equal(start().slotBytes, 0x1e0000);
	assert.equal(new BootSlots({ folder, log, slotBytes: 10 }).slotBytes, 10);
});

test("nothing is written before there is an update", () => {
	const { folder, start } = create();
	start();
	start().confirm();
	assert.equal(folder.files.size, 0);
});

test("the image is in the other slot, and the note says that it starts next", () => {
	const { folder, start } = create();
	const port = start();
	assert.equal(port.running, "a");
	update(port);
	assert.equal(port.next, "b");
	assert.deepEqual([...(folder.files.get("slot-b.bin") ?? [])], [1, 2, 3]);
	assert.deepEqual(JSON.parse(folder.readText("boot.json") ?? ""), { slot: "b", state: "new" });
	assert.equal(folder.openFiles, 0);
	assert.equal(start().running, "b");
});

test("nothing of a cancelled image is left", () => {
	const { folder, start } = create();
	const slot = start().begin(3);
	slot.write(Uint8Array.of(1, 2));
	slot.cancel();
	assert.equal(folder.files.get("slot-b.bin")?.length, 0);
	assert.equal(folder.openFiles, 0);
});

test("the log says when an image is given up", () => {
	const { log, start } = create();
	update(start());
	start();
	assert.deepEqual(log.texts(), []);
	assert.equal(start().running, "a");
	assert.equal(log.texts("warn").length, 1);
});

test("an image that is not confirmed keeps the one before it", () => {
	const { start } = create();
	update(start());
	const port = start();
	assert.throws(() => port.begin(3), hasCode("invalid"));
	port.confirm();
	update(port);
	assert.equal(start().running, "a");
});

test("a confirmation does not take back an update that is to start next", () => {
	const { start } = create();
	const port = start();
	update(port);
	port.confirm();
	assert.equal(start().running, "b");
});

for (const text of ["", "nonsense", "null", '{"slot":"c","state":"new"}', '{"slot":"b"}']) {
	test(`the first slot starts when the note says ${JSON.stringify(text)}, and the log says so`, () => {
		const { folder, log, start } = create();
		folder.putText("boot.json", text);
		assert.equal(start().running, "a");
		assert.deepEqual(log.texts("warn"), ["memory/boot.json cannot be read; the image in slot a starts"]);
		update(start());
		assert.equal(start().running, "b");
	});
}

test("the first slot starts when the note cannot be read", () => {
	const { folder, log, start } = create();
	folder.refused.add("read");
	assert.equal(start().running, "a");
	assert.equal(log.texts("warn").length, 1);
});

test("a disk that refuses is told as storage, and the running image stays", () => {
	for (const act of ["create", "write", "flush", "replace"] as const) {
		const { folder, start } = create();
		const port = start();
		folder.refused.add(act);
		assert.throws(() => update(port), hasCode("storage"), act);
		assert.equal(port.next, "a", act);
		folder.refused.clear();
		assert.equal(start().running, "a", act);
	}
});

test("after a disk refused to end an update, no file is left open and the next one may begin", () => {
	for (const act of ["flush", "replace", "empty"] as const) {
		const { folder, start } = create();
		const port = start();
		const slot = port.begin(1);
		slot.write(Uint8Array.of(1));
		folder.refused.add(act);
		assert.throws(() => (act === "empty" ? slot.cancel() : slot.complete()), hasCode("storage"), act);
		slot.cancel();
		assert.equal(folder.openFiles, 0, act);
		folder.refused.clear();
		update(port);
		assert.equal(port.next, "b", act);
	}
});
