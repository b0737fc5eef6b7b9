// Culm's client of Spoolman against the virtual Spoolman, over a real network port.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { SpoolmanClient, type SpoolmanClientOptions } from "../../modules/spools/spoolman/spoolman-client";
import { SpoolmanError, type SpoolmanErrorCode } from "../../modules/spools/spoolman/spoolman-error";
import { createHttpClient } from "../../sim/host/http-client";
import { createTextCodec } from "../../sim/host/text-codec";
import { SPOOLMAN_VERSION } from "../../sim/spoolman/routes";
import { startVirtualSpoolman } from "../../sim/spoolman/server";
import { ManualClock } from "../fakes/manual-clock";
import { MemoryLog } from "../fakes/memory-log";

const NOW_MS = Date.UTC(2026, 10, 20, 18, 10, 16);
const NOW = "2026-11-20T18:10:16Z";
const TAG = "0123456789ABCDEF0123456789ABCDEF";
const OTHER_TAG = "FEDCBA9876543210FEDCBA9876543210";

type Json = Record<string, unknown>;

interface World {
	url: string;
	client: SpoolmanClient;
	/** As somebody else's program would, without the client. */
	ask(method: string, path: string, body?: unknown): Promise<Json>;
}

function clientFor(url: string, options: Partial<SpoolmanClientOptions> = {}): SpoolmanClient {
	return new SpoolmanClient({
		http: createHttpClient(),
		text: createTextCodec(),
		clock: new ManualClock({ wallTimeMs: NOW_MS }),
		url,
		apiKey: "",
		tagField: "tag",
		timeoutMs: 10_000,
		...options,
	});
}

