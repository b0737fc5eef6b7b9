// The calls that Home Assistant's Spoolman integration makes, and the fields that it reads: see docs/spoolman.md.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startVirtualSpoolman } from "../../sim/spoolman/server";
import { MemoryLog } from "../fakes/memory-log";

type Json = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: JSON, which each test compares as a whole or in part.
type Answer = any;

/** With everything set that the integration makes an entity of. */
async function start(t: TestContext) {
	const spoolman = await startVirtualSpoolman({ port: 0, log: new MemoryLog() });
	t.after(() => spoolman.close());
	// A person enters the address without the path of the API; the integration adds it.
	const root = spoolman.url.slice(0, -"api/v1".length);
	const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
		const response = await fetch(`${root}api/v1${path}`, {
			method,
			...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
		});
		assert.equal(response.status, 200, `${method} ${path}`);
		return response.json();
	};
	await ask("POST", "/field/spool/tag", { name: "Tag", field_type: "text", unit: "hex" });
	await ask("POST", "/field/spool/dry", {
		name: "Dry",
		field_type: "choice",
		choices: ["yes"],
		multi_choice: false,
	});
	await ask("POST", "/vendor", { name: "Bambu Lab" });
	await ask("POST", "/filament", {
		name: "PLA Basic",
		material: "PLA",
		vendor_id: 1,
		density: 1.26,
		diameter: 1.75,
		weight: 1000,
		article_number: "A1",
		settings_extruder_temp: 220,
		settings_bed_temp: 55,
		color_hex: "FF0000",
		multi_color_hexes: "FF0000,00FF00",
		multi_color_direction: "coaxial",
	});
	const spool = {
		filament_id: 1,
		price: 20,
		spool_weight: 250,
		location: "Shelf",
		lot_nr: "7",
		comment: "dry",
		extra: { tag: '"ABCD"', dry: '"yes"' },
	};
	await ask("POST", "/spool", spool);
	await ask("POST", "/spool", { ...spool, archived: true });
	await ask("PUT", "/spool/1/use", { use_weight: 12.5 });
	return ask;
}

function has(what: Json, types: Readonly<Record<string, string>>): void {
	for (const [name, type] of Object.entries(types)) assert.equal(typeof what[name], type, name);
}

function hasFilament(filament: Json): void {
	has(filament, {
		id: "number",
		name: "string",
		material: "string",
		weight: "number",
		density: "number",
		diameter: "number",
		settings_extruder_temp: "number",
		settings_bed_temp: "number",
		article_number: "string",
		color_hex: "string",
		multi_color_hexes: "string",
		multi_color_direction: "string",
	});
	assert.equal((filament.vendor as Json).name, "Bambu Lab");
}

test("setting it up: the server is healthy and names its version", async (t) => {
	const ask = await start(t);
	assert.equal((await ask("GET", "/health")).status, "healthy");
	assert.match((await ask("GET", "/info")).version, /^\d+\.\d+\.\d+$/);
});

test("each round: spools and filaments with all that its sensors show", async (t) => {
	const ask = await start(t);
	// As Python writes a truth value.
	const spools: Json[] = await ask("GET", "/spool?allow_archived=False");
	assert.equal(spools.length, 1);
	assert.equal((await ask("GET", "/spool?allow_archived=True")).length, 2);
	const [spool] = spools;
	assert.ok(spool);
	has(spool, {
		id: "number",
		registered: "string",
		first_used: "string",
		last_used: "string",
		price: "number",
		spool_weight: "number",
		remaining_weight: "number",
		used_weight: "number",
		remaining_length: "number",
		used_length: "number",
		location: "string",
		lot_nr: "string",
		comment: "string",
		archived: "boolean",
	});
	assert.deepEqual([spool.remaining_weight, spool.used_weight], [987.5, 12.5]);
	hasFilament(spool.filament as Json);
	const extra = Object.entries(spool.extra as Record<string, string>).map(([key, value]) => [
		key,
		JSON.parse(value),
	]);
	assert.deepEqual(extra, [
		["tag", "ABCD"],
		["dry", "yes"],
	]);

	const [filament] = await ask("GET", "/filament");
	hasFilament(filament);
	assert.deepEqual(filament.extra, {});
});

test("each round: the extra fields' names, types and units, and the locations to choose from", async (t) => {
	const ask = await start(t);
	const [tag, dry] = await ask("GET", "/field/spool");
	assert.deepEqual([tag.key, tag.name, tag.field_type, tag.unit], ["tag", "Tag", "text", "hex"]);
	assert.deepEqual([dry.key, dry.choices, dry.multi_choice], ["dry", ["yes"], false]);
	assert.deepEqual(await ask("GET", "/location"), ["Shelf"]);
});

test("its two actions and its choice of a location change the spool", async (t) => {
	const ask = await start(t);
	assert.equal((await ask("PUT", "/spool/1/use", { use_weight: 2.5 })).used_weight, 15);
	assert.ok((await ask("PUT", "/spool/1/use", { use_length: 1000 })).used_weight > 15);
	assert.equal((await ask("PATCH", "/spool/1", { location: "AMS" })).location, "AMS");
	assert.deepEqual(await ask("GET", "/location"), ["AMS", "Shelf"]);
	const changed = await ask("PATCH", "/spool/1", {
		remaining_weight: 500,
		last_used: "2026-11-20 18:00:00",
		extra: { tag: '"EF01"' },
	});
	assert.deepEqual([changed.remaining_weight, changed.last_used], [500, "2026-11-20T18:00:00Z"]);
	assert.deepEqual(changed.extra, { dry: '"yes"', tag: '"EF01"' });
});
