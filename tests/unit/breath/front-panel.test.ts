import assert from "node:assert/strict";
import { test } from "node:test";
import { FrontPanel } from "../../../modules/breath/front-panel";
import type { HeaterButton } from "../../../modules/platform/heater-board";
import { breathBench } from "./breath-bench";
import { printerState } from "./printer-fixture";

function panelBench() {
	const bench = breathBench({ printer: printerState() });
	const resets: number[] = [];
	const panel = new FrontPanel({
		...bench,
		onFactoryReset: () => resets.push(bench.clock.now()),
	});
	const tap = (button: HeaterButton, seconds = 0.1) => {
		bench.board.press(button);
		bench.advance(seconds);
		bench.board.press(button, false);
	};
	const lit = () => [...bench.board.leds].sort();
	/** Which lamps were ever lit, and which ever dark, in that time. */
	const watch = (seconds: number) => {
		const wasLit = new Set<string>();
		const wasDark = new Set<string>();
		for (let ms = 0; ms < seconds * 1000; ms += 100) {
			bench.clock.advance(100);
			for (const led of ["power", "auto", "on", "dry"] as const)
				(bench.board.leds.has(led) ? wasLit : wasDark).add(led);
		}
		return [...wasLit].filter((led) => wasDark.has(led)).sort();
	};
	return { ...bench, panel, resets, tap, lit, watch };
}

test("the mode buttons select and start, Power stops and starts", () => {
	const { breath, board, tap, lit, advance, panel } = panelBench();
	assert.deepEqual(lit(), ["power"]);
	tap("on");
	assert.equal(breath.state.activeTarget, 45);
	assert.deepEqual(lit(), ["on", "power"]);
	advance(10);
	assert.equal(board.heater, true);
	board.press("power");
	assert.equal(board.heater, false);
	assert.equal(breath.state.on, false);
	assert.deepEqual(lit(), ["power"]);
	board.press("power", false);
	assert.equal(breath.state.on, false);
	tap("power");
	assert.deepEqual([breath.state.on, breath.state.mode], [true, "always_on"]);
	tap("dry");
	assert.equal(breath.state.drying.running, true);
	assert.deepEqual(lit(), ["dry", "power"]);
	panel.close();
	breath.close();
});

test("auto that waits blinks, and is lit once it heats", () => {
	const { breath, tap, watch, setPrinter, panel, advance, lit } = panelBench();
	tap("auto");
	assert.deepEqual(watch(4), ["auto"]);
	setPrinter(printerState({ bed: { target: 100 } }));
	advance(1);
	assert.deepEqual(watch(4), []);
	assert.deepEqual(lit(), ["auto", "power"]);
	panel.close();
	breath.close();
});

test("a fault blinks on Power until Power is held for two seconds", async () => {
	const { breath, board, tap, watch, panel, advance } = panelBench();
	tap("on");
	advance(10);
	board.isChamberOpen = true;
	advance(20);
	assert.deepEqual(watch(2), ["power"]);
	board.isChamberOpen = false;
	advance(20);
	tap("power", 2.5);
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	advance(1);
	assert.equal(breath.state.fault, undefined);
	assert.equal(breath.state.on, false);
	assert.deepEqual(watch(2), []);
	panel.close();
	breath.close();
});

test("Power and Auto held for five seconds: everything off, all lamps flash, the settings are to be wiped", () => {
	const { breath, board, tap, advance, resets, watch, panel } = panelBench();
	tap("on");
	advance(10);
	board.press("power");
	board.press("auto");
	advance(4.9);
	assert.deepEqual(resets, []);
	breath.change({ on: true }, "page");
	advance(0.2);
	assert.equal(resets.length, 1);
	assert.equal(board.heater, false);
	assert.equal(breath.state.on, false);
	assert.deepEqual(watch(2), ["auto", "dry", "on", "power"]);
	advance(30);
	assert.equal(resets.length, 1);
	panel.close();
	breath.close();
});

test("a press is somebody there: heat that was started with a button goes off without one", () => {
	const { breath, advance, tap, panel, setPrinter } = panelBench();
	setPrinter(undefined);
	tap("on");
	advance(9 * 60);
	tap("on", 3);
	advance(9 * 60);
	assert.equal(breath.state.on, true);
	advance(61);
	assert.equal(breath.state.reasonCode, "abandoned");
	panel.close();
	breath.close();
});

test("without anything that blinks no timer runs; after close no lamp is lit and no button counts", () => {
	const { breath, board, clock, tap, panel, resets } = panelBench();
	clock.advance(1_000);
	const pending = clock.pendingTimers;
	tap("auto");
	assert.equal(clock.pendingTimers, pending + 1, "the blinking");
	board.press("power");
	board.press("auto");
	panel.close();
	panel.close();
	clock.advance(10_000);
	assert.deepEqual([...board.leds], []);
	assert.deepEqual(resets, []);
	tap("on");
	assert.equal(breath.state.on, false);
	breath.close();
});
