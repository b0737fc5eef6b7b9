// What a person does on the device's page from beginning to end, with the keyboard where that is how they do it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { DeviceState } from "../../modules/device-state";
import type { Simulator } from "../../sim/simulator";
import { startQuietSimulator } from "../e2e/quiet-simulator";
import { firmwareImage } from "../fakes/firmware-image";
import { axe, launchBrowser, type OpenedPage, openPage } from "./browser";
import { until } from "./simulator-process";

const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;
const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: "light" } as const;
const ACCESS_CODE = "12345678";
/** The network that the simulated device is in from the start. */
const WIFI = { ssid: "Workshop", password: "filament" };

const storage = mkdtempSync(join(tmpdir(), "culm-flows-"));
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

async function open(options: typeof PHONE | typeof DESKTOP): Promise<OpenedPage> {
	const opened = await openPage(browser, `http://127.0.0.1:${port}/`, options);
	await opened.page.getByText("Live", { exact: true }).waitFor();
	return opened;
}

async function state(): Promise<DeviceState> {
	return (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
}

async function ask(where: number, method: string, path: string, body: unknown): Promise<void> {
	const response = await fetch(`http://127.0.0.1:${where}${path}`, { method, body: JSON.stringify(body) });
	assert.equal(response.status, 200, await response.text());
}

/** Opens one of the folded parts. */
async function unfold(page: Page, title: string): Promise<void> {
	await page.locator("summary", { hasText: title }).click();
}

async function tabTo(page: Page, id: string): Promise<void> {
	for (let step = 0; step < 100; step++) {
		if ((await page.evaluate("document.activeElement.id")) === id) return;
		await page.keyboard.press("Tab");
	}
	assert.fail(`#${id} is not reached`);
}

/** The sensor has to be good for a while before the fault can go. */
async function clearFault(page: Page): Promise<void> {
	await until(async () => {
		if (!(await page.locator("#heater-fault").isVisible())) return true;
		const answered = page.waitForResponse(/\/api\/breath$/);
		await page.evaluate("document.getElementById('fault-clear').click()");
		await answered;
		return false;
	}, 15_000);
}

/** Resolves once the page has lost the device and has it again. */
async function seenRestart(page: Page, begin: () => Promise<void>): Promise<void> {
	const lost = page.locator("#feed.lost").waitFor();
	await begin();
	await lost;
	await page.getByText("Live", { exact: true }).waitFor();
}

test("a printer is forgotten, found by a search, refused with a wrong access code in words, and bound with the right one", async () => {
	const { page, errors } = await open(PHONE);
	const serial = (await state()).printers[0]?.serial;
	assert.ok(serial);
	await page.getByRole("button", { name: /^Forget / }).click();
	await page.getByText(/^Forget “.*its access code is deleted\.$/).waitFor();
	assert.equal(
		await page.evaluate("document.activeElement.id"),
		"question-cancel",
		"the safe answer is nearest",
	);
	await page.keyboard.press("Enter");
	assert.equal((await state()).printers.length, 1);
	await page.getByRole("button", { name: /^Forget / }).click();
	await page.locator("#question-confirm").click();
	await page.getByText("No printer is set up yet.").waitFor();

	await unfold(page, "Add a printer");
	await page.locator("#printer-scan").click();
	await page.getByText("Searching for eleven seconds…").waitFor();
	await page.locator("#printer-found button", { hasText: serial }).click();
	assert.equal(await page.evaluate("document.activeElement.id"), "printer-code");
	await page.keyboard.type("87654321");
	await page.keyboard.press("Enter");
	await page.locator("#printer-status.bad", { hasText: "The printer refuses the access code." }).waitFor();
	await page.locator("#printer-code").fill(ACCESS_CODE);
	await page.keyboard.press("Enter");
	await page.locator("#printer-status.good", { hasText: "Connected to P1S" }).waitFor();
	assert.equal((await state()).printers[0]?.link, "online");
	assert.deepEqual(errors, []);
});

test("a printer's card leads to its data, and a certificate of an unknown authority can be trusted there", async () => {
	const { page, errors } = await open(DESKTOP);
	await page.getByText("online", { exact: true }).waitFor();
	await ask(port + 1, "POST", "/api/world", { switch: "untrustedCa", on: true });
	await page.getByRole("button", { name: "Trust this certificate" }).click();
	await page.locator("#edit-code").fill(ACCESS_CODE);
	await page.keyboard.press("Enter");
	await page.getByText("online", { exact: true }).waitFor();
	await ask(port + 1, "POST", "/api/world", { switch: "untrustedCa", on: false });
	await page.getByText("is not the one that was confirmed").waitFor();
	await page.getByRole("button", { name: "Trust this certificate" }).click();
	await page.locator("#edit-code").fill(ACCESS_CODE);
	await page.keyboard.press("Enter");
	await page.getByText("online", { exact: true }).waitFor();
	await page.getByRole("button", { name: /^Change / }).click();
	const { host = "", serial } = (await state()).printers[0] ?? {};
	await until(async () => (await page.locator("#edit-host").inputValue()) === host, 5_000);
	await page.locator("#edit-name").fill("Workshop");
	await page.locator("#edit-code").fill(ACCESS_CODE);
	await page.locator("#edit-live").check();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Workshop" }).waitFor();
	const settings = (await (await fetch(`http://127.0.0.1:${port}/api/settings`)).json()) as Record<
		string,
		unknown
	>;
	assert.equal(settings["printer0.live"], true);
	assert.equal((await state()).printers[0]?.serial, serial);
	await ask(port, "PATCH", `/api/printers/${serial}`, { name: "", live: false });
	assert.deepEqual(errors, []);
});

test("where no printer is found the page says what helps", async () => {
	const { page, errors } = await open(PHONE);
	// Other programs on this computer may have virtual printers of their own.
	await page.route("**/api/printers/scan", (route) => route.fulfill({ json: { printers: [] } }));
	await unfold(page, "Add a printer");
	await page.locator("#printer-scan").click();
	await page.getByText(/In another part of the network it is not heard/).waitFor();
	assert.deepEqual(errors, []);
});

test("a wrong Wi-Fi password is said beside the form, and the right one joins", async () => {
	const { page, errors } = await open(PHONE);
	await unfold(page, "Wi-Fi");
	await page.locator("#wifi-scan").click();
	await page.getByRole("button", { name: /^Neighbours/ }).waitFor();
	await page.getByRole("button", { name: new RegExp(`^${WIFI.ssid}`) }).click();
	await page.keyboard.type("not this one");
	await page.keyboard.press("Enter");
	await page.locator("#wifi-status.bad", { hasText: "“Workshop” does not take the password." }).waitFor();
	await page.locator("#wifi-password").fill(WIFI.password);
	await page.keyboard.press("Enter");
	await page.locator("#wifi-status.good", { hasText: "Joined “Workshop”." }).waitFor();
	await until(async () => (await state()).wifi.station.status === "connected", 5_000);
	assert.deepEqual(errors, []);
});

test("a fault covers the card with what to do; it is cleared once its cause is gone, and not before", async () => {
	const { page, errors } = await open(PHONE);
	const fault = page.locator("#heater-fault");
	await ask(port + 1, "POST", "/api/world", { heaterSwitch: "chamberOpen", on: true });
	await fault.getByText("The chamber's temperature sensor is missing or its lead is broken").waitFor();
	await page.getByText("Off until the fault is cleared").waitFor();
	assert.equal(await page.locator("#heater-on").isDisabled(), true);
	await fault.getByRole("button", { name: "Clear the fault" }).click();
	await fault.locator(".status.bad", { hasText: "The fault is still there" }).waitFor();
	await ask(port + 1, "POST", "/api/world", { heaterSwitch: "chamberOpen", on: false });
	await clearFault(page);
	assert.equal(await page.locator("#heater-on").isDisabled(), false);
	assert.deepEqual(errors, []);
});

for (const colorScheme of ["dark", "light"] as const)
	test(`axe finds nothing in questions, refusals and faults, in ${colorScheme}`, async () => {
		const { page } = await openPage(browser, `http://127.0.0.1:${port}/`, {
			...PHONE,
			colorScheme,
			bypassCSP: true,
		});
		await page.getByRole("button", { name: /^Forget / }).click();
		assert.deepEqual(await axe(page), []);
		await page.locator("#question-cancel").click();
		await page.getByRole("button", { name: /^Change / }).click();
		await page.locator("#edit-name").waitFor();
		assert.deepEqual(await axe(page), [], "a printer that is changed");
		await page.locator("#edit-cancel").click();
		await ask(port + 1, "POST", "/api/world", { switch: "slotsFull", on: true });
		await page.locator("article.old").waitFor();
		assert.deepEqual(await axe(page), [], "old data");
		await ask(port + 1, "POST", "/api/world", { switch: "slotsFull", on: false });
		await ask(port + 1, "POST", "/api/world", { heaterSwitch: "elementOpen", on: true });
		try {
			await page.locator("#fault-clear").click();
			await page.locator("#fault-status.bad").waitFor();
			assert.deepEqual(await axe(page), []);
		} finally {
			await ask(port + 1, "POST", "/api/world", { heaterSwitch: "elementOpen", on: false });
		}
		await clearFault(page);
	});

test("drying is started with a preset, counts down, and is stopped, all with the keyboard", async () => {
	const { page, errors } = await open(DESKTOP);
	await tabTo(page, `mode-${(await state()).breath?.mode}`);
	while ((await state()).breath?.mode !== "drying") {
		const answered = page.waitForResponse(/\/api\/breath$/);
		await page.keyboard.press("ArrowRight");
		await answered;
	}
	await page.locator("#preset-petg_abs").waitFor();
	await tabTo(page, "preset-petg_abs");
	await page.keyboard.press("Enter");
	await page.locator('#preset-petg_abs[aria-pressed="true"]').waitFor();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Shift+Tab");
	assert.equal(await page.evaluate("document.activeElement.id"), "heater-on");
	await page.keyboard.press("Enter");
	const left = page.locator("#drying-left");
	await left.filter({ hasText: "11 h 59 min left" }).waitFor();
	await left.filter({ hasText: "11 h 58 min left" }).waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Start drying" }).waitFor();
	assert.equal((await state()).breath?.drying.running, false);
	assert.deepEqual(errors, []);
});

test("a password, once set, is wanted by every other page for a change, and never for turning off", async () => {
	const password = "long-enough";
	const { page } = await open(DESKTOP);
	await unfold(page, "Settings");
	await page.locator("#new-password").fill("short");
	await page.keyboard.press("Enter");
	assert.equal(
		await page.evaluate("document.getElementById('new-password').validity.tooShort"),
		true,
		"the browser says it beside the field",
	);
	await page.locator("#new-password").fill(password);
	await page.keyboard.press("Enter");
	await page.locator("#device-password-status.good").waitFor();
	// The page that set it knows it.
	await page.getByRole("radio", { name: "Always on" }).check({ force: true });
	await page.getByRole("button", { name: "Turn on" }).click();
	await page.getByRole("button", { name: "Turn off" }).waitFor();

	const other = await open(PHONE);
	await other.page.getByRole("button", { name: "Turn off" }).click();
	await other.page.getByRole("button", { name: "Turn on" }).click();
	await other.page.getByText("This device wants its password for that.").waitFor();
	await other.page.keyboard.type("a wrong one");
	await other.page.keyboard.press("Enter");
	await other.page.getByText("That was not it.").waitFor();
	await other.page.keyboard.type(password);
	await other.page.keyboard.press("Enter");
	await other.page.getByRole("button", { name: "Turn off" }).click();
	await other.page.getByRole("button", { name: "Turn on" }).waitFor();

	// Who gives up is told why nothing happened.
	const third = await open(PHONE);
	await third.page.getByRole("button", { name: "Turn on" }).click();
	await third.page.getByText("This device wants its password for that.").waitFor();
	await third.page.keyboard.press("Escape");
	await third.page.locator("#heater-status.bad").waitFor();
	assert.equal((await state()).breath?.on, false);
	assert.deepEqual([...other.errors, ...third.errors], []);

	await page.locator("#new-password").fill("");
	await page.locator("#device-password-form").getByRole("button", { name: "Save" }).click();
	await page.locator("#device-password-status.good").waitFor();
	await ask(port, "PATCH", "/api/settings", { deviceName: "Culm" });
});

test("a good image is sent with its progress, and the page says when the device is back with it", async () => {
	const { page, errors } = await open(PHONE);
	await unfold(page, "Firmware update");
	const image = firmwareImage({ segmentBytes: [400_000, 8, 1_200_000] });
	await page
		.locator("#update-file")
		.setInputFiles({ name: "culm.bin", mimeType: "application/octet-stream", buffer: Buffer.from(image) });
	// As slow as Wi-Fi, so that there is something to see.
	const wire = await page.context().newCDPSession(page);
	const limits = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
	await wire.send("Network.enable");
	await wire.send("Network.emulateNetworkConditions", limits);
	const progress = page.locator("#update-progress").waitFor();
	const partOf = async () => Number(await page.evaluate("document.getElementById('update-progress').value"));
	await seenRestart(page, async () => {
		await page.locator("#update-start").click();
		await progress;
		await until(async () => (await partOf()) > 0.1, 10_000);
		await page.locator("#update-status.good", { hasText: "The device restarts with it." }).waitFor();
	});
	await page.locator("#update-status.good", { hasText: "The device is back, with firmware" }).waitFor();
	assert.deepEqual(
		errors.filter((text) => !text.includes("WebSocket")),
		[],
	);
});

test("an image for another board, or sent while it heats, is refused in words", async () => {
	const { page, errors } = await open(DESKTOP);
	await unfold(page, "Firmware update");
	const send = async (board: string) => {
		const buffer = Buffer.from(firmwareImage({ board, segmentBytes: [70_000, 8] }));
		await page.locator("#update-file").setInputFiles({ name: "x.bin", mimeType: "application/x", buffer });
		await page.locator("#update-start").click();
	};
	await send("simulator");
	await page.locator("#update-status.bad", { hasText: /board/i }).waitFor();
	await ask(port, "POST", "/api/breath", { mode: "always_on", target: 60, on: true });
	try {
		await until(async () => (await state()).breath?.heating === true, 5_000);
		await send("panda_breath");
		await page.locator("#update-status.bad", { hasText: /heat/i }).waitFor();
	} finally {
		await ask(port, "POST", "/api/breath", { on: false });
	}
	assert.deepEqual(errors, []);
});

test("a restart is seen through to its end", async () => {
	const { page, errors } = await open(PHONE);
	await unfold(page, "Settings");
	await seenRestart(page, () => page.locator("#restart").click());
	await page.getByText("The device is back.").waitFor();
	assert.deepEqual(
		errors.filter((text) => !text.includes("WebSocket")),
		[],
	);
});

test("a factory reset asks first, deletes everything, and the page shows the device as new", async () => {
	await ask(port, "PATCH", "/api/settings", { deviceName: "Left heater" });
	const { page, errors } = await open(DESKTOP);
	await page.getByRole("heading", { name: "Left heater" }).waitFor();
	await unfold(page, "Settings");
	await tabTo(page, "factory-reset");
	await page.keyboard.press("Enter");
	await page.getByText("Delete all settings, Wi-Fi, printers and the password?").waitFor();
	assert.equal(
		await page.evaluate("document.activeElement.id"),
		"factory-cancel",
		"the safe answer is nearest",
	);
	await page.keyboard.press("Escape");
	assert.equal((await state()).device.name, "Left heater");
	await tabTo(page, "factory-reset");
	await page.keyboard.press("Enter");
	await seenRestart(page, async () => {
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
	});
	await page.getByText("The device is back.").waitFor();
	await page.getByText("No printer is set up yet.").waitFor();
	await until(async () => (await page.locator("#setting-deviceName").inputValue()) !== "Left heater", 5_000);
	const { device, printers } = await state();
	assert.notEqual(device.name, "Left heater");
	assert.deepEqual(printers, []);
	assert.deepEqual(
		errors.filter((text) => !text.includes("WebSocket")),
		[],
	);
});
