import assert from "node:assert/strict";
import { test } from "node:test";
import {
	clearFault,
	initialState,
	type SensorInput,
	type StepInputs,
	type StepOutputs,
	type StepState,
	step,
	withLatched,
} from "../../../../modules/breath/heater/step";

const ok = (celsius: number): SensorInput => ({ status: "ok", celsius });

const heating: StepInputs = {
	chamber: ok(30),
	element: ok(60),
	mainsAgeMs: 10,
	outputs: { heater: false, fan: true },
	target: 60,
	fanWanted: false,
	fanReleaseCelsius: 40,
};
const idle: StepInputs = { ...heating, target: 0, outputs: { heater: false, fan: false }, element: ok(30) };

/** So many steps with the same inputs. */
function run(inputs: Partial<StepInputs>, count = 1, state = initialState) {
	let result: { state: StepState; outputs: StepOutputs } = step({ ...heating, ...inputs }, state, 500);
	for (let done = 1; done < count; done++) result = step({ ...heating, ...inputs }, result.state, 500);
	return result;
}

/** Ready, and in the midst of heating. */
const hot = run({}, 6).state;
const isOn = (inputs: Partial<StepInputs>, state = hot): boolean => run(inputs, 1, state).outputs.heater;

test("the heater is on when everything is as it should be", () => {
	assert.deepEqual(run({}, 6).outputs, {
		heater: true,
		fan: true,
		duty: 1,
		elementAtLimit: false,
		ready: true,
	});
	assert.equal(isOn({}), true);
});

test("the heater stays off until both sensors have given four good readings in a row", () => {
	for (let count = 1; count <= 3; count++) {
		assert.equal(run({}, count).outputs.heater, false);
		assert.equal(run({}, count).outputs.ready, false);
	}
	assert.equal(run({}, 4).outputs.heater, true);
	for (const sensor of ["chamber", "element"] as const) {
		const late = run({ [sensor]: { status: "open" } }, 1, run({}, 1).state).state;
		assert.equal(run({}, 3, late).outputs.heater, false);
		assert.equal(run({}, 4, late).outputs.heater, true);
	}
});

test("the heater goes off with the first bad sample, and is on again after four good ones", () => {
	for (const sensor of ["chamber", "element"] as const) {
		const bad = run({ [sensor]: { status: "short" } }, 1, hot);
		assert.equal(bad.outputs.heater, false);
		assert.equal(bad.outputs.duty, 0);
		assert.equal(bad.outputs.ready, false);
		assert.equal(bad.state.latched, undefined);
		assert.equal(run({}, 3, bad.state).outputs.heater, false);
		assert.equal(run({}, 4, bad.state).outputs.heater, true);
	}
});

test("the third bad sample latches what is wrong with which sensor, also while idle", () => {
	for (const sensor of ["chamber", "element"] as const)
		for (const status of ["open", "short", "failed"] as const)
			for (const target of [0, 60]) {
				assert.equal(run({ target, [sensor]: { status } }, 2, hot).state.latched, undefined);
				const { state, outputs } = run({ target, [sensor]: { status } }, 3, hot);
				assert.equal(state.latched, `${sensor}_sensor_${status}`);
				assert.equal(outputs.heater, false);
			}
});

test("the heater goes off with the first sample above a limit, and the second latches, also while idle", () => {
	for (const [sensor, celsius] of [
		["element", 105.1],
		["chamber", 85.1],
	] as const)
		for (const target of [0, 60]) {
			const first = run({ target, [sensor]: ok(celsius) }, 1, hot);
			assert.equal(first.outputs.heater, false);
			assert.equal(first.state.latched, undefined);
			const second = run({ target, [sensor]: ok(celsius) }, 1, first.state);
			assert.equal(second.state.latched, `${sensor}_overheat`);
			assert.equal(second.outputs.heater, false);
		}
});

test("the element is cut off at 102 °C and free at 99 °C, without a fault", () => {
	const cut = run({ element: ok(102) }, 1, hot);
	assert.equal(cut.outputs.heater, false);
	assert.equal(cut.outputs.elementAtLimit, true);
	assert.equal(run({ element: ok(99.5) }, 5, cut.state).outputs.heater, false);
	const free = run({ element: ok(99) }, 1, cut.state);
	assert.equal(free.outputs.heater, true);
	assert.equal(free.outputs.elementAtLimit, false);
	assert.equal(free.state.latched, undefined);
});

test("an element that is warm at the start does not rest", () => {
	assert.equal(run({ element: ok(101) }, 4).outputs.heater, true);
});

