// The simulator's whole device with its heater: what heats, restarts and forgets, seen over HTTP and WebSocket.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { WebSocket } from "ws";
import type { BreathState } from "../../modules/breath/breath-state";
import type { DeviceState } from "../../modules/device-state";
import type { HeaterSnapshot } from "../../sim/heater/simulated-heater";
import { startSimulator } from "../../sim/simulator";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

const LIMIT_MS = 30_000;
const LOOK_MS = 50;
const SPEED = 20;
const ACCESS_CODE = "12345678";
const NETWORK_PASSWORD = "filament";

async function start(t: TestContext) {
	const storage = mkdtempSync(join(tmpdir(), "culm-heater-"));
	const port = await freePorts(2);
	const log = new MemoryLog();
	const simulator = await startSimulator(
		{ port, address: "127.0.0.1", speed: SPEED, storage, headless: false, panel: "none" },
		log,
	);
	t.after(async () => {
		await simulator.close();
		rmSync(storage, { recursive: true, force: true });
	});
	const get = async <T>(path: string, at = port): Promise<T> =>
		(await (await fetch(`http://127.0.0.1:${at}${path}`)).json()) as T;
	const post = (path: string, body: unknown): Promise<Response> =>
		fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body: JSON.stringify(body) });
	const breath = async (): Promise<BreathState> =>
		(await get<DeviceState>("/api/state")).breath ?? assert.fail("the device has no heater");
	const world = async (): Promise<HeaterSnapshot> =>
		(await get<{ heater: HeaterSnapshot }>("/api/world", port + 1)).heater;
	const change = async (wish: unknown): Promise<BreathState> => {
		const response = await post("/api/breath", wish);
		assert.equal(response.status, 200, await response.clone().text());
		return (await response.json()) as BreathState;
	};
	/** The device has begun to heat, and the chamber is warmer than the room by that much. */
	const warmBy = (degrees: number): Promise<HeaterSnapshot> =>
		until("warm", async () => {
			const seen = await world();
			return seen.chamberCelsius > seen.ambientCelsius + degrees ? seen : undefined;
		});
	/** After a restart it is another firmware that answers. */
	const restarted = async (before: typeof simulator.firmware): Promise<void> => {
		await until("restarted", async () => (simulator.firmware === before ? undefined : true));
		await simulator.firmware.served;
	};
	const settingsFile = (): string => readFileSync(join(storage, "virtual/settings.json"), "utf8");
	return { simulator, port, log, get, post, change, breath, world, warmBy, restarted, settingsFile };
}

/** Looks again and again; the time it takes is not known, the limit is. */
async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
	const endsAt = Date.now() + LIMIT_MS;
	while (Date.now() < endsAt) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	throw new Error(`never ${what}`);
}

test("a wish for heat warms the chamber, and the wish to end it opens the relay", async (t) => {
	const { change, breath, world, warmBy } = await start(t);
	const on = await change({ mode: "always_on", target: 45, on: true });
	assert.deepEqual([on.on, on.mode, on.target], [true, "always_on", 45]);
	await warmBy(5);
	const warm = await breath();
	assert.ok(warm.on && warm.activeTarget === 45, JSON.stringify(warm));
	assert.equal(warm.fault, undefined);

	const off = await change({ on: false });
	assert.deepEqual([off.on, off.heating, off.activeTarget, off.reasonCode], [false, false, 0, "off"]);
	const after = await world();
	assert.deepEqual([after.outputs.heater, after.relayClosed], [false, false]);
	assert.ok(after.chamberCelsius > after.ambientCelsius + 4, `${after.chamberCelsius} °C`);
});

test("a restart starts the firmware anew in the same process: the heater is off, the chamber still warm", async (t) => {
	const { simulator, post, change, breath, world, warmBy, restarted, log } = await start(t);
	await change({ mode: "always_on", target: 45, on: true });
	await warmBy(5);
	const before = simulator.firmware;
	// Asked twice it restarts once: the second would find the board and the port taken.
	const answers = await Promise.all([post("/api/restart", {}), post("/api/restart", {})]);
	assert.deepEqual(
		answers.map(({ status }) => status),
		[200, 200],
	);
	await restarted(before);

	const anew = await breath();
	assert.deepEqual([anew.on, anew.heating, anew.mode, anew.target], [false, false, "always_on", 45]);
	const seen = await world();
	assert.ok(seen.boardOpen && !seen.outputs.heater && !seen.relayClosed, JSON.stringify(seen.outputs));
	assert.ok(seen.chamberCelsius > seen.ambientCelsius + 3, `${seen.chamberCelsius} °C`);

	// The new firmware has the board, and heats when it is told to.
	await change({ on: true });
	await until("heating again", async () => ((await world()).outputs.heater ? true : undefined));
	const errors = log.lines.filter(({ level }) => level === "error");
	assert.deepEqual(errors, []);
});

