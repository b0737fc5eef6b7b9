// The firmware as a whole, where its parts meet: on Node, with a heater board that behaves, fails, or cannot be had.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { parts as heaterParts } from "../../modules/boards/heater_parts/parts";
import { type Firmware, startFirmware } from "../../modules/firmware";
import type { HttpServerOptions } from "../../modules/platform/http";
import type { Platform } from "../../modules/platform/platform";
import { PortError } from "../../modules/platform/port-error";
import { createMemoryStorage } from "../../sim/host/memory-storage";
import { createPlatform } from "../../sim/host/platform";
import { ManualClock } from "../fakes/manual-clock";
import { MemoryLog } from "../fakes/memory-log";
import { BenchBoard } from "./breath/breath-bench";
import { isFreeOfTables } from "./in-tables";

interface Device {
	firmware: Firmware;
	clock: ManualClock;
	log: MemoryLog;
	board: BenchBoard;
	restarts(): number;
	ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
	events(): Promise<string[]>;
}

async function startDevice(
	t: TestContext,
	change: (device: Platform) => Partial<Platform> = () => ({}),
	parts = allParts,
) {
	const directory = mkdtempSync(join(tmpdir(), "culm-firmware-"));
	const clock = new ManualClock({ startMs: 1_000 });
	const log = new MemoryLog();
	const board = new BenchBoard(clock);
	let restarts = 0;
	const platform: Platform = {
		...createPlatform({ log, clock, webPort: 0, storageDirectory: directory }),
		storage: createMemoryStorage(),
		mdns: { announce: () => ({ update() {}, close: async () => {} }) } as unknown as Platform["mdns"],
		openHeaterBoard: () => board,
		restart: () => void restarts++,
	};
	const firmware = startFirmware({ ...platform, ...change(platform) }, parts);
	t.after(async () => {
		await firmware.close();
		rmSync(directory, { recursive: true, force: true });
	});
	const port = await firmware.served;
	const ask = async (method: string, path: string, body?: unknown) => {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		return (await response.json()) as Record<string, unknown>;
	};
	const device: Device = {
		firmware,
		clock,
		log,
		board,
		restarts: () => restarts,
		ask,
		events: async () => {
			const { events } = (await ask("GET", "/api/log")) as { events: { event: string; text: string }[] };
			return events.map(({ text }) => text);
		},
	};
	return device;
}

