// What a person asks of a printer on the device's page: the job, temperatures, light, faults, order, and what was printed.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { DeviceState } from "../../modules/device-state";
import type { PrinterState } from "../../modules/printers/printer-state";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;
const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: "light" } as const;
const LIMIT_MS = 15_000;

const storage = mkdtempSync(join(tmpdir(), "culm-printers-page-"));
let browser: Browser;
let simulator: Simulator | undefined;
let port: number;

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

/** A device whose printer prints. */
async function start(options: Parameters<typeof openPage>[2], ...args: string[]) {
	({ simulator, port } = await startQuietSimulator(mkdtempSync(join(storage, "run-")), ...args));
	const opened = await openPage(browser, `http://127.0.0.1:${port}/`, options);
	await opened.page.getByText("online", { exact: true }).waitFor();
	await opened.page.getByRole("button", { name: "Stop", exact: true }).waitFor();
	return opened;
}

async function printers(): Promise<PrinterState[]> {
	const response = await fetch(`http://127.0.0.1:${port}/api/state`);
	return ((await response.json()) as DeviceState).printers;
}

async function printer(): Promise<PrinterState> {
	const [first] = await printers();
	assert.ok(first);
	return first;
}

async function ask(where: number, method: string, path: string, body: unknown): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${where}${path}`, { method, body: JSON.stringify(body) });
	assert.ok(response.ok, await response.text());
}

const inWorld = (wish: unknown) => ask(port + 1, "POST", "/api/world", wish);
const becomes = (isSo: (state: PrinterState) => boolean) =>
	until(async () => isSo(await printer()), LIMIT_MS);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function fits(page: Page): Promise<boolean> {
	return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}

test("a job is paused, taken up again, and stopped only when that is confirmed, all with the keyboard", async () => {
	const { page, errors } = await start(PHONE);
	await button(page, "Pause").focus();
	await page.keyboard.press("Enter");
	await button(page, "Resume").waitFor();
	await becomes(({ job }) => job.state === "paused");
	assert.equal(await page.evaluate("document.activeElement.textContent"), "Resume", "the focus stays");
	await page.keyboard.press("Enter");
	await button(page, "Pause").waitFor();
	await becomes(({ job }) => job.state !== "paused");

	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.getByText(/^Stop what “.*” prints\? The job cannot be taken up again\.$/).waitFor();
	assert.equal(
		await page.evaluate("document.activeElement.id"),
		"question-cancel",
		"the safe answer is nearest",
	);
	await page.keyboard.press("Escape");
	assert.notEqual((await printer()).job.state, "failed");
	await button(page, "Stop").press("Enter");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await becomes(({ job }) => job.cancelled === true);
	await button(page, "Stop").waitFor({ state: "hidden" });

	await page.locator("#jobs > summary").click();
	await page
		.locator("#jobs-rows li", { hasText: "cancelled" })
		.filter({ hasText: "Benchmark boat" })
		.waitFor();
	assert.equal(await fits(page), true);
	await button(page, "Clear the list").click();
	await page.locator("#question-confirm").click();
	await page.getByText("No job has ended yet.").waitFor();
	assert.deepEqual(errors, []);
});

test("speed, light, temperatures and fans are set, within what the printer can do", async () => {
	const { page, errors } = await start(DESKTOP);
	await page.getByLabel("Speed").selectOption("Sport");
	await becomes(({ job }) => job.speedLevel === 3);
	const light = button(page, "Light");
	const before = await light.getAttribute("aria-pressed");
	await light.click();
	await page.locator(`button[aria-pressed="${before !== "true"}"]`, { hasText: /^Light$/ }).waitFor();
	assert.equal((await printer()).lights.chamber, before !== "true");

	await page.locator("summary", { hasText: "Temperatures and fans" }).click();
	const bed = page.getByLabel(/^Bed, up to 100 °C/);
	await bed.fill("101");
	await page.keyboard.press("Enter");
	assert.equal(
		await page.evaluate("document.activeElement.validity.rangeOverflow"),
		true,
		"said beside the field",
	);
	await bed.fill("65");
	await page.keyboard.press("Enter");
	await becomes((state) => state.bed.target === 65);
	const fan = page.getByLabel("Fan: aux");
	await fan.focus();
	await page.keyboard.press("End");
	await becomes(({ fans }) => fans.aux === 100);
	assert.equal(await page.getByLabel(/^Chamber, up to/).count(), 0, "it has no chamber heater");
	assert.equal(await page.getByLabel("Air duct").count(), 0);
	assert.deepEqual(errors, []);
});

test("a printer with two nozzles, a chamber heater and air ducts offers these too", async () => {
	const { page, errors } = await start(PHONE, "--model", "H2D");
	await page.locator("summary", { hasText: "Temperatures and fans" }).click();
	await page.getByLabel(/^Left nozzle, up to 350 °C/).fill("210");
	await page.keyboard.press("Enter");
	await becomes(({ nozzles }) => nozzles[1]?.target === 210);
	await page.getByLabel(/^Chamber, up to 65 °C/).fill("50");
	await page.keyboard.press("Enter");
	await becomes(({ chamber }) => chamber?.target === 50);
	await page.getByLabel("Air duct").selectOption("heating");
	await becomes(({ airDuct }) => airDuct === "heating");
	await page.locator("dt", { hasText: "Door" }).waitFor();
	assert.equal(await fits(page), true);
	assert.deepEqual(errors, []);
});

test("a printer that refuses is read-only from then on: said once, with everything greyed but the light", async () => {
	const { page, errors } = await start({ ...PHONE, bypassCSP: true });
	await inWorld({ switch: "secured", on: true });
	await button(page, "Pause").click();
	const status = page.locator('[data-field="command-status"].bad');
	await status.filter({ hasText: /Developer Mode/ }).waitFor();
	await page.getByText("read-only", { exact: true }).waitFor();
	await page.getByText(/takes no commands from this device but for the light/).waitFor();
	for (const name of ["Pause", "Stop"]) assert.equal(await button(page, name).isDisabled(), true, name);
	assert.equal(await page.getByLabel("Speed").isDisabled(), true);
	await page.locator("summary", { hasText: "Temperatures and fans" }).click();
	assert.equal(await page.getByLabel(/^Nozzle, up to/).isDisabled(), true);
	assert.deepEqual(await axe(page), []);
	const before = (await printer()).lights.chamber;
	await button(page, "Light").click();
	await becomes(({ lights }) => lights.chamber !== before);
	assert.deepEqual(errors, []);
});

test("a fault says how bad it is, where, and what it means, and what can be done is a button", async () => {
	const { page, errors } = await start({ ...DESKTOP, bypassCSP: true });
	await inWorld({ fault: "0300_8004" });
	const faults = page.getByRole("list", { name: "Faults" });
	await faults.getByText(/^Serious · /).waitFor();
	const link = faults.getByRole("link", { name: /0300_8004 in the maker's wiki/ });
	assert.match((await link.getAttribute("href")) ?? "", /^https:\/\/wiki\.bambulab\.com\//);
	assert.equal(await fits(page), true);
	assert.deepEqual(await axe(page), []);
	await faults.getByRole("button", { name: "Resume" }).click();
	await becomes(({ job }) => job.state !== "paused");
	await faults.waitFor({ state: "hidden" });
	await inWorld({ fault: "0300_8004" });
	await faults.getByRole("button", { name: "Stop the job" }).click();
	await page.locator("#question-confirm").click();
	await becomes(({ job }) => job.cancelled === true);
	assert.deepEqual(errors, []);
});

test("printers are put into another order with the keyboard, and every page shows it", async () => {
	const { page, errors } = await start(PHONE);
	const other = await openPage(browser, `http://127.0.0.1:${port}/`, DESKTOP);
	assert.equal(await page.getByRole("button", { name: /^Move / }).count(), 0, "one printer has no order");
	const second = { host: "127.0.0.2", serial: "01S00A000000099", accessCode: "12345678", name: "Garage" };
	await ask(port, "POST", "/api/printers", second);
	const up = page.getByRole("button", { name: "Move Garage up" });
	await up.focus();
	await page.keyboard.press("Enter");
	await until(async () => (await printer()).name === "Garage", LIMIT_MS);
	for (const shown of [page, other.page])
		await until(async () => (await shown.locator("article h3").first().textContent()) === "Garage", LIMIT_MS);
	assert.equal(
		await page.evaluate("document.activeElement.getAttribute('aria-label')"),
		"Move Garage down",
		"the focus stays at the printer",
	);
	await page.keyboard.press("Enter");
	await until(async () => (await printers())[1]?.name === "Garage", LIMIT_MS);
	assert.deepEqual([...errors, ...other.errors], []);
});

