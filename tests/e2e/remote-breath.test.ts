// A device without a heater that shows and controls one on the network: two firmwares and their sockets, one computer.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { WebSocketServer } from "ws";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { HeaterFinder } from "../../modules/breath/remote/heater-finder";
import type { RemoteBreathState } from "../../modules/breath/remote/remote-breath-state";
import type { DeviceState } from "../../modules/device-state";
import { startFirmware } from "../../modules/firmware";
import type { HeaterSnapshot } from "../../sim/heater/simulated-heater";
import { createClock } from "../../sim/host/clock";
import { createMdns } from "../../sim/host/mdns";
import { createPlatform } from "../../sim/host/platform";
import { createUdp } from "../../sim/host/udp";
import { startSimulator } from "../../sim/simulator";
import { freeUdpPort } from "../contract/node/peers/mdns-peers";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

const LOOPBACK = "127.0.0.1";
const LIMIT_MS = 30_000;
const LOOK_MS = 50;

/** Looks again and again; the time it takes is not known, the limit is. */
async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
	const endsAt = Date.now() + LIMIT_MS;
	while (Date.now() < endsAt) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	throw new Error(`never ${what}`);
}

/** The simulator's heater on a real port. Its places are free again when it is closed. */
async function startHeater(port: number, storage: string) {
	const options = { port, address: LOOPBACK, speed: 20, storage, headless: false, panel: "none" as const };
	const simulator = await startSimulator(options, new MemoryLog());
	const world = async (): Promise<HeaterSnapshot> => {
		const response = await fetch(`http://${LOOPBACK}:${port + 1}/api/world`);
		return ((await response.json()) as { heater: HeaterSnapshot }).heater;
	};
	return { simulator, world };
}

async function start(t: TestContext) {
	const storage = mkdtempSync(join(tmpdir(), "culm-remote-"));
	const heaterPort = await freePorts(2);
	let heater = await startHeater(heaterPort, storage);
	const panelLog = new MemoryLog();
	const panel = startFirmware(
		createPlatform({ log: panelLog, webPort: 0, mdns: { interface: LOOPBACK, port: await freeUdpPort() } }),
		allParts,
	);
	t.after(async () => {
		await panel.close();
		await heater.simulator.close();
		rmSync(storage, { recursive: true, force: true });
	});
	assert.equal(heater.simulator.firmware.remoteBreath, undefined, "a heater looks after itself alone");
	const panelPort = await panel.served;
	const at = (path: string): string => `http://${LOOPBACK}:${panelPort}${path}`;
	const ask = async (method: string, path: string, body: unknown) => {
		const response = await fetch(at(path), { method, body: JSON.stringify(body) });
		return { status: response.status, content: (await response.json()) as Record<string, unknown> };
	};
	const remote = async (): Promise<RemoteBreathState | undefined> =>
		((await (await fetch(at("/api/state"))).json()) as DeviceState).remoteBreath;
	const online = (): Promise<RemoteBreathState> =>
		until("online", async () => {
			const state = await remote();
			return state?.link === "online" ? state : undefined;
		});
	const change = async (wish: unknown): Promise<RemoteBreathState> => {
		const { status, content } = await ask("POST", "/api/breath", wish);
		assert.equal(status, 200, JSON.stringify(content));
		return content as unknown as RemoteBreathState;
	};
	return {
		panel,
		ask,
		change,
		remote,
		online,
		heater: () => heater,
		heaterPort,
		setUp: () =>
			ask("PATCH", "/api/settings", { "breath.remoteHost": LOOPBACK, "breath.remotePort": heaterPort }),
		endHeater: () => heater.simulator.close(),
		startHeaterAnew: async () => {
			heater = await startHeater(heaterPort, storage);
		},
	};
}

test("a device without a heater heats the one on the network to 45 °C, turns it off, dries, and stops that", async (t) => {
	const { ask, change, remote, online, setUp, heater, heaterPort } = await start(t);
	assert.equal((await ask("POST", "/api/breath", { on: true })).status, 404, "none is set up");
	assert.equal(await remote(), undefined);
	assert.equal((await setUp()).status, 200);
	const first = await online();
	assert.deepEqual([first.version, first.on, first.mode, first.host], ["V1.0.3", false, "auto", LOOPBACK]);

	const on = await change({ mode: "always_on", target: 45, on: true });
	assert.deepEqual([on.mode, on.on, on.target], ["always_on", true, 45]);
	await until("45 °C", async () => (((await remote())?.chamber ?? 0) >= 44 ? true : undefined));
	assert.ok((await heater().world()).chamberCelsius > 43);

	const off = await change({ on: false });
	assert.deepEqual([off.on, off.drying.running], [false, false]);
	const { outputs, relayClosed } = await heater().world();
	assert.deepEqual([outputs.heater, relayClosed], [false, false]);

	const drying = await change({ dryingRunning: true, dryingTarget: 50, dryingHours: 6 });
	assert.deepEqual(
		[drying.mode, drying.on, drying.drying.running, drying.drying.target, drying.drying.hours],
		["drying", true, true, 50, 6],
	);
	const told = await until("the time left", async () => (await remote())?.drying.remainingSeconds);
	assert.ok(told <= 6 * 3600 && told > 5 * 3600, `${told} s`);
	const stopped = await change({ dryingRunning: false });
	assert.equal(stopped.drying.running, false);
	assert.equal((await heater().world()).outputs.heater, false);

	// What others do there is seen here.
	await fetch(`http://${LOOPBACK}:${heaterPort}/api/breath`, {
		method: "POST",
		body: JSON.stringify({ mode: "auto", filterThreshold: 55 }),
	});
	await until("seen", async () => ((await remote())?.filterThreshold === 55 ? true : undefined));

	const unsupported = await ask("POST", "/api/breath", { fanOnly: true });
	assert.equal(unsupported.status, 409);
});