test("power that changes nothing is found, and so is a chamber that does not get warmer", () => {
	/** Seconds of full power until a fault, with the board doing what it is told. */
	const find = (inputs: Partial<StepInputs>) => {
		let state = initialState;
		for (let ticks = 1; ticks < 2_000; ticks++) {
			state = run({ outputs: { heater: true, fan: true }, ...inputs }, 1, state).state;
			if (state.latched !== undefined) return { fault: state.latched, seconds: ticks / 2 };
		}
		return undefined;
	};
	assert.deepEqual(find({ element: ok(30) }), { fault: "heating_too_slow", seconds: 45.5 });
	assert.deepEqual(find({ element: ok(75) }), { fault: "heating_too_slow", seconds: 900 });
	assert.deepEqual(find({ element: ok(101), chamber: ok(28) }), {
		fault: "heating_too_slow",
		seconds: 300.5,
	});
	// Without a target nothing of the kind is expected.
	assert.equal(find({ element: ok(101), chamber: ok(28), target: 0 }), undefined);
});

test("while the element rests no power is learnt to be needed", () => {
	const near = { chamber: ok(58), element: ok(103) };
	const before = run({ chamber: ok(58), element: ok(90) }, 10).state;
	assert.equal(run(near, 20, before).state.regulator.integral, before.regulator.integral);
});

test("a target of 0, below 0 or that is no number gives no heat at once; one above 60 is 60", () => {
	for (const target of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
		const { outputs, state } = run({ target }, 1, hot);
		assert.equal(outputs.heater, false);
		assert.equal(outputs.duty, 0);
		assert.equal(state.regulator.integral, 0);
	}
	assert.equal(run({ target: 500, chamber: ok(60.5) }, 10).outputs.duty, 0);
	assert.ok(run({ target: 500, chamber: ok(57) }, 10).outputs.duty < 0.5);
	assert.ok(run({ target: 0.5, chamber: ok(0.1), element: ok(5) }, 10).outputs.duty > 0);
});

test("without the mains or without the fan the heater is off, and after more than two seconds latched", () => {
	for (const missing of [
		{ mainsAgeMs: undefined },
		{ mainsAgeMs: 1_001 },
		{ outputs: { heater: true, fan: false } },
	]) {
		assert.equal(isOn(missing), false);
		assert.equal(run(missing, 4, hot).state.latched, undefined);
		assert.equal(run(missing, 5, hot).state.latched, "no_mains");
		const back = run({}, 1, run(missing, 4, hot).state);
		assert.equal(back.outputs.heater, true);
		assert.equal(back.state.mainsMissingMs, 0);
	}
	assert.equal(run({ mainsAgeMs: undefined, target: 0 }, 100, hot).state.latched, undefined);
	assert.equal(run({ mainsAgeMs: undefined }, 100, hot).state.mains, false);
	assert.equal(run({}, 1, hot).state.mains, true);
});

test("mains are not missed before the sensors are ready", () => {
	const missing = { mainsAgeMs: undefined };
	assert.equal(run(missing, 3).state.mainsMissingMs, 0);
	assert.equal(run(missing, 4).state.mainsMissingMs, 500);
});

test("the fan comes before the heat", () => {
	const first = run({ outputs: { heater: false, fan: false } }, 4);
	assert.equal(first.outputs.fan, true);
	assert.equal(first.outputs.heater, false);
	assert.equal(first.outputs.duty, 1);
	assert.equal(run({}, 1, first.state).outputs.heater, true);
});

test("the fan runs while heat is wanted, also above the target, and stands still while nothing is", () => {
	assert.equal(run({ target: 20, element: ok(30) }, 4).outputs.fan, true);
	assert.equal(run(idle, 20).outputs.fan, false);
	assert.equal(run({ ...idle, chamber: ok(58), element: ok(60) }, 20).outputs.fan, false);
	assert.equal(run({ ...idle, fanWanted: true }, 20).outputs.fan, true);
});

test("the fan runs on after heat, by what both sensors say", () => {
	const warm = run({ target: 0 }, 20, hot).state;
	assert.equal(run({ target: 0, element: ok(41), chamber: ok(30) }, 20, warm).outputs.fan, true);
	assert.equal(run({ target: 0, element: ok(30), chamber: ok(41) }, 20, warm).outputs.fan, true);
	assert.equal(
		run({ target: 0, element: ok(41), chamber: ok(30), fanReleaseCelsius: 50 }, 20, warm).outputs.fan,
		false,
	);
	assert.equal(run({ target: 0, element: ok(39), chamber: ok(39) }, 20, warm).outputs.fan, false);
	// Heat that the board gave before anybody asked for it.
	const given = run({ ...idle, outputs: { heater: true, fan: false }, element: ok(50) }, 1).state;
	assert.equal(run({ ...idle, element: ok(50) }, 5, given).outputs.fan, true);
});

