// The simulated heater board keeps the port's rules, and each fault of its world looks to the firmware as it would.

import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, assert as hold, integer, property, record } from "fast-check";
import {
	HEATER_HOLD_MS,
	type HeaterBoard,
	type SensorReading,
} from "../../../../modules/platform/heater-board";
import { seededRandom } from "../../../../sim/heater/seeded-random";
import {
	openSimulatedHeater,
	type SimulatedHeater,
	type SimulatedHeaterOptions,
} from "../../../../sim/heater/simulated-heater";
import { type HeaterSwitch, heaterSwitchNames } from "../../../../sim/heater/switches";
import { ManualClock } from "../../../fakes/manual-clock";
import { hasCode } from "../../has-code";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const TICK_MS = 500;

interface Bench {
	clock: ManualClock;
	heater: SimulatedHeater;
	board: HeaterBoard;
	/** Lets time pass while the firmware keeps asking for these, at each tick. */
	run(ms: number, wish: { heater: boolean; fan: boolean }): void;
}

function bench(options: Partial<SimulatedHeaterOptions> = {}): Bench {
	const clock = new ManualClock({ startMs: 12_345 });
	const heater = openSimulatedHeater({ clock, random: seededRandom(1), ...options });
	const board = heater.openBoard();
	const run = (ms: number, wish: { heater: boolean; fan: boolean }): void => {
		for (let passed = 0; passed < ms; passed += TICK_MS) {
			board.setFan(wish.fan);
			board.setHeater(wish.heater);
			clock.advance(TICK_MS);
		}
	};
	return { clock, heater, board, run };
}

const HEAT = { heater: true, fan: true };

function celsius({ temperature }: SensorReading): number {
	assert.equal(temperature.status, "ok");
	return temperature.status === "ok" ? temperature.celsius : Number.NaN;
}

test("outputs and lamps are off when the board is opened, and again when it is closed", () => {
	const { clock, heater, board, run } = bench();
	assert.deepEqual(board.read().outputs, { heater: false, fan: false });
	run(SECOND, HEAT);
	board.setLed("auto", true);
	assert.deepEqual(board.read().outputs, { heater: true, fan: true });
	board.close();
	board.close();
	const { outputs, relayClosed, airMoving, leds, boardOpen } = heater.snapshot();
	assert.deepEqual(
		{ outputs, relayClosed, airMoving, leds, boardOpen },
		{
			outputs: { heater: false, fan: false },
			relayClosed: false,
			airMoving: false,
			leds: { power: false, auto: false, on: false, dry: false },
			boardOpen: false,
		},
	);
	clock.advance(SECOND);
	assert.equal(heater.snapshot().heaterWatts, 0);
	heater.close();
	assert.equal(clock.pendingTimers, 0);
});

test("an on that is not repeated lapses, to the millisecond and without anybody looking", () => {
	const { clock, heater, board } = bench();
	board.setHeater(true);
	clock.advance(HEATER_HOLD_MS - 1);
	assert.equal(board.read().outputs.heater, true);
	clock.advance(1);
	assert.equal(board.read().outputs.heater, false);

	const warm = heater.plant.elementCelsius;
	board.setHeater(true);
	clock.advance(10 * MINUTE);
	// Three seconds of at most 480 W, though nobody looked for ten minutes.
	assert.ok(heater.snapshot().elementCelsius < warm);
});

test("an on that is repeated stays on, and off is at once", () => {
	const { board, run } = bench();
	run(10 * SECOND, HEAT);
	assert.equal(board.read().outputs.heater, true);
	board.setHeater(false);
	assert.equal(board.read().outputs.heater, false);
});

test("the fan starts at the next zero cross and stops at once", () => {
	const { clock, board } = bench();
	clock.advance(SECOND);
	const { ageMs } = board.read().mains;
	assert.ok(ageMs !== undefined && ageMs < 10);
	board.setFan(true);
	assert.equal(board.read().outputs.fan, false);
	clock.advance(10 - ageMs);
	assert.equal(board.read().outputs.fan, true);
	board.setFan(false);
	assert.equal(board.read().outputs.fan, false);
});