async function startWorld(t: TestContext, options: Partial<SpoolmanClientOptions> = {}): Promise<World> {
	const spoolman = await startVirtualSpoolman({ port: 0, log: new MemoryLog(), now: () => NOW_MS });
	const client = clientFor(spoolman.url, options);
	t.after(async () => {
		await client.close();
		await spoolman.close();
	});
	return {
		url: spoolman.url,
		client,
		async ask(method, path, body) {
			const response = await fetch(spoolman.url + path, {
				method,
				headers: { "content-type": "application/json" },
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			assert.equal(response.status, 200, `${method} ${path}`);
			return response.json() as Promise<Json>;
		},
	};
}

async function rejects(promise: Promise<unknown>, code: SpoolmanErrorCode, words?: RegExp): Promise<void> {
	await assert.rejects(promise, (error) => {
		assert.ok(error instanceof SpoolmanError, String(error));
		assert.equal(error.code, code, error.message);
		if (words) assert.match(error.message, words);
		return true;
	});
}

/** A filament of 1 kg, and a spool of it. */
async function withSpool({ ask }: World, changes: Json = {}): Promise<void> {
	await ask("POST", "/vendor", { name: "Bambu Lab" });
	await ask("POST", "/filament", {
		name: "PLA Basic Red",
		vendor_id: 1,
		material: "PLA",
		density: 1.26,
		diameter: 1.75,
		weight: 1000,
		color_hex: "FF0000",
	});
	await ask("POST", "/spool", { filament_id: 1, ...changes });
}

/** A server of one answer, for what no Spoolman does. */
async function startServer(t: TestContext, status: number, headers: Record<string, string>, body: string) {
	const server = createServer((_, response) => {
		response.writeHead(status, headers).end(body);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => new Promise((resolve) => server.close(resolve)));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a Spoolman is found by its address as it is pasted, with its version", async (t) => {
	const { url } = await startWorld(t);
	for (const pasted of [
		url,
		`${url}/`,
		url.replace("/api/v1", ""),
		url.replace("/api/v1", "").replace("http://", " "),
	]) {
		const client = clientFor(pasted, { apiKey: "spoolman_a.b" });
		assert.deepEqual(await client.info(), { version: SPOOLMAN_VERSION });
		await client.close();
	}
});

test("what is no Spoolman is told from one that is not there", async (t) => {
	const page = await startServer(t, 200, { "content-type": "text/html" }, "<html>a page</html>");
	await rejects(clientFor(page).info(), "not_spoolman");
	const missing = await startServer(t, 404, {}, "<html>not found</html>");
	await rejects(clientFor(missing).info(), "not_spoolman", /404/);
	const proxy = await startServer(t, 401, {}, "");
	await rejects(clientFor(proxy).get(1), "refused", /API key/);
	const moved = await startServer(t, 307, { location: "http://192.168.1.9:7912/api/v1/health" }, "");
	await rejects(clientFor(moved).info(), "not_spoolman", /192\.168\.1\.9:7912.* final address/);
	const long = await startServer(t, 200, {}, `"${"x".repeat(40_000)}"`);
	await rejects(clientFor(long).get(1), "too_large");
	const { url, client } = await startWorld(t);
	await client.close();
	await rejects(client.info(), "unreachable");
	const closed = url.replace(/:\d+/, ":1");
	await rejects(clientFor(closed).use(1, { grams: 1 }), "unreachable", /7912/);
	const wrongPath = clientFor(url.replace("/api/v1", "/elsewhere"));
	await rejects(wrongPath.info(), "not_spoolman");
});

test("a list has pages, the newest first, and finds by name, material and vendor", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	assert.deepEqual(await client.list({ offset: 0, limit: 20 }), { spools: [], total: 0 });
	await withSpool(world);
	await ask("POST", "/vendor", { name: "Plasma" });
	await ask("POST", "/filament", {
		name: "Galaxy",
		material: "PETG",
		vendor_id: 2,
		density: 1.27,
		diameter: 1.75,
	});
	await ask("POST", "/filament", { name: "Red, matte", density: 1.2, diameter: 1.75 });
	for (let count = 0; count < 30; count++) await ask("POST", "/spool", { filament_id: 1 + (count % 3) });
	await ask("PATCH", "/spool/31", { archived: true });

	const first = await client.list({ offset: 0, limit: 20 });
	const second = await client.list({ offset: 20, limit: 20 });
	assert.equal(first.total, 30);
	const ids = [...first.spools, ...second.spools].map(({ id }) => id);
	assert.deepEqual(
		ids,
		Array.from({ length: 30 }, (_, index) => 30 - index),
	);

	const find = async (search: string) => {
		const { spools, total } = await client.list({ offset: 0, limit: 20, search });
		return { filaments: [...new Set(spools.map(({ name }) => name))].sort(), total };
	};
	assert.deepEqual(await find("basic"), { filaments: ["PLA Basic Red"], total: 11 });
	assert.deepEqual(await find("petg"), { filaments: ["Galaxy"], total: 10 });
	assert.deepEqual(await find("pla"), { filaments: ["Galaxy", "PLA Basic Red"], total: 21 });
	assert.deepEqual(await find("Red, matte"), { filaments: ["Red, matte"], total: 9 });
	assert.deepEqual(await find("100%"), { filaments: [], total: 0 });
	const next = await client.list({ offset: 20, limit: 20, search: "pla" });
	assert.deepEqual(
		next.spools.map(({ id }) => id),
		[1],
	);
});

test("spools with long comments come in smaller pages, and all of them", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	await withSpool(world);
	const comment = "ü".repeat(1024);
	for (let count = 0; count < 25; count++) await ask("POST", "/spool", { filament_id: 1, comment });
	const { spools } = await client.list({ offset: 0, limit: 20 });
	assert.equal(spools.length, 20);
});

test("one spool is read, and a missing one is said to be missing", async (t) => {
	const world = await startWorld(t);
	const { client } = world;
	await withSpool(world, { used_weight: 12.5, location: "Shelf" });
	assert.deepEqual(await client.get(1), {
		id: 1,
		archived: false,
		usedG: 12.5,
		baseG: 1000,
		density: 1.26,
		diameterMm: 1.75,
		name: "PLA Basic Red",
		vendor: "Bambu Lab",
		material: "PLA",
		color: "FF0000",
		location: "Shelf",
	});
	const missing = [
		client.get(999),
		client.setUsed(999, 1),
		client.setRemaining(999, 1),
		client.use(999, { grams: 1 }),
		client.use(999, { lengthMm: 1 }),
		client.measure(999, 900),
		client.setTag(999, TAG),
		client.setLocation(999, "x"),
	];
	await Promise.all(missing.map((call) => rejects(call, "not_found")));
});

