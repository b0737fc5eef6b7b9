// The frames that clients in the field send, in their order and with their manners, and what they rely on.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { type BreathDevice, type RawClient, type Roots, startDevice, until } from "./panda-breath-device";

const hasVersion = ({ settings }: Roots): boolean => typeof settings?.fw_version === "string";

async function snapshotOf(client: RawClient): Promise<Roots> {
	await client.until("the first frame", () => client.texts.length > 0);
	const [first] = client.frames;
	assert.ok(first && hasVersion(first), "the first frame is the snapshot");
	return first;
}

/** One frame on a connection of its own, which then is simply gone: nothing is read but the answer's head. */
async function oneShot(device: BreathDevice, settings: Record<string, unknown>): Promise<void> {
	const client = await device.upgrade();
	client.sendSettings(settings);
	await new Promise((resolve) => setTimeout(resolve, 20));
	client.socket.destroy();
}

/** What a Klipper host does when it starts, stops, or loses its printer: on three connections at once. */
async function forcedOff(device: BreathDevice, persistent: RawClient): Promise<void> {
	const first = { isrunning: 0, drying_running: false, target_temp: 0 };
	persistent.sendSettings(first, { work_on: false });
	await Promise.all([oneShot(device, first), oneShot(device, { work_on: false })]);
}

test("a Klipper module: off at the start, heat to 45, auto, drying, and off at the shutdown", async (t) => {
	const device = await startDevice(t);
	const { breath } = device;
	const client = await device.upgrade();
	await snapshotOf(client);
	await forcedOff(device, client);
	await until("it is off", () => !breath.state.on && breath.state.target === 0);

	client.sendSettings(
		{ isrunning: 0, drying_running: false },
		{ work_mode: 2 },
		{ set_temp: 45, target_temp: 45 },
		{ work_on: true },
	);
	await until("it heats", () => device.isHeating());
	assert.deepEqual([breath.state.mode, breath.state.on, breath.state.target], ["always_on", true, 45]);

	client.sendSettings({ isrunning: 0, drying_running: false, target_temp: 0 }, { work_on: false });
	await until("it is off", () => !device.isHeating() && !breath.state.on);
	assert.equal(breath.state.target, 0);

	client.sendSettings(
		{ isrunning: 0, drying_running: false },
		{ work_mode: 1 },
		{ temp: 50, target_temp: 50 },
		{ filtertemp: 35, filter_temp: 35 },
		{ hotbedtemp: 90 },
		{ work_on: true },
	);
	await until("auto is on", () => breath.state.on && breath.state.mode === "auto");
	assert.deepEqual(
		[breath.state.target, breath.state.filterThreshold, breath.state.bedThreshold],
		[50, 35, 90],
	);
	assert.equal(breath.state.activeTarget, 0, "auto follows a printer, and there is none");

	client.sendSettings(
		{ work_mode: 3 },
		{ custom_temp: 55 },
		{ custom_timer: 6 },
		{ filament_temp: 55 },
		{ filament_timer: 6 },
		{ isrunning: 1, drying_running: true },
		{ work_on: true },
	);
	await until("it dries", () => breath.state.drying.running && device.isHeating());
	assert.deepEqual(
		[breath.state.mode, breath.state.drying.target, breath.state.drying.hours],
		["drying", 55, 6],
	);
	const [started] = device.events.list();
	assert.deepEqual([started?.event, started?.by], ["drying_started", "websocket"]);

	await forcedOff(device, client);
	await until("it is off", () => !device.isHeating() && !breath.state.on);
	assert.equal(breath.state.drying.running, false);
	assert.equal(device.log.texts("error").join(), "");
});

