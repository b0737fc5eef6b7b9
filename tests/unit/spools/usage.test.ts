import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_OUTBOX } from "../../../modules/spools/outbox";
import { differences, loseSight, trustPrinter } from "../../../modules/spools/usage";
import { known, NO_TAG, OTHER_TAG, spoolWith, TAG, Tracker, trayWith } from "./fixtures";

const left = (grams: number, spoolId = 1) => ({ kind: "left", spoolId, grams });
const use = (grams: number, spoolId = 1) => ({ kind: "use", spoolId, grams });
const mapped = spoolWith({ id: 2 });
const untagged = trayWith({ uuid: NO_TAG, identity: known(mapped, "slot") });
const job = (
	percent: number,
	grams = 100,
	state: "printing" | "finished" | "failed" | "idle" = "printing",
) => ({
	state,
	key: "a",
	percent,
	use: [{ tray: 0, grams }],
});

test("what the printer measures is written once it was said twice, as what is left", () => {
	const tracker = new Tracker();
	assert.deepEqual(tracker.take({ trays: [trayWith({ remain: 78 })] }).intents, []);
	assert.deepEqual(tracker.take({ trays: [trayWith({ remain: 78 })] }).intents, [left(780)]);
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 78 })] }).intents, []);
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 77 })] }).intents, [left(770)]);
});

for (const [what, changes, tracksRemaining] of [
	["−1 is never written", { remain: -1 }, true],
	["0 is not written while the printer does not measure", { remain: 0 }, false],
	["0 is not written when the printer does not say whether it measures", { remain: 0 }, undefined],
	["0 is not written for a spool that had much on it, although the printer measures", { remain: 0 }, true],
	["nothing is written that an AMS Lite says", { remain: 75, kind: "ams_lite" }, true],
	["nothing is written that a holder outside says", { remain: 75, kind: "external" }, true],
	["nothing is written while measuring is off, whatever is said", { remain: 75 }, false],
	["nothing is written while the tag is read", { remain: 75, isReading: true }, true],
	["nothing is written for a tray that is empty", { remain: 75, isThere: false }, true],
	["nothing is written without a tag", { remain: 75, uuid: NO_TAG }, true],
	["nothing is written onto a spool with another tag", { remain: 75, uuid: OTHER_TAG }, true],
	["no part of a percent and no more than all is believed", { remain: 75.5 }, true],
	["more than 100 % is not believed", { remain: 101 }, true],
	[
		"nothing is written onto a spool of which the full weight is not known",
		{ remain: 75, identity: known({ id: 1, tag: TAG, usedG: 5, archived: false }) },
		true,
	],
] as const) {
	for (const isSeenBefore of [false, true])
		test(`${what}${isSeenBefore ? ", also after a good measurement" : ""}`, () => {
			const tracker = new Tracker();
			if (isSeenBefore) tracker.twice({ trays: [trayWith({ remain: 80 })] });
			tracker.says = tracksRemaining === undefined ? {} : { tracksRemaining };
			for (let times = 0; times < 4; times++)
				assert.deepEqual(tracker.take({ trays: [trayWith(changes)] }).intents, []);
		});
}

test("each of them would be written if that were not so", () => {
	for (const isSeenBefore of [false, true]) {
		const tracker = new Tracker();
		if (isSeenBefore) tracker.twice({ trays: [trayWith({ remain: 80 })] });
		assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 75 })] }).intents, [left(750)]);
	}
});

test("0 of a spool that was nearly empty is only believed when the printer says that it measures", () => {
	const identity = known(spoolWith({ tag: TAG, usedG: 970 }));
	for (const says of [{ tracksRemaining: false }, {}]) {
		const tracker = new Tracker();
		tracker.twice({ trays: [trayWith({ remain: 3, identity })] });
		tracker.says = says;
		assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 0, identity })] }).intents, []);
	}
	assert.deepEqual(new Tracker().twice({ trays: [trayWith({ remain: 0, identity })] }).intents, []);
});

