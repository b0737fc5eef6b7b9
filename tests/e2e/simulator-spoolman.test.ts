// The virtual Spoolman beside the simulated device: where it is, what the device knows of it, and what stays.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseCommandLine } from "../../sim/command-line";
import { type Simulator, startSimulator } from "../../sim/simulator";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

// biome-ignore lint/suspicious/noExplicitAny: JSON, which each test compares as a whole or in part.
type Json = any;

const REAL = "http://127.0.0.1:1/spoolman";

function folder(t: TestContext): string {
	const path = mkdtempSync(join(tmpdir(), "culm-sim-spoolman-"));
	t.after(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

async function start(
	t: TestContext,
	{ storage, port, args = [] }: { storage: string; port?: number; args?: string[] },
) {
	const at = port ?? (await freePorts(3));
	const parsed = parseCommandLine(["--port", String(at), "--storage", storage, "--panel", "none", ...args]);
	if (parsed.kind !== "run") throw new Error(JSON.stringify(parsed));
	const simulator = await startSimulator(parsed.options, new MemoryLog());
	t.after(() => simulator.close());
	const json = async (url: string, init?: RequestInit): Promise<Json> => (await fetch(url, init)).json();
	return {
		simulator,
		port: at,
		place: place(simulator),
		settings: async (key: string) => {
			const all = await json(`http://127.0.0.1:${at}/api/settings`);
			return all[key] ?? all.settings?.[key];
		},
		patch: (changes: object) =>
			json(`http://127.0.0.1:${at}/api/settings`, { method: "PATCH", body: JSON.stringify(changes) }),
		workbench: async (wish?: object) => {
			const response = await fetch(`http://127.0.0.1:${at + 1}/api/world`, {
				...(wish && { method: "POST", body: JSON.stringify(wish) }),
			});
			return { status: response.status, world: (await response.json()) as Json };
		},
	};
}

const place = ({ places }: Simulator) => places.find(({ what }) => what === "Virtual Spoolman")?.where;

const use = (url: string | undefined) =>
	fetch(`${url}/spool/3/use`, {
		method: "PUT",
		headers: { "content-type": "application/json", connection: "close" },
		body: '{"use_weight":10}',
	});

test("it is two ports behind the device, the device knows it, and what is used stays used", async (t) => {
	const storage = folder(t);
	const first = await start(t, { storage });
	assert.equal(first.place, `http://127.0.0.1:${first.port + 2}/api/v1`);
	assert.equal(await first.settings("spoolman.url"), first.place);
	assert.equal(await first.settings("printer0.spools"), "3:3");
	assert.equal((await use(first.place)).status, 200);
	await first.simulator.close();
	await assert.rejects(use(first.place));
	const second = await start(t, { storage });
	assert.equal(await second.settings("spoolman.url"), second.place);
	assert.equal((await second.workbench()).world.spoolman.spools[2].remainingGrams, 630);
});

test("the slots that a person gave its spools stay, also where it gets another port", async (t) => {
	const storage = folder(t);
	const first = await start(t, { storage });
	await first.patch({ "printer0.spools": "0:4" });
	await first.simulator.close();
	const second = await start(t, { storage });
	assert.notEqual(second.place, first.place);
	assert.equal(await second.settings("printer0.spools"), "0:4");
});

test("another Spoolman has other spools: the slots do not go over to it, nor back", async (t) => {
	const storage = folder(t);
	const run = async (args: string[], slots: string, change?: string) => {
		const device = await start(t, { storage, args });
		assert.equal(await device.settings("printer0.spools"), slots);
		if (change !== undefined) await device.patch({ "printer0.spools": change });
		await device.simulator.close();
		return device;
	};
	await run([], "3:3");
	const real = await run(["--spoolman", REAL], "", "1:57");
	assert.equal(real.place, undefined);
	assert.deepEqual(
		real.simulator.places.filter(({ what }) => what === "Spoolman").map(({ where }) => where),
		[REAL],
	);
	await run(["--spoolman", REAL], "1:57");
	await run([], "3:3");
});

test("when its port is taken it is at another one, and the device knows that", async (t) => {
	const port = await freePorts(3);
	const taken = createServer();
	await new Promise<void>((resolve) => taken.listen(port + 2, "127.0.0.1", resolve));
	t.after(() => taken.close());
	const { place: where, settings } = await start(t, { storage: folder(t), port });
	assert.ok(where && !where.includes(`:${port + 2}/`), where);
	assert.equal((await use(where)).status, 200);
	assert.equal(await settings("spoolman.url"), where);
});

test("--headless and a real printer have none, and leave the address in the settings alone", async (t) => {
	const storage = folder(t);
	for (const args of [
		["--headless"],
		["--printer", "127.0.0.1:1", "--serial", "01P00A000000009", "--access-code", "12345678"],
	]) {
		const device = await start(t, { storage, args });
		assert.equal(device.place, undefined);
		assert.equal(await device.settings("spoolman.url"), "");
		await device.simulator.close();
	}
	const given = await start(t, { storage, args: ["--headless", "--spoolman", REAL] });
	assert.equal(await given.settings("spoolman.url"), REAL);
	await given.simulator.close();
	const later = await start(t, { storage, args: ["--headless"] });
	assert.equal(await later.settings("spoolman.url"), REAL);
});

test("the workbench shows its spools and switches it off and on", async (t) => {
	const { place: where, workbench } = await start(t, { storage: folder(t) });
	await use(where);
	const { world } = await workbench();
	assert.equal(world.spoolman.url, where);
	assert.deepEqual(
		world.spoolman.spools.map(({ id, usedGrams }: { id: number; usedGrams: number }) => [id, usedGrams]),
		[
			[1, 180],
			[2, 545],
			[3, 370],
			[4, 0],
		],
	);
	assert.deepEqual(world.spoolman.switches, { down: false, slow: false, failing: false });
	const down = await workbench({ spoolmanSwitch: "down", on: true });
	assert.equal(down.world.spoolman.switches.down, true);
	await assert.rejects(use(where));
	await workbench({ spoolmanSwitch: "down", on: false });
	await workbench({ spoolmanSwitch: "failing", on: true });
	assert.equal((await use(where)).status, 500);
	await workbench({ spoolmanSwitch: "failing", on: false });
	assert.equal((await use(where)).status, 200);
	for (const wish of [
		{ spoolmanSwitch: "constructor", on: true },
		{ spoolmanSwitch: "down" },
		{ spoolmanSwitch: ["down"], on: true },
	])
		assert.equal((await workbench(wish)).status, 400, JSON.stringify(wish));
});
