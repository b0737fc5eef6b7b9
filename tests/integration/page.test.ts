// The device's page and the workbench in a real browser, as a person sees and uses them.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, chromium } from "playwright-core";
import { parseCommandLine } from "../../sim/command-line";
import { type Simulator, startSimulator } from "../../sim/simulator";
import { freePorts } from "../e2e/free-ports";
import { MemoryLog } from "../fakes/memory-log";
import { until } from "./simulator-process";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const storage = mkdtempSync(join(tmpdir(), "culm-page-"));
let simulator: Simulator;
let browser: Browser;
let port: number;

before(async () => {
	port = await freePorts(2);
	const parsed = parseCommandLine(["--port", String(port), "--storage", storage, "--speed", "20"]);
	if (parsed.kind !== "run") throw new Error("bad options");
	simulator = await startSimulator(parsed.options, new MemoryLog());
	browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-background-networking",
			"--no-first-run",
			"--disable-sync",
		],
	});
});
after(async () => {
	await browser?.close();
	await simulator?.close();
	rmSync(storage, { recursive: true, force: true });
});

/** A page that fails the test when anything is logged as an error, or fetched from elsewhere. */
async function open(address: string, width: number, height: number) {
	const page = await browser.newPage({ viewport: { width, height } });
	const errors: string[] = [];
	page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
	page.on("pageerror", (error) => errors.push(error.message));
	page.on("request", (request) => {
		if (!request.url().startsWith(new URL(address).origin)) errors.push(`asked ${request.url()}`);
	});
	await page.goto(address);
	return { page, errors };
}

for (const [kind, width, height] of [
	["phone", 390, 800],
	["desktop", 1280, 800],
] as const) {
	test(`the page shows the printer live on a ${kind}, without errors and without scrolling sideways`, async () => {
		const { page, errors } = await open(`http://127.0.0.1:${port}/`, width, height);
		await page.getByText("online", { exact: true }).waitFor();
		await page.getByText("Benchmark boat").waitFor();
		await page.getByText("PLA Basic").first().waitFor();
		const overflow = await page.evaluate(
			"document.documentElement.scrollWidth > document.documentElement.clientWidth",
		);
		assert.equal(overflow, false);
		const percent = page.locator('[data-field="percent"]');
		const before = await percent.textContent();
		await until(async () => (await percent.textContent()) !== before, 60_000);
		assert.deepEqual(errors, []);
		await page.close();
	});
}

test("a switch clicked at the workbench shows on the device's page in words", async () => {
	const device = await open(`http://127.0.0.1:${port}/`, 800, 800);
	const workbench = await open(`http://127.0.0.1:${port + 1}/`, 1100, 800);
	await device.page.getByText("online", { exact: true }).waitFor();
	const box = workbench.page.getByLabel("Unknown authority");
	await box.check();
	await device.page.getByText("does not come from a known Bambu Lab authority").waitFor();
	await device.page.getByText("SHA-256").waitFor();
	await box.uncheck();
	assert.deepEqual([...device.errors, ...workbench.errors], []);
	await device.page.close();
	await workbench.page.close();
});
