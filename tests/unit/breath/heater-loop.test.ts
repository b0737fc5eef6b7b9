import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type HeaterDemand, HeaterLoop, type HeaterReport } from "../../../modules/breath/heater-loop";
import type {
	HeaterBoard,
	HeaterBoardReading,
	SensorTemperature,
} from "../../../modules/platform/heater-board";
import { PortError } from "../../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import { seededRandom } from "../../../sim/heater/seeded-random";
import { openSimulatedHeater } from "../../../sim/heater/simulated-heater";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

const ok = (celsius: number): SensorTemperature => ({ status: "ok", celsius });

/** Measures what it is told and remembers what it was told to do; throws when asked to. */
class FakeBoard implements HeaterBoard {
	heater = false;
	fan = false;
	readonly heaterCalls: boolean[] = [];
	chamber = ok(30);
	element = ok(60);
	mainsAgeMs: number | undefined = 10;
	failing: ReadonlySet<string> = new Set();
	closed = false;

	setHeater(on: boolean): void {
		this.heaterCalls.push(on);
		if (this.failing.has("setHeater")) {
			this.heater = false;
			throw new PortError("unsupported", "no heater");
		}
		this.heater = on;
	}

	setFan(on: boolean): void {
		this.#mayFail("setFan");
		this.fan = on;
	}

	read(): HeaterBoardReading {
		this.#mayFail("read");
		const sample = { raw: 1, millivolts: 1, referenceOhms: 82_000 } as const;
		return {
			chamber: { temperature: this.chamber, sample },
			element: { temperature: this.element, sample },
			mains: { ageMs: this.mainsAgeMs, halfWaveMicros: 10_000 },
			outputs: { heater: this.heater, fan: this.fan },
		};
	}

	setLed(): void {}

	onButton(): () => void {
		return () => {};
	}

	close(): void {
		this.closed = true;
	}

	/** A method that throws has turned the heater off before: the port's rule. */
	#mayFail(method: string): void {
		if (!this.failing.has(method)) return;
		this.heater = false;
		throw new PortError("unsupported", `no ${method}`);
	}
}

class FakeStorage implements Storage {
	value: StoredValue | undefined;
	unreadable = false;
	full = false;

	get(): StoredValue | undefined {
		if (this.unreadable) throw new PortError("storage", "worn out");
		return this.value;
	}

	async write([change]: readonly StorageChange[]): Promise<void> {
		await undefined;
		if (this.full) throw new PortError("storage", "full");
		this.value = change?.value;
	}
}

function open({ board = new FakeBoard(), storage = new FakeStorage() } = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const demand: HeaterDemand = {
		target: 60,
		fanWanted: false,
		fanReleaseCelsius: 40,
		chamberOffset: 0,
		elementOffset: 0,
	};
	const reports: HeaterReport[] = [];
	const faults: [string, string][] = [];
	const hooks = {
		demand: () => {},
		onTick: () => {},
		onFault: () => {},
	};
	const loop = new HeaterLoop({
		board,
		storage,
		clock,
		log,
		demand: () => {
			hooks.demand();
			return demand;
		},
		onTick: (report) => {
			reports.push(report);
			hooks.onTick();
		},
		onFault: (code, details) => {
			faults.push([code, details]);
			hooks.onFault();
		},
	});
	return { board, storage, clock, log, demand, reports, faults, hooks, loop };
}

/** A loop that gives heat. */
function heating() {
	const all = open();
	all.clock.advance(3_000);
	assert.equal(all.board.heater, true);
	return all;
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await undefined;
}

test("the heater is turned off first of all, and on after four good readings and no sooner", () => {
	const { board, clock, loop } = open();
	assert.deepEqual(board.heaterCalls, [false]);
	const { heating, fan, chamberStatus, elementStatus } = loop.report;
	assert.deepEqual([heating, fan, chamberStatus, elementStatus], [false, false, "failed", "failed"]);
	clock.advance(1_500);
	assert.equal(board.heaterCalls.includes(true), false);
	assert.equal(loop.report.ready, false);
	clock.advance(1_000);
	assert.equal(board.heater, true);
	assert.equal(loop.report.ready, true);
});

test("the heater's on is given again at each tick, so that it lapses when the ticks stop", () => {
	const { board, clock } = heating();
	board.heaterCalls.length = 0;
	clock.advance(5_000);
	assert.deepEqual(board.heaterCalls, Array(10).fill(true));
});

test("turning off takes no tick", () => {
	const { board, demand, loop, clock } = heating();
	demand.target = 0;
	loop.turnOff();
	assert.equal(board.heater, false);
	assert.deepEqual([loop.report.heating, loop.report.duty], [false, 0]);
	clock.advance(5_000);
	assert.equal(board.heater, false);
	assert.equal(board.fan, true, "the element is still hot");
});

