// The tracker as a whole: printers at one side, Spoolman at the other, and everything that can go wrong between them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, settle, tagNumber, URL } from "./tracker-bench";

const A = "01P00A000000001";
const B = "01P00A000000002";
/** g of the whole job. */
const JOB = [
	{ tray: 0, grams: 30 },
	{ tray: 1, grams: 20.5 },
	{ tray: 2, grams: 41.25 },
	{ tray: 3, grams: 12 },
] as const;

/** Two tagged spools, one that a person has put there, and one that nobody knows. */
function world(changes: ConstructorParameters<typeof Bench>[0] = {}): Bench {
	const bench = new Bench(changes);
	bench.setUp(0, A, "2:3");
	bench.printers.add(A, [
		{ spoolUuid: tagNumber(1) },
		{ spoolUuid: tagNumber(2) },
		{},
		{ spoolUuid: tagNumber(9) },
	]);
	bench.spoolman.add(1, { tag: tagNumber(1) });
	bench.spoolman.add(2, { tag: tagNumber(2) });
	bench.spoolman.add(3);
	bench.spoolman.add(4);
	return bench;
}

async function print(
	bench: Bench,
	{ id = A, key = "job", from = 0, to = 100, stride = 2, at = (_percent: number): void => {} } = {},
): Promise<void> {
	if (from === 0) {
		bench.printers.job(id, { state: "preparing", key, percent: 0, filament: JOB });
		await bench.pass(10_000);
	}
	for (let percent = from; percent <= to; percent += stride) {
		at(percent);
		const { filament } = bench.printers.of(id);
		bench.printers.change(id, {
			filament: { ...filament, active: { unit: 0, slot: Math.floor(percent / 7) % 4 } },
		});
		bench.printers.job(id, { state: "printing", key, percent, filament: JOB });
		await bench.pass(stride * 10_000, 10_000);
	}
	if (to < 100) return;
	bench.printers.job(id, { state: "finished", key, percent: 100, filament: JOB });
	await bench.pass(60_000);
}

function isUsed(bench: Bench, expected: Record<number, number>): void {
	for (const [id, grams] of Object.entries(expected)) {
		const used = bench.spoolman.used(Number(id)) - 100;
		assert.ok(Math.abs(used - grams) < 0.05, `spool ${id}: ${used} g instead of ${grams} g`);
	}
}

const ALL = { 1: 30, 2: 20.5, 3: 41.25, 4: 0 };

test("after a print, Spoolman has what the job took of each spool, and the unknown one is offered", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	assert.deepEqual(
		tracker.state.slots.map(({ tray, status, by, spool }) => [tray, status, by, spool?.id]),
		[
			[0, "linked", "tag", 1],
			[1, "linked", "tag", 2],
			[2, "linked", "slot", 3],
			[3, "new_tag", undefined, undefined],
		],
	);
	await print(bench);
	isUsed(bench, ALL);
	assert.equal(tracker.state.waiting, undefined);
	assert.deepEqual(tracker.state.spoolman, { state: "ready", version: "0.26.1" });
	assert.equal(tracker.state.slots[0]?.spool?.remainingGrams, 870);
	await tracker.close();
});

test("Spoolman down for half of the print: the same weights, and meanwhile it is said what waits", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	let waited = 0;
	await print(bench, {
		at: (percent) => {
			bench.spoolman.isDown = percent >= 30 && percent < 80;
			waited = Math.max(waited, tracker.state.waiting?.grams ?? 0);
			if (percent === 78) {
				assert.equal(tracker.state.spoolman.state, "failed");
				assert.equal(tracker.state.spoolman.error, "unreachable");
			}
		},
	});
	await bench.pass(300_000);
	isUsed(bench, ALL);
	assert.ok(waited > 20, `${waited} g`);
	assert.equal(tracker.state.waiting, undefined);
	assert.ok(bench.eventTexts().includes("Spoolman lost"));
	assert.equal(bench.eventTexts()[0], "Spoolman reached");
	await tracker.close();
});

