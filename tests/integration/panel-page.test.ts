// The touch panel on the workbench, in a real browser: touched with the mouse, it commands the virtual printer.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { DeviceState } from "../../modules/device-state";
import type { Simulator } from "../../sim/simulator";
import { startQuietPanel } from "../e2e/quiet-simulator";
import { SeenPanel } from "../panel/seen-panel";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const LIMIT_MS = 15_000;
const DESKTOP = { viewport: { width: 1440, height: 1000 } } as const;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

let browser: Browser;
let simulator: Simulator | undefined;
let panel: SeenPanel;
let port: number;
const storage = mkdtempSync(join(tmpdir(), "culm-panel-page-"));

before(async () => {
	browser = await launchBrowser();
});
afterEach(async () => {
	for (const context of browser.contexts()) await context.close();
	await simulator?.close();
	simulator = undefined;
});
after(async () => {
	await browser.close();
	rmSync(storage, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<void> {
	panel = new SeenPanel();
	const started = await startQuietPanel(mkdtempSync(join(storage, "run-")), panel.drawPanel, ...args);
	({ simulator, port } = started);
}

async function open(options: typeof DESKTOP | typeof PHONE = DESKTOP) {
	const opened = await openPage(browser, `http://127.0.0.1:${port + 1}/`, options);
	await opened.page.locator("#screen:not(.off)").waitFor();
	return opened;
}

async function state(): Promise<DeviceState> {
	return (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
}

const job = async () => (await state()).printers[0]?.job.state;

/** With the mouse, on those words of the panel. */
async function press(page: Page, words: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
	await panel.press(words, (place) => click(page, place), isDone);
}

async function click(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
	const canvas = page.locator("#screen");
	const box = await canvas.boundingBox();
	assert.ok(box);
	const scale = box.width / panel.screen.width;
	await canvas.click({ position: { x: x * scale, y: y * scale }, delay: 50 });
}

/** What of the canvas is not as on the panel, in pixels; each channel may lose what 16 bits have no room for. */
async function difference(page: Page): Promise<number> {
	const colors: string = await page.evaluate(`(() => {
		const canvas = document.querySelector("#screen");
		const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
		const words = new Uint16Array(data.length / 4);
		for (let at = 0; at < words.length; at++)
			words[at] = ((data[4 * at] >> 3) << 11) | ((data[4 * at + 1] >> 2) << 5) | (data[4 * at + 2] >> 3);
		const bytes = new Uint8Array(words.buffer);
		let text = "";
		for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
		return btoa(text);
	})()`);
	const bytes = Buffer.from(colors, "base64");
	const { frame } = panel.screen;
	assert.equal(bytes.length, frame.length * 2);
	return frame.reduce((count, color, at) => count + (color === bytes.readUInt16LE(2 * at) ? 0 : 1), 0);
}

const same = (page: Page) => until(async () => (await difference(page)) === 0, LIMIT_MS);

for (const size of ["large", "small"]) {
	test(`the workbench shows the ${size} panel to the last pixel, in the width of a phone too, without errors`, async () => {
		await start("--panel", size);
		for (const options of [DESKTOP, PHONE]) {
			const { page, errors } = await open(options);
			await same(page);
			const overflow = await page.evaluate(
				"document.documentElement.scrollWidth > document.documentElement.clientWidth",
			);
			assert.equal(overflow, false);
			assert.deepEqual(errors, []);
		}
	});
}

test("the mouse on the panel pauses the virtual print, after a question, and resumes it", async () => {
	await start("--speed", "4");
	const { page, errors } = await open();
	await until(() => panel.sees("Benchmark boat"), LIMIT_MS);
	await press(page, "Pause", () => panel.sees("Pause the job?"));
	assert.notEqual(await job(), "paused");
	await press(page, "Pause", async () => (await job()) === "paused");
	await page.getByText("PAUSE · Benchmark boat").waitFor();
	await press(page, "Resume", () => panel.sees("Go on with the job?"));
	await press(page, "Resume", async () => (await job()) !== "paused");
	assert.deepEqual(errors, []);
});

test("two browsers show the same, and either may touch", async () => {
	await start();
	const [first, second] = [await open(), await open(PHONE)];
	await press(first.page, "More", () => panel.sees("Settings"));
	await press(second.page, "Settings", () => panel.sees("Brightness"));
	await Promise.all([same(first.page), same(second.page)]);
	assert.deepEqual([...first.errors, ...second.errors], []);
});

test("a browser that has not drawn for a while gets the newest picture, and not all in between", async () => {
	await start();
	const { page, errors } = await open();
	await same(page);
	// As a page in the background: nothing is drawn until somebody looks again.
	await page.evaluate(`{
		window.held = [];
		window.drawLater = window.requestAnimationFrame;
		window.requestAnimationFrame = (callback) => window.held.push(callback);
	}`);
	await press(page, "Control", () => panel.sees("Temperature"));
	await press(page, "Filament", () => panel.sees("External spool"));
	await press(page, "Heater", () => panel.sees("Always on"));
	await press(page, "More", () => panel.sees("Settings"));
	assert.ok((await page.evaluate<number>("window.held.length")) <= 2);
	assert.notEqual(await difference(page), 0);
	await page.evaluate(`{
		window.requestAnimationFrame = window.drawLater;
		for (const callback of window.held) callback(performance.now());
	}`);
	await same(page);
	assert.deepEqual(errors, []);
});

test("after a restart of the firmware the panel is back by itself", async () => {
	await start();
	const { page, errors } = await open();
	await press(page, "More", () => panel.sees("Settings"));
	const before = panel.screen;
	const answer = await fetch(`http://127.0.0.1:${port}/api/restart`, { method: "POST", body: "{}" });
	assert.equal(answer.status, 200);
	await until(() => panel.screen !== before && panel.sees("Benchmark boat"), LIMIT_MS);
	await press(page, "Control", () => panel.sees("Temperature"));
	await same(page);
	assert.deepEqual(errors, []);
});

test("with the panel, axe finds nothing on the workbench, in dark and in light", async () => {
	await start();
	for (const colorScheme of ["dark", "light"] as const) {
		const context = await browser.newContext({ bypassCSP: true, colorScheme });
		const page = await context.newPage();
		await page.goto(`http://127.0.0.1:${port + 1}/`);
		await page.locator("#screen:not(.off)").waitFor();
		await page.getByText("Connected: ").waitFor();
		assert.deepEqual(await axe(page), [], colorScheme);
		await context.close();
	}
});
