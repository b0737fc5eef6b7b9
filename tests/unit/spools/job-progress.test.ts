import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_OUTBOX, enqueue, MOST_WAITING } from "../../../modules/spools/outbox";
import { readStored, writeStored } from "../../../modules/spools/stored";
import {
	beginUsage,
	type JobReport,
	jobGramsLeft,
	loseSight,
	type TrayReport,
} from "../../../modules/spools/usage";
import { known, NO_TAG, spoolWith, Tracker, trayWith } from "./fixtures";

/** Spool 10 in tray 0, spool 11 in tray 1 and so on, none with a tag. */
const trayAt = (tray: number, changes: Partial<TrayReport> = {}): TrayReport =>
	trayWith({
		tray,
		uuid: NO_TAG,
		identity: known(spoolWith({ id: 10 + tray, usedG: 0 }), "slot"),
		...changes,
	});
const trays = [trayAt(0), trayAt(1)];
const use = [
	{ tray: 0, grams: 100 },
	{ tray: 1, grams: 100 },
];

/** Gives jobs to a tracker and sums up what is counted, by tray. */
class Sums extends Tracker {
	readonly grams = [0, 0];

	job(job: JobReport, stepMs?: number, there: readonly TrayReport[] = trays): void {
		for (const intent of this.take({ job: { use, ...job }, trays: there }, stepMs).intents)
			this.grams[intent.spoolId - 10] = (this.grams[intent.spoolId - 10] ?? 0) + intent.grams;
	}

	print(percent: number, active?: number, stepMs?: number): void {
		this.job({ state: "printing", key: "a", percent, ...(active === undefined ? {} : { active }) }, stepMs);
	}

	restart(): void {
		const progress = new Map([["p", this.state.progress]]);
		this.state = beginUsage(readStored(writeStored({ outbox: EMPTY_OUTBOX, progress })).progress.get("p"));
	}

	rounded(): number[] {
		return this.grams.map((grams) => Math.round(grams * 100) / 100);
	}
}

test("of a job that ends early, each spool is counted what was printed while it was in the nozzle", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (let percent = 0; percent <= 30; percent++) sums.print(percent, 0);
	for (let percent = 31; percent <= 40; percent++) sums.print(percent, 1);
	sums.print(40, 1);
	sums.job({ state: "failed", key: "a", percent: 40 });
	assert.deepEqual(sums.rounded(), [60, 20]);
});

test("a percent in which the tray was changed is shared out by time", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	sums.print(0, 0, 0);
	for (let percent = 1; percent <= 40; percent++) {
		sums.print(percent, 1, 30_000);
		sums.print(percent, 0, 10_000);
	}
	sums.job({ state: "failed", key: "a", percent: 40 }, 30_000);
	const [first = 0, second = 0] = sums.grams;
	assert.ok(Math.abs(first - 60) < 2 && Math.abs(second - 20) < 2, String(sums.grams));
});

test("what was printed with a tray that is not known, or is none of the job's, is shared by what is left", () => {
	for (const active of [undefined, 7]) {
		const sums = new Sums();
		sums.job({ state: "preparing", key: "a" });
		for (let percent = 0; percent <= 25; percent++) sums.print(percent, 0);
		sums.print(25, active);
		for (let percent = 26; percent <= 40; percent++) sums.print(percent, active);
		sums.job({ state: "failed", key: "a", percent: 40 });
		assert.deepEqual(sums.rounded(), [60, 20]);
	}
});

test("no spool is counted more than its slicer planned, and a finished job counts all of each", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (let percent = 0; percent <= 90; percent++) sums.print(percent, 0);
	sums.print(90, 0);
	assert.ok((sums.grams[0] ?? 0) <= 100 && sums.grams[1] === 0, String(sums.grams));
	sums.job({ state: "finished", key: "a", percent: 100 });
	assert.deepEqual(sums.rounded(), [100, 100]);
});

test("what each tray gave is still known after a restart, and what was not seen meanwhile is shared", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (let percent = 0; percent <= 30; percent++) sums.print(percent, 0);
	sums.print(30, 0);
	sums.restart();
	for (let percent = 44; percent <= 50; percent++) sums.print(percent, 1);
	sums.print(50, 1);
	sums.job({ state: "failed", key: "a", percent: 50 });
	assert.deepEqual(sums.rounded(), [68.75, 31.25]);
});