test("a turn off while the demand is asked for, or while a tick is reported, wins over that tick", () => {
	for (const moment of ["demand", "onTick"] as const) {
		const { board, hooks, loop, clock, reports } = heating();
		hooks[moment] = () => loop.turnOff();
		clock.advance(500);
		assert.equal(board.heater, false);
		assert.equal(loop.report.heating, false);
		if (moment === "demand") assert.equal(reports.at(-1)?.duty, 0);
		hooks[moment] = () => {};
		clock.advance(500);
		assert.equal(board.heater, true, "it is still demanded");
	}
});

test("the report has what was measured, as the mean of five samples, and what is done", () => {
	const { board, clock, reports } = open();
	for (const celsius of [20, 30, 40, 50, 60, 10]) {
		board.chamber = ok(celsius);
		clock.advance(500);
	}
	assert.equal(reports.length, 6);
	assert.deepEqual(reports[5], {
		heating: true,
		fan: true,
		duty: 1,
		chamber: 38,
		element: 60,
		chamberStatus: "ok",
		elementStatus: "ok",
		fault: undefined,
		elementAtLimit: false,
		ready: true,
	});
	board.chamber = { status: "short" };
	clock.advance(500);
	assert.equal(reports[6]?.chamber, undefined);
	assert.equal(reports[6]?.chamberStatus, "short");
	assert.equal(reports[6]?.heating, false);
});

test("an element at its limit is reported, and is not being heated", () => {
	const { board, clock, loop } = heating();
	board.element = ok(103);
	clock.advance(500);
	assert.equal(board.heater, false);
	assert.equal(loop.report.elementAtLimit, true);
	assert.equal(loop.report.heating, false);
});

test("offsets of up to 5 K are added, but none makes the element look colder to the control", () => {
	const { board, clock, demand, loop } = heating();
	demand.chamberOffset = 2;
	demand.elementOffset = 3;
	clock.advance(2_500);
	assert.deepEqual([loop.report.chamber, loop.report.element], [32, 63]);
	demand.chamberOffset = -50;
	demand.elementOffset = -50;
	clock.advance(2_500);
	assert.deepEqual([loop.report.chamber, loop.report.element], [25, 55]);
	board.element = ok(102);
	clock.advance(500);
	assert.equal(loop.report.elementAtLimit, true);
	demand.elementOffset = 5;
	board.element = ok(97);
	clock.advance(500);
	assert.equal(loop.report.elementAtLimit, true, "102 °C with the offset");
	demand.chamberOffset = Number.NaN;
	demand.elementOffset = Number.NaN;
	board.element = ok(60);
	clock.advance(2_500);
	assert.deepEqual([loop.report.chamber, loop.report.element], [30, 60]);
});

test("a fault is stored at once, told once with what was measured, and is there after a restart", async () => {
	const { board, storage, clock, faults, log, loop } = heating();
	board.element = ok(106);
	board.chamber = { status: "open" };
	clock.advance(1_000);
	await settle();
	assert.equal(storage.value, "element_overheat");
	clock.advance(5_000);
	assert.deepEqual(faults, [
		["element_overheat", "chamber open, element 106.0 °C, heater off, fan on, zero cross 10 ms ago"],
	]);
	assert.equal(log.texts("error").length, 1);
	assert.equal(loop.report.fault, "element_overheat");
	loop.close();

	const restarted = open({ storage });
	assert.equal(restarted.loop.report.fault, "element_overheat");
	restarted.clock.advance(60_000);
	assert.equal(restarted.board.heaterCalls.includes(true), false);
	assert.deepEqual(restarted.faults, []);
	assert.deepEqual(restarted.log.texts("warn"), [
		"the heater stays off: before the start it had the fault element_overheat",
	]);
});

test("a device whose storage cannot be read does not heat until a person has cleared that", async () => {
	const storage = new FakeStorage();
	storage.unreadable = true;
	const { board, clock, loop } = open({ storage });
	clock.advance(10_000);
	assert.equal(loop.report.fault, "storage_unreadable");
	assert.equal(board.heaterCalls.includes(true), false);
	assert.equal(await loop.clearFault(), "cleared");
	clock.advance(10_000);
	assert.equal(board.heater, true);
});

test("a fault is only cleared when that is stored, and not while it is still there", async () => {
	const { board, storage, clock, loop } = heating();
	assert.equal(await loop.clearFault(), "cleared");
	board.chamber = ok(90);
	clock.advance(1_000);
	await settle();
	assert.equal(await loop.clearFault(), "still_there");
	board.chamber = ok(50);
	clock.advance(2_000);
	storage.full = true;
	assert.equal(await loop.clearFault(), "not_stored");
	assert.equal(loop.report.fault, "chamber_overheat");
	clock.advance(5_000);
	assert.equal(board.heater, false);
	storage.full = false;
	clock.advance(2_000);
	await settle();
	assert.equal(storage.value, "chamber_overheat");
	assert.equal(await loop.clearFault(), "cleared");
	assert.equal(loop.report.fault, undefined);
	assert.equal(storage.value, undefined);
	clock.advance(3_000);
	assert.equal(board.heater, true);
});