test("Spoolman was never reached until after the print: all of it is counted then", async () => {
	const bench = world();
	bench.spoolman.isDown = true;
	const tracker = bench.start();
	await bench.pass(20_000);
	assert.deepEqual([...new Set(tracker.state.slots.map(({ status }) => status))], ["unknown"]);
	await print(bench);
	bench.spoolman.isDown = false;
	await bench.pass(400_000);
	isUsed(bench, ALL);
	await tracker.close();
});

test("an answer that is lost is not counted twice", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	await print(bench, {
		at: (percent) => {
			bench.spoolman.losesAnswers = percent % 10 < 5;
		},
	});
	bench.spoolman.losesAnswers = false;
	await bench.pass(400_000);
	isUsed(bench, ALL);
	await tracker.close();
});

test("the power fails at any moment, fifty times: the same weights, never twice", async () => {
	let kills = 0;
	for (let seed = 1; seed <= 50; seed++) {
		let random = seed * 7919;
		const next = (below: number): number => {
			random = (random * 1103515245 + 12345) % 2147483648;
			return Math.floor((random / 2147483648) * below);
		};
		const bench = world();
		let left = 3 + next(60);
		const fate = (): void => {
			if (--left > 0) return;
			left = 5 + next(120);
			kills++;
			bench.kill();
		};
		bench.start(fate);
		const revive = (): void => {
			if (!bench.isAlive) bench.start(fate);
		};
		await print(bench, {
			stride: 4,
			at: () => {
				bench.spoolman.isDown = next(4) === 0;
				if (next(2) === 0) revive();
			},
		});
		bench.spoolman.isDown = false;
		left = Number.POSITIVE_INFINITY;
		revive();
		await bench.pass(700_000, 20_000);
		isUsed(bench, ALL);
		await bench.tracker.close();
	}
	assert.ok(kills >= 50, `${kills} times`);
});

test("a job is counted from its beginning though the power fails right after that", async () => {
	const bench = world();
	bench.start();
	await bench.pass(20_000);
	bench.printers.job(A, { state: "preparing", key: "job", percent: 0, filament: JOB });
	await bench.pass(100, 50);
	bench.kill();
	bench.start();
	await print(bench, { from: 40 });
	isUsed(bench, ALL);
	await bench.tracker.close();
});

test("without the address of a Spoolman nothing is asked of it, and the slots are still there", async () => {
	const bench = world({ "spoolman.url": "" });
	const tracker = bench.start();
	await print(bench, { to: 10 });
	assert.deepEqual(bench.spoolman.calls, []);
	assert.equal(tracker.state.spoolman.state, "not_set_up");
	assert.deepEqual(
		tracker.state.slots.map(({ status }) => status),
		["unknown", "unknown", "unknown", "unknown"],
	);
	for (const action of [
		{ action: "link", printerId: A, tray: 0, spoolId: 4 },
		{ action: "retry" },
	] as const) {
		const result = await tracker.act(action);
		assert.equal(!result.ok && result.code, "not_set_up");
	}
	const page = await tracker.list({ offset: 0, limit: 20 });
	assert.equal(!page.ok && page.code, "not_set_up");
	bench.settings.set({ "spoolman.url": URL });
	await bench.pass(10_000);
	assert.equal(tracker.state.slots[0]?.status, "linked");
	await tracker.close();
});

test("a spool that was deleted in Spoolman holds up nobody else, and it is said", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	await print(bench, {
		at: (percent) => {
			// While it gives.
			if (percent === 66) bench.spoolman.spools.delete(2);
		},
	});
	isUsed(bench, { 1: 30, 3: 41.25 });
	assert.equal(tracker.state.refused?.spoolId, 2);
	assert.match(tracker.state.refused?.message ?? "", /no such spool/);
	assert.equal(tracker.state.slots[1]?.status, "new_tag");
	assert.ok(bench.eventTexts().includes("Spoolman refuses the use of spool 2 (status 404)"));
	assert.deepEqual(await tracker.act({ action: "retry" }), { ok: true });
	assert.equal(tracker.state.refused, undefined);
	await tracker.close();
});

