// What a person does on the touch panel, over the workbench's WebSocket alone: the real panel, firmware and virtual printer.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import type { DeviceState } from "../../modules/device-state";
import { SeenPanel } from "../panel/seen-panel";
import { PanelViewer } from "./panel-viewer";
import { startQuietPanel } from "./quiet-simulator";

const storage = mkdtempSync(join(tmpdir(), "culm-panel-flows-"));
let endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const end of endings.reverse()) await end();
	endings = [];
});
after(() => rmSync(storage, { recursive: true, force: true }));

async function start(...args: string[]) {
	const panel = new SeenPanel();
	const { simulator, port } = await startQuietPanel(
		mkdtempSync(join(storage, "run-")),
		panel.drawPanel,
		...args,
	);
	const browser = await PanelViewer.open({ port });
	endings.push(
		() => simulator.close(),
		() => browser.close(),
	);
	const state = async (): Promise<DeviceState> =>
		(await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
	const post = async (where: number, path: string, body: unknown): Promise<void> => {
		const response = await fetch(`http://127.0.0.1:${where}${path}`, {
			method: "POST",
			body: JSON.stringify(body),
		});
		assert.equal(response.status, 200, await response.text());
	};
	/** One page on, with a finger that takes its time. */
	const swipe = async (): Promise<void> => {
		const { width, height } = panel.screen;
		browser.touch("began", width - 40, height / 2);
		for (let x = width - 40; x >= 40; x -= 20) {
			browser.touch("moved", x, height / 2);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		browser.touch("ended", 40, height / 2);
	};
	return {
		panel,
		browser,
		swipe,
		state,
		sees: (words: string) => browser.until(words, () => panel.sees(words)),
		press: (words: string, isDone: () => boolean | Promise<boolean>) =>
			panel.press(words, (place) => browser.tap(place), isDone),
		job: async () => (await state()).printers[0]?.job.state,
		/** At the workbench. */
		wish: (wish: object) => post(port + 1, "/api/world", wish),
		restart: () => post(port, "/api/restart", {}),
	};
}

for (const size of ["large", "small"]) {
	test(`${size}: a print is paused and stopped by touch, each after a question, and the panel shows both`, async () => {
		const { panel, sees, press, job, swipe } = await start("--panel", size, "--speed", "20");
		await sees("Benchmark boat");
		// On the small panel the buttons are on the page after the first.
		if (size === "small") await swipe();
		await press("Pause", () => panel.sees("Pause the job?"));
		assert.notEqual(await job(), "paused");
		await press("Pause", async () => (await job()) === "paused");
		await sees("Resume");
		await press("Stop", () => panel.sees("Stop the job?"));
		assert.equal(await job(), "paused");
		await press("Stop the job", async () => (await job()) === "failed");
	});
}

test("a browser has the panel's picture to the last pixel, also one that was too slow for all of them", async () => {
	const { panel, browser, press } = await start();
	browser.isPrompt = false;
	await press("Control", () => panel.sees("Temperature"));
	await press("Filament", () => panel.sees("External spool"));
	await press("Heater", () => panel.sees("Always on"));
	await press("More", () => panel.sees("Settings"));
	await press("Settings", () => panel.sees("Brightness"));
	await press("Home", () => panel.sees("Benchmark boat"));
	assert.ok(browser.pictures <= 2, `${browser.pictures} pictures went to a browser that has drawn none`);
	browser.isPrompt = true;
	browser.drawn();
	browser.drawn();
	await browser.until("the same picture", () =>
		panel.screen.frame.every((color, index) => color === browser.picture[index]),
	);
});

test("the chamber heater is turned on by touch, and what is wrong with it is said in words", async () => {
	const { panel, press, sees, state, wish } = await start("--speed", "20");
	await press("Heater", () => panel.sees("Always on"));
	await press("Always on", async () => (await state()).breath?.mode === "always_on");
	await press("Turn on", async () => (await state()).breath?.on === true);
	await sees("heating");
	await wish({ heaterSwitch: "chamberOpen", on: true });
	await sees("The chamber's temperature sensor is missing or its lead is broken");
	assert.equal((await state()).breath?.on, false);
});

test("what is switched at the workbench is seen on the panel", async () => {
	const { panel, sees, wish, browser } = await start();
	await sees("online");
	await wish({ switch: "slotsFull", on: true });
	await browser.until("the lost link", () => !panel.sees("online"));
	await wish({ switch: "slotsFull", on: false });
	await sees("online");
	await wish({ fault: "0300_8004" });
	await sees("The filament has run out. Load new filament, then resume.");
});

test("after a restart of the firmware the panel is back, for the browser that was there before too", async () => {
	const { panel, sees, press, browser, restart } = await start();
	await sees("Benchmark boat");
	await press("More", () => panel.sees("Settings"));
	const before = panel.screen;
	await restart();
	await browser.until("the next screen", () => browser.texts.filter(({ size }) => size).length === 2);
	assert.notEqual(panel.screen, before);
	await sees("Benchmark boat");
	await press("Control", () => panel.sees("Temperature"));
});