test("weights are written: what was used, what is left, what is added, what is measured", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	await withSpool(world, { spool_weight: 250 });
	assert.equal((await client.setUsed(1, 200.25, { isFirstUse: true })).usedG, 200.25);
	const { first_used, last_used } = await ask("GET", "/spool/1");
	assert.deepEqual([first_used, last_used], [NOW, NOW]);
	assert.equal((await client.get(1)).wasUsed, true);
	assert.equal((await client.setRemaining(1, 640)).usedG, 360);
	assert.equal((await client.use(1, { grams: 40 })).usedG, 400);
	const byLength = await client.use(1, { lengthMm: 1000 });
	assert.ok(Math.abs(byLength.usedG - 400 - 3.0307) < 0.001, String(byLength.usedG));
	assert.equal((await client.measure(1, 900)).usedG, 350);
});

test("what is left is written also where the spool has no weight of its own", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	await ask("POST", "/filament", { name: "Bare", density: 1.24, diameter: 1.75 });
	await ask("POST", "/spool", { filament_id: 1 });
	await ask("POST", "/spool", { filament_id: 1 });
	await rejects(client.setRemaining(1, 640), "invalid", /Enter its weight/);
	await rejects(client.measure(1, 900), "invalid", /Initial weight/);
	const told = await client.setRemaining(1, 640, { fullGrams: 750 });
	assert.deepEqual([told.baseG, told.usedG], [750, 110]);
	// Now what is left can be shown, but not written as such.
	await ask("PATCH", "/filament/1", { weight: 1000 });
	const byFilament = await client.setRemaining(2, 640);
	assert.deepEqual([byFilament.baseG, byFilament.usedG], [1000, 360]);
	assert.equal((await ask("GET", "/spool/2")).initial_weight, undefined);
});

test("a tag is put onto a spool, found again, and taken off, without touching other fields", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	await withSpool(world);
	for (let count = 0; count < 45; count++) await ask("POST", "/spool", { filament_id: 1 });
	assert.deepEqual(await client.findByTag(TAG), []);
	await ask("POST", "/field/spool/active_tray", { name: "Active tray", field_type: "text" });
	await ask("PATCH", "/spool/3", { extra: { active_tray: '"01S00A_0_1"' } });

	assert.equal((await client.setTag(3, TAG)).tag, TAG);
	assert.deepEqual((await ask("GET", "/spool/3")).extra, {
		active_tray: '"01S00A_0_1"',
		tag: JSON.stringify(TAG),
	});
	assert.deepEqual(
		(await client.findByTag(TAG)).map(({ id }) => id),
		[3],
	);
	await rejects(client.setTag(3, OTHER_TAG), "invalid", /another tag/);
	await ask("PATCH", "/spool/3", { archived: true });
	assert.deepEqual(await client.findByTag(TAG), []);
	assert.equal((await client.findByTag(TAG, { hasArchived: true })).length, 1);
	assert.equal((await client.setTag(3, undefined)).tag, undefined);
	assert.deepEqual((await ask("GET", "/spool/3")).extra, { active_tray: '"01S00A_0_1"', tag: '""' });
	assert.deepEqual(await client.findByTag(TAG, { hasArchived: true }), []);
});

test("a field for tags that holds no texts is said to be wrong", async (t) => {
	const world = await startWorld(t, { tagField: "chip" });
	await withSpool(world);
	await world.ask("POST", "/field/spool/chip", { name: "Chip", field_type: "integer" });
	await rejects(world.client.setTag(1, TAG), "invalid", /chip/);
});

test("a spool's location is set and cleared, and the locations are listed", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	await withSpool(world);
	assert.deepEqual(await client.locations(), []);
	assert.equal((await client.setLocation(1, "X1C AMS A1")).location, "X1C AMS A1");
	assert.deepEqual(await client.locations(), ["X1C AMS A1"]);
	assert.equal((await client.setLocation(1, undefined)).location, undefined);
	assert.equal("location" in (await ask("GET", "/spool/1")), false);
});

