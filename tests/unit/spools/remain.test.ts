import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_OUTBOX } from "../../../modules/spools/outbox";
import { readStored, writeStored } from "../../../modules/spools/stored";
import { beginUsage, differences, trustPrinter, trustSpoolman } from "../../../modules/spools/usage";
import { known, spoolWith, TAG, Tracker, trayWith } from "./fixtures";

const left = (grams: number, spoolId = 1) => ({ kind: "left", spoolId, grams });
const withUsed = (usedG: number) => known(spoolWith({ tag: TAG, usedG }));
const at = (remain: number, usedG = 200) => ({ trays: [trayWith({ remain, identity: withUsed(usedG) })] });
const job = (state: "preparing" | "printing" | "finished" | "idle", percent: number, key = "a") => ({
	state,
	key,
	percent,
	use: [{ tray: 0, grams: 100 }],
});

function restarted(tracker: Tracker): void {
	const progress = new Map([["p", tracker.state.progress]]);
	const text = writeStored({ outbox: EMPTY_OUTBOX, progress });
	tracker.state = beginUsage(readStored(text).progress.get("p"));
}

test("a start does not snap an exact weight to a whole percent, but a spool that got lighter is written", () => {
	for (const [remain, expected] of [
		[79, []],
		[78, []],
		[77, [left(770)]],
	] as const) {
		const tracker = new Tracker();
		assert.deepEqual(tracker.twice(at(remain, 216)).intents, expected, String(remain));
	}
	const tracker = new Tracker();
	tracker.twice(at(78, 216));
	assert.deepEqual(tracker.twice(at(77, 216)).intents, [left(770)]);
});

test("of a small spool one whole percent is more, so that a start snaps to none of its steps", () => {
	const identity = known(spoolWith({ tag: TAG, baseG: 250, usedG: 0 }));
	const trays = (remain: number) => [trayWith({ remain, trayWeightG: 250, identity })];
	const tracker = new Tracker();
	assert.deepEqual(tracker.twice({ trays: trays(24) }).intents, []);
	assert.deepEqual(tracker.twice({ trays: trays(23) }).intents, [left(230)]);
	assert.deepEqual(tracker.twice({ trays: trays(25) }).differs, []);
});

test("after a job that was counted, the printer's measurement is not written, also after a restart", () => {
	const tracker = new Tracker();
	tracker.take({ ...at(80), job: job("preparing", 0) });
	tracker.twice({ ...at(79), job: job("printing", 50) });
	tracker.take({ ...at(75), job: job("finished", 100) });
	assert.deepEqual(tracker.twice({ ...at(74, 300), job: job("idle", 100) }).intents, []);
	restarted(tracker);
	assert.deepEqual(tracker.twice({ ...at(65, 300), job: job("idle", 100) }).intents, []);
});

test("a spool that the next job does not take keeps what was counted", () => {
	const tracker = new Tracker();
	tracker.take({ ...at(80), job: job("preparing", 0) });
	tracker.take({ ...at(80), job: job("finished", 100) });
	const other = { ...job("printing", 50, "b"), use: [{ tray: 1, grams: 9 }] };
	tracker.twice({ ...at(80, 300), job: other });
	assert.deepEqual(tracker.take({ ...at(65, 300), job: { ...other, state: "finished" } }).intents, []);
	assert.deepEqual(tracker.twice({ ...at(65, 300) }).intents, []);
});

test("where nobody knows what a job takes, the measurement is written after it", () => {
	const tracker = new Tracker();
	tracker.twice(at(80));
	for (const [percent, remain] of [
		[0, 80],
		[30, 74],
		[60, 68],
		[90, 62],
	] as const) {
		const { intents } = tracker.twice({ ...at(remain), job: { state: "printing", key: "a", percent } });
		assert.deepEqual(intents, []);
	}
	tracker.take({ ...at(60), job: { state: "finished", key: "a", percent: 100 } });
	assert.deepEqual(tracker.take(at(60)).intents, [left(600)]);
});

test("what the printer measures far off after a counted job is asked about and not written", () => {
	const tracker = new Tracker();
	tracker.take({ ...at(80), job: job("preparing", 0) });
	tracker.take({ ...at(80), job: job("finished", 100) });
	const { intents, differs } = tracker.twice({ ...at(50, 300), job: job("idle", 100) });
	assert.deepEqual(intents, []);
	assert.deepEqual(differs, [{ spoolId: 1, tray: 0, printerPercent: 50 }]);
	assert.deepEqual(differences(tracker.state), differs);
	assert.deepEqual(tracker.twice({ ...at(50, 300), job: job("idle", 100) }).differs, []);
	assert.deepEqual(tracker.twice({ ...at(50, 500), job: job("idle", 100) }).differs, []);
	assert.deepEqual(differences(tracker.state), []);
});

test("a spool is not asked about while Spoolman does not have all of it", () => {
	const tracker = new Tracker();
	tracker.take({ ...at(80), job: job("preparing", 0) });
	tracker.take({ ...at(80), job: job("finished", 100) });
	tracker.outbox = { waiting: [{ spoolId: 1, useG: 200 }] };
	assert.deepEqual(tracker.twice({ ...at(50, 300), job: job("idle", 100) }).differs, []);
});

test("who says that the printer is right gets its measurement written, upwards as well", () => {
	for (const [remain, grams] of [
		[95, 950],
		[40, 400],
	] as const) {
		const tracker = new Tracker();
		tracker.twice(at(80));
		assert.equal(trustPrinter(tracker.state, 0, EMPTY_OUTBOX), undefined);
		tracker.twice(at(remain));
		const trusted = trustPrinter(tracker.state, 0, EMPTY_OUTBOX);
		assert.ok(trusted);
		assert.deepEqual(trusted.outbox.waiting, [{ spoolId: 1, useG: 0, leftG: grams, isForced: true }]);
		tracker.state = trusted.state;
		assert.deepEqual(differences(tracker.state), []);
		const { intents, differs } = tracker.twice(at(remain - 1, 1000 - grams));
		assert.deepEqual([intents, differs], [[left(grams - 10)], []]);
	}
});

test("who says that Spoolman is right is not overruled, also after a restart, and goes on from there", () => {
	for (const remain of [95, 40]) {
		const tracker = new Tracker();
		tracker.twice(at(80));
		assert.equal(trustSpoolman(tracker.state, 0), undefined);
		tracker.twice(at(remain));
		const trusted = trustSpoolman(tracker.state, 0);
		assert.ok(trusted);
		tracker.state = trusted;
		assert.deepEqual(differences(tracker.state), []);
		assert.deepEqual(tracker.twice(at(remain)), { intents: [], differs: [] });
		restarted(tracker);
		assert.deepEqual(tracker.twice(at(remain)), { intents: [], differs: [] });
		assert.deepEqual(tracker.twice(at(remain - 1)).intents, [left(790)]);
	}
});

test("a spool whose tag changes while it is measured gets nothing of the next one's", () => {
	const tracker = new Tracker();
	tracker.twice(at(80));
	const uuid = "F".repeat(32);
	const unknown = trayWith({ remain: 10, uuid, identity: { kind: "offer", uuid } });
	assert.deepEqual(tracker.twice({ trays: [unknown] }), { intents: [], differs: [] });
	assert.deepEqual(tracker.twice({ trays: [{ ...unknown, identity: withUsed(200) }] }).intents, []);
});