test("a write that Spoolman does not take is not tried again, and it is said", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.spoolman.refuses = 422;
	await print(bench, { to: 60 });
	const refused = bench.spoolman.calls.filter((call) => call.startsWith("setUsed")).length;
	assert.equal(tracker.state.spoolman.state, "ready");
	assert.equal(tracker.state.refused?.message, "Spoolman does not take that.");
	await bench.pass(60_000);
	assert.ok(
		refused > 0 && bench.spoolman.calls.filter((call) => call.startsWith("setUsed")).length <= refused + 3,
	);
	await tracker.close();
});

test("while storage refuses nothing is sent, and it is said; later all is", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.storage.isFull = true;
	await print(bench, { to: 50 });
	assert.ok(!bench.spoolman.calls.some((call) => call.startsWith("setUsed")));
	assert.equal(tracker.state.spoolman.error, "storage");
	assert.match(tracker.state.spoolman.help ?? "", /cannot store/);
	bench.storage.isFull = false;
	await print(bench, { from: 52 });
	isUsed(bench, ALL);
	assert.equal(tracker.state.spoolman.state, "ready");
	await tracker.close();
});

test("a spool that goes to another printer is counted there from then on", async () => {
	const bench = world();
	bench.setUp(1, B);
	bench.printers.add(B, [{ state: "empty" }, { state: "empty" }, { state: "empty" }, { state: "empty" }]);
	const tracker = bench.start();
	await bench.pass(20_000);
	await print(bench);
	// The first printer is switched off, and shows what it last knew.
	bench.printers.change(A, { link: "offline" });
	bench.printers.slot(B, 0, { spoolUuid: tagNumber(1) });
	await bench.pass(20_000);
	const places = tracker.state.slots.filter(({ spool }) => spool?.id === 1);
	assert.deepEqual(
		places.map(({ printerId, tray }) => [printerId, tray]),
		[[B, 0]],
	);
	await print(bench, { id: B, key: "other" });
	isUsed(bench, { ...ALL, 1: 60 });
	await tracker.close();
});

test("one spool in two slots of the settings is in the first one only", async () => {
	const bench = world();
	bench.setUp(1, B, "0:3,1:4");
	bench.printers.add(B, [{}, {}]);
	const tracker = bench.start();
	await bench.pass(20_000);
	assert.deepEqual(
		tracker.state.slots
			.filter(({ printerId }) => printerId === B)
			.map(({ status, spool }) => [status, spool?.id]),
		[
			["not_linked", undefined],
			["linked", 4],
		],
	);
	await tracker.close();
});

test("a spool is linked by its tag, and by the slot where it has none; each link can be undone", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	const act = async (action: Parameters<typeof tracker.act>[0]) => {
		const result = await tracker.act(action);
		await bench.pass(5_000);
		return result.ok ? "ok" : result.code;
	};
	assert.equal(await act({ action: "link", printerId: A, tray: 3, spoolId: 1 }), "in_use");
	assert.equal(await act({ action: "link", printerId: A, tray: 3, spoolId: 4 }), "ok");
	assert.equal(bench.spoolman.spools.get(4)?.tag, tagNumber(9));
	assert.equal(tracker.state.slots[3]?.spool?.id, 4);
	assert.equal(await act({ action: "unlink", printerId: A, tray: 3 }), "ok");
	assert.equal(bench.spoolman.spools.get(4)?.tag, undefined);
	assert.equal(tracker.state.slots[3]?.status, "new_tag");
	assert.equal(await act({ action: "unlink", printerId: A, tray: 3 }), "nothing_to_do");
	assert.equal(await act({ action: "unlink", printerId: A, tray: 2 }), "ok");
	assert.equal(bench.settings.get("printer0.spools"), "");
	assert.equal(tracker.state.slots[2]?.status, "not_linked");
	assert.equal(await act({ action: "create", printerId: A, tray: 2 }), "no_tag");
	assert.equal(await act({ action: "link", printerId: A, tray: 2, spoolId: 4 }), "ok");
	assert.equal(bench.settings.get("printer0.spools"), "2:4");
	assert.equal(tracker.state.slots[2]?.spool?.id, 4);
	assert.equal(await act({ action: "create", printerId: A, tray: 3 }), "ok");
	assert.equal(tracker.state.slots[3]?.spool?.id, 5);
	assert.equal(await act({ action: "link", printerId: A, tray: 7, spoolId: 4 }), "unknown_slot");
	assert.equal(await act({ action: "link", printerId: "nobody", tray: 0, spoolId: 4 }), "unknown_slot");
	assert.equal(await act({ action: "link", printerId: A, tray: 2, spoolId: 77 }), "not_found");
	bench.spoolman.add(6, { archived: true });
	assert.equal(await act({ action: "link", printerId: A, tray: 2, spoolId: 6 }), "archived");
	assert.equal(await act({ action: "discard" }), "nothing_to_do");
	assert.equal(await act({ action: "resync", printerId: A, tray: 0, by: "printer" }), "nothing_to_do");
	await tracker.close();
});

