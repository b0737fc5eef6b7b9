import assert from "node:assert/strict";
import { test } from "node:test";
import { identify } from "../../../modules/spools/identity";
import { formatSlotMap, globalTray, parseSlotMap } from "../../../modules/spools/slot-map";
import { decodeTag, encodeTag, gramsOfLength, leftOn, readSpool } from "../../../modules/spools/spool";
import { known, NO_TAG, OTHER_TAG, spoolWith, TAG } from "./fixtures";

const there = { isThere: true, isReading: false };
const tagged = spoolWith({ tag: TAG });
const plain = spoolWith({ id: 2 });

test("a spool is found by its tag, which goes before what a person has said of the slot", () => {
	const mapped = { spoolId: 2, spool: plain };
	assert.deepEqual(identify({ ...there, uuid: TAG.toLowerCase() }, [tagged], mapped), known(tagged));
});

test("a server that ignores the filter and answers with all spools does not choose the wrong one", () => {
	const all = [plain, spoolWith({ id: 3, tag: OTHER_TAG }), tagged];
	assert.deepEqual(identify({ ...there, uuid: TAG }, all, undefined), known(tagged));
	assert.deepEqual(identify({ ...there, uuid: TAG }, all.slice(0, 2), undefined), {
		kind: "offer",
		uuid: TAG,
	});
});

test("a mapped spool is never taken for one whose tag says otherwise, or is not known", () => {
	const uuid = OTHER_TAG;
	const offer = { kind: "offer", uuid };
	assert.deepEqual(identify({ ...there, uuid }, [], { spoolId: 1, spool: tagged }), offer);
	assert.deepEqual(identify({ ...there, uuid }, [], { spoolId: 2, spool: plain }), {
		...offer,
		suggestedSpoolId: 2,
	});
});

test("a spool without a tag is the one that a person has put there", () => {
	assert.deepEqual(
		identify({ ...there, uuid: NO_TAG }, [], { spoolId: 2, spool: plain }),
		known(plain, "slot"),
	);
});

test("nothing is identified while a tray is empty or read, or when Spoolman does not say it clearly", () => {
	const mapped = { spoolId: 2, spool: plain };
	const reasonOf = (...values: Parameters<typeof identify>) => {
		const identity = identify(...values);
		return identity.kind === "none" ? identity.reason : identity.kind;
	};
	assert.equal(reasonOf({ isThere: false, isReading: false, uuid: TAG }, [tagged], mapped), "empty");
	assert.equal(reasonOf({ isThere: true, isReading: true, uuid: TAG }, [tagged], mapped), "reading");
	assert.equal(reasonOf(there, [], undefined), "not_mapped");
	assert.equal(reasonOf(there, [], { spoolId: 2, spool: undefined }), "mapped_spool_missing");
	const archived = { spoolId: 2, spool: { ...plain, archived: true } };
	assert.equal(reasonOf(there, [], archived), "mapped_spool_archived");
	const twins = [tagged, spoolWith({ id: 9, tag: TAG })];
	assert.equal(reasonOf({ ...there, uuid: TAG }, twins, undefined), "tag_twice");
});

test("a spool is read from Spoolman's answer, with nulls as good as absent", () => {
	const answer = {
		id: 7,
		used_weight: 12.5,
		initial_weight: null,
		filament: { id: 1, weight: 1000 },
		extra: { tag: encodeTag(TAG) },
	};
	const spool = readSpool(answer, "tag");
	assert.deepEqual(spool, { id: 7, usedG: 12.5, baseG: 1000, archived: false, tag: TAG });
	assert.equal(spool && leftOn(spool), 987.5);
	assert.equal(readSpool({ ...answer, used_weight: "12" }, "tag"), undefined);
	assert.equal(readSpool({ ...answer, extra: { tag: TAG } }, "tag")?.tag, undefined);
	for (const text of [TAG, '""', encodeTag(NO_TAG), "42", '"abc"', null])
		assert.equal(decodeTag(text), undefined);
	assert.ok(Math.abs(gramsOfLength(330_000, 1.26, 1.75) - 1000.1) < 0.1);
});

test("the slots are read as the Spoolman guide writes them, and by global number for any unit", () => {
	const result = parseSlotMap("0:12, 3:7,64:4,128:5,254:6,");
	assert.ok(result.ok);
	assert.equal(formatSlotMap(result.map), "0:12,3:7,64:4,128:5,254:6");
	assert.deepEqual([globalTray(1, 2), globalTray(128, 0), globalTray(16, 3)], [6, 128, 67]);
	for (const [text, named] of [
		["0:12,x", '"x"'],
		["0:0", '"0:0"'],
		["16:1", "slot 16"],
		["0:1,0:2", "Slot 0"],
		["0:1,1:1", "Spool 1"],
	] as const) {
		const refused = parseSlotMap(text);
		assert.ok(!refused.ok && refused.message.includes(named), text);
	}
});
