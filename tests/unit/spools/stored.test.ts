import assert from "node:assert/strict";
import { test } from "node:test";
import { STORAGE_VALUE_BYTES } from "../../../modules/platform/storage";
import { utf8Length } from "../../../modules/settings/utf8-length";
import type { Progress } from "../../../modules/spools/job-progress";
import {
	begin,
	EMPTY_OUTBOX,
	enqueue,
	MOST_WAITING,
	type Outbox,
	unpackOutbox,
} from "../../../modules/spools/outbox";
import { readStored, writeStored } from "../../../modules/spools/stored";
import { beginUsage } from "../../../modules/spools/usage";
import { spoolWith } from "./fixtures";

/** As long as it can be: every spool has all kinds of weight. */
function fullOutbox(): Outbox {
	let outbox = EMPTY_OUTBOX;
	for (let id = 1_000_000; id < 1_000_000 + MOST_WAITING; id++)
		for (const [kind, grams] of [
			["use", 123.456],
			["left", 987.654],
			["use", 234.567],
		] as const)
			outbox = enqueue(outbox, { kind, grams, spoolId: id }).outbox;
	return begin(outbox, spoolWith({ id: 1_000_000, usedG: 1 / 3 })).outbox;
}

function jobWith(trays: number, changes: Partial<Progress> = {}): Progress {
	const all = [...Array(trays).keys()];
	return {
		...beginUsage().progress,
		isUnderWay: true,
		key: "k".repeat(40),
		from: 3,
		percent: 42,
		active: new Map(all.map((tray) => [tray, 12.345])),
		counted: new Map(all.map((tray) => [tray, 123.456])),
		modes: new Map(all.map((tray) => [1_000_000 + tray, tray % 2 ? "usage" : "remain"])),
		...changes,
	};
}

const printers = (count: number, progress: Progress): Map<string, Progress> =>
	new Map([...Array(count).keys()].map((number) => [`printer${number}`, progress]));

test("what is stored is read as it was", () => {
	const progress = new Map([
		["a", jobWith(4, { isResumed: true, lengths: new Map([[9, { fromMm: 3.5, toMm: 700 }]]) })],
		["__proto__", jobWith(2, { offsets: new Map([[7, -12.5]]) })],
	]);
	const stored = { outbox: fullOutbox(), progress };
	assert.deepEqual(readStored(writeStored(stored)), stored);
	const said = enqueue(EMPTY_OUTBOX, { kind: "left", spoolId: 1, grams: 5, isForced: true }).outbox;
	assert.deepEqual(readStored(writeStored({ outbox: said, progress })).outbox, said);
});

test("three printers with 16 slots, and ten with 4, fit into one value beside a full outbox", () => {
	for (const [count, trays] of [
		[3, 16],
		[10, 4],
	] as const) {
		const stored = { outbox: fullOutbox(), progress: printers(count, jobWith(trays)) };
		const text = writeStored(stored);
		assert.ok(utf8Length(text) < STORAGE_VALUE_BYTES, String(utf8Length(text)));
		assert.equal(readStored(text).progress.size, count);
	}
});

test("a value never gets too long: idle printers are left out first, and the outbox never", () => {
	const outbox = fullOutbox();
	const progress = new Map([
		...printers(8, jobWith(16)),
		["idle", jobWith(4, { isUnderWay: false, modes: new Map() })],
		["counted", jobWith(4, { isUnderWay: false })],
	]);
	const whole = utf8Length(writeStored({ outbox, progress }, 100_000));
	for (const [mostBytes, count, idle, counted] of [
		[whole, 10, true, true],
		[whole - 1, 9, false, true],
		[whole - 300, 8, false, false],
		[whole - 600, 7, false, false],
		[2_500, 2, false, false],
	] as const) {
		const text = writeStored({ outbox, progress }, mostBytes);
		assert.ok(utf8Length(text) <= mostBytes);
		const read = readStored(text);
		assert.deepEqual(read.outbox, outbox);
		assert.deepEqual(
			[read.progress.size, read.progress.has("idle"), read.progress.has("counted")],
			[count, idle, counted],
		);
	}
});

test("of an idle printer with nothing to remember nothing is stored", () => {
	const text = writeStored({ outbox: EMPTY_OUTBOX, progress: new Map([["a", beginUsage().progress]]) });
	assert.equal(readStored(text).progress.size, 0);
});

test("damage is left out, and never counted twice", () => {
	const text = writeStored({ outbox: fullOutbox(), progress: printers(1, jobWith(4)) });
	for (const damaged of [undefined, 5, "", "{", "[]", '{"o":5,"j":[["a",[1]],5,[]]}', text.slice(0, -9)])
		assert.deepEqual(readStored(damaged), { outbox: EMPTY_OUTBOX, progress: new Map() });
	const twice = { w: [[1, 5], [1, 5], [2, -1], "x"] };
	assert.deepEqual(unpackOutbox(twice).waiting, [{ spoolId: 1, useG: 5 }]);
	const odd = '{"j":[["a",{"u":1,"p":5,"c":[0,-1,1],"m":["x",3],"o":[1,"-5",2,1e9],"a":5,"l":[0,1]}]]}';
	assert.deepEqual(readStored(odd).progress.get("a"), {
		...beginUsage().progress,
		isUnderWay: true,
		percent: 5,
		modes: new Map([[3, "usage"]]),
	});
});