test("the mains is unknown at first, then seen at every half-wave", () => {
	for (const [mainsHertz, halfWaveMicros] of [
		[50, 10_000],
		[60, 8_333],
	] as const) {
		const { clock, board } = bench({ mainsHertz });
		assert.deepEqual(board.read().mains, { ageMs: undefined, halfWaveMicros: undefined });
		clock.advance(50);
		for (let count = 0; count < 1_000; count++) {
			clock.advance(1.7);
			const { mains } = board.read();
			assert.ok(mains.ageMs !== undefined && mains.ageMs >= 0 && mains.ageMs < 25);
			assert.equal(mains.halfWaveMicros, halfWaveMicros);
		}
	}
});

test("without mains the age grows, the fan does not start, and nothing heats", () => {
	const { clock, heater, board, run } = bench();
	clock.advance(SECOND);
	heater.switches.set("noMains", true);
	run(MINUTE, HEAT);
	const { mains, outputs } = board.read();
	assert.ok(mains.ageMs !== undefined && mains.ageMs >= MINUTE && mains.ageMs < MINUTE + 25);
	assert.deepEqual(outputs, { heater: true, fan: false });
	assert.ok(Math.abs(heater.plant.elementCelsius - 22) < 0.01);
});

test("a fan that runs stands still while the mains is away, and runs again when it is back", () => {
	const { heater, run } = bench();
	run(SECOND, HEAT);
	heater.switches.set("noMains", true);
	run(SECOND, HEAT);
	assert.equal(heater.snapshot().airMoving, false);
	heater.switches.set("noMains", false);
	run(SECOND, HEAT);
	assert.equal(heater.snapshot().airMoving, true);
});

test("without zero crosses the mains is there all the same: the relay closes, the fan does not start", () => {
	const { clock, heater, board } = bench();
	heater.switches.set("noZeroCross", true);
	board.close();
	const again = heater.openBoard();
	again.setFan(true);
	again.setHeater(true);
	clock.advance(SECOND);
	assert.equal(again.read().mains.ageMs, undefined);
	assert.deepEqual(again.read().outputs, { heater: true, fan: false });
	assert.ok(heater.snapshot().heaterWatts > 0);
});

test("both sensors read what the plant has, through either revision's divider", () => {
	for (const referenceOhms of [33_000, 82_000] as const) {
		const { heater, board, run } = bench({ referenceOhms });
		run(5 * MINUTE, HEAT);
		const { chamber, element } = board.read();
		assert.ok(Math.abs(celsius(chamber) - heater.plant.chamberSensorCelsius) < 2);
		assert.ok(Math.abs(celsius(element) - heater.plant.elementSensorCelsius) < 3);
		assert.ok(celsius(element) > celsius(chamber) + 20);
		assert.equal(chamber.sample.referenceOhms, referenceOhms);
	}
});

test("each fault of a sensor is seen at that sensor alone", () => {
	for (const sensor of ["chamber", "element"] as const) {
		const other = sensor === "chamber" ? "element" : "chamber";
		for (const [fault, status] of [
			["Open", "open"],
			["Short", "short"],
		] as const) {
			const { heater, board } = bench();
			heater.switches.set(`${sensor}${fault}`, true);
			const reading = board.read();
			assert.equal(reading[sensor].temperature.status, status);
			assert.equal(reading[other].temperature.status, "ok");
			heater.switches.set(`${sensor}${fault}`, false);
			assert.equal(board.read()[sensor].temperature.status, "ok");
		}
	}
});

test("a dead converter reads as failed", () => {
	const { heater, board } = bench();
	heater.switches.set("converterDead", true);
	const { chamber, element } = board.read();
	assert.deepEqual([chamber.temperature, element.temperature], [{ status: "failed" }, { status: "failed" }]);
});

test("a loose sensor goes to the room's temperature within two minutes while the heater is on", () => {
	for (const sensor of ["chamber", "element"] as const) {
		const { heater, board, run } = bench();
		run(5 * MINUTE, HEAT);
		heater.switches.set(`${sensor}Loose`, true);
		run(2 * MINUTE, HEAT);
		assert.ok(Math.abs(celsius(board.read()[sensor]) - 22) < 2);
	}
});

test("with swapped sensors the chamber's follows the element", () => {
	const { heater, board, run } = bench();
	heater.switches.set("swapped", true);
	run(MINUTE, HEAT);
	const { chamber, element } = board.read();
	assert.ok(celsius(chamber) > celsius(element) + 20);
});

