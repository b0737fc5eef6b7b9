// Anycubic printers on the device's page and on the workbench, in a real browser.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { parts as heaterParts } from "../../modules/boards/heater_parts/parts";
import { startFirmware } from "../../modules/firmware";
import type { Platform } from "../../modules/platform/platform";
import { createClock } from "../../sim/host/clock";
import { createMemoryStorage } from "../../sim/host/memory-storage";
import { createPlatform } from "../../sim/host/platform";
import { type QuietSimulator, startQuietSimulator } from "../e2e/quiet-simulator";
import { MemoryLog } from "../fakes/memory-log";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const storage = mkdtempSync(join(tmpdir(), "culm-page-anycubic-"));
let browser: Browser;
let device: QuietSimulator;

before(async () => {
	browser = await launchBrowser();
	device = await startQuietSimulator(storage, "--with-anycubic");
});
after(async () => {
	await browser.close();
	await device.simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

test("files are shown by place and folder, and one is deleted after a question", async () => {
	// Of a job that has not said its name yet, any file may be the one that is printed.
	const body = JSON.stringify({ command: "stop", confirm: true });
	const [, kobra] = device.simulator.firmware.printers.states;
	const url = `http://127.0.0.1:${device.port}/api/printers/${kobra?.id}/command`;
	await until(async () => (await fetch(url, { method: "POST", body })).status === 200, 15_000);
	const { page, errors } = await openPage(browser, `http://127.0.0.1:${device.port}/`, {});
	await page.getByRole("button", { name: "Files of Kobra 2 Plus 0001" }).click();
	const dialog = page.locator("#files-dialog");
	await dialog.getByText("benchmark_boat.gcode").waitFor();
	await dialog.getByLabel("Place").selectOption("usb");
	await dialog.getByRole("button", { name: "brackets/" }).click();
	await dialog.getByText("bracket left.gcode").waitFor();
	await dialog.getByRole("button", { name: "Up" }).click();
	await dialog.getByRole("button", { name: "Delete calibration_cube.gcode" }).click();
	await page.locator("#question-confirm").click();
	await dialog.getByText("calibration_cube.gcode").waitFor({ state: "detached" });
	await dialog.getByRole("button", { name: "Close" }).click();
	assert.deepEqual(errors, []);
	await page.close();
});

test("the form asks for what a printer is reached by, and the workbench has a card for each virtual one", async () => {
	const { page, errors } = await openPage(browser, `http://127.0.0.1:${device.port}/`, {});
	await page.locator("#printer-setup summary").click();
	await page.locator("#printer-maker").selectOption("lan");
	assert.deepEqual(
		[await page.locator("#printer-host").isVisible(), await page.locator("#printer-code").isVisible()],
		[true, false],
	);
	await page.locator("#printer-maker").selectOption("broker");
	assert.equal(await page.locator("#printer-device").isVisible(), true);
	await page.locator("#broker-settings summary").click();
	assert.equal(await page.getByLabel("Address (empty: none)").inputValue(), "127.0.0.1");
	assert.deepEqual(await axe(page), []);
	assert.deepEqual(errors, []);
	await page.close();
	const bench = await openPage(browser, `http://127.0.0.1:${device.port + 1}/`, {});
	await bench.page.getByText("Virtual Anycubic Kobra 3").waitFor();
	assert.equal(await bench.page.locator(".kobra").count(), 2);
	assert.deepEqual(bench.errors, []);
	await bench.page.close();
});

test("the page of a device that does not work with them offers none of it", async (t) => {
	const directory = mkdtempSync(join(tmpdir(), "culm-page-heater-"));
	const clock = createClock();
	const platform: Platform = {
		...createPlatform({ log: new MemoryLog(), clock, webPort: 0, storageDirectory: directory }),
		storage: createMemoryStorage(),
		mdns: { announce: () => ({ update() {}, close: async () => {} }) } as unknown as Platform["mdns"],
	};
	const firmware = startFirmware(platform, heaterParts);
	t.after(async () => {
		await firmware.close();
		rmSync(directory, { recursive: true, force: true });
	});
	const { page, errors } = await openPage(browser, `http://127.0.0.1:${await firmware.served}/`, {});
	await page.locator("#printer-setup summary").click();
	await page.locator("#printer-code").waitFor();
	await page.locator("#printer-maker").waitFor({ state: "hidden" });
	await page.locator("#broker-settings").waitFor({ state: "hidden" });
	assert.deepEqual(errors, []);
	await page.close();
});