test("a spool that was nearly empty and is at 0 keeps half a percent: that it is empty, a person says", () => {
	const tracker = new Tracker();
	const identity = known(spoolWith({ tag: TAG, usedG: 970 }));
	tracker.twice({ trays: [trayWith({ remain: 2, identity })] });
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 0, identity })] }).intents, [left(5)]);
});

test("a value that goes up a little is noise, and one that jumps is asked about once and not written", () => {
	const tracker = new Tracker();
	tracker.twice({ trays: [trayWith({ remain: 79 })] });
	for (const remain of [80, 82]) {
		const { intents, differs } = tracker.twice({ trays: [trayWith({ remain })] });
		assert.deepEqual([intents, differs], [[], []]);
	}
	for (const [remain, asked] of [
		[100, 1],
		[40, 0],
		[100, 0],
	] as const) {
		const { intents, differs } = tracker.twice({ trays: [trayWith({ remain })] });
		assert.deepEqual([intents, differs.length], [[], asked]);
	}
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 78 })] }).intents, [left(780)]);
});

test("a deep drop that is said once is not believed, and neither is a spool fuller than Spoolman says", () => {
	const tracker = new Tracker();
	for (const remain of [70, 1, 70, 2])
		assert.deepEqual(tracker.take({ trays: [trayWith({ remain })] }).intents, []);
	const fuller = new Tracker().twice({ trays: [trayWith({ remain: 95 })] });
	assert.deepEqual(fuller.intents, []);
	assert.deepEqual(fuller.differs, [{ spoolId: 1, tray: 0, printerPercent: 95 }]);
});

test("who has entered less in Spoolman is not overruled", () => {
	const tracker = new Tracker();
	tracker.twice({ trays: [trayWith({ remain: 79 })] });
	const identity = known(spoolWith({ tag: TAG, usedG: 500 }));
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 78, identity })] }).intents, []);
});

test("a small spool is measured as if it were a large one, unless that is switched off", () => {
	const identity = known(spoolWith({ tag: TAG, baseG: 250, usedG: 0 }));
	const trays = [trayWith({ remain: 20, trayWeightG: 250, identity })];
	assert.deepEqual(new Tracker().twice({ trays }).intents, [left(200)]);
	assert.deepEqual(new Tracker({ isSmallSpoolScaled: false }).twice({ trays }).intents, [left(50)]);
});

test("a spool is not written more often than asked for, but at the end of a job", () => {
	const tracker = new Tracker({ prefer: "remain" });
	const printing = { state: "printing", key: "a", percent: 5 } as const;
	const at = (remain: number) => ({ job: printing, trays: [trayWith({ remain })] });
	assert.deepEqual(tracker.twice(at(78), 1_000).intents, [left(780)]);
	assert.deepEqual(tracker.twice(at(77), 1_000).intents, []);
	assert.deepEqual(tracker.take({ ...at(77), job: { ...printing, state: "finished" } }, 1_000).intents, [
		left(770),
	]);
});

test("what was measured of a spool that is taken out is written to it, and not to the next one", () => {
	const tracker = new Tracker({ prefer: "remain" });
	tracker.twice({ trays: [trayWith({ remain: 78 })] }, 1_000);
	tracker.twice({ trays: [trayWith({ remain: 77 })] }, 1_000);
	const next = trayWith({
		remain: 30,
		uuid: OTHER_TAG,
		identity: known(spoolWith({ id: 5, tag: OTHER_TAG })),
	});
	assert.deepEqual(tracker.take({ trays: [next] }, 1_000).intents, [left(770)]);
	assert.deepEqual(tracker.take({ trays: [next] }).intents, [left(300, 5)]);
});