test("a stuck relay heats with its line off, also while no board is open; one that is dead never heats", () => {
	const { clock, heater, board } = bench();
	heater.switches.set("relayStuck", true);
	clock.advance(10 * SECOND);
	assert.deepEqual(board.read().outputs, { heater: false, fan: false });
	assert.ok(heater.plant.elementCelsius > 35);
	board.close();
	clock.advance(10 * SECOND);
	assert.ok(heater.snapshot().elementCelsius > 50);

	const dead = bench();
	dead.heater.switches.set("relayDead", true);
	dead.run(MINUTE, HEAT);
	assert.equal(dead.board.read().outputs.heater, true);
	assert.ok(dead.heater.plant.elementCelsius < 22.01);
});

test("a broken element stays cold, and without airflow it gets hot", () => {
	const broken = bench();
	broken.heater.switches.set("elementBroken", true);
	broken.run(MINUTE, HEAT);
	assert.ok(celsius(broken.board.read().element) < 25);

	const still = bench();
	still.heater.switches.set("noAirflow", true);
	still.run(MINUTE, HEAT);
	assert.equal(still.board.read().outputs.fan, true);
	assert.ok(celsius(still.board.read().element) > 100);
});

test("a switch counts from the moment it is thrown, and time before passes as it was", () => {
	const [coarse, fine] = [bench(), bench()];
	for (const { heater } of [coarse, fine]) heater.switches.set("relayStuck", true);
	coarse.clock.advance(30 * SECOND + 250);
	for (let count = 0; count < 121; count++) {
		fine.clock.advance(250);
		fine.heater.snapshot();
	}
	for (const { clock, heater } of [coarse, fine]) {
		heater.switches.set("doorOpen", true);
		clock.advance(10 * SECOND);
	}
	const difference = coarse.heater.snapshot().chamberCelsius - fine.heater.snapshot().chamberCelsius;
	assert.ok(Math.abs(difference) < 0.05, `${difference}`);
});

test("the world outlives the board: the chamber stays warm and the faults stay when the firmware restarts", () => {
	const { clock, heater, board, run } = bench();
	run(5 * MINUTE, HEAT);
	heater.switches.set("chamberOpen", true);
	const before = heater.snapshot().chamberCelsius;
	board.close();
	const again = heater.openBoard();
	assert.ok(Math.abs(heater.snapshot().chamberCelsius - before) < 0.5);
	const { outputs, chamber, mains } = again.read();
	assert.deepEqual(outputs, { heater: false, fan: false });
	assert.equal(chamber.temperature.status, "open");
	assert.equal(mains.ageMs, undefined);
	clock.advance(30);
	assert.ok((again.read().mains.ageMs ?? 100) < 25);
});

test("a closed board does nothing to the one that came after it", () => {
	const { heater, board } = bench();
	board.close();
	const again = heater.openBoard();
	again.setHeater(true);
	assert.throws(() => board.setHeater(true), hasCode("unsupported"));
	board.setHeater(false);
	board.setFan(true);
	board.setLed("dry", true);
	board.close();
	assert.deepEqual(board.read().outputs, { heater: false, fan: false });
	assert.equal(again.read().outputs.heater, true);
	assert.equal(heater.snapshot().leds.dry, false);
});

test("only one board is open at a time, and none once the heater is closed", () => {
	const { clock, heater, board } = bench();
	assert.throws(() => heater.openBoard(), hasCode("unsupported"));
	heater.close();
	heater.close();
	assert.throws(() => heater.openBoard(), hasCode("unsupported"));
	assert.throws(() => board.setHeater(true), hasCode("unsupported"));
	heater.press("power");
	assert.equal(clock.pendingTimers, 0);
});

test("a press is told to everybody who listens, never during the call, and ends after its time", () => {
	const { clock, heater, board } = bench();
	const heard: string[] = [];
	const stop = board.onButton((button, pressed) => heard.push(`${button} ${pressed ? "down" : "up"}`));
	board.onButton((button, pressed) => heard.push(`too: ${button} ${pressed ? "down" : "up"}`));
	heater.press("auto", 3 * SECOND);
	assert.deepEqual(heard, []);
	assert.equal(heater.snapshot().buttons.auto, true);
	clock.advance(2_999);
	assert.deepEqual(heard, ["auto down", "too: auto down"]);
	clock.advance(100);
	assert.deepEqual(heard.slice(2), ["auto up", "too: auto up"]);
	assert.equal(heater.snapshot().buttons.auto, false);
	stop();
	stop();
	heater.press("dry");
	clock.advance(SECOND);
	assert.deepEqual(heard.slice(4), ["too: dry down", "too: dry up"]);
});

