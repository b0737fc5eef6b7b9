// How much filament a job has taken, and of which spool.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type BenchReport, benchReport } from "./bench-report";

const KOBRA_2 = "20022";
const S1 = "20025";
const KOBRA_X = "20030";

function use(
	bench: BenchReport,
	supplies_usage: unknown,
	{ taskid = "1", state = "printing", ...more }: Record<string, unknown> = {},
): string {
	bench.tell("print", {
		action: "start",
		state,
		data: { taskid, filename: "a.gcode", progress: 10, supplies_usage, ...more },
	});
	return used(bench);
}

/** "tray:mm, tray:mm" */
function used({ state }: BenchReport): string {
	return (state.job.filament ?? []).map(({ tray, usedLengthMm }) => `${tray}:${usedLengthMm}`).join(", ");
}

function load(bench: BenchReport, slot: number, id = 0, action = "autoUpdateInfo"): void {
	bench.tell("multiColorBox", { action, data: { id, loaded_slot: slot } });
}

function withBox(modelId = S1, id = 0): BenchReport {
	const bench = benchReport(modelId);
	bench.tell("status", { state: "free" });
	bench.tell("multiColorBox", {
		action: "getInfo",
		state: "success",
		data: { multi_color_box: [{ id, loaded_slot: -1, slots: [] }] },
	});
	return bench;
}

test("a Kobra 2 has one spool, and all that its job takes is taken of it", () => {
	const bench = benchReport(KOBRA_2);
	assert.equal(use(bench, undefined, { state: "preheating" }), "");
	assert.equal(use(bench, 0), "254:0");
	assert.equal(use(bench, 5557), "254:5557");
	assert.equal(use(bench, 5633.25), "254:5633.3");
	assert.equal(use(bench, 6530, { state: "finished" }), "254:6530");
});

test("a new job begins at nothing", () => {
	const bench = benchReport(KOBRA_2);
	use(bench, 5000);
	assert.equal(use(bench, 20, { taskid: "2" }), "254:20");
	assert.equal(use(bench, 20, { taskid: "-1", filename: "b.gcode" }), "254:20");
	assert.equal(use(bench, 35, { taskid: "-1", filename: "b.gcode" }), "254:35");
	assert.equal(use(bench, 35, { taskid: "-1", filename: "b.gcode", state: "finished" }), "254:35");
	assert.equal(use(bench, 3, { taskid: "-1", filename: "b.gcode" }), "254:3", "the same file once more");
});

test("a job without a number is told from the one before it by its file, and by its first step", () => {
	const renamed = benchReport(KOBRA_2);
	use(renamed, 5000, { taskid: "-1" });
	assert.equal(use(renamed, 20, { taskid: "-1", filename: "b.gcode" }), "254:20");
	const again = benchReport(KOBRA_2);
	use(again, 5000, { taskid: "-1" });
	assert.equal(use(again, undefined, { taskid: "-1", state: "checking" }), "");
	assert.equal(use(again, 20, { taskid: "-1" }), "254:20");
});

test("what the last job used is not taken for the next one's while that is prepared", () => {
	const bench = benchReport(KOBRA_2);
	use(bench, 5000, { state: "finished" });
	for (const state of ["checking", "auto_leveling", "preheating"])
		assert.equal(use(bench, 5000, { taskid: "2", state }), "", state);
	assert.equal(use(bench, 7, { taskid: "2" }), "254:7");
});

test("negative, absent and absurd lengths count for nothing", () => {
	const bench = benchReport(KOBRA_2);
	use(bench, 100);
	for (const mm of [-1, null, undefined, "many", 1e12, [5]])
		assert.equal(use(bench, mm), "254:100", String(mm));
	assert.equal(use(bench, "140"), "254:140", "written as a text");
});

test("a printer that corrects itself downwards is not charged twice", () => {
	const bench = benchReport(KOBRA_2);
	use(bench, 3000);
	use(bench, 2900);
	assert.equal(use(bench, 3000), "254:3000");
	assert.equal(use(bench, 3010), "254:3010");
	const small = benchReport(KOBRA_2);
	for (const mm of [900, 10, 900]) assert.equal(use(small, mm), "254:900");
});

