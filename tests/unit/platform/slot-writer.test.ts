// An update on its way into a slot: what reaches the slot, and how often.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type SlotTarget, SlotWriter } from "../../../modules/platform/parts/slot-writer";
import { hasCode } from "../has-code";

function create(sizeBytes: number, failing?: keyof SlotTarget | "open") {
	const calls: string[] = [];
	const note = (name: string, details = ""): void => {
		calls.push(`${name}${details}`);
		if (name === failing) throw new Error("flash refuses");
	};
	const open = () =>
		new SlotWriter({
			sizeBytes,
			slotBytes: 10,
			open() {
				note("open");
				return {
					write: (bytes, position) => note("write", ` ${bytes.length} at ${position}`),
					complete: () => note("complete"),
					discard: () => note("discard"),
				};
			},
		});
	return { calls, open };
}

test("pieces reach the slot one behind the other, and an empty one does not", () => {
	const { calls, open } = create(5);
	const slot = open();
	for (const length of [2, 0, 3]) slot.write(new Uint8Array(length));
	assert.equal(slot.isOpen, true);
	slot.complete();
	assert.equal(slot.isOpen, false);
	assert.deepEqual(calls, ["open", "write 2 at 0", "write 3 at 2", "complete"]);
});

test("a slot is not touched for an image of a wrong size", () => {
	for (const [sizeBytes, code] of [
		[0, "invalid"],
		[1.5, "invalid"],
		[Number.NaN, "invalid"],
		[11, "too_large"],
	] as const) {
		const { calls, open } = create(sizeBytes);
		assert.throws(open, hasCode(code));
		assert.deepEqual(calls, []);
	}
});

test("what would be too long is not written, and the update may go on", () => {
	const { calls, open } = create(3);
	const slot = open();
	slot.write(new Uint8Array(2));
	assert.throws(() => slot.write(new Uint8Array(2)), hasCode("too_large"));
	assert.throws(() => slot.complete(), hasCode("invalid"));
	slot.write(new Uint8Array(1));
	slot.complete();
	assert.deepEqual(calls, ["open", "write 2 at 0", "write 1 at 2", "complete"]);
});

test("a slot is completed or discarded once", () => {
	for (const end of ["complete", "cancel"] as const) {
		const { calls, open } = create(1);
		const slot = open();
		slot.write(new Uint8Array(1));
		slot[end]();
		slot.cancel();
		assert.throws(() => slot.complete(), hasCode("invalid"));
		assert.throws(() => slot.write(new Uint8Array(0)), hasCode("invalid"));
		assert.deepEqual(calls, ["open", "write 1 at 0", end === "complete" ? "complete" : "discard"]);
	}
});

test("what flash refuses is told as storage, with its cause", () => {
	for (const failing of ["open", "write", "complete"] as const) {
		const { open } = create(1, failing);
		assert.throws(
			() => {
				const slot = open();
				slot.write(new Uint8Array(1));
				slot.complete();
			},
			(error) =>
				hasCode("storage")(error) && error instanceof Error && /flash refuses/.test(String(error.cause)),
			failing,
		);
	}
});

test("a piece that flash refused is not counted", () => {
	const { open } = create(1, "write");
	const slot = open();
	assert.throws(() => slot.write(new Uint8Array(1)), hasCode("storage"));
	assert.throws(() => slot.complete(), hasCode("invalid"));
});
