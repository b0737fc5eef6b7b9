import assert from "node:assert/strict";
import { test } from "node:test";
import { FaultStore } from "../../../modules/breath/fault-store";
import { FAULT_CODES } from "../../../modules/breath/fault-words";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

/** Holds one value, counts what is written, and fails when it is told to. */
class OneValue implements Storage {
	value: StoredValue | undefined;
	readonly writes: (StoredValue | undefined)[] = [];
	unreadable = false;
	/** Of everything, or of one value. */
	full: boolean | StoredValue = false;
	/** What a write waits for before it counts. */
	gate: Promise<void> | undefined;

	get(namespace: string, key: string): StoredValue | undefined {
		assert.deepEqual([namespace, key], ["panda_breath", "fault"]);
		if (this.unreadable) throw new Error("worn out");
		return this.value;
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		const [change] = changes;
		assert.deepEqual([changes.length, change?.namespace, change?.key], [1, "panda_breath", "fault"]);
		this.writes.push(change?.value);
		await this.gate;
		if (this.full === true || (this.full !== false && this.full === change?.value)) throw new Error("full");
		this.value = change?.value;
	}
}

function open() {
	const storage = new OneValue();
	const clock = new ManualClock();
	const log = new MemoryLog();
	return { storage, clock, log, store: new FaultStore({ storage, clock, log }) };
}

/** Lets everything happen that only waits for promises. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await undefined;
}

test("every fault that is kept is there after a restart, and none is when none was", async () => {
	for (const code of FAULT_CODES) {
		const { storage, clock, log, store } = open();
		assert.equal(store.load(), undefined);
		store.keep(code);
		await settle();
		assert.equal(new FaultStore({ storage, clock, log }).load(), code);
		assert.deepEqual(log.lines, []);
	}
});

test("what cannot be read, or is no fault, counts as a fault, and the log says so", () => {
	for (const value of ["", "nonsense", "constructor", 7, true]) {
		const { storage, log, store } = open();
		storage.value = value;
		assert.equal(store.load(), "storage_unreadable");
		assert.deepEqual(log.texts(), ["what is stored as the heater's fault is none"]);
	}
	const { storage, log, store } = open();
	storage.unreadable = true;
	assert.equal(store.load(), "storage_unreadable");
	assert.deepEqual(log.texts("error"), ["whether the heater had a fault cannot be read: Error: worn out"]);
});

test("a write that fails is tried again every two seconds until it is done, and not after", async () => {
	const { storage, clock, log, store } = open();
	storage.full = true;
	store.keep("no_mains");
	await settle();
	assert.equal(storage.writes.length, 1);
	assert.deepEqual(log.texts("error"), ["the heater's fault no_mains cannot be stored: Error: full"]);
	clock.advance(1_999);
	await settle();
	assert.equal(storage.writes.length, 1);
	clock.advance(1);
	await settle();
	assert.equal(storage.writes.length, 2);
	storage.full = false;
	clock.advance(2_000);
	await settle();
	assert.equal(storage.value, "no_mains");
	clock.advance(60_000);
	await settle();
	assert.equal(storage.writes.length, 3);
	assert.equal(clock.pendingTimers, 0);
});

test("clearing is done when it is stored, and a fault that was still to be stored is not written any more", async () => {
	const { storage, clock, store } = open();
	storage.full = true;
	store.keep("no_mains");
	await settle();
	storage.full = false;
	assert.equal(await store.clear(), true);
	clock.advance(60_000);
	await settle();
	assert.deepEqual(storage.writes, ["no_mains", undefined]);
	assert.equal(store.load(), undefined);
});

test("clearing that cannot be stored says so, and the log too", async () => {
	const { storage, log, store } = open();
	store.keep("sensors_swapped");
	await settle();
	storage.full = true;
	assert.equal(await store.clear(), false);
	assert.equal(store.load(), "sensors_swapped");
	assert.deepEqual(log.texts("error"), ["that the heater's fault is cleared cannot be stored: Error: full"]);
});

test("of a fault and a clearing at the same time, the later one is what is stored in the end", async () => {
	const { storage, store } = open();
	let openGate = () => {};
	storage.gate = new Promise((resolve) => {
		openGate = resolve;
	});
	store.keep("no_mains");
	const cleared = store.clear();
	store.keep("control_failed");
	await settle();
	assert.deepEqual(storage.writes, ["no_mains"]);
	openGate();
	assert.equal(await cleared, true);
	await settle();
	assert.deepEqual(storage.writes, ["no_mains", undefined, "control_failed"]);
	assert.equal(store.load(), "control_failed");
});

test("a failed write of a fault that has been cleared or replaced meanwhile is not repeated", async () => {
	const { storage, clock, store } = open();
	storage.full = true;
	store.keep("no_mains");
	store.keep("control_failed");
	await settle();
	clock.advance(2_000);
	await settle();
	assert.deepEqual(storage.writes, ["no_mains", "control_failed", "control_failed"]);
	assert.equal(clock.pendingTimers, 1);
});

test("a fault that replaced another is stored, also when only its own write failed", async () => {
	const { storage, clock, store } = open();
	storage.full = "control_failed";
	store.keep("no_mains");
	store.keep("control_failed");
	await settle();
	assert.equal(storage.value, "no_mains");
	storage.full = false;
	clock.advance(2_000);
	await settle();
	assert.equal(storage.value, "control_failed");
});

test("two seconds are the pause also when the same fault is kept twice: there is one timer", async () => {
	const { storage, clock, store } = open();
	storage.full = true;
	store.keep("no_mains");
	await settle();
	store.keep("no_mains");
	await settle();
	assert.equal(clock.pendingTimers, 1);
	clock.advance(2_000);
	await settle();
	assert.equal(storage.writes.length, 3);
});

test("after close nothing is written, also not what waits for another write or for its time", async () => {
	const { storage, clock, store } = open();
	storage.full = true;
	store.keep("no_mains");
	await settle();
	store.close();
	store.close();
	assert.equal(clock.pendingTimers, 0);
	store.keep("no_mains");
	assert.equal(await store.clear(), false);
	assert.equal(storage.writes.length, 1);

	const waiting = open();
	waiting.storage.full = true;
	waiting.store.keep("no_mains");
	waiting.store.close();
	await settle();
	assert.equal(waiting.clock.pendingTimers, 0);
});
