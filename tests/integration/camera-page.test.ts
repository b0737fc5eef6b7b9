// A printer's camera on the device's page, in a real browser.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const LIMIT_MS = 15_000;

let browser: Browser;
let simulator: Simulator | undefined;
const storage = mkdtempSync(join(tmpdir(), "culm-camera-page-"));

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

/** The address of the device's page. */
async function start(...args: string[]): Promise<string> {
	const started = await startQuietSimulator(mkdtempSync(join(storage, "run-")), ...args);
	simulator = started.simulator;
	return `http://127.0.0.1:${started.port}/`;
}

const open = (address: string) => openPage(browser, address, { viewport: { width: 1000, height: 900 } });

/** The picture on the canvas: its size and some of its colours. `undefined` while there is none. */
async function picture(page: Page): Promise<{ width: number; height: number; pixels: string } | undefined> {
	return page.evaluate(`(() => {
		const canvas = document.querySelector('[data-field="camera-picture"]');
		if (canvas.hidden) return undefined;
		const { width, height } = canvas;
		const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
		let pixels = "";
		for (let at = 0; at < data.length; at += 4 * 997) pixels += data[at] + "," + data[at + 1] + ";";
		return { width, height, pixels };
	})()`);
}

const shown = (page: Page) => until(async () => (await picture(page)) !== undefined, LIMIT_MS);

test("the camera is shown and moves, until it is hidden, without errors", async () => {
	const { page, errors } = await open(await start());
	await page.getByRole("button", { name: "Show camera" }).click();
	await shown(page);
	const first = await picture(page);
	assert.deepEqual([first?.width, first?.height], [1280, 720]);
	assert.ok(new Set(first?.pixels.split(";")).size > 5, "there is something to see");
	await until(async () => (await picture(page))?.pixels !== first?.pixels, LIMIT_MS);
	assert.equal(await page.getByRole("img", { name: /'s camera$/ }).count(), 1);
	const overflow = await page.evaluate(
		"document.documentElement.scrollWidth > document.documentElement.clientWidth",
	);
	assert.equal(overflow, false);
	await page.getByRole("button", { name: "Hide camera" }).click();
	assert.equal(await picture(page), undefined);
	await page.getByRole("button", { name: "Show camera" }).click();
	await shown(page);
	assert.deepEqual(errors, []);
});

test("a second page is told that somebody is watching, and may watch when the first one has closed", async () => {
	const address = await start();
	const first = await open(address);
	await first.page.getByRole("button", { name: "Show camera" }).click();
	await shown(first.page);
	const second = await open(address);
	await second.page.getByRole("button", { name: "Show camera" }).click();
	await second.page.getByText("Somebody else is watching a camera").waitFor();
	await second.page.getByRole("button", { name: "Show camera" }).waitFor();
	await first.page.close();
	await second.page.getByRole("button", { name: "Show camera" }).click();
	await shown(second.page);
	assert.deepEqual([...first.errors, ...second.errors], []);
});

test("with a password the page asks for it before it shows the camera", async () => {
	const address = await start();
	const response = await fetch(`${address}api/settings`, {
		method: "PATCH",
		body: JSON.stringify({ devicePassword: "correct-horse" }),
	});
	assert.equal(response.status, 200);
	const { page, errors } = await open(address);
	await page.getByRole("button", { name: "Show camera" }).click();
	await page.locator("#password-field").fill("wrong-horse");
	await page.keyboard.press("Enter");
	await page.locator("#password-wrong").waitFor();
	await page.locator("#password-field").fill("correct-horse");
	await page.keyboard.press("Enter");
	await shown(page);
	assert.deepEqual(errors, []);
});

test("whoever would rather not give the password is left with words, and no camera", async () => {
	const address = await start();
	await fetch(`${address}api/settings`, {
		method: "PATCH",
		body: JSON.stringify({ devicePassword: "correct-horse" }),
	});
	const { page, errors } = await open(address);
	await page.getByRole("button", { name: "Show camera" }).click();
	await page.locator("#password-cancel").click();
	await page.getByText("asks for its password").waitFor();
	await page.getByRole("button", { name: "Show camera" }).waitFor();
	assert.deepEqual(errors, []);
});

test("what is wrong with the camera is said on the card, also in Chinese", async () => {
	const address = await start();
	simulator?.firmware.settings.set({ "printer0.accessCode": "wr0ngc0d" });
	const { page, errors } = await open(address);
	await page.getByRole("button", { name: "Show camera" }).click();
	await page.getByText("The printer hangs up before it sends a picture").waitFor();
	assert.equal(await picture(page), undefined);
	await fetch(`${address}api/settings`, { method: "PATCH", body: JSON.stringify({ language: "zh" }) });
	await page.reload();
	await page.getByRole("button", { name: "显示摄像头" }).click();
	await page.getByText("打印机在发送画面之前挂断").waitFor();
	assert.deepEqual(errors, []);
});

test("after a restart of the device the camera comes back by itself", async () => {
	const address = await start();
	const { page, errors } = await open(address);
	await page.getByRole("button", { name: "Show camera" }).click();
	await shown(page);
	await fetch(`${address}api/restart`, { method: "POST", body: "{}" });
	await page.locator("canvas.stale").waitFor();
	await page.locator("canvas:not(.stale)").waitFor();
	const before = await picture(page);
	await until(async () => (await picture(page))?.pixels !== before?.pixels, LIMIT_MS);
	assert.deepEqual(
		errors.filter((error) => !/WebSocket|ERR_CONNECTION/.test(error)),
		[],
	);
});

test("nothing is sent to a page that is in the background", async () => {
	const { page, errors } = await open(await start());
	await page.getByRole("button", { name: "Show camera" }).click();
	await shown(page);
	await page.evaluate(`{
		Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
		document.dispatchEvent(new Event("visibilitychange"));
	}`);
	// What was on its way has arrived.
	await new Promise((resolve) => setTimeout(resolve, 500));
	const before = await picture(page);
	await new Promise((resolve) => setTimeout(resolve, 1_500));
	assert.equal((await picture(page))?.pixels, before?.pixels);
	await page.evaluate(`{
		Object.defineProperty(document, "hidden", { get: () => false, configurable: true });
		document.dispatchEvent(new Event("visibilitychange"));
	}`);
	await until(async () => (await picture(page))?.pixels !== before?.pixels, LIMIT_MS);
	assert.deepEqual(errors, []);
});

test("a printer with another kind of camera says so in place of the button", async () => {
	const { page, errors } = await open(await start("--model", "X1C"));
	await page.getByText("This printer's camera speaks RTSPS").waitFor();
	assert.equal(await page.getByRole("button", { name: "Show camera" }).isVisible(), false);
	assert.deepEqual(errors, []);
});

test("axe finds nothing while the camera is shown, in dark and in light", async () => {
	const address = await start();
	for (const colorScheme of ["dark", "light"] as const) {
		const context = await browser.newContext({ bypassCSP: true, colorScheme });
		const page = await context.newPage();
		await page.goto(address);
		await page.getByRole("button", { name: "Show camera" }).click();
		await shown(page);
		assert.deepEqual(await axe(page), [], colorScheme);
		await context.close();
	}
});