test("a fault whose cause comes back while its clearing is stored is not cleared", async () => {
	const { board, storage, clock, loop } = heating();
	board.mainsAgeMs = undefined;
	clock.advance(3_000);
	assert.equal(loop.report.fault, "no_mains");
	board.mainsAgeMs = 10;
	clock.advance(500);
	await settle();
	const answer = loop.clearFault();
	assert.equal(loop.clearFault(), answer, "one clearing at a time");
	board.mainsAgeMs = undefined;
	clock.advance(500);
	assert.equal(await answer, "still_there");
	await settle();
	assert.equal(loop.report.fault, "no_mains");
	assert.equal(storage.value, "no_mains");
});

test("whatever throws turns the heater off and is latched, and the ticks go on", async () => {
	const ways: [string, (all: ReturnType<typeof heating>) => void][] = [
		["no read", ({ board }) => (board.failing = new Set(["read"]))],
		["no heater", ({ board }) => (board.failing = new Set(["setHeater"]))],
		["no setFan", ({ board }) => (board.failing = new Set(["setFan"]))],
		["of all", ({ board }) => (board.failing = new Set(["read", "setHeater", "setFan"]))],
		["odd demand", ({ hooks }) => (hooks.demand = () => fail("odd demand"))],
		["odd listener", ({ hooks }) => (hooks.onTick = () => fail("odd listener"))],
	];
	for (const [what, breakIt] of ways) {
		const all = heating();
		breakIt(all);
		all.hooks.onFault = () => fail("odd fault listener");
		all.clock.advance(500);
		assert.equal(all.board.heater, false, what);
		assert.equal(all.loop.report.fault, "control_failed", what);
		assert.equal(all.loop.report.heating, false);
		assert.equal(all.faults.length, 1);
		const seen = all.reports.length;
		all.clock.advance(5_000);
		assert.equal(all.reports.length, seen + 10, what);
		assert.equal(all.faults.length, 1);
		await settle();
		assert.equal(all.storage.value, "control_failed");
		all.board.failing = new Set();
		Object.assign(all.hooks, { demand: () => {}, onTick: () => {} });
		all.clock.advance(60_000);
		assert.equal(all.board.heater, false, what);
		assert.equal(await all.loop.clearFault(), "cleared");
		all.clock.advance(3_000);
		assert.equal(all.board.heater, true, what);
	}
});

function fail(text: string): never {
	throw new Error(text);
}

test("when the control fails after heat, the fan runs and no old temperature is shown", () => {
	const { board, clock, loop } = heating();
	board.fan = false;
	board.failing = new Set(["read"]);
	clock.advance(500);
	assert.equal(board.fan, true);
	assert.equal(loop.report.fan, true);
	assert.deepEqual([loop.report.chamber, loop.report.element], [undefined, undefined]);
});

test("a log that throws keeps nothing from being done", async () => {
	const { board, clock, log, loop, storage, faults } = heating();
	log.error = () => fail("no log");
	log.warn = () => fail("no log");
	board.failing = new Set(["read", "setHeater"]);
	clock.advance(500);
	await settle();
	assert.equal(loop.report.fault, "control_failed");
	assert.equal(storage.value, "control_failed");
	assert.equal(faults.length, 1);
});

test("a tick that comes late gives no heat", () => {
	const { board, clock } = heating();
	const now = clock.now.bind(clock);
	clock.now = () => now() + 3_000;
	clock.advance(500);
	assert.equal(board.heater, false);
	clock.advance(500);
	assert.equal(board.heater, true);
});

test("after close both outputs are off and nothing runs, also when it is closed in the midst of a tick", async () => {
	for (const moment of ["never", "demand", "onTick", "onFault"] as const) {
		const { board, storage, hooks, loop, clock, reports } = heating();
		storage.full = true;
		if (moment === "onFault") board.element = ok(110);
		if (moment === "never") loop.close();
		else hooks[moment] = () => loop.close();
		clock.advance(1_000);
		loop.close();
		assert.deepEqual([board.heater, board.fan], [false, false], moment);
		assert.deepEqual([loop.report.heating, loop.report.fan], [false, false]);
		await settle();
		const seen = reports.length;
		const calls = board.heaterCalls.length;
		clock.advance(60_000);
		assert.equal(reports.length, seen);
		assert.equal(board.heaterCalls.length, calls);
		assert.equal(clock.pendingTimers, 0);
		assert.equal(board.closed, false, "the board is somebody else's");
	}
});