test("a key that is given again after the end is another job", () => {
	const sums = new Sums();
	for (let times = 0; times < 2; times++) {
		sums.job({ state: "preparing", key: "a", percent: times * 100 });
		for (const percent of [times * 100, 0, 0, 50, 50]) sums.print(percent);
		sums.job({ state: "finished", key: "a", percent: 100 });
	}
	assert.deepEqual(sums.rounded(), [200, 200]);
});

test("a key that is given again is another job too when the first was cancelled, or its beginning not heard", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 40, 40]) sums.print(percent);
	sums.job({ state: "failed", key: "a", percent: 40 });
	assert.deepEqual(sums.rounded(), [40, 40]);
	for (const percent of [0, 0, 30, 30]) sums.print(percent);
	sums.job({ state: "failed", key: "a", percent: 30 });
	assert.deepEqual(sums.rounded(), [70, 70]);
});

test("a job that failed and goes on is not counted anew", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 40, 40]) sums.print(percent);
	sums.job({ state: "idle", key: "a" });
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [38, 39, 50, 50]) sums.print(percent);
	sums.job({ state: "finished", key: "a", percent: 100 });
	assert.deepEqual(sums.rounded(), [100, 100]);
});

test("where the last job ended is not taken for how far the next one is", () => {
	const sums = new Sums();
	sums.job({ state: "idle", key: "z", percent: 100 });
	for (const percent of [100, 100, 100, 0, 10, 10]) sums.print(percent);
	sums.job({ state: "failed", key: "a", percent: 10 });
	assert.ok((sums.grams[0] ?? 0) <= 10, String(sums.grams));
});

test("when another job is met before the end of the last was heard, what was seen of the last is counted", () => {
	const sums = new Sums({ minIntervalMs: 1e9 });
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 20, 20, 40, 40]) sums.print(percent);
	sums.job({ state: "printing", key: "b", percent: 0, use: [{ tray: 0, grams: 8 }] });
	assert.deepEqual(sums.rounded(), [40, 40]);
});

test("what the outbox has no room for is counted when there is room again, also of a spool that is gone", () => {
	let full = EMPTY_OUTBOX;
	for (let id = 100; id < 100 + MOST_WAITING; id++)
		full = enqueue(full, { kind: "use", spoolId: id, grams: 1 }).outbox;
	for (const end of ["finished", "next job", "exchanged"]) {
		const sums = new Sums();
		sums.job({ state: "preparing", key: "a" });
		sums.outbox = full;
		for (const percent of [0, 40, 40]) sums.print(percent);
		if (end === "finished") sums.job({ state: "failed", key: "a", percent: 40 });
		else if (end === "next job") sums.job({ state: "preparing", key: "b" });
		else
			sums.job({ state: "printing", key: "a", percent: 40 }, 1, [trayAt(0, { isThere: false }), trayAt(1)]);
		assert.deepEqual(sums.rounded(), [0, 0]);
		sums.outbox = EMPTY_OUTBOX;
		if (end === "finished") sums.job({ state: "idle", key: "a" });
		else if (end === "next job") sums.job({ state: "preparing", key: "b" });
		else
			sums.job({ state: "printing", key: "a", percent: 40 }, 1e9, [trayAt(0, { isThere: false }), trayAt(1)]);
		assert.deepEqual(sums.rounded(), [40, 40], end);
	}
});

test("a unit that is taken away at the end of a job is still counted what it gave", () => {
	const sums = new Sums({ minIntervalMs: 1e9 });
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 40, 40]) sums.print(percent);
	sums.job({ state: "finished", key: "a", percent: 100 }, 1, []);
	assert.deepEqual(sums.rounded(), [100, 100]);
});

test("while Spoolman could not be asked yet nothing is lost, wherever the job is by then", () => {
	for (const isOver of [false, true]) {
		const sums = new Sums();
		const unknown = trays.map((tray) => ({ ...tray, identity: { kind: "unknown" } as const }));
		sums.job({ state: "preparing", key: "a" }, 1, unknown);
		for (const percent of [0, 50, 50]) sums.job({ state: "printing", key: "a", percent }, 1, unknown);
		if (isOver) sums.job({ state: "finished", key: "a", percent: 100 }, 1, unknown);
		sums.job({ state: "finished", key: "a", percent: 100 });
		assert.deepEqual(sums.rounded(), [100, 100]);
	}
});

