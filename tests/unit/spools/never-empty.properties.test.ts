import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { begin, end, nextSpool, outcome, type Sending } from "../../../modules/spools/outbox";
import { leftOn, type Spool } from "../../../modules/spools/spool";
import { readStored, writeStored } from "../../../modules/spools/stored";
import {
	beginUsage,
	DEFAULT_USAGE_OPTIONS,
	takeReport,
	type UsageReport,
} from "../../../modules/spools/usage";
import { known, NO_TAG, OTHER_TAG, spoolWith, TAG } from "./fixtures";

/**
 * What happens to a write: answered, lost on the way there, lost on the way back, the device stops before or after it;
 * or it arrives only after others that are sent later.
 */
const FATES = ["answered", "lost", "unanswered", "stopped before", "stopped after"] as const;
type Fate = (typeof FATES)[number] | "late";
const fate = fc.constantFrom(...FATES);
const anyFate = fc.constantFrom<Fate>(...FATES, "late", "late");

/** Spoolman and the device: what is stored, sent, and known after a restart. */
class World {
	readonly spools: Spool[];
	text = "";
	usage = beginUsage();
	/** What is still on its way. */
	private readonly late: Sending[] = [];

	constructor(spools: Spool[]) {
		this.spools = spools;
	}

	take(report: UsageReport, options = DEFAULT_USAGE_OPTIONS): void {
		const { state, outbox } = takeReport(this.usage, report, options, readStored(this.text).outbox);
		this.usage = state;
		this.text = writeStored({ outbox, progress: new Map([["p", state.progress]]) });
	}

	restart(): void {
		this.usage = beginUsage(readStored(this.text).progress.get("p"));
	}

	send(what: Fate): void {
		const stored = readStored(this.text);
		const id = nextSpool(stored.outbox);
		const asked = this.spools.find((spool) => spool.id === (stored.outbox.sending?.spoolId ?? id));
		if (!asked) return;
		let { outbox } = stored;
		if (outbox.sending) {
			if (outcome(outbox.sending, asked) !== "repeat") outbox = end(outbox);
		} else outbox = begin(outbox, asked).outbox;
		this.text = writeStored({ ...stored, outbox });
		const { sending } = outbox;
		if (sending && what === "late") this.late.push(sending);
		else if (sending && what !== "lost" && what !== "stopped before") this.arrive(sending);
		if (what === "answered") this.text = writeStored({ ...stored, outbox: end(outbox) });
		if (what.startsWith("stopped")) this.restart();
	}

	/** Something that was sent long ago. */
	arriveLate(which: number): void {
		const [sending] = this.late.splice(which % Math.max(1, this.late.length), 1);
		if (sending) this.arrive(sending);
	}

	/** Somebody else writes; never the last of a spool. */
	takeElsewhere(spool: Spool, grams: number): number {
		const taken = Math.max(0, Math.min(grams, (leftOn(spool) ?? grams) - 6));
		spool.usedG += taken;
		return taken;
	}

	private arrive({ spoolId, afterG }: Sending): void {
		const spool = this.spools.find(({ id }) => id === spoolId);
		if (!spool) return;
		spool.usedG = afterG;
		const left = leftOn(spool);
		assert.ok(left === undefined || left > 0, `spool ${spool.id} has ${left} g`);
	}
}