test("a restart that is asked for over and over starts one firmware", async (t) => {
	const { simulator, post, restarted, get, log } = await start(t);
	const seen = new Set([simulator.firmware]);
	const before = simulator.firmware;
	await post("/api/restart", {});
	// In the middle of the time that the answer is given to go out.
	await new Promise((resolve) => setTimeout(resolve, 700));
	await post("/api/restart", {});
	await restarted(before);
	seen.add(simulator.firmware);
	// By now the second wish has come due as well.
	const { uptimeSeconds } = await until("up for two seconds", async () => {
		seen.add(simulator.firmware);
		const { device } = await get<DeviceState>("/api/state");
		return device.uptimeSeconds >= 2 ? device : undefined;
	});
	assert.ok(uptimeSeconds >= 2);
	assert.equal(seen.size, 2);
	assert.deepEqual(
		log.lines.filter(({ level }) => level === "error"),
		[],
	);
});

test("a factory reset wipes the settings, and the device is there again as it was delivered", async (t) => {
	const { simulator, post, change, breath, restarted, settingsFile } = await start(t);
	await change({ mode: "always_on", target: 47 });
	await simulator.firmware.settings.flush();
	assert.ok(settingsFile().includes(ACCESS_CODE), "what is to be wiped is there");
	assert.equal((await post("/api/factory-reset", {})).status, 400);

	const before = simulator.firmware;
	assert.equal((await post("/api/factory-reset", { confirm: true })).status, 200);
	await restarted(before);
	for (const secret of [ACCESS_CODE, NETWORK_PASSWORD]) assert.ok(!settingsFile().includes(secret));
	assert.equal(simulator.firmware.settings.get("wifi.ssid"), "");
	assert.equal(simulator.firmware.settings.get("printer0.host"), "");
	assert.deepEqual(simulator.firmware.printers.states, []);
	const { on, mode, target } = await breath();
	assert.equal(on, false);
	assert.notDeepEqual([mode, target], ["always_on", 47]);
});

test("the first frame of /ws is the snapshot that Panda Breath clients know, without any password", async (t) => {
	const { port, simulator } = await start(t);
	const devicePassword = "hinge-and-hatch";
	const accessPointPassword = "quarry-lantern";
	simulator.firmware.settings.set({ devicePassword, "wifi.accessPointPassword": accessPointPassword });
	const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
	t.after(() => socket.terminate());
	const [data] = (await once(socket, "message", { signal: AbortSignal.timeout(LIMIT_MS) })) as [Buffer];
	const text = data.toString("utf8");
	assert.ok(text.length < 4096, `${text.length} characters`);
	const frame = JSON.parse(text) as Record<string, Record<string, unknown>>;
	assert.deepEqual(Object.keys(frame).sort(), ["ap", "printer", "settings", "sta", "wifi"]);
	assert.equal(frame.settings?.fw_version, "V1.0.3");
	for (const secret of [ACCESS_CODE, NETWORK_PASSWORD, devicePassword, accessPointPassword])
		assert.ok(!text.includes(secret), text);
});

test("what is no image is refused by /ota in words, and the device goes on", async (t) => {
	const { port, breath, change } = await start(t);
	const send = (body: Uint8Array): Promise<Response> =>
		fetch(`http://127.0.0.1:${port}/ota`, { method: "POST", headers: { "OTA-Type": "ota_fw" }, body });
	const refused = await send(new TextEncoder().encode("no image at all ".repeat(500)));
	assert.equal(refused.status, 400);
	const { error } = (await refused.json()) as { error: { code: string; message: string } };
	assert.match(error.message, /\w+ \w+ .*\.$/);
	assert.notEqual(error.code, "");

	// While it heats, it takes nothing at all.
	await change({ mode: "always_on", target: 45, on: true });
	await until("heating", async () => ((await breath()).heating ? true : undefined));
	const busy = await send(new Uint8Array(5_000));
	assert.equal(busy.status, 409);
	assert.match(await busy.text(), /Turn the heater off/);
});
