// What a person does about spools on the device's page: with the virtual printer, the virtual Spoolman and the tag reader.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { DeviceState } from "../../modules/device-state";
import type { SpoolSlot } from "../../modules/spools/spools-state";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { axe, launchBrowser, openPage } from "./browser";
import { until } from "./simulator-process";

const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;
const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: "light" } as const;
const LIMIT_MS = 20_000;

const storage = mkdtempSync(join(tmpdir(), "culm-spools-page-"));
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

/** The virtual printer: two spools with tags that Spoolman knows, one with a new tag, one linked by its slot. */
async function start(options: Parameters<typeof openPage>[2], ...args: string[]) {
	({ simulator, port } = await startQuietSimulator(mkdtempSync(join(storage, "run-")), ...args));
	const opened = await openPage(browser, `http://127.0.0.1:${port}/`, options);
	await row(opened.page, "A3").getByText("a new tag").waitFor();
	await row(opened.page, "A1").getByText("known by its tag").waitFor();
	return opened;
}

const row = (page: Page, slot: string) => page.locator("#spool-slots > li", { hasText: `· ${slot}` });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function state(): Promise<DeviceState> {
	return (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
}

const becomes = (tray: number, isSo: (slot: SpoolSlot) => boolean) =>
	until(
		async () => (await state()).spools?.slots.some((slot) => slot.tray === tray && isSo(slot)) ?? false,
		LIMIT_MS,
	);

async function inWorld(wish: unknown): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${port + 1}/api/world`, {
		method: "POST",
		body: JSON.stringify(wish),
	});
	assert.ok(response.ok, await response.text());
}

async function fits(page: Page): Promise<boolean> {
	return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}

test("each slot shows its spool, what is left, and what can be done about it", async () => {
	const { page, errors } = await start({ ...PHONE, bypassCSP: true });
	await page.getByText("Connected to Spoolman 0.26.1").waitFor();
	await row(page, "A1")
		.getByText(/^#\d+ Bambu Lab PLA Basic Jade White$/)
		.waitFor();
	await row(page, "A1")
		.getByText(/^\d+ of 1000 g left$/)
		.waitFor();
	assert.equal(await row(page, "A1").locator("progress").getAttribute("max"), "1000");
	await row(page, "A4").getByText("linked to this slot").waitFor();
	await page.locator("#spool-settings > summary").click();
	assert.equal(await fits(page), true);
	assert.deepEqual(await axe(page), []);
	assert.deepEqual(errors, []);
});

test("a spool with a new tag is created in Spoolman, unlinked, and linked to another one with the keyboard", async () => {
	const { page, errors } = await start({ ...DESKTOP, bypassCSP: true });
	await row(page, "A3")
		.getByRole("button", { name: /^Create in Spoolman/ })
		.click();
	await becomes(2, ({ status }) => status === "linked");
	await row(page, "A3").getByText("known by its tag").waitFor();

	await row(page, "A4")
		.getByRole("button", { name: /^Unlink/ })
		.focus();
	await page.keyboard.press("Enter");
	await becomes(3, ({ status }) => status === "not_linked");
	await row(page, "A4").getByText("not linked to a spool").waitFor();

	await row(page, "A4")
		.getByRole("button", { name: /^Link…/ })
		.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: /^Which spool is in .* · A4\?$/ }).waitFor();
	await page.locator("#spool-choices button").first().waitFor();
	assert.deepEqual(await axe(page), []);
	await page.locator("#spool-search").fill("yellow");
	await page.keyboard.press("Enter");
	await until(async () => (await page.locator("#spool-choices button").count()) === 1, LIMIT_MS);
	await page.locator("#spool-choices button").press("Enter");
	await becomes(3, ({ status, spool }) => status === "linked" && /Yellow/.test(spool?.name ?? ""));
	await row(page, "A4").getByText("linked to this slot").waitFor();

	await row(page, "A4")
		.getByRole("button", { name: /^Another spool…/ })
		.click();
	await page.keyboard.press("Escape");
	await page.locator("#spool-dialog").waitFor({ state: "hidden" });
	assert.deepEqual(errors, []);
});

test("a tag at the reader is shown, given to a slot, and a bad one is explained", async () => {
	const { page, errors } = await start({ ...PHONE, bypassCSP: true });
	await inWorld({ action: "stop" });
	await inWorld({ tag: "empty" });
	await page.getByText(/^The tag was not read\. There is nothing on that tag/).waitFor();
	assert.equal(await button(page, "Put into this slot").isVisible(), false);
	await inWorld({ tag: "pla_red" });
	await page.getByText("Tag read: Generic PLA, 190 to 230 °C").waitFor();
	assert.deepEqual(await axe(page), []);
	const place = page.locator("#tag-place");
	const labels = await place.locator("option").allTextContents();
	assert.deepEqual(
		labels.map((label) => label.split(" · ")[1]),
		["A4", "External spool"],
		"spools with the maker's tag describe themselves",
	);
	await place.selectOption({ label: labels[0] ?? "" });
	await button(page, "Put into this slot").click();
	await until(
		async () => (await state()).printers[0]?.filament.units[0]?.slots[3]?.color === "E53935FF",
		LIMIT_MS,
	);
	await page.locator("#tag-box").waitFor({ state: "hidden" });
	await inWorld({ tag: "petg_hf" });
	await button(page, "Drop").click();
	await page.locator("#tag-box").waitFor({ state: "hidden" });
	assert.equal(await fits(page), true);
	assert.deepEqual(errors, []);
});

test("Spoolman's address is changed on the page, and what is wrong with it is said in words", async () => {
	const { page, errors } = await start(PHONE);
	await page.locator("#spool-settings > summary").click();
	await page.getByLabel("Warns below, g (0: never)").fill("900");
	await page.locator("#spool-settings-form button[type=submit]").click();
	await row(page, "A1").getByText("Little is left.").waitFor();
	await page.getByLabel("Address of Spoolman (empty: none)").fill("http://127.0.0.1:1");
	await page.locator("#spool-settings-form button[type=submit]").click();
	await page.locator("#spoolman-state.notice").waitFor();
	await page.getByLabel("Address of Spoolman (empty: none)").fill("");
	await page.locator("#spool-settings-form button[type=submit]").click();
	await page.getByText(/^No Spoolman is entered/).waitFor();
	assert.equal(await page.locator("#spool-slots button").count(), 0);
	await page.getByLabel("Address of Spoolman (empty: none)").fill("not an address");
	await page.locator("#spool-settings-form button[type=submit]").click();
	await page.locator("#spool-settings-status.bad").waitFor();
	assert.deepEqual(errors, []);
});

test("a job of which it is not known what it takes is said with the reason", async () => {
	const { page, errors } = await start({ ...PHONE, bypassCSP: true }, "--speed", "20");
	const notCounted = page.locator("#spools-not-counted");
	assert.equal(await notCounted.isVisible(), false);
	await inWorld({ action: "stop" });
	await inWorld({ switch: "filesOff", on: true });
	await inWorld({ action: "start" });
	await notCounted
		.filter({ hasText: /what its job takes is not known, or not all of it\. The printer's file server/ })
		.waitFor();
	assert.deepEqual(await axe(page), []);
	await page.evaluate(
		`fetch("/api/settings", { method: "PATCH", body: JSON.stringify({ language: "de" }) })`,
	);
	await page.reload();
	await notCounted.filter({ hasText: /ist nicht oder nicht ganz bekannt\. Bitte prüfen/ }).waitFor();
	assert.deepEqual(errors, []);
});

test("what waits is said in words for one spool, and what Spoolman will not have in the page's language", async () => {
	const { page, errors } = await start(PHONE);
	/** As the device would say it; the tracker's own way there takes minutes. */
	const shown = (changes: unknown) => state().then(({ spools }) => ({ ...spools, ...(changes as object) }));
	let spools = await shown({ waiting: { grams: 12, spools: 1 } });
	await page.routeWebSocket(/\/api\/live/, (socket) => {
		const device = socket.connectToServer();
		device.onMessage((message) => {
			const frame = JSON.parse(String(message));
			const told = frame.snapshot ?? frame.update;
			if (told.spools !== undefined) told.spools = spools;
			socket.send(JSON.stringify(frame));
		});
	});
	await page.reload();
	await page.getByText("12 g on one spool wait for Spoolman.").waitFor();
	spools = await shown({
		spoolman: { state: "failed", error: "timeout", help: "Spoolman has not answered in time." },
		refused: { spoolId: 3, grams: 30, message: "Less was left on it." },
	});
	await page.reload();
	await page.getByText("30 g of spool 3 are not in Spoolman: Less was left on it.").waitFor();
	await page.evaluate(
		`fetch("/api/settings", { method: "PATCH", body: JSON.stringify({ language: "de" }) })`,
	);
	await page.reload();
	await page.getByText(/^30 g von Spule 3 stehen nicht in Spoolman: Bitte dort von Hand eintragen/).waitFor();
	await page.getByText("Spoolman ist nicht erreichbar. Bitte", { exact: false }).waitFor();
	assert.deepEqual(errors, []);
});

test("the card speaks Chinese and German", async () => {
	const { page, errors } = await start(PHONE);
	for (const [language, title, known] of [
		["de", "Spulen", "am Tag erkannt"],
		["zh", "料盘", "按标签识别"],
	] as const) {
		await page.evaluate(
			`fetch("/api/settings", { method: "PATCH", body: JSON.stringify({ language: "${language}" }) })`,
		);
		await page.reload();
		await page.getByRole("heading", { name: title, exact: true }).waitFor();
		await row(page, "A1").getByText(known).waitFor();
	}
	assert.deepEqual(errors, []);
});