test("a job is counted by how far it has come, and wholly when it has finished", () => {
	const tracker = new Tracker();
	let sum = 0;
	for (const percent of [0, 1, 10, 50, 50, 97])
		for (const { grams, kind } of tracker.take({ job: job(percent), trays: [untagged] }).intents) {
			assert.equal(kind, "use");
			assert.ok(grams >= 5);
			sum += grams;
		}
	for (const { grams } of tracker.take({ job: job(100, 100, "finished"), trays: [untagged] }).intents)
		sum += grams;
	assert.ok(Math.abs(sum - 100) < 1e-9);
	for (const state of ["finished", "printing", "finished", "idle"] as const)
		assert.deepEqual(tracker.take({ job: job(100, 100, state), trays: [untagged] }).intents, []);
});

for (const state of ["failed", "idle"] as const)
	test(`of a job that is ${state} before its end, what it took until then is counted`, () => {
		const tracker = new Tracker({ minIntervalMs: 1e9 });
		tracker.take({ job: { state: "preparing", key: "a" } });
		let sum = 0;
		for (const report of [job(0), job(30), job(30), job(30, 100, state), job(0, 100, state)])
			for (const { grams } of tracker.take({ job: report, trays: [untagged] }).intents) sum += grams;
		assert.ok(Math.abs(sum - 30) < 1e-9, String(sum));
	});

test("one report that says a wrong percentage counts nothing", () => {
	const tracker = new Tracker();
	for (const percent of [0, 100, 1, 99, 1])
		assert.deepEqual(
			tracker.take({ job: job(percent), trays: [untagged] }).intents.filter(({ grams }) => grams > 1),
			[],
		);
});

test("a job that was met on its way is counted from there, and one that was begun goes on after a restart", () => {
	const met = new Tracker();
	met.twice({ job: job(60), trays: [untagged] });
	assert.deepEqual(met.take({ job: job(100, 100, "finished"), trays: [untagged] }).intents, [use(40, 2)]);

	const begun = new Tracker();
	begun.take({ job: { state: "preparing", key: "a" } });
	begun.twice({ job: job(40), trays: [untagged] });
	begun.state = loseSight(begun.state);
	begun.twice({ job: job(60), trays: [untagged] });
	const { intents } = begun.take({ job: job(100, 100, "finished"), trays: [untagged] });
	assert.deepEqual(intents, [use(40, 2)]);
});

test("a spool that is measured in a job is not counted by its slicer in the same job, and the other way round", () => {
	for (const prefer of ["remain", "usage"] as const) {
		const tracker = new Tracker({ prefer });
		const kinds = new Set<string>();
		for (const [percent, remain] of [
			[0, 79],
			[20, 79],
			[20, -1],
			[40, -1],
			[40, 77],
			[80, 77],
			[90, 76],
		] as const)
			for (const { kind } of tracker.twice({ job: job(percent), trays: [trayWith({ remain })] }).intents)
				kinds.add(kind);
		const { intents } = tracker.twice({ job: job(100, 100, "finished"), trays: [trayWith({ remain: 75 })] });
		for (const { kind } of intents) kinds.add(kind);
		assert.deepEqual([...kinds], [prefer === "remain" ? "left" : "use"]);
	}
});

test("a spool that nobody knows is not counted, and when it is linked it gets what it gave", () => {
	const tracker = new Tracker();
	tracker.take({ job: { state: "preparing", key: "a" } });
	const unknown = trayWith({ kind: "ams_lite", identity: { kind: "offer", uuid: TAG } });
	assert.deepEqual(tracker.twice({ job: job(50), trays: [unknown] }).intents, []);
	const linked = trayWith({ kind: "ams_lite" });
	assert.deepEqual(tracker.take({ job: job(50), trays: [linked] }).intents, [use(50)]);
});