test("no sequence of reports, lost answers and restarts ever makes a spool empty that is not", () => {
	const tray = fc.record({
		kind: fc.constantFrom("ams", "ams_lite", "ams_2_pro", "ams_ht", "external", "ace"),
		isThere: fc.constantFrom(true, true, true, false),
		isReading: fc.constantFrom(false, false, false, true),
		uuid: fc.constantFrom(TAG, OTHER_TAG, NO_TAG),
		remain: fc.constantFrom(-1, 0, 0, 1, 2, 3, 4, 50, 99, 100, 255, 0.5),
		trayWeightG: fc.constantFrom(0, 250, 1000),
		spool: fc.nat(2),
		by: fc.constantFrom("tag", "slot"),
	});
	const report = fc.record({
		tracksRemaining: fc.boolean(),
		state: fc.constantFrom("idle", "preparing", "printing", "paused", "finished", "failed", "unknown"),
		key: fc.constantFrom("a", "b"),
		percent: fc.integer({ min: -1, max: 101 }),
		grams: fc.constantFrom(0, 30, 400, 5000),
		trays: fc.array(tray, { minLength: 1, maxLength: 2 }),
		times: fc.integer({ min: 1, max: 4 }),
		fates: fc.array(anyFate, { maxLength: 3 }),
		late: fc.nat(9),
		elsewhere: fc.constantFrom(0, 0, 0, 3, 40),
		active: fc.constantFrom(undefined, 0, 1, 2, -1),
		lengthMm: fc.constantFrom(undefined, undefined, -1, Number.NaN, 0, 900, 40_000, 1e9),
	});
	let writes = 0;
	const property = fc.property(
		fc.array(report, { maxLength: 25 }),
		fc.constantFrom("remain", "usage"),
		fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 2, maxLength: 2 }),
		(reports, prefer, [first = 0, second = 0]) => {
			const spools = [
				spoolWith({ id: 1, tag: TAG, usedG: first, density: 1.24, diameterMm: 1.75 }),
				spoolWith({ id: 2, usedG: second, density: 1.24, diameterMm: 1.75 }),
			];
			const before = spools.map(({ usedG }) => usedG);
			const world = new World(spools);
			let nowMs = 0;
			for (const { times, fates, trays, late, elsewhere, lengthMm, ...said } of reports) {
				for (let time = 0; time < times; time++) {
					nowMs += 100_000;
					world.take(
						{
							nowMs,
							tracksRemaining: said.tracksRemaining,
							job: {
								state: said.state,
								key: said.key,
								percent: said.percent,
								...(said.active === undefined ? {} : { active: said.active }),
								use: [0, 1].map((slot) =>
									lengthMm === undefined
										? { tray: slot, grams: said.grams }
										: { tray: slot, usedLengthMm: lengthMm },
								),
							},
							trays: trays.map(({ spool: number, by, ...rest }, index) => {
								const spool = spools[number];
								const identity = spool
									? known({ ...spool }, by)
									: ({ kind: "none", reason: "not_mapped" } as const);
								return { ...rest, tray: index, identity };
							}),
						},
						{ ...DEFAULT_USAGE_OPTIONS, prefer },
					);
				}
				for (const one of fates) world.send(one);
				if (late % 3 === 0) world.arriveLate(late);
				for (const spool of spools) world.takeElsewhere(spool, elsewhere);
			}
			for (const [index, { usedG }] of spools.entries()) {
				assert.ok(usedG >= (before[index] ?? 0));
				if (usedG > (before[index] ?? 0)) writes++;
			}
		},
	);
	fc.assert(property, { numRuns: 400, seed: 7 });
	assert.ok(writes > 50, `only ${writes} spools were written`);
});

const reportOf = (
	spool: Spool,
	grams: number,
	state: "preparing" | "printing" | "finished",
	percent: number,
	nowMs: number,
): UsageReport => ({
	nowMs,
	job: { state, key: "a", percent, use: [{ tray: 0, grams }] },
	trays: [{ tray: 0, kind: "ams", isThere: true, isReading: false, identity: known({ ...spool }, "slot") }],
});

test("a job is counted once and wholly, wherever the device stops and whatever is lost on the way", () => {
	const property = fc.property(
		fc.array(fate, { minLength: 60, maxLength: 60 }),
		fc.integer({ min: 5, max: 700 }),
		(fates, grams) => {
			const spool = spoolWith({ usedG: 100 });
			const world = new World([spool]);
			world.take(reportOf(spool, grams, "preparing", 0, 0));
			for (const [index, one] of fates.entries()) {
				world.take(reportOf(spool, grams, "printing", index, index * 200_000));
				world.send(one);
			}
			world.take(reportOf(spool, grams, "finished", 100, 1e9));
			for (let times = 0; times < 4; times++) world.send("answered");
			assert.ok(Math.abs(spool.usedG - 100 - grams) < 0.2, `${spool.usedG - 100} g of ${grams} g`);
		},
	);
	fc.assert(property, { numRuns: 200, seed: 11 });
});

test("nothing is ever counted twice, also when writes arrive late and others write to the same spool", () => {
	let late = 0;
	const property = fc.property(
		fc.array(fc.record({ what: anyFate, which: fc.nat(5), elsewhere: fc.constantFrom(0, 0, 0, 0, 7.5) }), {
			minLength: 60,
			maxLength: 60,
		}),
		fc.integer({ min: 5, max: 700 }),
		(steps, grams) => {
			const spool = spoolWith({ usedG: 100 });
			const world = new World([spool]);
			let others = 0;
			const check = (percent: number): void => {
				const most = 100 + others + (grams * percent) / 100 + 0.2;
				assert.ok(spool.usedG <= most, `${spool.usedG} g are used, it was ${most} g`);
			};
			world.take(reportOf(spool, grams, "preparing", 0, 0));
			for (const [index, { what, which, elsewhere }] of steps.entries()) {
				world.take(reportOf(spool, grams, "printing", index, index * 200_000));
				world.send(what);
				if (what === "late") late++;
				check(index);
				if (which < 2) world.arriveLate(which);
				check(index);
				others += world.takeElsewhere(spool, elsewhere);
			}
			world.take(reportOf(spool, grams, "finished", 100, 1e9));
			for (let times = 0; times < 6; times++) world.send("answered");
			for (let times = 0; times < 60; times++) world.arriveLate(0);
			check(100);
		},
	);
	fc.assert(property, { numRuns: 300, seed: 13 });
	assert.ok(late > 1_000);
});