test("a spool is made of what its tag says, once, with filament and vendor where they are missing", async (t) => {
	const world = await startWorld(t);
	const { client, ask } = world;
	const tag = {
		uuid: TAG,
		vendor: "Bambu Lab",
		name: "PETG HF",
		material: "PETG",
		color: "00AE42FF",
		fullGrams: 1000,
		remainingGrams: 750,
		nozzleMin: 220,
		nozzleMax: 270,
		location: "X1C A1",
	};
	const { spool, isNew } = await client.ensureSpoolFor(tag);
	assert.equal(isNew, true);
	assert.deepEqual(
		[spool.tag, spool.usedG, spool.baseG, spool.vendor, spool.color, spool.location],
		[TAG, 250, 1000, "Bambu Lab", "00AE42", "X1C A1"],
	);
	const { registered: _, vendor: __, ...filament } = await ask("GET", "/filament/1");
	assert.deepEqual(filament, {
		id: 1,
		name: "PETG HF",
		material: "PETG",
		density: 1.27,
		diameter: 1.75,
		weight: 1000,
		settings_extruder_temp: 245,
		color_hex: "00AE42",
		extra: {},
	});
	const again = await client.ensureSpoolFor({ ...tag, remainingGrams: 10 });
	assert.deepEqual([again.isNew, again.spool.id, again.spool.usedG], [false, 1, 250]);
	await client.ensureSpoolFor({ ...tag, uuid: OTHER_TAG, vendor: "BAMBU LAB", name: "petg hf" });
	await client.ensureSpoolFor({ ...tag, uuid: "A".repeat(32), color: "000000FF" });
	await client.ensureSpoolFor({ uuid: "B".repeat(32), material: "TPU", remainingGrams: 5 });
	const counts = await Promise.all(
		["/vendor", "/filament", "/spool"].map(async (path) => Object.keys(await ask("GET", path)).length),
	);
	assert.deepEqual(counts, [1, 3, 4]);
});

test("a new spool of a filament whose weight is known begins with what is left on it", async (t) => {
	const world = await startWorld(t);
	await withSpool(world);
	const spool = await world.client.createSpool({ filamentId: 1, remainingGrams: 400 });
	assert.deepEqual([spool.baseG, spool.usedG, spool.tag], [1000, 600, undefined]);
	await rejects(world.client.createSpool({ filamentId: 77 }), "not_found");
});

test("vendors and filaments are found by what they are, whatever else is there", async (t) => {
	const { client, ask } = await startWorld(t);
	for (const name of ["Maker 2", "maker", "Maker", "A, B & C"]) await ask("POST", "/vendor", { name });
	assert.equal(await client.findVendor("Maker"), 3);
	assert.equal(await client.findVendor("MAKER"), 2);
	assert.equal(await client.findVendor("A, B & C"), 4);
	assert.equal(await client.findVendor("Make"), undefined);
	assert.equal(await client.createVendor(" New "), 5);
	assert.equal(await client.findVendor("New"), 5);
	const red = { name: "Red", material: "PLA", color: "FF0000FF" };
	assert.equal(await client.createFilament({ ...red, vendorId: 2 }), 1);
	assert.equal(await client.createFilament(red), 2);
	assert.equal(await client.findFilament({ ...red, vendorId: 2 }), 1);
	assert.equal(await client.findFilament(red), 2);
	assert.equal(await client.findFilament({ ...red, vendorId: 3 }), undefined);
	assert.equal(await client.findFilament({ ...red, color: undefined }), undefined);
	assert.equal(await client.findFilament({ ...red, material: "PLA-CF" }), undefined);
});

test("a program without an origin is let in where a foreign page is not", async (t) => {
	const world = await startWorld(t);
	await withSpool(world);
	const response = await fetch(`${world.url}/spool/1`, {
		method: "PATCH",
		headers: { "content-type": "application/json", origin: "http://evil.example" },
		body: "{}",
	});
	assert.equal(response.status, 403);
	assert.equal((await world.client.setUsed(1, 1)).usedG, 1);
});