test("a spool that Spoolman stumbles over does not keep the others waiting", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.spoolman.breaksAt = 1;
	await print(bench);
	await bench.pass(3_600_000, 30_000);
	isUsed(bench, { 2: 20.5, 3: 41.25 });
	assert.deepEqual(tracker.state.waiting, { grams: 30, spools: 1 });
	bench.spoolman.breaksAt = undefined;
	await bench.pass(600_000, 30_000);
	isUsed(bench, ALL);
	await tracker.close();
});

test("what waits can be thrown away", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.spoolman.isDown = true;
	await print(bench, { to: 60 });
	// What was used is handed on by then.
	await bench.pass(300_000);
	assert.ok((tracker.state.waiting?.spools ?? 0) > 0);
	const before = [1, 2, 3].map((id) => bench.spoolman.used(id));
	assert.deepEqual(await tracker.act({ action: "discard" }), { ok: true });
	bench.kill();
	bench.spoolman.isDown = false;
	bench.start();
	await bench.pass(30_000);
	assert.deepEqual(
		[1, 2, 3].map((id) => bench.spoolman.used(id)),
		before,
	);
	await bench.tracker.close();
});

test("printer and Spoolman do not agree: it is said, and a person decides", async () => {
	for (const by of ["printer", "spoolman"] as const) {
		const bench = world({ "spools.source": "remain" });
		const { filament } = bench.printers.of(A);
		bench.printers.change(A, { filament: { ...filament, tracksRemaining: true } });
		bench.spoolman.add(1, { tag: tagNumber(1), usedG: 500 });
		const tracker = bench.start();
		bench.printers.slot(A, 0, { spoolUuid: tagNumber(1), remainPercent: 80, fullGrams: 1000 });
		await bench.pass(60_000);
		assert.equal(tracker.state.slots[0]?.printerPercent, 80);
		assert.equal(bench.spoolman.used(1), 500, "nothing is written by itself");
		assert.ok(bench.eventTexts().some((text) => text.startsWith("Spool 1: the printer says 80 %")));
		assert.deepEqual(await tracker.act({ action: "resync", printerId: A, tray: 0, by }), { ok: true });
		await bench.pass(60_000);
		assert.equal(tracker.state.slots[0]?.printerPercent, undefined);
		assert.equal(bench.spoolman.used(1), by === "printer" ? 200 : 500);
		await tracker.close();
	}
});

test("a spool that is low, and one that is not enough for the job, are pointed out", async () => {
	const bench = world();
	bench.spoolman.add(1, { tag: tagNumber(1), usedG: 960 });
	bench.spoolman.add(2, { tag: tagNumber(2), usedG: 985 });
	const tracker = bench.start();
	await print(bench, { to: 2 });
	assert.deepEqual(
		tracker.state.slots.map(({ warning }) => warning),
		["low", "not_enough", undefined, undefined],
	);
	bench.settings.set({ "spools.lowGrams": 0 });
	await bench.pass(5_000);
	assert.equal(tracker.state.slots[0]?.warning, undefined);
	await tracker.close();
});

