import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	type ButtonAction,
	type ButtonEvent,
	FACTORY_RESET_MS,
	LONG_PRESS_MS,
	noButtonDown,
	stepButtons,
} from "../../../modules/breath/panel-buttons";
import type { HeaterButton } from "../../../modules/platform/heater-board";

type Move = ["+" | "-", HeaterButton, number];

/** Plays presses (+) and releases (-) at their times, and the wakes in between, up to `untilMs`. */
function play(moves: readonly Move[], { running = false, faulted = false, untilMs = 20_000 } = {}) {
	let state = noButtonDown;
	let wakeAtMs: number | undefined;
	let isRunning = running;
	const actions: [number, ButtonAction][] = [];
	const step = (event: ButtonEvent) => {
		const answer = stepButtons(state, event, { running: isRunning, faulted });
		state = answer.state;
		wakeAtMs = answer.wakeAtMs;
		for (const action of answer.actions) {
			actions.push([event.nowMs, action]);
			if (action === "off") isRunning = false;
			else if (action !== "clear_fault" && action !== "factory_reset") isRunning = true;
		}
	};
	const sleep = (until: number) => {
		while (wakeAtMs !== undefined && wakeAtMs <= until) step({ type: "woken", nowMs: wakeAtMs });
	};
	for (const [move, button, nowMs] of moves) {
		sleep(nowMs);
		step({ type: move === "+" ? "pressed" : "released", button, nowMs });
	}
	sleep(untilMs);
	return actions;
}

test("a short press of Power turns on when it ends, and off when it begins", () => {
	const moves: Move[] = [
		["+", "power", 0],
		["-", "power", 150],
	];
	assert.deepEqual(play(moves), [[150, "on"]]);
	assert.deepEqual(play(moves, { running: true }), [[0, "off"]]);
});

test("Power held for two seconds turns everything off once, and clears a fault", () => {
	const moves: Move[] = [
		["+", "power", 0],
		["-", "power", 9_000],
	];
	assert.deepEqual(play(moves), [[LONG_PRESS_MS, "off"]]);
	assert.deepEqual(play(moves, { faulted: true }), [
		[LONG_PRESS_MS, "off"],
		[LONG_PRESS_MS, "clear_fault"],
	]);
	assert.deepEqual(play(moves, { running: true }), [
		[0, "off"],
		[LONG_PRESS_MS, "off"],
	]);
});

test("the other buttons select their mode and start it", () => {
	for (const [button, action] of [
		["auto", "auto"],
		["on", "always_on"],
		["dry", "drying"],
	] as const) {
		for (const running of [true, false])
			assert.deepEqual(
				play(
					[
						["+", button, 0],
						["-", button, 100],
					],
					{ running },
				),
				[[100, action]],
			);
	}
});

test("a button that is leant on, or stuck, starts nothing", () => {
	for (const button of ["auto", "on", "dry"] as const) {
		assert.deepEqual(play([["+", button, 0]]), []);
		assert.deepEqual(
			play([
				["+", button, 0],
				["-", button, LONG_PRESS_MS],
			]),
			[],
		);
	}
});

test("Power and Auto held for five seconds wipe the settings, once, in whatever order they went down", () => {
	for (const [first, second] of [
		["power", "auto"],
		["auto", "power"],
	] as const) {
		const actions = play([
			["+", first, 0],
			["+", second, 300],
			["-", first, 8_000],
			["-", second, 8_100],
		]);
		assert.deepEqual(actions, [[300 + FACTORY_RESET_MS, "factory_reset"]]);
	}
});

test("Power and Auto that are let go sooner do nothing at all", () => {
	for (const last of ["power", "auto"] as const) {
		const other = last === "power" ? "auto" : "power";
		assert.deepEqual(
			play([
				["+", "power", 0],
				["+", "auto", 100],
				["-", other, 4_900],
				["-", last, 15_000],
			]),
			[],
		);
	}
});

test("Power turns off at once also while other buttons are down", () => {
	const actions = play(
		[
			["+", "auto", 0],
			["+", "on", 0],
			["+", "power", 10],
		],
		{ running: true, untilMs: 1_000 },
	);
	assert.deepEqual(actions, [[10, "off"]]);
});

test("after any play of fingers, a press of Power turns off what runs, and nothing wakes when all are up", () => {
	const buttons: readonly HeaterButton[] = ["power", "auto", "on", "dry"];
	const fingers = fc.array(
		fc.record({ button: fc.constantFrom(...buttons), pauseMs: fc.integer({ min: 0, max: 7_000 }) }),
		{ maxLength: 40 },
	);
	fc.assert(
		fc.property(fingers, (presses) => {
			const down = new Set<HeaterButton>();
			let state = noButtonDown;
			let nowMs = 0;
			const step = (event: ButtonEvent) => {
				const answer = stepButtons(state, event, { running: true, faulted: false });
				state = answer.state;
				return answer;
			};
			let wakeAtMs: number | undefined;
			for (const { button, pauseMs } of presses) {
				const until = nowMs + pauseMs;
				for (let wakes = 0; wakeAtMs !== undefined && wakeAtMs <= until; wakes++) {
					assert.ok(wakes < 3, "a wake asks for itself again");
					wakeAtMs = step({ type: "woken", nowMs: wakeAtMs }).wakeAtMs;
				}
				nowMs = until;
				const isDown = !down.has(button);
				if (isDown) down.add(button);
				else down.delete(button);
				const answer = step({ type: isDown ? "pressed" : "released", button, nowMs });
				wakeAtMs = answer.wakeAtMs;
				if (isDown && button === "power") assert.deepEqual(answer.actions, ["off"]);
				else if (isDown) assert.deepEqual(answer.actions, []);
			}
			for (const button of [...down]) wakeAtMs = step({ type: "released", button, nowMs }).wakeAtMs;
			assert.equal(wakeAtMs, undefined);
		}),
	);
});