test("whoever heats hears the temperature each second, and no drying preset outside of drying", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	client.sendSettings({ work_mode: 2 }, { set_temp: 45 }, { work_on: true });
	await client.frame("it is told that it is on", ({ settings }) => settings?.work_on === 1);
	await client.frame(
		"the temperature",
		({ settings }) => typeof settings?.cal_warehouse_temp === "number",
		2,
	);
	for (const { settings = {} } of client.frames) {
		assert.ok(!("filament_drying_mode" in settings));
		assert.ok(!("ptc_heater_status" in settings));
		assert.ok(!("warehouse_temper" in settings) || Number.isInteger(settings.warehouse_temper));
	}
	client.sendSettings({ work_mode: 3 });
	const drying = await client.frame("drying", ({ settings }) => settings?.work_mode === 3);
	assert.equal(drying.settings?.filament_drying_mode, 3);
});

/** Answers as Moonraker does, on a port of its own. */
async function startMoonraker(t: TestContext): Promise<number> {
	const server = createServer((request, response) => {
		const found = request.url === "/printer/info";
		response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
		response.end(found ? '{"result":{"state":"ready","hostname":"voron"}}' : "{}");
	});
	t.after(() => server.close());
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return (server.address() as AddressInfo).port;
}

test("a command line tool: reads the version, binds a Klipper printer, sees it connected, unbinds it", async (t) => {
	const device = await startDevice(t);
	const port = await startMoonraker(t);
	const tool = async (): Promise<{ client: RawClient; snapshot: Roots }> => {
		const client = await device.upgrade();
		return { client, snapshot: await snapshotOf(client) };
	};
	const { client, snapshot } = await tool();
	assert.equal(snapshot.settings?.fw_version, "V1.0.3");
	assert.equal(snapshot.settings?.printer_type, 1);
	assert.equal(snapshot.printer?.state, undefined);
	client.send({ settings: { printer_type: 2 } });
	const acked = await client.frame("the ack", ({ response }) => response?.type === "printer_type");
	assert.equal(acked.response?.ok, 1);
	let from = client.texts.length;
	client.send({ printer: { name: "Klipper", ip: "127.0.0.1", port } });
	const final = ({ printer }: Roots): boolean => printer?.state !== undefined && printer.state !== 2;
	assert.equal((await client.frame("a final state", final, from)).printer?.state, 3);
	client.socket.destroy();

	const again = await tool();
	assert.equal(again.snapshot.printer?.state, 3);
	from = again.client.texts.length;
	again.client.send({ printer: { disconnect: 1 } });
	assert.equal((await again.client.frame("a final state", final, from)).printer?.state, 0);
	assert.equal((await tool()).snapshot.printer?.state, undefined);
});

test("a Klipper printer at an address where nobody is: the tool is told that the address is wrong", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	client.send({ settings: { printer_type: 2 } });
	client.send({ printer: { name: "Klipper", ip: "127.0.0.1", port: 1 } });
	const told = await client.frame(
		"a final state",
		({ printer }) => printer?.state !== undefined && printer.state !== 2,
	);
	assert.equal(told.printer?.state, 4);
});

test("a program that asks when it hears nothing gets a snapshot for each question", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	client.send({ get_settings: 1 });
	await snapshotOf(client);
	for (const question of [{ query: 1 }, { get_settings: 1 }]) {
		const from = client.texts.length;
		client.send(question);
		const snapshot = await client.frame("a snapshot", hasVersion, from);
		assert.equal(snapshot.settings?.work_on, 0);
		assert.equal(typeof snapshot.settings?.set_temp, "number");
	}
});

test("a program that heats only while it is told state 3 or none: with no printer there is none", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	const snapshot = await snapshotOf(client);
	assert.ok(!("state" in (snapshot.printer ?? {})));
	client.sendSettings({ work_mode: 2 }, { set_temp: 50 }, { work_on: true });
	await until("it heats", () => device.isHeating());
	// Its emergency stop is three fields at once.
	client.sendSettings({ work_on: false, set_temp: 0, work_mode: 1 });
	await until("it is off", () => !device.isHeating());
});

