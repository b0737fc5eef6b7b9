// The device's page and the workbench in a real browser, as a person sees and uses them.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import type { BreathState } from "../../modules/breath/breath-state";
import { FAULT_CODES } from "../../modules/breath/fault-words";
import type { DeviceState } from "../../modules/device-state";
import { EVENT_CODES } from "../../modules/event-log/event-codes";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const storage = mkdtempSync(join(tmpdir(), "culm-page-"));
let simulator: Simulator;
let browser: Browser;
let port: number;

before(async () => {
	({ simulator, port } = await startQuietSimulator(storage, "--speed", "20"));
	browser = await launchBrowser();
});
/** The device serves four pages at a time: one that a failed test left open would fail the next. */
afterEach(async () => {
	for (const context of browser.contexts()) await context.close();
});
after(async () => {
	await browser?.close();
	await simulator?.close();
	rmSync(storage, { recursive: true, force: true });
});

/** What the page may weigh on its way, gzipped. */
const PAGE_LIMIT_BYTES = 60_000;

async function change(path: string, method: string, body: unknown): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: JSON.stringify(body) });
	assert.equal(response.status, 200, await response.text());
}

async function breath(): Promise<BreathState> {
	const response = await fetch(`http://127.0.0.1:${port}/api/state`);
	const { breath } = (await response.json()) as DeviceState;
	assert.ok(breath);
	return breath;
}