test("a step that comes later than three seconds, or after no time at all, gives no heat", () => {
	for (const elapsedMs of [3_001, 60_000, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
		const { outputs, state } = step(heating, hot, elapsedMs);
		assert.equal(outputs.heater, false);
		assert.equal(outputs.fan, true);
		assert.equal(state.latched, undefined);
		assert.equal(step(heating, state, 500).outputs.heater, true);
	}
	assert.equal(step(heating, hot, 3_000).outputs.heater, true);
	assert.equal(step(heating, hot, 0).outputs.heater, true);
});

test("after a late step everything that is measured over time begins anew", () => {
	const missing = { mainsAgeMs: undefined };
	const almost = run(missing, 4, hot).state;
	assert.equal(step({ ...heating, ...missing }, almost, 3_001).state.mainsMissingMs, 0);
	const long = run({ outputs: { heater: true, fan: true } }, 50, hot).state;
	assert.ok((long.heating.power.ms ?? 0) > 20_000);
	const late = step({ ...heating, outputs: { heater: true, fan: true } }, long, 5_000).state;
	assert.equal(late.heating.power.ms, 0);
	assert.equal(late.heating.balance.ms, 0);
	assert.equal(late.regulator.phaseMs, 0);
	assert.equal(late.fan.heated, true);
	assert.equal(late.element.good, 4);
});

test("a bad sample does not lose what was learnt about the chamber, no target does", () => {
	const learnt = run({ chamber: ok(58) }, 50).state;
	assert.ok(learnt.regulator.integral > 0);
	const bad = run({ element: { status: "open" } }, 1, learnt).state;
	assert.equal(bad.regulator.integral, learnt.regulator.integral);
	assert.equal(bad.regulator.duty, 0);
	assert.equal(run({ target: 0 }, 1, learnt).state.regulator.integral, 0);
	assert.equal(run({}, 1, withLatched(learnt, "no_mains")).state.regulator.integral, 0);
});

test("a latched fault keeps the heater off whatever comes, and stays the first one", () => {
	const latched = withLatched(hot, "sensors_swapped");
	assert.equal(run({}, 1, latched).outputs.heater, false);
	assert.equal(run({}, 1, latched).outputs.duty, 0);
	assert.equal(run({ element: ok(110) }, 3, latched).state.latched, "sensors_swapped");
	assert.equal(run({ mainsAgeMs: undefined }, 20, latched).state.mainsMissingMs, 0);
	assert.equal(withLatched(latched, "no_mains").latched, "sensors_swapped");
	assert.equal(withLatched(initialState, "no_mains").latched, "no_mains");
	assert.equal("latched" in run({}, 1, hot).state, false);
});

test("a fault that is cleared leaves nothing but the need to blow heat away", () => {
	const cleared = clearFault(withLatched(hot, "sensors_swapped"));
	assert.deepEqual(cleared, { ...initialState, fan: hot.fan });
	assert.equal(run({}, 3, cleared).outputs.heater, false);
	assert.equal(run({}, 4, cleared).outputs.heater, true);
});

test("the fan runs as long as a relay that sticks is latched, other faults leave it to the temperatures", () => {
	assert.equal(run(idle, 20, withLatched(initialState, "heater_stuck_on")).outputs.fan, true);
	assert.equal(run(idle, 20, withLatched(initialState, "sensors_swapped")).outputs.fan, false);
});

test("of several faults at once the most dangerous one is latched", () => {
	const both = run({ element: ok(106), chamber: ok(90) }, 2, hot).state;
	assert.equal(both.latched, "element_overheat");
	const broken = run({ element: { status: "open" }, chamber: { status: "short" } }, 3, hot).state;
	assert.equal(broken.latched, "element_sensor_open");
	assert.equal(
		run({ element: { status: "open" }, chamber: ok(90) }, 2, hot).state.latched,
		"chamber_overheat",
	);
});

test("heat that nobody asked for is found without a target", () => {
	let state = initialState;
	let seconds = 0;
	for (; state.latched === undefined && seconds < 60; seconds += 0.5)
		state = step({ ...idle, element: ok(30 + seconds) }, state, 500).state;
	assert.equal(state.latched, "heater_stuck_on");
	assert.ok(seconds < 25, `${seconds}`);
});

test("while the heater is on, or a sensor is bad, the element is not expected to cool", () => {
	let state = initialState;
	for (let seconds = 0; seconds < 60; seconds += 0.5) {
		state = step(
			{ ...idle, outputs: { heater: true, fan: true }, element: ok(30 + seconds) },
			state,
			500,
		).state;
		assert.deepEqual(state.heating.rest, initialState.heating.rest);
	}
	const resting = run(idle, 40).state;
	assert.notDeepEqual(resting.heating, initialState.heating);
	assert.deepEqual(
		run({ ...idle, chamber: { status: "open" } }, 1, resting).state.heating,
		initialState.heating,
	);
	assert.deepEqual(
		run({ ...idle, element: { status: "open" } }, 1, resting).state.heating,
		initialState.heating,
	);
	assert.deepEqual(resting.heating.balance, initialState.heating.balance);
});

test("states are not changed in place", () => {
	const before = structuredClone(hot);
	run({ element: ok(106) }, 10, hot);
	assert.deepEqual(hot, before);
	assert.throws(() => Object.assign(initialState, { atLimit: true }), TypeError);
});