test("a heater that restarts is found again, and stays off although it was heating", async (t) => {
	const { ask, change, remote, online, setUp, heater, endHeater, startHeaterAnew } = await start(t);
	await setUp();
	await online();
	await change({ mode: "always_on", target: 45, on: true });
	await until("heating", async () => ((await heater().world()).outputs.heater ? true : undefined));

	await endHeater();
	const gone = await until("offline", async () => {
		const state = await remote();
		return state?.link !== "online" && state?.linkError ? state : undefined;
	});
	assert.equal(gone.linkError, "unreachable");
	assert.match(gone.linkHelp ?? "", /No heater answers at 127\.0\.0\.1/);
	assert.equal(typeof gone.heardAtSeconds, "number");
	const refused = await ask("POST", "/api/breath", { target: 50 });
	assert.deepEqual([refused.status, (refused.content.error as { code: string }).code], [502, "unreachable"]);

	await startHeaterAnew();
	const anew = await online();
	assert.deepEqual([anew.on, anew.mode, anew.target], [false, "always_on", 45]);
	// Long enough for whatever would be sent by itself.
	await new Promise((resolve) => setTimeout(resolve, 2_000));
	assert.equal((await remote())?.on, false);
	const { outputs, relayClosed } = await heater().world();
	assert.deepEqual([outputs.heater, relayClosed], [false, false]);
});

test("off that is asked for while the heater is away is given up in words, and another setting ends the connection", async (t) => {
	const { ask, online, remote, setUp, endHeater } = await start(t);
	await setUp();
	await online();
	await endHeater();
	await until("offline", async () => ((await remote())?.link !== "online" ? true : undefined));
	const off = await ask("POST", "/api/breath", { on: false });
	assert.equal(off.status, 504);
	assert.match((off.content.error as { message: string }).message, /pull its plug/);
	await ask("PATCH", "/api/settings", { "breath.remoteHost": "" });
	assert.equal(await remote(), undefined);
});

test("a heater on the network is found by its name, as the simulator and Culm's devices announce it", async (t) => {
	const port = await freeUdpPort();
	const announced = createMdns({ log: new MemoryLog(), interface: LOOPBACK, port }).advertise({
		hostname: "PandaBreath-2",
		name: "Culm in the workshop",
		type: "_http._tcp",
		port: 8080,
		text: { board: "simulator" },
		onConflict() {},
	});
	const finder = new HeaterFinder({ udp: createUdp({ interface: LOOPBACK }), clock: createClock(), port });
	t.after(async () => {
		finder.close();
		await announced.close();
	});
	assert.deepEqual(await finder.scan(), [{ name: "PandaBreath-2", host: LOOPBACK, port: 8080 }]);
});

/** What a stock heater does: its whole state at first, then its temperature; no echo, and no answer to any question. */
async function startStockHeater(t: TestContext) {
	const settings = {
		fw_version: "V1.0.3",
		work_on: 0 as 0 | 1,
		work_mode: 2,
		set_temp: 40,
		filtertemp: 30,
		hotbedtemp: 80,
		custom_temp: 60,
		custom_timer: 12,
		isrunning: 0,
		remaining_seconds: 0,
		warehouse_temper: 24,
	};
	const taken: string[] = [];
	const server = new WebSocketServer({ port: 0, host: LOOPBACK, path: "/ws" });
	await once(server, "listening");
	server.on("connection", (socket) => {
		setTimeout(() => socket.send(JSON.stringify({ settings, printer: {} })), 150);
		const pushing = setInterval(() => socket.send('{"settings":{"warehouse_temper":24}}'), 1_000);
		socket.on("close", () => clearInterval(pushing));
		socket.on("message", (data) => {
			taken.push(data.toString());
			const { work_on: on, set_temp: target } =
				(JSON.parse(data.toString()) as { settings?: { work_on?: unknown; set_temp?: number } }).settings ??
				{};
			// Nothing but a boolean counts.
			if (typeof on === "boolean") settings.work_on = on ? 1 : 0;
			if (target !== undefined) settings.set_temp = target;
		});
	});
	t.after(() => {
		for (const socket of server.clients) socket.terminate();
		server.close();
	});
	return { port: (server.address() as AddressInfo).port, taken, settings };
}

test("a stock heater, which echoes nothing, is turned on and off, and is shown as it really is", async (t) => {
	const heater = await startStockHeater(t);
	const panel = startFirmware(
		createPlatform({
			log: new MemoryLog(),
			webPort: 0,
			mdns: { interface: LOOPBACK, port: await freeUdpPort() },
		}),
		allParts,
	);
	t.after(() => panel.close());
	panel.settings.set({ "breath.remoteHost": LOOPBACK, "breath.remotePort": heater.port });
	const remote = panel.remoteBreath ?? assert.fail("there is no client");
	await until("online", () => (remote.state?.link === "online" ? true : undefined));
	assert.deepEqual(heater.taken, [], "to connect sends nothing");
	assert.deepEqual(await remote.change({ mode: "always_on", target: 45, on: true }), { ok: true });
	assert.deepEqual([remote.state?.on, remote.state?.target, remote.state?.link], [true, 45, "online"]);
	assert.deepEqual(await remote.change({ on: false }), { ok: true });
	assert.deepEqual([remote.state?.on, heater.settings.work_on], [false, 0]);
	assert.equal(heater.taken.filter((frame) => frame === '{"settings":{"work_on":true}}').length, 1);
});
