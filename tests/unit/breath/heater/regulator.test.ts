import assert from "node:assert/strict";
import { test } from "node:test";
import {
	isPulse,
	type RegulatorState,
	regulate,
	restartRegulator,
	restingRegulator,
} from "../../../../modules/breath/heater/regulator";

function run(
	state: RegulatorState,
	target: number,
	chamber: number,
	ticks: number,
	free = true,
): RegulatorState {
	for (let tick = 0; tick < ticks; tick++) state = regulate(state, target, chamber, free, 500);
	return state;
}

const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);

test("there is full power a whole band below the target, part of it within, and none at or above it", () => {
	near(run(restingRegulator, 60, 20, 1).duty, 1);
	near(run(restingRegulator, 60, 53, 1).duty, 1);
	near(run(restingRegulator, 60, 56.5, 1).duty, 0.5);
	near(run(restingRegulator, 60, 60, 1).duty, 0);
	near(run(restingRegulator, 60, 75, 1).duty, 0);
});

test("a period has one pulse, as long as its duty says", () => {
	let state = run(restingRegulator, 60, 56.5, 1);
	const pulses: boolean[] = [];
	for (let tick = 0; tick < 20; tick++) {
		pulses.push(isPulse(state));
		state = run(state, 60, 56.5, 1);
	}
	assert.deepEqual(pulses, [...Array(10).fill(true), ...Array(10).fill(false)]);
	assert.equal(state.phaseMs, 0);
	assert.equal(isPulse(state), true);
});

test("the duty holds for its period, and a period without power ends as soon as power is needed", () => {
	const begun = run(restingRegulator, 60, 56.5, 1);
	assert.equal(run(begun, 60, 20, 19).duty, begun.duty);
	near(run(begun, 60, 20, 20).duty, 1);
	const idle = run(restingRegulator, 60, 60, 3);
	assert.equal(idle.duty, 0);
	assert.equal(isPulse(idle), false);
	const needed = regulate(restartRegulator(idle), 60, 20, true, 500);
	assert.equal(needed.phaseMs, 0);
	near(needed.duty, 1);
	near(run(idle, 80, 60, 1).duty, 1);
});

test("the lasting part grows with a lasting error and falls with the opposite one, from 0 to 1", () => {
	near(run(restingRegulator, 60, 56.5, 1).integral, 0.5 / 180);
	near(run(restingRegulator, 60, 56.5, 60).integral, 60 * (0.5 / 180));
	const learnt = { ...restingRegulator, integral: 0.5 };
	near(run(learnt, 60, 63.4, 1).integral, 0.5 - (3.4 / 7 / 180) * 1);
	near(run({ ...restingRegulator, integral: 0.1 }, 60, 60.5, 1).integral, 0.1 - 0.5 / 7 / 180);
	// A chamber that cools fast is given power although it is too warm, and one that warms fast the other way round.
	const cooling = { ...restingRegulator, fast: 63, slow: 66, integral: 0.0001 };
	assert.equal(run(cooling, 60, 63, 1).integral, 0);
	const warming = { ...restingRegulator, fast: 57, slow: 54, integral: 0.9999 };
	assert.equal(run(warming, 60, 57, 1).integral, 1);
});

test("the lasting part does not wind up: not far from the target, nor when more power cannot be given", () => {
	assert.equal(run(restingRegulator, 60, 52.9, 100).integral, 0);
	const learnt = { ...restingRegulator, integral: 0.6 };
	assert.equal(run(learnt, 60, 67.1, 100).integral, 0.6);
	// Full power already.
	assert.equal(run(learnt, 60, 57, 100).integral, 0.6);
	// Far away, also when the chamber warms so fast that there is no power.
	const rushing = { ...learnt, fast: 50, slow: 40 };
	assert.equal(run(rushing, 60, 50, 1).integral, 0.6);
	assert.ok(run({ ...learnt, fast: 53, slow: 40 }, 60, 53, 1).integral > 0.6);
	// No power already.
	assert.equal(run({ ...restingRegulator, integral: 0.5 }, 60, 63.5, 1).integral, 0.5);
	assert.equal(run(learnt, 60, 64.3, 100).integral, 0.6);
	// The element rests.
	assert.equal(run(learnt, 60, 58, 100, false).integral, 0.6);
	assert.ok(run(learnt, 60, 58, 1).integral > 0.6);
	assert.ok(run(learnt, 60, 61, 1, false).integral < 0.6);
	assert.ok(run({ ...restingRegulator, integral: 0 }, 60, 53, 1).integral === 0);
});

test("a chamber that gets warmer is foreseen: it gets less power than one that does not", () => {
	let rising = restingRegulator;
	for (let tick = 0; tick <= 100; tick++) rising = regulate(rising, 60, 53 + tick * 0.05, true, 500);
	// 0.1 K/s; the filters lag by 4 s and 16 s, and 15 s are looked ahead.
	const { fast, slow } = rising;
	assert.ok(fast !== undefined && Math.abs(fast - (58 - 0.4)) < 0.02, `${fast}`);
	assert.ok(Math.abs(slow - (58 - 1.6)) < 0.1, `${slow}`);
	const at = (state: RegulatorState) => regulate({ ...state, duty: 0, integral: 0 }, 60, 58, true, 500).duty;
	const calm = at({ ...restingRegulator, fast: 57.6, slow: 57.6 });
	const foreseen = at(rising);
	assert.ok(Math.abs(calm - foreseen - 1.5 / 7) < 0.05, `${calm} ${foreseen}`);
});

test("after a gap the chamber is looked at anew, and what was learnt about it stays", () => {
	const before = run({ ...restingRegulator, integral: 0.4 }, 60, 59, 5);
	const restarted = restartRegulator(before);
	assert.equal(restarted.integral, before.integral);
	assert.deepEqual({ ...restarted, integral: 0 }, restingRegulator);
	assert.equal(regulate(restarted, 60, 30, true, 500).fast, 30);
	assert.equal(regulate(restarted, 60, 30, true, 500).slow, 30);
});