/** A page that fails the test when anything is logged as an error, or fetched from elsewhere. */
function open(address: string, width: number, height: number) {
	return openPage(browser, address, { viewport: { width, height } });
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

for (const [kind, width, height] of [
	["phone", 390, 800],
	["desktop", 1280, 800],
] as const) {
	test(`the heater's card is live on a ${kind}, before the printers, without errors and without scrolling sideways`, async () => {
		await change("/api/breath", "POST", { mode: "always_on", target: 45, on: true });
		const { page, errors } = await open(`http://127.0.0.1:${port}/`, width, height);
		await page.getByText(/^(Heating the chamber|Holding)/).waitFor();
		const chamber = page.locator("#chamber");
		const first = await chamber.textContent();
		await until(async () => (await chamber.textContent()) !== first, 30_000);
		await page.locator("#heater-chart path.chamber").waitFor({ state: "attached" });
		assert.equal(await page.locator("#heater-fault").isVisible(), false);
		await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
		const seen = (await page.evaluate(`({
			wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
			heater: document.querySelector("#heater").getBoundingClientRect().top,
			printer: document.querySelector("#printers").getBoundingClientRect().top,
			folded: document.querySelector("details").getBoundingClientRect().top,
		})`)) as { wide: boolean; heater: number; printer: number; folded: number };
		assert.equal(seen.wide, false);
		assert.ok(seen.heater < seen.printer && seen.printer < seen.folded);
		assert.deepEqual(errors, []);
		await page.close();
		await change("/api/breath", "POST", { on: false });
	});
}

test("the heater is turned on, aimed and turned off with the keyboard alone", async () => {
	await change("/api/breath", "POST", { mode: "always_on", target: 45, on: false });
	const { page, errors } = await open(`http://127.0.0.1:${port}/`, 1280, 800);
	await page.getByRole("button", { name: "Turn on" }).waitFor();
	const tabTo = async (id: string) => {
		for (let step = 0; step < 100; step++) {
			if ((await page.evaluate("document.activeElement.id")) === id) return;
			await page.keyboard.press("Tab");
		}
		assert.fail(`#${id} is not reached`);
	};
	await tabTo("heater-on");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Turn off" }).waitFor();
	assert.equal((await breath()).on, true);
	await tabTo("target");
	await page.keyboard.press("ArrowRight");
	await until(async () => (await breath()).target === 46, 5_000);
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Shift+Tab");
	assert.equal(await page.evaluate("document.activeElement.id"), "heater-on");
	await page.keyboard.press("Space");
	await page.getByRole("button", { name: "Turn on" }).waitFor();
	assert.equal((await breath()).on, false);
	assert.deepEqual(errors, []);
	await page.close();
});

test("drying begins with a preset, counts down, and ends when it is turned off", async () => {
	const { page, errors } = await open(`http://127.0.0.1:${port}/`, 390, 800);
	await page.getByRole("radio", { name: "Drying" }).check();
	await page.locator("#preset-pla").click();
	await until(async () => (await breath()).drying.target === 55, 5_000);
	await page.getByRole("button", { name: "Start drying" }).click();
	await page.getByText(/^(11 h \d+|12 h 0) min left$/).waitFor();
	assert.equal((await breath()).drying.running, true);
	await page.getByRole("button", { name: "Turn off" }).click();
	await page.getByRole("button", { name: "Start drying" }).waitFor();
	assert.equal((await breath()).drying.running, false);
	assert.deepEqual(errors, []);
	await page.close();
});

test("settings are saved with the hostname left empty, and a wrong image is refused in words", async () => {
	const { page, errors } = await open(`http://127.0.0.1:${port}/`, 1280, 800);
	await page.locator("summary", { hasText: "Settings" }).click();
	await page.locator("#setting-hostname").fill("");
	await page.locator("#settings-form").getByRole("button", { name: "Save" }).click();
	await page.locator("#settings-status", { hasText: "Done." }).waitFor();
	await page.locator("summary", { hasText: "Firmware update" }).click();
	const buffer = Buffer.alloc(70_000, 1);
	await page
		.locator("#update-file")
		.setInputFiles({ name: "x.bin", mimeType: "application/octet-stream", buffer });
	await page.locator("#update-start").click();
	await page.locator("#update-status.bad").waitFor();
	assert.match((await page.locator("#update-status").textContent()) ?? "", /image/i);
	assert.deepEqual(errors, []);
	await page.close();
});

for (const language of ["en", "zh"]) {
	for (const [kind, width, height] of [
		["phone", 390, 800],
		["desktop", 1280, 800],
	] as const) {
		test(`axe finds nothing on a ${kind} in "${language}", in dark and in light`, async () => {
			await change("/api/settings", "PATCH", { language });
			await change("/api/breath", "POST", { mode: "always_on", target: 60, on: true });
			try {
				for (const colorScheme of ["dark", "light"] as const) {
					const context = await browser.newContext({
						viewport: { width, height },
						bypassCSP: true,
						colorScheme,
					});
					const page = await context.newPage();
					await page.goto(`http://127.0.0.1:${port}/`);
					await page.locator(`html[lang="${language}"]`).waitFor();
					await page.getByText("Benchmark boat").waitFor();
					await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
					assert.deepEqual(await axe(page), [], colorScheme);
					await context.close();
				}
			} finally {
				await change("/api/breath", "POST", { on: false });
				await change("/api/settings", "PATCH", { language: "en" });
			}
		});
	}
}

test("what the device says itself is in Chinese when that is its language", async () => {
	await change("/api/settings", "PATCH", { language: "zh" });
	await change("/api/breath", "POST", { mode: "always_on", target: 45, on: true });
	try {
		const { page, errors } = await open(`http://127.0.0.1:${port}/`, 390, 800);
		await page.getByText(/^(正在加热腔体至|保持|正在加热腔体，约 \d+ 分钟后达到) 45 °C$/).waitFor();
		await page.locator("#log > summary").click();
		await page.getByText("已开启：常开，由程序").first().waitFor();
		assert.deepEqual(errors, []);
		await page.close();
	} finally {
		await change("/api/breath", "POST", { on: false });
		await change("/api/settings", "PATCH", { language: "en" });
	}
});

test("each fault, reason and event has its words in Chinese", () => {
	const words = readFileSync(new URL("../../ui/web/words.js", import.meta.url), "utf8");
	const chinese = readFileSync(new URL("../../ui/web/words-zh.js", import.meta.url), "utf8");
	const reasons = readFileSync(new URL("../../modules/breath/breath-state.ts", import.meta.url), "utf8");
	const codes = [...reasons.slice(reasons.indexOf("export type ReasonCode")).matchAll(/\| "(\w+)"/g)];
	assert.ok(codes.length > 10);
	const keys = [
		...codes.map(([, code]) => `reason_${code}`),
		...FAULT_CODES.flatMap((code) => [`fault_${code}`, `help_${code}`]),
		...EVENT_CODES.map((code) => `event_${code}`),
	];
	assert.deepEqual(
		keys.filter((key) => !chinese.includes(`\t${key}:`)),
		[],
	);
	const places = words.slice(words.indexOf("const FAULTS"), words.indexOf("export function eventWords"));
	assert.deepEqual(
		[...places.matchAll(/^\t"(\w+)",$/gm)].map(([, code]) => code),
		FAULT_CODES,
	);
});

test("all that the page loads is less than 60 KB, gzipped", async () => {
	const page = await browser.newPage();
	const bodies: Promise<Buffer>[] = [];
	page.on("response", (response) => {
		if (!response.url().includes("/api/")) bodies.push(response.body());
	});
	await page.goto(`http://127.0.0.1:${port}/`);
	await page.getByText("Benchmark boat").waitFor();
	const loaded = await Promise.all(bodies);
	assert.ok(loaded.length > 10);
	const bytes = loaded.reduce((sum, body) => sum + gzipSync(body).length, 0);
	assert.ok(bytes < PAGE_LIMIT_BYTES, `${bytes} bytes`);
	await page.close();
});

test("a switch clicked at the workbench shows on the device's page in words", async () => {
	const device = await open(`http://127.0.0.1:${port}/`, 800, 800);
	const workbench = await open(`http://127.0.0.1:${port + 1}/`, 1100, 800);
	await device.page.getByText("online", { exact: true }).waitFor();
	const box = workbench.page.getByLabel("Unknown authority");
	await box.check();
	await device.page.getByText("does not come from a known Bambu Lab authority").waitFor();
	await device.page.locator('[data-field="help"]', { hasText: "SHA-256" }).waitFor();
	await box.uncheck();
	assert.deepEqual([...device.errors, ...workbench.errors], []);
	await device.page.close();
	await workbench.page.close();
});