test("a button pressed twice at once is one longer press", () => {
	const { clock, heater, board } = bench();
	const heard: boolean[] = [];
	board.onButton((_button, pressed) => heard.push(pressed));
	heater.press("on", 100);
	clock.advance(50);
	heater.press("on", SECOND);
	clock.advance(900);
	assert.deepEqual(heard, [true]);
	clock.advance(SECOND);
	assert.deepEqual(heard, [true, false]);
});

test("a button that was down before the board was opened is not pressed, and nobody hears after close", () => {
	const { clock, heater, board } = bench();
	const heard: boolean[] = [];
	board.onButton((_button, pressed) => heard.push(pressed));
	heater.press("power", SECOND);
	board.close();
	const again = heater.openBoard();
	again.onButton((_button, pressed) => heard.push(pressed));
	clock.advance(500);
	assert.deepEqual(heard, []);
	clock.advance(SECOND);
	assert.deepEqual(heard, [false]);
	heater.press("power");
	clock.advance(SECOND);
	assert.deepEqual(heard, [false, true, false]);
});

test("the bed of the printer warms the chamber; without one it is as warm as the room", () => {
	let bed: number | undefined;
	const { clock, heater } = bench({ bedCelsius: () => bed, ambientCelsius: 20 });
	clock.advance(MINUTE);
	assert.equal(heater.snapshot().bedCelsius, 20);
	bed = 100;
	clock.advance(30 * MINUTE);
	const { bedCelsius, chamberCelsius } = heater.snapshot();
	assert.equal(bedCelsius, 100);
	assert.ok(chamberCelsius > 30);
});

test("the surroundings can be changed within what the model is made for", () => {
	const { clock, heater } = bench();
	heater.setSurroundings({ volumeLitres: 60, ambientCelsius: 30 });
	clock.advance(10 * MINUTE);
	const { volumeLitres, ambientCelsius, chamberCelsius } = heater.snapshot();
	assert.deepEqual([volumeLitres, ambientCelsius], [60, 30]);
	assert.ok(chamberCelsius > 22.5);
	for (const wrong of [
		{ volumeLitres: 29 },
		{ volumeLitres: 61 },
		{ ambientCelsius: 11 },
		{ ambientCelsius: NaN },
	])
		assert.throws(() => heater.setSurroundings(wrong), RangeError);
	assert.equal(heater.snapshot().volumeLitres, 60);
});

test("the world shows what the firmware was told last", () => {
	const { heater, board } = bench();
	assert.equal(heater.snapshot().readings, undefined);
	const { chamber, element } = board.read();
	assert.deepEqual(heater.snapshot().readings, {
		chamber: chamber.temperature,
		element: element.temperature,
	});
});

const deeds = array(
	record({
		deed: constantFrom("heat", "rest", "blow", "still", "restart", "switch"),
		name: constantFrom<HeaterSwitch>(...heaterSwitchNames),
		on: constantFrom(true, false),
		ms: integer({ min: 0, max: 10_000 }),
	}),
	{ maxLength: 60 },
);

test("whatever happens, the heater's line is never on for longer than it was asked for", () => {
	hold(
		property(deeds, (steps) => {
			const clock = new ManualClock();
			const heater = openSimulatedHeater({ clock, random: seededRandom(3) });
			let board = heater.openBoard();
			let onUntil = 0;
			for (const { deed, name, on, ms } of steps) {
				if (deed === "heat") {
					board.setHeater(true);
					onUntil = clock.now() + HEATER_HOLD_MS;
				} else if (deed === "rest") {
					board.setHeater(false);
					onUntil = 0;
				} else if (deed === "blow" || deed === "still") {
					board.setFan(deed === "blow");
					if (deed === "still") assert.equal(board.read().outputs.fan, false);
				} else if (deed === "restart") {
					board.close();
					board = heater.openBoard();
					onUntil = 0;
					assert.equal(board.read().outputs.fan, false);
				} else {
					heater.switches.set(name, on);
				}
				clock.advance(ms);
				assert.equal(board.read().outputs.heater, clock.now() < onUntil);
			}
			heater.close();
			assert.equal(clock.pendingTimers, 0);
		}),
		{ numRuns: 100 },
	);
});