test("when a spool is exchanged in a job, each one is counted what it gave", () => {
	const tracker = new Tracker({ minIntervalMs: 1e9 });
	const third = trayWith({ uuid: NO_TAG, identity: known(spoolWith({ id: 3 }), "slot") });
	tracker.take({ job: { state: "preparing", key: "a" } });
	const sums = new Map<number, number>();
	for (const [report, tray] of [
		[job(20), untagged],
		[job(40), untagged],
		[job(40), untagged],
		[job(40), third],
		[job(100, 100, "finished"), third],
	] as const)
		for (const { spoolId, grams } of tracker.take({ job: report, trays: [tray] }).intents)
			sums.set(spoolId, (sums.get(spoolId) ?? 0) + grams);
	assert.deepEqual(
		[...sums].map(([id, grams]) => [id, Math.round(grams)]),
		[
			[2, 40],
			[3, 60],
		],
	);
});

test("nothing is concluded from a printer that is not heard", () => {
	const tracker = new Tracker();
	tracker.twice({ job: job(20), trays: [untagged] });
	const before = tracker.state;
	assert.deepEqual(tracker.twice({ job: { state: "unknown" }, trays: [] }).intents, []);
	assert.equal(tracker.state, before);
});

test("0 is not believed of a spool that had some percent left, even when that is a small step", () => {
	const identity = known(spoolWith({ tag: TAG, usedG: 910 }));
	const tracker = new Tracker();
	tracker.twice({ trays: [trayWith({ remain: 8, identity })] });
	assert.deepEqual(tracker.twice({ trays: [trayWith({ remain: 0, identity })] }).intents, []);
});

test("of a spool that a job did not take from, its measurement is not taken for its use afterwards", () => {
	const tracker = new Tracker();
	const tray = (remain: number) => [trayWith({ remain }), { ...untagged, tray: 1 }];
	const use = [{ tray: 1, grams: 50 }];
	tracker.twice({ job: { state: "preparing", key: "a", use }, trays: tray(80) });
	tracker.twice({ job: { state: "printing", key: "a", percent: 50, use }, trays: tray(80) });
	tracker.twice({ job: { state: "finished", key: "a", percent: 100, use }, trays: tray(80) });
	tracker.state = loseSight(tracker.state);
	assert.deepEqual(tracker.twice({ job: { state: "idle", key: "a" }, trays: tray(75) }).intents, []);
});

test("while Spoolman is asked anew whose tag that is, what was measured of it stays a measure", () => {
	const tracker = new Tracker();
	tracker.twice({ trays: [trayWith({ remain: 70 })] });
	tracker.take({ trays: [trayWith({ remain: 70, identity: { kind: "unknown" } })] });
	const { differs } = tracker.twice({ trays: [trayWith({ remain: 82 })] });
	assert.deepEqual(differs, [{ spoolId: 1, tray: 0, printerPercent: 82 }]);
});

test("what a person decides within a job goes by what the printer measures by then, and counts nothing twice", () => {
	const tracker = new Tracker({ minIntervalMs: 1e9 });
	const at = (remain: number) => [trayWith({ remain })];
	// After a job, printer and Spoolman do not agree.
	tracker.take({ job: { state: "preparing", key: "a" }, trays: at(50) });
	for (const report of [job(0), job(1, 1, "finished"), job(1, 1, "idle"), job(1, 1, "idle")])
		tracker.take({ job: report, trays: at(50) });
	assert.deepEqual(differences(tracker.state), [{ spoolId: 1, tray: 0, printerPercent: 50 }]);
	const next = (percent: number, state: "printing" | "finished" = "printing") => ({
		...job(percent, 100, state),
		key: "b",
	});
	tracker.take({ job: { state: "preparing", key: "b" }, trays: at(50) });
	for (const percent of [0, 40, 40]) tracker.take({ job: next(percent), trays: at(46) }, 1_000);
	const trusted = trustPrinter(tracker.state, 0, EMPTY_OUTBOX) ?? assert.fail();
	assert.deepEqual(trusted.outbox.waiting, [{ spoolId: 1, useG: 0, leftG: 460, isForced: true }]);
	tracker.state = trusted.state;
	const { intents } = tracker.take({ job: next(100, "finished"), trays: at(46) });
	assert.deepEqual(intents, [use(60)]);
});
