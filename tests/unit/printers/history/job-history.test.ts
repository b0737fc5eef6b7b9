import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../../../modules/platform/storage";
import { JobHistory, MOST_JOBS } from "../../../../modules/printers/history/job-history";
import type { PrintersListener } from "../../../../modules/printers/printer-manager";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { benchPrinter, readRecording } from "../bambu/bench-printer";

const NOON_MS = Date.UTC(2026, 0, 1, 12);

/** Storage that can refuse, and that a test can damage. */
class FakeStorage implements Storage {
	readonly values = new Map<string, StoredValue>();
	readonly unreadable = new Set<string>();
	refuses = false;

	get(namespace: string, key: string): StoredValue | undefined {
		if (this.unreadable.has(key)) throw new PortError("storage", "test: unreadable");
		return this.values.get(`${namespace}/${key}`);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		if (this.refuses) throw new PortError("storage", "test: refused");
		for (const { namespace, key, value } of changes) {
			this.unreadable.delete(key);
			if (value === undefined) this.values.delete(`${namespace}/${key}`);
			else this.values.set(`${namespace}/${key}`, value);
		}
	}
}

class FakePrinters {
	states: PrinterState[] = [];
	#listeners: PrintersListener[] = [];

	onChange(listener: PrintersListener): () => void {
		this.#listeners.push(listener);
		return () => {
			this.#listeners = this.#listeners.filter((other) => other !== listener);
		};
	}