test("Spoolman is told where a spool is, once when it gets there", async () => {
	const bench = world({ "spools.location": "{printer} {slot}" });
	const tracker = bench.start();
	await bench.pass(700_000);
	assert.equal(bench.spoolman.spools.get(2)?.location, `Printer ${A} A2`);
	assert.equal(bench.spoolman.calls.filter((call) => call === "setLocation 2").length, 1);
	bench.printers.slot(A, 1, { state: "empty" });
	await bench.pass(10_000);
	bench.printers.slot(A, 3, { spoolUuid: tagNumber(2) });
	await bench.pass(10_000);
	assert.equal(bench.spoolman.spools.get(2)?.location, `Printer ${A} A4`);
	await tracker.close();
});

test("weights that somebody corrects in Spoolman are seen within a minute while it matters", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.spoolman.add(1, { tag: tagNumber(1), usedG: 400 });
	for (let turn = 0; turn < 5; turn++) {
		await bench.pass(15_000);
		void tracker.state;
	}
	assert.equal(tracker.state.slots[0]?.spool?.remainingGrams, 600);
	const asked = bench.spoolman.calls.length;
	await bench.pass(540_000);
	assert.ok(
		bench.spoolman.calls.length - asked < 15,
		`${bench.spoolman.calls.length - asked} while nobody looks`,
	);
	await tracker.close();
});

test("Spoolman that is away is asked less and less often, but at once when a person wants it", async () => {
	const bench = world();
	bench.spoolman.isDown = true;
	const tracker = bench.start();
	await bench.pass(3_600_000, 30_000);
	const { length } = bench.spoolman.calls;
	assert.ok(length > 10 && length < 30, `${length} times in an hour`);
	bench.spoolman.isDown = false;
	assert.deepEqual(await tracker.act({ action: "retry" }), { ok: true });
	await settle();
	assert.equal(tracker.state.spoolman.state, "ready");
	await tracker.close();
	assert.equal(bench.clock.pendingTimers <= 1, true, "but for the settings' own");
});

test("after the end nothing is asked, and no listener is called", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	let calls = 0;
	tracker.onChange(() => void calls++);
	await Promise.all([tracker.close(), tracker.close()]);
	const asked = bench.spoolman.calls.length;
	await print(bench, { to: 5 });
	assert.deepEqual([bench.spoolman.calls.length, calls], [asked, 0]);
});

test("what a job took is waited for when it is known a little late, and for two minutes only", async () => {
	for (const afterMs of [60_000, 300_000, undefined]) {
		const bench = world();
		const { filament } = bench.printers.of(A);
		bench.printers.change(A, { filament: { ...filament, tracksRemaining: true } });
		bench.spoolman.add(1, { tag: tagNumber(1), usedG: 200 });
		const tracker = bench.start();
		const measured = (remainPercent: number): void =>
			bench.printers.slot(A, 0, { spoolUuid: tagNumber(1), remainPercent, fullGrams: 1000 });
		measured(80);
		await bench.pass(20_000);
		bench.printers.job(A, { state: "preparing", key: "short", percent: 0 });
		await bench.pass(10_000);
		for (let percent = 0; percent <= 100; percent += 10) {
			bench.printers.job(A, { state: "printing", key: "short", percent });
			await bench.pass(5_000);
		}
		measured(76);
		bench.printers.job(A, { state: "finished", key: "short", percent: 100 });
		await bench.pass(afterMs ?? 300_000);
		// After that time it is measured, and then it is not counted by its job as well.
		const isLate = afterMs !== 60_000;
		assert.equal(bench.spoolman.used(1), isLate ? 240 : 200, `${afterMs}`);
		if (afterMs !== undefined) bench.printers.job(A, { filament: JOB });
		await bench.pass(60_000);
		assert.equal(bench.spoolman.used(1), isLate ? 240 : 230, `${afterMs}`);
		assert.equal(bench.spoolman.used(2), afterMs === undefined ? 100 : 120.5, `${afterMs}`);
		await tracker.close();
	}
});

test("a factory reset forgets what waits", async () => {
	const bench = world();
	const tracker = bench.start();
	await bench.pass(20_000);
	bench.spoolman.isDown = true;
	await print(bench, { to: 40 });
	assert.equal(typeof bench.storage.get("spools", "waiting"), "string");
	await tracker.clear();
	await tracker.close();
	assert.equal(bench.storage.get("spools", "waiting"), undefined);
});