test("a program that writes again and again until it is told: it is told, also of what it had already", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	for (const settings of [{ work_on: false }, { set_temp: 45 }, { set_temp: 45 }]) {
		const from = client.texts.length;
		client.sendSettings(settings);
		const [name, value] = Object.entries(settings)[0] ?? [];
		const echo = await client.frame("the echo", (frame) => frame.settings?.[name ?? ""] !== undefined, from);
		assert.equal(echo.settings?.[name ?? ""], Number(value));
	}
});

test("drying as the page starts it: temperature, hours, the commit, and then the start alone", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	client.sendSettings(
		{ filament_temp: 50 },
		{ filament_timer: 8 },
		{ filament_drying_mode: 3 },
		{ isrunning: 1 },
	);
	await until("it dries", () => device.breath.state.drying.running);
	const { mode, drying } = device.breath.state;
	assert.deepEqual([mode, drying.target, drying.hours], ["drying", 50, 8]);
	const watcher = await device.upgrade();
	const { settings = {} } = await snapshotOf(watcher);
	assert.deepEqual([settings.isrunning, settings.custom_temp, settings.custom_timer], [1, 50, 8]);
	const remaining = Number(settings.remaining_seconds);
	assert.ok(remaining > 8 * 3600 - 60 && remaining <= 8 * 3600, `${remaining} s`);
	watcher.sendSettings({ filament_drying_mode: 1 });
	await until("the preset counts", () => device.breath.state.drying.target === 55);
	watcher.sendSettings({ work_on: false });
	await until("the cycle is over", () => !device.breath.state.drying.running);
});

test("numbers beyond the limits are brought within them, whoever sends them", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	client.sendSettings(
		{ set_temp: 80 },
		{ filtertemp: 500 },
		{ hotbedtemp: 0 },
		{ filament_temp: 90 },
		{ filament_timer: 0 },
	);
	await until("the last one is taken", () => device.breath.state.drying.hours === 1);
	const { target, filterThreshold, bedThreshold, drying } = device.breath.state;
	assert.deepEqual([target, filterThreshold, bedThreshold, drying.target], [60, 120, 40, 60]);
	client.sendSettings({ set_temp: -20 });
	await until("it is no heat", () => device.breath.state.target === 0);
});

test("two pages that send back the mode they are told do not go on with it for ever", async (t) => {
	const device = await startDevice(t);
	const pages = await Promise.all([device.upgrade(), device.upgrade()]);
	const answered = [0, 0];
	for (const [index, page] of pages.entries()) {
		await snapshotOf(page);
		const timer = setInterval(() => {
			for (const { settings } of page.frames.slice(answered[index]))
				if (settings?.work_mode !== undefined) page.sendSettings({ work_mode: settings.work_mode });
			answered[index] = page.texts.length;
		}, 5);
		t.after(() => clearInterval(timer));
		await page.until("it has answered its snapshot", () => (answered[index] ?? 0) > 0);
		page.sendSettings({ printer_type: 1 });
		await page.frame("that was taken in", ({ response }) => response !== undefined);
	}
	pages[0]?.sendSettings({ work_mode: 2 });
	await until("the mode is taken", () => device.breath.state.mode === "always_on");
	const ofMode = (page: RawClient): number =>
		page.frames.filter(({ settings }) => settings?.work_mode !== undefined).length;
	for (const page of pages) {
		const temperatures = page.texts.length + 2;
		await page.until("two more frames", () => page.texts.length >= temperatures);
		assert.equal(ofMode(page), 2, "the snapshot's, and one change");
	}
});

test("a restart and a factory reset are asked for over the protocol", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await snapshotOf(client);
	client.sendSettings({ factory_reset: 1 });
	const { response } = await client.frame("the ack", (frame) => frame.response !== undefined);
	assert.deepEqual(response, { type: "factory_reset", ok: 1 });
	await until("it restarts", () => device.calls.length === 2);
	assert.deepEqual(device.calls, ["factoryReset", "restart"]);
});