	change(patch: Partial<PrinterState>): void {
		const before = this.states[0];
		assert.ok(before);
		const state = { ...before, ...patch };
		this.states = [state];
		const changed = Object.keys(patch) as (keyof PrinterState)[];
		for (const listener of this.#listeners) listener({ type: "changed", state, changed });
	}
}

function bench({ storage = new FakeStorage(), knowsTime = true } = {}) {
	const clock = new ManualClock(knowsTime ? { wallTimeMs: NOON_MS } : {});
	const log = new MemoryLog();
	const printers = new FakePrinters();
	const { printer } = benchPrinter({ serial: "01P00A000000001" });
	printers.states = [{ ...printer.state, name: "Left", link: "online", job: { state: "idle" } }];
	const history = new JobHistory({ storage, clock, log });
	const stop = history.watch(printers);
	const print = async (name: string, minutes = 60): Promise<void> => {
		printers.change({ job: { state: "printing", name, layer: 1 } });
		clock.advance(minutes * 60_000);
		printers.change({ job: { state: "finished", name, layer: 240 } });
		clock.advance(5_000);
		await settle();
	};
	return { storage, clock, log, printers, history, stop, print };
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test("a job that has ended is kept, with how long it took, and is there after a restart", async () => {
	const { print, history, storage } = bench();
	await print("Benchy");
	const expected = [
		{
			printerId: "01P00A000000001",
			printerName: "Left",
			name: "Benchy",
			result: "finished",
			startedAt: "2026-01-01T12:00:00.000Z",
			endedAt: "2026-01-01T13:00:00.000Z",
			seconds: 3_600,
			layers: 240,
		},
	];
	assert.deepEqual(history.list(), expected);
	assert.deepEqual(bench({ storage }).history.list(), expected);
});

test("pauses count, and preparing is part of the job", async () => {
	const { printers, clock, history } = bench();
	for (const state of ["preparing", "printing", "paused", "printing"] as const) {
		printers.change({ job: { state, name: "Vase" } });
		clock.advance(60_000);
	}
	printers.change({ job: { state: "failed", name: "Vase" } });
	clock.advance(5_000);
	await settle();
	assert.deepEqual(
		history.list().map(({ result, seconds }) => [result, seconds]),
		[["failed", 240]],
	);
});

test("a job that somebody stopped is cancelled, also when the printer says so a moment after it failed", async () => {
	const { printers, clock, history } = bench();
	printers.change({ job: { state: "printing", name: "a" } });
	printers.change({ job: { state: "failed", name: "a" } });
	clock.advance(2_000);
	printers.change({ job: { state: "failed", name: "a", cancelled: true } });
	clock.advance(3_000);
	printers.change({ job: { state: "printing", name: "b" } });
	printers.change({ job: { state: "idle" } });
	clock.advance(0);
	await settle();
	assert.deepEqual(
		history.list().map(({ name, result }) => [name, result]),
		[
			["b", "cancelled"],
			["a", "cancelled"],
		],
	);
});

test("what it was printed with is each slot that was active, with what is gone from its spool", async () => {
	const { printers, clock, history } = bench();
	const filament = (
		remain: number,
		active: PrinterState["filament"]["active"],
	): PrinterState["filament"] => ({
		units: [
			{
				id: 0,
				kind: "ams",
				slots: [
					{ id: 0, state: "loaded", material: "PLA", color: "FF0000FF", remainPercent: remain },
					{ id: 1, state: "loaded", material: "PETG", color: "00FF00FF" },
					{ id: 2, state: "loaded", material: "never used" },
				],
			},
			{ id: 128, kind: "ams_ht", slots: [{ id: 0, state: "loaded", material: "PA" }] },
		],
		external: [{ id: 254, state: "loaded", material: "TPU" }],
		...(active !== undefined && { active }),
	});
	printers.change({ job: { state: "printing", name: "a" }, filament: filament(80, { unit: 0, slot: 0 }) });
	printers.change({ filament: filament(79, { unit: 0, slot: 1 }) });
	printers.change({ filament: filament(79, { unit: 128, slot: 0 }) });
	printers.change({ filament: filament(79, "external") });
	printers.change({ filament: filament(75, { unit: 0, slot: 0 }) });
	printers.change({ job: { state: "finished", name: "a" }, filament: filament(74, undefined) });
	clock.advance(0);
	await settle();
	assert.deepEqual(history.list()[0]?.filament, [
		{ slot: "A1", material: "PLA", color: "FF0000FF", percent: 6 },
		{ slot: "A2", material: "PETG", color: "00FF00FF" },
		{ slot: "HT-A", material: "PA" },
		{ slot: "external", material: "TPU" },
	]);
});

test("what was not seen is not told: a job that ran at the start, a link that was lost, a device without a clock", async () => {
	const running = bench();
	running.printers.states = running.printers.states.map((state) => ({
		...state,
		job: { state: "printing", name: "a" },
	}));
	const { history, printers, clock } = running;
	const fresh = new JobHistory({ storage: running.storage, clock, log: running.log });
	running.stop();
	fresh.watch(printers);
	clock.advance(60_000);
	printers.change({ job: { state: "finished", name: "a" } });
	clock.advance(0);
	await settle();
	assert.deepEqual(
		[history.list()[0]?.seconds, history.list()[0]?.endedAt],
		[undefined, "2026-01-01T12:01:00.000Z"],
	);

	const lost = bench();
	lost.printers.change({ job: { state: "printing", name: "a" } });
	lost.printers.change({ link: "offline" });
	lost.clock.advance(10 * 60_000);
	lost.printers.change({ link: "online", job: { state: "finished", name: "a" } });
	lost.clock.advance(0);
	await settle();
	const [job] = lost.history.list();
	assert.deepEqual([job?.result, job?.seconds, job?.endedAt], ["finished", undefined, undefined]);

	const timeless = bench({ knowsTime: false });
	await timeless.print("a");
	assert.deepEqual(
		[timeless.history.list()[0]?.seconds, timeless.history.list()[0]?.endedAt],
		[3_600, undefined],
	);
});

test("a link that is lost for a moment, as by a printer that drops everybody, cuts no job in two", async () => {
	const { printers, clock, history } = bench();
	printers.change({ job: { state: "printing", name: "a" } });
	for (let minute = 0; minute < 60; minute++) {
		printers.change({ link: "offline" });
		printers.change({ link: "connecting" });
		clock.advance(60_000);
		printers.change({ link: "online" });
	}
	printers.change({ job: { state: "finished", name: "a" } });
	clock.advance(0);
	await settle();
	assert.deepEqual(
		history.list().map(({ seconds }) => seconds),
		[3_600],
	);
});

test("a job that gets its name while it is prepared is one; another name after a lost link is another job", async () => {
	const { printers, clock, history } = bench();
	printers.change({ job: { state: "preparing" } });
	printers.change({ job: { state: "preparing", name: "plate_1" } });
	printers.change({ job: { state: "printing", name: "Benchy" } });
	clock.advance(60_000);
	printers.change({ job: { state: "finished", name: "Benchy" } });
	clock.advance(0);
	printers.change({ job: { state: "printing", name: "lost" } });
	printers.change({ link: "offline" });
	clock.advance(60_000);
	printers.change({ link: "online", job: { state: "printing", name: "other" } });
	clock.advance(60_000);
	printers.change({ job: { state: "finished", name: "other" } });
	clock.advance(0);
	await settle();
	assert.deepEqual(
		history.list().map(({ name, seconds }) => [name, seconds]),
		[
			["other", undefined],
			["Benchy", 60],
		],
	);
});

test("a recorded print is one finished job, with its name, time and filament", async () => {
	const { printer, clock, deliver } = benchPrinter({ serial: "03900A000000001" });
	const history = new JobHistory({ storage: new FakeStorage(), clock, log: new MemoryLog() });
	history.watch({
		get states() {
			return [printer.state];
		},
		onChange: (listener) =>
			printer.onChange((state, changed) => listener({ type: "changed", state, changed })),
	});
	let at = 0;
	for (const { t, report } of readRecording("a1-print")) {
		clock.advance((t - at) * 1_000);
		at = t;
		deliver(report);
	}
	clock.advance(5_000);
	await settle();
	assert.equal(history.list().length, 1);
	const [job] = history.list();
	assert.equal(job?.result, "finished");
	assert.ok((job?.seconds ?? 0) > 300 && (job?.seconds ?? 0) <= at, `${job?.seconds} s of ${at} s`);
	assert.ok(job?.name);
	assert.ok((job?.layers ?? 0) > 0);
	assert.ok((job?.filament?.length ?? 0) > 0, "the slot that was active");
});

test("a printer that finished long ago, and one that is idle for days, has no job for that", async () => {
	const { printers, clock, history, print } = bench();
	printers.change({ job: { state: "finished", name: "old" } });
	clock.advance(3 * 24 * 3_600_000);
	await print("new", 10);
	assert.deepEqual(
		history.list().map(({ name, seconds }) => [name, seconds]),
		[["new", 600]],
	);
});

test("the last fifty are kept, the newest first, over restarts", async () => {
	const { print, storage, history } = bench();
	for (let index = 0; index < 30; index++) await print(`job ${index}`, 1);
	const later = bench({ storage });
	for (let index = 30; index < 75; index++) await later.print(`job ${index}`, 1);
	const names = later.history.list().map(({ name }) => name);
	assert.deepEqual(
		names,
		Array.from({ length: MOST_JOBS }, (_, age) => `job ${74 - age}`),
	);
	assert.equal(storage.values.size, MOST_JOBS);
	for (const [key, value] of storage.values) {
		assert.ok(key.length <= "jobs/".length + 15);
		assert.ok(String(value).length <= 127);
	}
	await history.clear();
	assert.equal(storage.values.size, 0);
	assert.deepEqual(later.history.list(), []);
});

test("storage that refuses costs the job and is said; nothing else happens", async () => {
	const { print, storage, history, log } = bench();
	storage.refuses = true;
	await print("lost");
	assert.match(log.texts("warn").join(), /not stored: test: refused/);
	await assert.rejects(history.clear(), (error) => error instanceof PortError);
	storage.refuses = false;
	await print("kept");
	assert.deepEqual(
		history.list().map(({ name }) => name),
		["kept"],
	);
});

test("jobs that have just ended are kept when the watch ends", async () => {
	const { printers, history, stop, clock } = bench();
	printers.change({ job: { state: "printing", name: "a" } });
	printers.change({ job: { state: "failed", name: "a" } });
	stop();
	await history.close();
	assert.equal(history.list()[0]?.result, "failed");
	assert.equal(clock.pendingTimers, 0);
});

test("whatever is stored, the jobs that are whole are told in their order, and the next one comes first", async () => {
	const value = fc.oneof(fc.string({ maxLength: 150 }), fc.integer(), fc.boolean());
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.nat(MOST_JOBS - 1), fc.oneof(value, fc.constant("unreadable")))),
			async (damages) => {
				const storage = new FakeStorage();
				const before = bench({ storage });
				for (let index = 0; index < 5; index++) await before.print(`job ${index}`, 1);
				for (const [place, damage] of damages) {
					if (damage === "unreadable") storage.unreadable.add(`job${place}`);
					else storage.values.set(`jobs/job${place}`, damage);
				}
				const after = bench({ storage });
				const whole = after.history.list().map(({ name }) => name);
				assert.deepEqual(whole, [...whole].sort().reverse());
				await after.print("next", 1);
				assert.equal(after.history.list()[0]?.name, "next");
			},
		),
		{ numRuns: 100 },
	);
});