test("a printer is added with its address and access code alone, and its unknown certificate is shown before it is trusted", async () => {
	const { page, errors } = await start(DESKTOP);
	const { id, host } = await printer();
	const settings = (await (await fetch(`http://127.0.0.1:${port}/api/settings`)).json()) as Record<
		string,
		unknown
	>;
	await ask(port, "DELETE", `/api/printers/${id}`, {});
	await page.getByText("No printer is set up yet.").waitFor();
	// The form has no port: a real printer has but one.
	await page.route("**/api/printers", async (route) => {
		const sent = route.request().postDataJSON() as Record<string, unknown>;
		assert.equal("serial" in sent, false);
		await route.continue({ postData: JSON.stringify({ ...sent, port: settings["printer0.port"] }) });
	});
	await page.locator("summary", { hasText: "Add a printer" }).click();
	await page.locator("#printer-host").fill(host);
	await page.locator("#printer-code").fill("12345678");
	await inWorld({ switch: "untrustedCa", on: true });
	await page.keyboard.press("Enter");
	await page.locator("#printer-status.bad", { hasText: "SHA-256" }).waitFor();
	await page.locator("#printer-trust").click();
	await page.locator("#printer-status.good", { hasText: "Connected to" }).waitFor();
	assert.equal((await printer()).id, id);
	assert.deepEqual(errors, []);
});