/** Waits for what comes over a socket. */
async function until(check: () => boolean): Promise<void> {
	for (let turn = 0; turn < 5_000; turn++) {
		if (check()) return;
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	assert.fail("it did not come");
}

/** Lets everything that is promised come about. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a heater's board refuses Anycubic printers in words, and says whose printers it works with", async (t) => {
	const storage = createMemoryStorage();
	const id = "20024c0ffee000000000000000000001";
	const { ask, firmware } = await startDevice(t, () => ({ storage }), heaterParts);
	for (const printer of [
		{ vendor: "anycubic", host: "192.0.2.40" },
		{ vendor: "anycubic", way: "broker", deviceId: id },
	]) {
		const { error } = (await ask("POST", "/api/printers", printer)) as { error: object };
		assert.deepEqual(error, {
			code: "bad_field",
			message: "This device does not work with Anycubic printers.",
		});
	}
	const vendors = async () => (await ask("GET", "/api/state")) as { device: object; printers: object[] };
	assert.deepEqual((await vendors()).device, { ...firmware.state().device, vendors: ["bambu"] });
	// Settings of a device that works with them.
	await ask("PATCH", "/api/settings", {
		"printer1.vendor": "anycubic",
		"printer1.serial": id,
		"printer1.host": "h",
	});
	assert.deepEqual((await vendors()).printers, []);
	assert.deepEqual(await ask("DELETE", `/api/printers/${id}`), { slot: 1 });
	const { ask: askOther } = await startDevice(t);
	const { device } = (await askOther("GET", "/api/state")) as { device: object };
	assert.ok(!("vendors" in device));
});

test("a restart is logged once, with who asked for it", async (t) => {
	const { ask, events, clock, restarts } = await startDevice(t);
	await ask("POST", "/api/restart", {});
	const asked = (await events()).filter((text) => text.startsWith("Restart"));
	assert.deepEqual(asked, ["Restart asked for, by a program"]);
	clock.advance(1_000);
	await settle();
	clock.advance(5_000);
	await settle();
	assert.equal(restarts(), 1);
});

test("a restart turns the heater off first, and comes though something never ends", async (t) => {
	let end = (): void => {};
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	const { ask, board, clock, restarts } = await startDevice(t, (platform) => ({
		httpServer: {
			...platform.httpServer,
			listen: async (options) => {
				const server = await platform.httpServer.listen(options);
				return {
					...server,
					port: server.port,
					close: () => server.close().then(() => ended),
				};
			},
		},
	}));
	await ask("POST", "/api/breath", { mode: "always_on", target: 50, on: true });
	clock.advance(10_000);
	assert.equal(board.heater, true);
	await ask("POST", "/api/restart", {});
	clock.advance(1_000);
	await settle();
	assert.deepEqual([board.heater, board.isClosed], [false, true]);
	clock.advance(4_999);
	await settle();
	assert.equal(restarts(), 0);
	clock.advance(1);
	await settle();
	assert.equal(restarts(), 1);
	end();
	await settle();
	assert.equal(restarts(), 1, "once");
});

test("the end of the firmware turns the heater off, also when a connection cannot be ended", async (t) => {
	let serving: HttpServerOptions | undefined;
	const { ask, board, clock, firmware, log } = await startDevice(t, (platform) => ({
		httpServer: {
			...platform.httpServer,
			listen: (options) => {
				serving = options;
				return platform.httpServer.listen(options);
			},
		},
	}));
	const head = { method: "GET", path: "/ws", query: "", headers: { host: "127.0.0.1" } };
	const accept = await serving?.onUpgrade?.({ ...head, body: new Uint8Array() });
	assert.ok(typeof accept === "function");
	accept({
		queuedBytes: 0,
		send: () => {},
		sendBinary: () => {},
		close: () => {
			throw new Error("this socket is broken");
		},
	});
	await ask("POST", "/api/breath", { mode: "always_on", target: 50, on: true });
	clock.advance(10_000);
	assert.equal(board.heater, true);
	const closed = firmware.close();
	assert.deepEqual([board.heater, board.isClosed], [false, true]);
	await closed;
	assert.ok(log.texts("error").some((text) => text.includes("this socket is broken")));
});

test("a heater whose hardware fails is still a heater by name, and says why it does not heat", async (t) => {
	const { ask, events, firmware, log } = await startDevice(t, () => ({
		openHeaterBoard: () => {
			throw new PortError("unsupported", "the converter does not answer");
		},
	}));
	const { device, breath, wifi } = (await ask("GET", "/api/state")) as {
		device: { hostname: string };
		breath?: unknown;
		wifi: { accessPoint: { ssid: string } };
	};
	assert.equal(device.hostname, "PandaBreath");
	assert.match(wifi.accessPoint.ssid, /^Panda_Breath_/);
	assert.equal(breath, undefined);
	assert.ok((await events()).includes("The heater's hardware does not answer: no heat"));
	assert.ok(log.texts("error").some((text) => text.includes("the converter does not answer")));
	assert.equal(firmware.printers.states.length, 0);
});

test("an upload is refused while heat is wanted, and no heat begins while one is received", async (t) => {
	const { ask, board, clock, firmware } = await startDevice(t, () => ({ board: "panda_breath" }));
	await ask("POST", "/api/breath", { mode: "always_on", target: 22, on: true });
	clock.advance(10_000);
	const port = await firmware.served;
	const post = (body: string) =>
		fetch(`http://127.0.0.1:${port}/ota`, {
			method: "POST",
			headers: { "ota-type": "ota_fw" },
			body,
		});
	const refused = await post("x".repeat(1000));
	assert.equal(refused.status, 409, "also when the element rests at that moment");
	await ask("POST", "/api/breath", { on: false });
	assert.notEqual((await post("x".repeat(1000))).status, 409);

	const upload = request({
		host: "127.0.0.1",
		port,
		path: "/ota",
		method: "POST",
		headers: { "ota-type": "ota_fw", "content-length": 1000 },
	});
	upload.on("error", () => {});
	upload.flushHeaders();
	await until(() => firmware.state().update.phase === "receiving");
	const { reasonCode, on } = await ask("POST", "/api/breath", { target: 50, on: true });
	assert.deepEqual([reasonCode, on], ["updating", true]);
	clock.advance(10_000);
	assert.equal(board.heater, false);
	upload.destroy();
	await until(() => firmware.state().update.phase === "failed");
	clock.advance(10_000);
	assert.equal(board.heater, true, "a mode that is on goes on when the upload has failed");
});

test("nothing of what is answered as JSON is an object of a table", async (t) => {
	const { firmware, clock, ask } = await startDevice(t);
	await ask("POST", "/api/breath", { mode: "always_on", target: 45, on: true });
	await ask("POST", "/api/printers", {
		host: "127.0.0.1",
		serial: "01P00A000000001",
		accessCode: "12345678",
	});
	clock.advance(2_000);
	assert.equal(firmware.state().printers.length, 1);
	for (const [key, value] of Object.entries(firmware.state())) assert.ok(isFreeOfTables(value), key);
});

test("a heater built with its own parts alone heats, and says of the others that they are not there", async (t) => {
	const { ask, firmware } = await startDevice(t, () => ({ spoolDetails: false }), heaterParts);
	await ask("POST", "/api/breath", { mode: "always_on", on: true, target: 50 });
	const { breath, spools, remoteBreath } = await ask("GET", "/api/state");
	assert.equal((breath as { on: boolean }).on, true);
	assert.deepEqual([spools, remoteBreath, firmware.spools, firmware.heaterFinder], Array(4).fill(undefined));
	assert.deepEqual(await ask("GET", "/api/history"), { jobs: [] });
	for (const path of ["/api/spools", "/api/filament-tag"]) {
		const { error } = await ask("POST", path, {});
		assert.equal((error as { code: string }).code, "not_found", path);
	}
});
