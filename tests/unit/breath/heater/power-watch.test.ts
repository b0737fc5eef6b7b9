import assert from "node:assert/strict";
import { test } from "node:test";
import {
	isSettled,
	noPowerWindow,
	type PowerWindow,
	powerFault,
	watchPower,
} from "../../../../modules/breath/heater/power-watch";

/** The windows of so many ticks, the first of which opens one. */
function run(ticks: number, powered: (tick: number) => boolean, element = 20, chamber = 20): PowerWindow {
	let window = noPowerWindow;
	for (let tick = 0; tick <= ticks; tick++) window = watchPower(window, powered(tick), element, chamber, 500);
	return window;
}

const always = () => true;

test("a window opens with power and not without", () => {
	assert.deepEqual(run(0, always, 30, 25), { ms: 0, onMs: 0, element: 30, chamber: 25 });
	assert.deepEqual(
		run(10, () => false),
		noPowerWindow,
	);
});

test("a window counts its time and that with power, and keeps what it began with", () => {
	const window = watchPower(run(0, always, 30, 25), true, 50, 40, 500);
	assert.deepEqual(window, { ms: 500, onMs: 500, element: 30, chamber: 25 });
	assert.deepEqual(watchPower(window, false, 50, 40, 700), { ...window, ms: 1_200 });
});

test("a window ends with 45 s of power, or after 60 s", () => {
	assert.equal(run(90, always).ms, 45_000);
	assert.equal(run(91, always).ms, 0);
	const half = (tick: number) => tick % 2 === 0;
	assert.equal(run(120, half).ms, 60_000);
	assert.equal(run(122, half).ms, 0);
	assert.deepEqual(run(121, half), noPowerWindow);
});

test("an element that rises by less than 6 K with 45 s of power is too slow, unless it is hot", () => {
	const full = run(90, always);
	assert.equal(powerFault(full, 25.9, 20), "heating_too_slow");
	assert.equal(powerFault(full, 26, 20), undefined);
	assert.equal(powerFault(full, 25.9, 15.9), undefined);
	assert.equal(powerFault(full, 25.9, 16), "heating_too_slow");
	assert.equal(powerFault(run(89, always), 20, 20), undefined);
	assert.equal(powerFault(noPowerWindow, 20, 20), undefined);
	assert.equal(powerFault({ ...noPowerWindow, onMs: 45_000 }, 20, 20), undefined);
	// With less power in 60 s nothing is said.
	assert.equal(
		powerFault(
			run(120, (tick) => tick % 2 === 0),
			20,
			20,
		),
		undefined,
	);
});

test("the sensors are swapped when within 30 s of power the chamber rises as only the element can", () => {
	const window = run(10, always);
	assert.equal(powerFault(window, 21, 30), "sensors_swapped");
	assert.equal(powerFault(window, 21, 29.9), undefined);
	assert.equal(powerFault(window, 24.9, 30), "sensors_swapped");
	assert.equal(powerFault(window, 25, 30), undefined);
	assert.equal(powerFault(run(60, always), 21, 30), "sensors_swapped");
	assert.equal(powerFault(run(61, always), 21, 30), undefined);
	// An element that was colder than the air it is in by an offset.
	const offset = run(10, always, 12, 8);
	assert.equal(powerFault(offset, 13, 18), "sensors_swapped");
	assert.equal(powerFault(offset, 13.1, 18), undefined);
});

test("power is settled after 45 s of it within 50 s, when the excess changed by less than 5 K", () => {
	const full = run(90, always);
	assert.equal(isSettled(full, 64.9, 60), true);
	assert.equal(isSettled(full, 65, 60), false);
	assert.equal(isSettled(full, 55.1, 60), true);
	assert.equal(isSettled(full, 55, 60), false);
	assert.equal(isSettled(run(89, always), 20, 20), false);
	assert.equal(isSettled(noPowerWindow, 20, 20), false);
	assert.equal(isSettled({ ...noPowerWindow, onMs: 45_000 }, 20, 20), false);
	const withPause = (ticks: number) => (tick: number) => tick < 20 || tick >= 20 + ticks;
	assert.equal(isSettled(run(100, withPause(10)), 20, 20), true);
	assert.equal(isSettled(run(101, withPause(11)), 20, 20), false);
	const rising = run(90, always, 40, 20);
	assert.equal(isSettled(rising, 64, 40), true);
	assert.equal(isSettled(rising, 65.1, 40), false);
});