test("a tag that is being read when the device starts does not take away what its spool gave", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 40, 40]) sums.print(percent);
	sums.restart();
	sums.job({ state: "printing", key: "a", percent: 60 }, 1, [
		trayAt(0, { isReading: true, identity: { kind: "none", reason: "reading" } }),
		trayAt(1),
	]);
	sums.job({ state: "finished", key: "a", percent: 100 });
	assert.deepEqual(sums.rounded(), [100, 100]);
});

test("a report that changes nothing leaves progress and outbox the same objects", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (const percent of [0, 40, 40, 40]) sums.print(percent, 0);
	const { progress } = sums.state;
	sums.print(40, 0);
	assert.equal(sums.state.progress, progress);
	assert.equal(
		sums.take({ trays, job: { state: "printing", key: "a", percent: 40, use } }).outbox,
		EMPTY_OUTBOX,
	);
});

test("what a job will still take of a spool is known while it goes on", () => {
	const sums = new Sums();
	assert.equal(jobGramsLeft(sums.state, 0), undefined);
	sums.job({ state: "preparing", key: "a" });
	assert.equal(jobGramsLeft(sums.state, 0), 100);
	for (const percent of [0, 40, 40]) sums.print(percent);
	assert.equal(jobGramsLeft(sums.state, 0), 60);
	assert.equal(jobGramsLeft(sums.state, 5), undefined);
	sums.job({ state: "finished", key: "a", percent: 100 });
	assert.equal(jobGramsLeft(sums.state, 0), undefined);
});

const GRAMS_PER_METRE = 1.24 * Math.PI * 0.875 ** 2;
const measured = (mm: number, state: JobReport["state"] = "printing", key = "a"): JobReport => ({
	state,
	key,
	use: [{ tray: 0, usedLengthMm: mm }],
});
const ace = (density?: number): TrayReport =>
	trayAt(0, {
		kind: "ace",
		identity: known(
			{ ...spoolWith({ id: 10, usedG: 0, diameterMm: 1.75 }), ...(density === undefined ? {} : { density }) },
			"slot",
		),
	});

test("a length that the printer measured is counted by what the spool's filament weighs", () => {
	const sums = new Sums();
	const there = [ace(1.24)];
	for (const mm of [-1, Number.NaN, 1e12, 0, 0, 4_000, 9_000, -5, 9_000, 1e12])
		sums.job(measured(mm), undefined, there);
	for (let times = 0; times < 2; times++) sums.job(measured(10_000, "finished"), undefined, there);
	assert.ok(Math.abs((sums.grams[0] ?? 0) - 10 * GRAMS_PER_METRE) < 0.02, String(sums.grams));
});

test("a length that starts again, or goes on, with the next job is counted once", () => {
	for (const restarts of [true, false]) {
		const sums = new Sums();
		const there = [ace(1.24)];
		for (const mm of [0, 0, 5_000, 5_000]) sums.job(measured(mm), undefined, there);
		sums.job(measured(5_000, "finished"), undefined, there);
		sums.job(measured(5_000, "preparing", "b"), undefined, there);
		for (const mm of restarts ? [5_000, 0, 0, 2_000, 2_000] : [5_000, 5_000, 7_000, 7_000])
			sums.job(measured(mm, "printing", "b"), undefined, there);
		sums.job(measured(restarts ? 2_000 : 7_000, "finished", "b"), undefined, there);
		assert.ok(Math.abs((sums.grams[0] ?? 0) - 7 * GRAMS_PER_METRE) < 0.02, String(sums.grams));
	}
});

test("a length goes on after a restart where it was", () => {
	const sums = new Sums();
	const there = [ace(1.24)];
	for (const mm of [0, 0, 5_000, 5_000]) sums.job(measured(mm), undefined, there);
	sums.restart();
	sums.state = loseSight(sums.state);
	for (const mm of [8_000, 8_000]) sums.job(measured(mm), undefined, there);
	sums.job(measured(8_000, "finished"), undefined, there);
	assert.ok(Math.abs((sums.grams[0] ?? 0) - 8 * GRAMS_PER_METRE) < 0.02, String(sums.grams));
});

test("without a density nothing is counted, it is said, and made up for when it is known", () => {
	const sums = new Sums();
	for (const mm of [0, 0, 5_000]) sums.job(measured(mm), undefined, [ace()]);
	const { intents, noDensity } = sums.take({ job: measured(5_000), trays: [ace()] });
	assert.deepEqual([intents, noDensity], [[], [10]]);
	sums.job(measured(5_000, "finished"), undefined, [ace(1.24)]);
	assert.ok(Math.abs((sums.grams[0] ?? 0) - 5 * GRAMS_PER_METRE) < 0.02, String(sums.grams));
});