test("a board that throws when it is closed, or at the very start, is survived", () => {
	const board = new FakeBoard();
	board.failing = new Set(["setHeater", "setFan"]);
	const { loop, log } = open({ board });
	assert.doesNotThrow(() => loop.close());
	assert.ok(log.texts("warn").length > 0);
});

test("a simulated chamber is heated and held, and cooled by the fan when the heat is turned off", () => {
	const clock = new ManualClock();
	const heater = openSimulatedHeater({ clock, random: seededRandom(7) });
	const board = heater.openBoard();
	const demand = { target: 50, fanWanted: false, fanReleaseCelsius: 40, chamberOffset: 0, elementOffset: 0 };
	const faults: string[] = [];
	const loop = new HeaterLoop({
		board,
		storage: new FakeStorage(),
		clock,
		log: new MemoryLog(),
		demand: () => demand,
		onTick: () => {},
		onFault: (code) => faults.push(code),
	});
	clock.advance(40 * 60_000);
	assert.ok(Math.abs((loop.report.chamber ?? 0) - 50) < 1, `${loop.report.chamber}`);
	demand.target = 0;
	loop.turnOff();
	assert.equal(heater.snapshot().heaterWatts, 0);
	assert.equal(heater.snapshot().airMoving, true);
	clock.advance(60 * 60_000);
	assert.equal(loop.report.fan, false);
	assert.deepEqual(faults, []);
	loop.close();
	board.close();
	heater.close();
});

test("over any sequence of readings, wishes, failures and power cuts the heater keeps its promises", async () => {
	const event = fc.oneof(
		{ weight: 12, arbitrary: fc.record({ advanceMs: fc.nat(4_000) }) },
		{ weight: 2, arbitrary: fc.record({ target: fc.constantFrom(0, 45, 60, 60, Number.NaN, 900) }) },
		{ weight: 2, arbitrary: fc.record({ chamber: fc.constantFrom(ok(20), ok(40), ok(59), ok(86)) }) },
		{ weight: 2, arbitrary: fc.record({ element: fc.constantFrom(ok(20), ok(60), ok(101), ok(106)) }) },
		{
			weight: 1,
			arbitrary: fc.record({
				chamber: fc.constantFrom<SensorTemperature>({ status: "open" }, { status: "failed" }),
			}),
		},
		{ weight: 1, arbitrary: fc.record({ mainsAgeMs: fc.constantFrom(10, 10, 5_000, undefined) }) },
		{
			weight: 1,
			arbitrary: fc.record({
				failing: fc
					.subarray(["read", "setHeater", "setFan"])
					.map((methods): ReadonlySet<string> => new Set(methods)),
			}),
		},
		{ weight: 1, arbitrary: fc.record({ full: fc.boolean() }) },
		{ weight: 2, arbitrary: fc.constantFrom("clear", "turnOff", "powerCut") },
	);
	let heated = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
			const storage = new FakeStorage();
			let all = open({ storage });
			const check = () => {
				if (!all.board.heater) return;
				heated++;
				assert.equal(all.loop.report.fault, undefined);
				assert.ok(all.demand.target > 0);
				const { chamber, element } = all.board;
				assert.ok(chamber.status === "ok" && chamber.celsius <= 85);
				assert.ok(element.status === "ok" && element.celsius < 102);
			};
			for (const step of events) {
				if (step === "clear") await all.loop.clearFault();
				else if (step === "turnOff") {
					all.loop.turnOff();
					assert.equal(all.board.heater, false);
				} else if (step === "powerCut") {
					await settle();
					const { fault } = all.loop.report;
					const isKept = storage.value === fault;
					const { demand, board } = all;
					all.loop.close();
					all = open({ storage });
					Object.assign(all.demand, demand);
					Object.assign(all.board, { chamber: board.chamber, element: board.element });
					if (isKept) assert.equal(all.loop.report.fault, fault);
					else assert.ok(fault !== undefined && storage.full, "only a write that failed is lost");
					all.clock.advance(1_500);
					assert.equal(all.board.heater, false, "off at first");
				} else if ("advanceMs" in step) {
					all.clock.advance(step.advanceMs);
					await settle();
				} else {
					Object.assign("target" in step ? all.demand : "full" in step ? storage : all.board, step);
					// Off is effective within one tick.
					all.clock.advance(500);
					await settle();
				}
				check();
			}
			all.loop.close();
			assert.deepEqual([all.board.heater, all.clock.pendingTimers], [false, 0]);
		}),
		{ numRuns: 200, seed: 4 },
	);
	assert.ok(heated > 200, `${heated}`);
});
