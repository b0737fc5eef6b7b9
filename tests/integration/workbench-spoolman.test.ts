// The workbench's part for the virtual Spoolman, in a real browser.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const LIMIT_MS = 15_000;
const storage = mkdtempSync(join(tmpdir(), "culm-workbench-spoolman-"));
let browser: Browser;
let simulator: Simulator;
let workbench: string;
let url: string;

before(async () => {
	browser = await launchBrowser();
	const started = await startQuietSimulator(storage);
	({ simulator } = started);
	workbench = `http://127.0.0.1:${started.port + 1}/`;
	url = simulator.places.find(({ what }) => what === "Virtual Spoolman")?.where ?? "";
});
after(async () => {
	await browser.close();
	await simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

const use = () =>
	fetch(`${url}/spool/4/use`, {
		method: "PUT",
		headers: { "content-type": "application/json", connection: "close" },
		body: '{"use_weight":12.5}',
	});

test("what is used is to be seen a moment later", async () => {
	const { page, errors } = await openPage(browser, workbench, { viewport: { width: 1440, height: 1000 } });
	const last = page.locator("#spools li").nth(3);
	await last.getByText("1000.0 g left").waitFor();
	assert.equal((await use()).status, 200);
	await last.getByText("987.5 g left").waitFor({ timeout: LIMIT_MS });
	await last.getByText("12.5 g used").waitFor();
	await last.getByText("without a tag, Shelf").waitFor();
	assert.deepEqual(errors, []);
	await page.close();
});

test("its switches do what they say, and the page shows it", async () => {
	const { page, errors } = await openPage(browser, workbench, { viewport: { width: 1440, height: 1000 } });
	const down = page.getByLabel("Spoolman is down");
	await down.check();
	await page.locator("#spoolman-place").getByText("is down").waitFor();
	await assert.rejects(use());
	await down.uncheck();
	await page.locator("#spoolman-place", { hasNotText: "is down" }).waitFor();
	await page.getByLabel("Answers with errors").check();
	await until(async () => (await use()).status === 500, LIMIT_MS);
	await page.getByLabel("Answers with errors").uncheck();
	await until(async () => (await use()).status === 200, LIMIT_MS);
	assert.deepEqual(errors, []);
	await page.close();
});

for (const colorScheme of ["light", "dark"] as const)
	test(`in the width of a phone nothing sticks out and axe finds nothing, ${colorScheme}`, async () => {
		const { page } = await openPage(browser, workbench, {
			viewport: { width: 390, height: 844 },
			colorScheme,
			bypassCSP: true,
		});
		await page.locator("#spools li").first().waitFor();
		assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
		assert.deepEqual(await axe(page), []);
		await page.close();
	});