for (const isSaid of [false, true])
	for (const [what, plan, changes, expected] of [
		["of one filament", [{ tray: 0, grams: 100 }], 1, [51, 0, 49]],
		[
			"of two",
			[
				{ tray: 0, grams: 30 },
				{ tray: 1, grams: 70 },
			],
			3,
			[17, 70, 13],
		],
	] as const)
		test(`a job ${what} that goes on from another slot when a spool is empty is counted on both${isSaid ? ", also when the printer says it of the whole job" : ""}`, () => {
			const sums = new Sums();
			const three = [trayAt(0), trayAt(1), trayAt(2)];
			const emptied = [trayAt(0, { isThere: false }), trayAt(1), trayAt(2)];
			const moved = isSaid ? plan.map((one) => (one.tray === 0 ? { ...one, tray: 2 } : one)) : [...plan];
			sums.job({ state: "preparing", key: "a", use: plan }, undefined, three);
			for (let percent = 0; percent <= 50; percent++)
				sums.job(
					{ state: "printing", key: "a", use: plan, percent, active: percent % changes ? 1 : 0 },
					undefined,
					three,
				);
			// Its end is still on its way to the nozzle.
			for (const percent of [51, 51])
				sums.job({ state: "printing", key: "a", use: plan, percent, active: 0 }, undefined, emptied);
			for (let percent = 51; percent < 100; percent++)
				sums.job(
					{ state: "printing", key: "a", use: moved, percent, active: percent % changes ? 1 : 2 },
					undefined,
					emptied,
				);
			sums.job({ state: "finished", key: "a", use: moved, percent: 100 }, undefined, emptied);
			assert.deepEqual(
				[0, 1, 2].map((index) => Math.round(sums.grams[index] ?? 0)),
				expected,
			);
		});

test("which slot gives in place of another one is still known after a restart, and that it does no longer", () => {
	const one = [{ tray: 0, grams: 100 }];
	const three = [trayAt(0), trayAt(1), trayAt(2)];
	const sums = new Sums();
	const print = (percent: number, active: number): void =>
		sums.job({ state: "printing", key: "a", use: one, percent, active }, undefined, three);
	sums.job({ state: "preparing", key: "a", use: one }, undefined, three);
	for (let percent = 0; percent <= 30; percent++) print(percent, 0);
	for (let percent = 30; percent <= 60; percent++) print(percent, 2);
	assert.ok(Math.abs((jobGramsLeft(sums.state, 2) ?? 0) - 40) <= 1);
	sums.restart();
	for (let percent = 60; percent <= 70; percent++) print(percent, 2);
	for (let percent = 70; percent < 100; percent++) print(percent, 0);
	sums.job({ state: "finished", key: "a", use: one, percent: 100 }, undefined, three);
	assert.deepEqual(sums.rounded().map(Math.round), [60, 0, 40]);
});

test("of jobs without a key, one that is less far than the one before is another one, and nothing is mixed up", () => {
	const cube = [{ tray: 0, grams: 10 }];
	const vase = [{ tray: 0, grams: 200 }];
	for (const isPrepared of [false, true]) {
		const sums = new Sums();
		sums.job({ state: "preparing", use: cube, percent: 0 });
		for (let percent = 0; percent <= 95; percent++) sums.job({ state: "printing", use: cube, percent });
		// The printer is only looked at now and then.
		if (isPrepared) sums.job({ state: "preparing", use: vase, percent: 0 });
		for (let percent = 5; percent <= 12; percent++) sums.job({ state: "printing", use: vase, percent });
		sums.job({ state: "failed", use: vase, percent: 12 });
		// Of one whose preparation was heard, what came before its first percent is not counted.
		const expected = isPrepared ? 9.4 + 14 : 9.4 + 24;
		assert.ok(Math.abs((sums.grams[0] ?? 0) - expected) < 0.2, String(sums.grams));
	}
});

test("a job without a key that once says to be less far goes on", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", percent: 0 });
	for (const percent of [0, 0, 30, 30, 2, 30, 31, 31]) sums.job({ state: "printing", percent, active: 0 });
	sums.job({ state: "finished", percent: 100 });
	assert.deepEqual(sums.rounded(), [100, 100]);
});

