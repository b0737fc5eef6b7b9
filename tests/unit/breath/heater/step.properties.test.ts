// Whatever sensors say, clients ask, and the mains do: what may never happen.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { FaultCode } from "../../../../modules/breath/heater/faults";
import {
	initialState,
	type SensorInput,
	type StepInputs,
	type StepState,
	step,
	withLatched,
} from "../../../../modules/breath/heater/step";

/** Mostly what a heater in use measures, now and then anything at all. */
const sensor = (usual: fc.Arbitrary<number>): fc.Arbitrary<SensorInput> =>
	fc.oneof(
		{ weight: 30, arbitrary: usual.map((celsius): SensorInput => ({ status: "ok", celsius })) },
		{ weight: 1, arbitrary: fc.double().map((celsius): SensorInput => ({ status: "ok", celsius })) },
		{
			weight: 1,
			arbitrary: fc.constantFrom<SensorInput>({ status: "open" }, { status: "short" }, { status: "failed" }),
		},
	);

const celsius = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
	fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

interface Tick extends Omit<StepInputs, "outputs"> {
	elapsedMs: number;
	/** The board's fan does what it is told. */
	fanObeys: boolean;
	/** Power is lost before this tick: the state is gone, what was latched is stored. */
	powerCut: boolean;
}

const tick: fc.Arbitrary<Tick> = fc.record({
	chamber: sensor(
		fc.oneof({ weight: 20, arbitrary: celsius(15, 60) }, { weight: 1, arbitrary: celsius(80, 90) }),
	),
	element: sensor(
		fc.oneof({ weight: 20, arbitrary: celsius(15, 99) }, { weight: 2, arbitrary: celsius(98, 108) }),
	),
	mainsAgeMs: mostly<number | undefined>(10, fc.option(fc.nat(5_000), { nil: undefined })),
	target: mostly(60, fc.oneof(fc.double(), fc.constantFrom(0, -5, 40, 61, 1_000))),
	fanWanted: fc.boolean(),
	fanReleaseCelsius: mostly(40, fc.double()),
	elapsedMs: mostly(500, fc.oneof(fc.nat(10_000), fc.double())),
	fanObeys: mostly(true, fc.constant(false)),
	powerCut: mostly(false, fc.constant(true)),
});

/** A tick repeated, so that ready sensors and latches are reached at all. */
const trace = fc
	.array(fc.tuple(tick, fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 40 })
	.map((parts) => parts.flatMap(([part, times]) => Array.from({ length: times }, () => part)));

interface Moment {
	before: StepState;
	inputs: StepInputs;
	elapsedMs: number;
	after: ReturnType<typeof step>;
	/** Good readings of both sensors in a row, up to this one. */
	goodInARow: number;
	isFirst: boolean;
}

function* play(ticks: readonly Tick[]): Generator<Moment> {
	let state = initialState;
	let outputs = { heater: false, fan: false };
	let goodInARow = 0;
	let isFirst = true;
	for (const { elapsedMs, fanObeys, powerCut, ...given } of ticks) {
		if (powerCut) {
			state = state.latched === undefined ? initialState : withLatched(initialState, state.latched);
			outputs = { heater: false, fan: false };
			goodInARow = 0;
			isFirst = true;
		}
		const inputs = { ...given, outputs };
		const isGood = celsiusOf(inputs.chamber) !== undefined && celsiusOf(inputs.element) !== undefined;
		goodInARow = isGood ? goodInARow + 1 : 0;
		const after = step(inputs, state, elapsedMs);
		yield { before: state, inputs, elapsedMs, after, goodInARow, isFirst };
		state = after.state;
		outputs = { heater: after.outputs.heater, fan: after.outputs.fan && fanObeys };
		isFirst = false;
	}
}

function celsiusOf(input: SensorInput): number | undefined {
	return input.status === "ok" && Number.isFinite(input.celsius) ? input.celsius : undefined;
}

function holds(name: string, promise: (moment: Moment) => void): void {
	test(name, () => {
		fc.assert(
			fc.property(trace, (ticks) => {
				for (const moment of play(ticks)) promise(moment);
			}),
			{ numRuns: 150, seed: 20 },
		);
	});
}

holds(
	"heat is only given without a fault, with good readings, a target, mains, a fan and in time",
	(moment) => {
		const { before, inputs, elapsedMs, after, goodInARow, isFirst } = moment;
		if (!after.outputs.heater) return;
		assert.equal(before.latched, undefined);
		assert.equal(after.state.latched, undefined);
		assert.ok(goodInARow >= 4);
		assert.ok(!isFirst);
		assert.ok(inputs.target > 0);
		assert.ok(inputs.mainsAgeMs !== undefined && inputs.mainsAgeMs <= 1_000);
		assert.ok(inputs.outputs.fan);
		assert.ok(elapsedMs >= 0 && elapsedMs <= 3_000);
		assert.ok((celsiusOf(inputs.element) ?? 999) < 102);
		assert.ok((celsiusOf(inputs.chamber) ?? 999) <= 85);
		assert.ok(after.outputs.fan);
	},
);

holds("what is given out always makes sense", ({ after: { outputs } }) => {
	assert.ok(outputs.duty >= 0 && outputs.duty <= 1, `${outputs.duty}`);
	if (outputs.heater) assert.ok(outputs.duty > 0 && outputs.ready && !outputs.elementAtLimit);
});

holds("a latched fault stays as it is", ({ before, after }) => {
	if (before.latched !== undefined) assert.equal(after.state.latched, before.latched);
});

holds("no target means no heat in the same step", ({ inputs, after }) => {
	if (!(inputs.target > 0)) assert.deepEqual([after.outputs.heater, after.outputs.duty], [false, 0]);
});

test("every fault that the control can find is found in some of these traces", () => {
	const seen = new Set<FaultCode>();
	fc.assert(
		fc.property(trace, (ticks) => {
			for (const { after } of play(ticks)) if (after.state.latched) seen.add(after.state.latched);
		}),
		{ numRuns: 150, seed: 20 },
	);
	for (const code of ["element_overheat", "chamber_overheat", "chamber_sensor_open", "no_mains"] as const)
		assert.ok(seen.has(code), `${[...seen]}`);
});

test("the heater is given in a good part of these traces, or they would show nothing", () => {
	let heated = 0;
	let ticks = 0;
	fc.assert(
		fc.property(trace, (some) => {
			for (const { after } of play(some)) {
				ticks++;
				if (after.outputs.heater) heated++;
			}
		}),
		{ numRuns: 150, seed: 20 },
	);
	assert.ok(heated > ticks / 20, `${heated} of ${ticks}`);
});
