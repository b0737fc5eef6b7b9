import assert from "node:assert/strict";
import { test } from "node:test";
import { type FanInputs, type FanState, stillFan, turnFan } from "../../../../modules/breath/heater/fan";

const cold: FanInputs = {
	hasToRun: false,
	powered: false,
	wanted: false,
	releaseCelsius: 40,
	element: 20,
	chamber: 20,
};

/** Each of the inputs for half a second, beginning with a fan that stands still. */
function after(state: FanState, ...inputs: Partial<FanInputs>[]): FanState {
	return inputs.reduce<FanState>((last, input) => turnFan(last, { ...cold, ...input }, 500), state);
}

const times = (count: number, input: Partial<FanInputs>): Partial<FanInputs>[] =>
	Array.from({ length: count }, () => input);

const heated = after(stillFan, { hasToRun: true, powered: true }, ...times(20, { element: 80, chamber: 50 }));

test("the fan stands still when nobody wants it and nothing was heated, however warm the chamber is", () => {
	assert.equal(after(stillFan, {}).on, false);
	assert.equal(after(stillFan, ...times(20, { chamber: 58, element: 58 })).on, false);
	assert.equal(after(stillFan, ...times(20, { chamber: undefined, element: undefined })).on, false);
});

test("the fan runs at once when it has to or is wanted", () => {
	assert.equal(after(stillFan, { hasToRun: true }).on, true);
	assert.equal(after(stillFan, { wanted: true }).on, true);
	assert.equal(after(stillFan, {}, { wanted: true }).on, true);
});

test("after heating the fan runs until both sensors are below the release temperature", () => {
	assert.equal(heated.on, true);
	assert.equal(after(heated, ...times(20, { element: 40, chamber: 39 })).on, true);
	assert.equal(after(heated, ...times(20, { element: 39, chamber: 40 })).on, true);
	assert.equal(after(heated, { element: 39.9, chamber: 39.9 }).on, false);
});

test("after heating the fan comes back three degrees above the release temperature", () => {
	const released = after(heated, ...times(20, { element: 39, chamber: 39 }));
	assert.equal(released.on, false);
	assert.equal(after(released, ...times(20, { element: 42.9, chamber: 42.9 })).on, false);
	assert.equal(after(stillFan, { powered: true, element: 42.9 }).on, false);
	assert.equal(after(released, { element: 43, chamber: 20 }).on, true);
	assert.equal(after(released, { element: 20, chamber: 43 }).on, true);
});

test("a sensor without a reading keeps the fan on, if heat was given", () => {
	assert.equal(after(heated, ...times(20, { element: undefined })).on, true);
	assert.equal(after(heated, ...times(20, { chamber: undefined })).on, true);
});

test("an element that no chamber makes so hot is blown cool, also right after a start", () => {
	assert.equal(after(stillFan, { element: 64.9 }).on, false);
	const hot = after(stillFan, { element: 65 });
	assert.equal(hot.on, true);
	assert.equal(after(hot, ...times(20, { element: 50 })).on, true);
	assert.equal(after(hot, ...times(20, { element: 39 })).on, false);
});

test("power that the board gives counts as heat, whoever asked for it", () => {
	assert.equal(after(stillFan, { powered: true, element: 50 }, { element: 50 }).on, true);
});

test("a fan that is only wanted is switched every five seconds at most, one that is needed at once", () => {
	const on = after(stillFan, { wanted: true });
	assert.equal(after(on, ...times(9, {})).on, true);
	const off = after(on, ...times(10, {}));
	assert.equal(off.on, false);
	assert.equal(after(off, ...times(9, { wanted: true })).on, false);
	assert.equal(after(off, ...times(10, { wanted: true })).on, true);
	assert.equal(after(off, { hasToRun: true }).on, true);
	// The time begins anew with each change.
	assert.equal(after(off, ...times(10, { wanted: true }), ...times(9, {})).on, true);
});

test("the release temperature is kept within 30 to 65 °C, and is 40 when it is no number", () => {
	const isOn = (releaseCelsius: number, celsius: number) =>
		after(heated, ...times(20, { releaseCelsius, element: celsius, chamber: celsius })).on;
	assert.deepEqual([isOn(0, 29.9), isOn(0, 30)], [false, true]);
	assert.deepEqual([isOn(500, 64.9), isOn(500, 65)], [false, true]);
	assert.deepEqual([isOn(Number.NaN, 39.9), isOn(Number.NaN, 40)], [false, true]);
	assert.deepEqual([isOn(50, 49.9), isOn(50, 50)], [false, true]);
});