test("what has finished is over: under the same key comes another job, though only its end is heard", () => {
	const sums = new Sums();
	sums.job({ state: "preparing", key: "a" });
	for (let percent = 0; percent < 100; percent += 10) sums.print(percent);
	sums.job({ state: "finished", key: "a", percent: 100 });
	sums.job({ state: "preparing", key: "a", percent: 0 });
	sums.state = loseSight(sums.state);
	for (const percent of [97, 97, 98]) sums.print(percent);
	sums.job({ state: "finished", key: "a", percent: 100 });
	assert.deepEqual(sums.rounded(), [200, 200]);
});

test("a length that is said once, or that no spool has, is not counted", () => {
	const spool = known(spoolWith({ id: 10, usedG: 0, density: 1.24, diameterMm: 1.75 }), "slot");
	for (const wrong of [1_000_000, 6_000_000]) {
		const sums = new Sums();
		const at = (usedLengthMm: number, state: "printing" | "finished" = "printing"): void =>
			sums.job({ state, key: "a", percent: 50, use: [{ tray: 0, usedLengthMm }] }, undefined, [
				trayAt(0, { identity: spool }),
			]);
		sums.job({ state: "preparing", key: "a", use: [{ tray: 0, usedLengthMm: 0 }] });
		for (const mm of [0, 0, 1000, 1000, wrong, 1000, wrong, 1000]) at(mm);
		if (wrong > 5_000_000) for (let times = 0; times < 3; times++) at(wrong);
		at(1000, "finished");
		assert.deepEqual(sums.rounded(), [2.98, 0]);
	}
});

test("a job that comes from another slot after a restart, without a word on which one, is not counted twice", () => {
	const sums = new Sums();
	const three = [trayAt(0), trayAt(1), trayAt(2)];
	sums.job({ state: "preparing", key: "a", use: [{ tray: 0, grams: 100 }] }, undefined, three);
	for (let percent = 0; percent <= 50; percent++)
		sums.job({ state: "printing", key: "a", percent, use: [{ tray: 0, grams: 100 }] }, undefined, three);
	sums.restart();
	for (let percent = 50; percent < 100; percent++)
		sums.job({ state: "printing", key: "a", percent, use: [{ tray: 2, grams: 100 }] }, undefined, three);
	sums.job({ state: "finished", key: "a", percent: 100, use: [{ tray: 2, grams: 100 }] }, undefined, three);
	const [first = 0, , third = 0] = sums.grams;
	assert.ok(Math.abs(first + third - 100) < 0.01 && Math.abs(first - 50) <= 5, String(sums.grams));
});

test("wherever in a job a spool is empty, all of it is counted once: never more than its slicer said", () => {
	let random = 20_261_121;
	const next = (below: number): number => {
		random = (random * 48_271) % 2_147_483_647;
		return random % below;
	};
	for (let round = 0; round < 300; round++) {
		const sums = new Sums();
		const full = [0, 1, 2, 3].map((tray) => trayAt(tray));
		const plan = Array.from({ length: 1 + next(3) }, (_, tray) => ({ tray, grams: 5 + next(200) }));
		const empty = next(plan.length);
		const emptied = full.map((one) => (one.tray === empty ? { ...one, isThere: false } : one));
		const moved = plan.map((one) => (one.tray === empty ? { ...one, tray: 3 } : one));
		const isMoved = next(2) === 0;
		const endsAt = 10 + next(80);
		sums.job({ state: "preparing", key: "a", use: plan, percent: 0 }, 60_000, full);
		let active = 0;
		for (let percent = 0; percent < 100; percent += next(3)) {
			const isOver = percent >= endsAt;
			if (next(3) === 0) active = next(plan.length);
			if (next(30) === 0) sums.restart();
			const use = isOver && isMoved ? moved : plan;
			const report = { state: "printing", key: "a", use, percent } as const;
			const nozzle = isOver && active === empty ? 3 : active;
			sums.job({ ...report, active: nozzle }, 60_000, isOver ? emptied : full);
		}
		const use = isMoved ? moved : plan;
		for (let times = 0; times < 2; times++)
			sums.job({ state: "finished", key: "a", use, percent: 100 }, 60_000, emptied);
		const whole = plan.reduce((sum, { grams }) => sum + grams, 0);
		const total = sums.grams.reduce((sum, grams) => sum + grams, 0);
		assert.ok(total <= whole + 0.05, `round ${round}: ${total} g of ${whole} g`);
	}
});