test("a printer that begins to count anew in the middle of a job goes on from there", () => {
	const bench = benchReport(KOBRA_2);
	use(bench, 3000);
	assert.equal(use(bench, 0), "254:3000");
	assert.equal(use(bench, 250), "254:3250");
});

test("each slot is charged what was taken while it was loaded", () => {
	const bench = withBox();
	use(bench, undefined, { state: "preheating" });
	load(bench, 0);
	use(bench, 100);
	load(bench, 2);
	assert.equal(use(bench, 160), "0:100, 2:60");
	load(bench, 0);
	assert.equal(use(bench, 170, { state: "finished" }), "0:110, 2:60");
});

test("while slots are changed, the one before is charged; without any, the spool outside", () => {
	const bench = withBox();
	use(bench, undefined, { state: "preheating" });
	assert.equal(use(bench, 40), "254:40");
	load(bench, 1);
	use(bench, 50);
	load(bench, -1);
	assert.equal(use(bench, 55), "1:15, 254:40");
});

test("trays are numbered over all boxes, also over the one inside a Kobra X", () => {
	const second = withBox(S1, 1);
	load(second, 3, 1);
	assert.equal(use(second, 10), "7:10");
	const inside = withBox(KOBRA_X, -1);
	load(inside, 2, -1);
	assert.equal(use(inside, 10), "2:10");
	assert.deepEqual(inside.state.filament.active, { unit: 0, slot: 2 });
});

test("as long as it is not known whether there are boxes, nothing is charged to anybody", () => {
	const bench = benchReport(S1);
	use(bench, undefined, { state: "preheating" });
	assert.equal(use(bench, 30), "");
	bench.tell("peripherie", { data: { multiColorBox: 0 } });
	assert.equal(use(bench, 40), "254:40");
});

test("of a job with boxes that was met under way, only what follows is charged", () => {
	const bench = benchReport(S1);
	bench.tell("multiColorBox", {
		action: "getInfo",
		state: "success",
		data: { multi_color_box: [{ id: 0, loaded_slot: 1, slots: [] }] },
	});
	assert.equal(use(bench, 5000), "1:0");
	assert.equal(use(bench, 5020), "1:20");
	const alone = benchReport(KOBRA_2);
	assert.equal(use(alone, 5000), "254:5000", "one spool alone has given all of it");
});

test("of a job with boxes that was met while it was prepared, all is charged", () => {
	for (const [percent, shown] of [
		[0, "1:100"],
		[50, "1:0"],
	] as const) {
		const bench = benchReport(S1);
		use(bench, undefined, { state: "preheating", progress: percent });
		bench.tell("multiColorBox", {
			action: "getInfo",
			data: { multi_color_box: [{ id: 0, loaded_slot: 1 }] },
		});
		assert.equal(use(bench, 100), shown, `at ${percent} %, since one that goes on heats once more`);
	}
});

test("after a break in a job with boxes the same job goes on where it was", () => {
	const bench = withBox();
	use(bench, undefined, { state: "preheating" });
	load(bench, 0);
	use(bench, 100);
	bench.loseSight();
	assert.equal(use(bench, 130), "0:130");
});

test("whatever lengths come, no slot's falls within a job, and none is more than was ever said", () => {
	const step = fc.record({
		mm: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(-5, Number.NaN, null, "7")),
		slot: fc.integer({ min: -1, max: 3 }),
	});
	fc.assert(
		fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
			const bench = withBox();
			use(bench, undefined, { state: "preheating" });
			let rises = 0;
			let last = 0;
			let before = new Map<number, number>();
			for (const { mm, slot } of steps) {
				load(bench, slot);
				use(bench, mm);
				const length = Number(mm ?? Number.NaN);
				if (length >= 0) {
					rises += Math.max(0, length - last);
					last = length;
				}
				const now = new Map((bench.state.job.filament ?? []).map((f) => [f.tray, f.usedLengthMm ?? -1]));
				let sum = 0;
				for (const [tray, value] of now) {
					assert.ok(value >= (before.get(tray) ?? 0), "it does not fall");
					sum += value;
				}
				assert.ok(sum <= rises + 1e-6, `${sum} of ${rises}`);
				before = now;
			}
		}),
		{ seed: 8, numRuns: 200 },
	);
});
