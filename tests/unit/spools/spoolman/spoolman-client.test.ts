import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpClientRequest } from "../../../../modules/platform/http";
import { PortError } from "../../../../modules/platform/port-error";
import { toShown } from "../../../../modules/spools/spoolman/spool-details";
import { SpoolmanError } from "../../../../modules/spools/spoolman/spoolman-error";
import { OTHER_TAG, TAG } from "../fixtures";
import {
	clientOf,
	failureOf,
	inTurn,
	ROOT,
	type Script,
	type ScriptedAnswer,
	spoolJson,
} from "./scripted-spoolman";

const NOW = "2026-11-20T18:10:16.000Z";
const tooLarge = new PortError("too_large", "192.168.1.5:7912: the answer has more than 32768 bytes");
const refusal: ScriptedAnswer = {
	status: 400,
	body: { message: "Failed to update spool, see server logs." },
};

function parameter({ url }: HttpClientRequest, name: string): string | undefined {
	const pairs = (url.split("?")[1] ?? "").split("&").map((pair) => pair.split("="));
	const value = pairs.find(([key]) => key === name)?.[1];
	return value === undefined ? undefined : decodeURIComponent(value);
}

/** An old server: pages, and no filter by extra fields. */
function oldServer(
	ids: readonly number[],
	tagged: Readonly<Record<number, string>>,
	fields = ["tag"],
): Script {
	return (request) => {
		if (request.url.endsWith("/field/spool")) return { body: fields.map((key) => ({ key, name: key })) };
		const offset = Number(parameter(request, "offset"));
		const limit = Number(parameter(request, "limit"));
		const body = ids.slice(offset, offset + limit).map((id) => {
			const tag = tagged[id];
			return spoolJson({ id, extra: tag === undefined ? {} : { tag: JSON.stringify(tag) } });
		});
		return { body };
	};
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test("info asks whether it is well, and which version it is", async () => {
	const { client, http } = clientOf(inTurn({ body: { status: "healthy" } }, { body: { version: "0.26.1" } }));
	assert.deepEqual(await client.info(), { version: "0.26.1" });
	assert.deepEqual(http.lines, ["GET /health", "GET /info"]);
});

test("info refuses what is no Spoolman", async () => {
	const healthy = { body: { status: "healthy" } };
	for (const answers of [
		[{ body: "<html>" }],
		[{ body: { status: "UP" } }],
		[{ body: [] }],
		[{ status: 404, body: { message: "no route" } }],
		[{ status: 400, body: "" }],
		[healthy, { body: {} }],
		[healthy, { body: { version: 3 } }],
		[healthy, { body: { version: "<b>".repeat(40) } }],
	])
		await failureOf(clientOf(inTurn(...answers)).client.info(), "not_spoolman");
});

test("a spool is read with what people want to see of it", async () => {
	const { client } = clientOf(
		inTurn({
			body: spoolJson({
				location: " Shelf ",
				first_used: NOW,
				extra: { tag: JSON.stringify(TAG.toLowerCase()) },
			}),
		}),
	);
	const spool = await client.get(1);
	assert.equal(spool.tag, TAG);
	assert.equal(spool.wasUsed, true);
	assert.deepEqual(toShown(spool), {
		id: 1,
		name: "PLA Basic Red",
		vendor: "Bambu Lab",
		material: "PLA",
		color: "FF0000",
		remainingGrams: 800,
		fullGrams: 1000,
		location: "Shelf",
	});
});

test("a spool of which little is known is shown with nothing made up; null is nothing", async () => {
	const bare = { id: 1, filament: { id: 2, density: 1.24, diameter: 1.75 }, used_weight: 0 };
	const { client } = clientOf(
		inTurn(
			{ body: bare },
			{
				body: {
					...bare,
					filament: { ...bare.filament, name: null, vendor: null, color_hex: null, weight: null },
					location: null,
					extra: null,
					initial_weight: null,
				},
			},
		),
	);
	assert.deepEqual(toShown(await client.get(1)), { id: 1 });
	assert.deepEqual(toShown(await client.get(1)), { id: 1 });
});

test("a colour is shown in one form; of several colours the first, and none that is none", async () => {
	const colorOf = async (filament: Record<string, unknown>) => {
		const { client } = clientOf(inTurn({ body: spoolJson({ filament: { id: 1, ...filament } }) }));
		return (await client.get(1)).color;
	};
	assert.equal(await colorOf({ color_hex: "#ff00aaff" }), "FF00AA");
	assert.equal(await colorOf({ color_hex: "00000000" }), "00000000");
	assert.equal(await colorOf({ multi_color_hexes: "00ff00,112233" }), "00FF00");
	assert.equal(await colorOf({ color_hex: "red" }), undefined);
});

test("a list is a page, the newest first, with the number of all", async () => {
	const { client, http } = clientOf(
		inTurn({ headers: { "x-total-count": "43" }, body: [spoolJson({ id: 9 }), spoolJson({ id: 8 })] }),
	);
	const { spools, total } = await client.list({ offset: 20, limit: 2 });
	assert.deepEqual([spools.map(({ id }) => id), total], [[9, 8], 43]);
	assert.deepEqual(http.lines, ["GET /spool?sort=id:desc&limit=2&offset=20"]);
});

test("a page has 1 to 20 spools", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }));
	for (const [offset, limit] of [
		[0, 0],
		[0, 21],
		[-1, 5],
		[0.5, 5],
		[0, Number.NaN],
	] as const)
		await failureOf(client.list({ offset, limit }), "invalid");
	assert.equal(http.requests.length, 0);
	assert.deepEqual(await client.list({ offset: 0, limit: 20 }), { spools: [] });
});

test("spools too long for one answer are fetched in smaller numbers, and more again afterwards", async () => {
	const served = oldServer(numbers(40), {});
	const limits: string[] = [];
	const { client } = clientOf((request) => {
		const limit = parameter(request, "limit") ?? "";
		limits.push(limit);
		return Number(limit) > 6 ? tooLarge : served(request);
	});
	const { spools } = await client.list({ offset: 5, limit: 20 });
	assert.deepEqual(
		spools.map(({ id }) => id),
		numbers(25).slice(5),
	);
	assert.deepEqual(limits.slice(0, 4), ["20", "10", "5", "10"]);
	assert.ok(limits.length < 12, `${limits.length} requests`);
});

test("one spool that is too long alone is said to be so", async () => {
	const { client, http } = clientOf(inTurn(tooLarge));
	assert.match((await failureOf(client.list({ offset: 0, limit: 20 }), "too_large")).message, /comments/);
	assert.equal(http.requests.length, 5);
});

test("a search finds spools by name, material or vendor of their filament, in pages", async () => {
	const filament = (id: number, name: string, material: string, vendor?: string) => ({
		id,
		name,
		material,
		...(vendor && { vendor: { id: 1, name: vendor } }),
	});
	const { client, http } = clientOf((request) => {
		if (parameter(request, "name") !== undefined) return { body: [filament(4, "Silk PLA", "X")] };
		if (parameter(request, "material") !== undefined)
			return { body: [filament(7, "Red", "PLA"), filament(4, "Silk PLA", "X")] };
		// A server that does not know this filter.
		if (parameter(request, "vendor.name") !== undefined)
			return { body: [filament(5, "Blue", "PETG", "Plasma"), filament(6, "Blue", "PETG", "Other")] };
		return { headers: { "x-total-count": "1" }, body: [spoolJson()] };
	});
	const found = await client.list({ offset: 0, limit: 5, search: " pla " });
	assert.deepEqual([found.spools.map(({ id }) => id), found.total], [[1], 1]);
	assert.equal(http.lines.at(-1), "GET /spool?filament.id=4,7,5&sort=id:desc&limit=5&offset=0");
	assert.equal(http.lines[2], "GET /filament?vendor.name=pla&sort=id:desc&limit=20&offset=0");
});

test("a search that no filament fits finds nothing, and asks for no spools", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }));
	assert.deepEqual(await client.list({ offset: 0, limit: 5, search: "nö & x=1" }), { spools: [], total: 0 });
	assert.equal(http.lines[0], "GET /filament?name=n%C3%B6%20%26%20x%3D1&sort=id:desc&limit=20&offset=0");
	assert.equal(http.lines.length, 3);
});

test("a search for half a character fails as every search may", async () => {
	const { client } = clientOf(inTurn({ body: [] }));
	const error: unknown = await client
		.list({ offset: 0, limit: 5, search: "\ud83d" })
		.catch((reason) => reason);
	// Some engines can write it.
	assert.ok(error instanceof SpoolmanError || JSON.stringify(error) === '{"spools":[],"total":0}');
});

test("signs that Spoolman takes for something else are not searched for", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }));
	for (const search of ["", "  ", ",", '"', '" , "']) await client.list({ offset: 0, limit: 5, search });
	assert.ok(http.lines.every((line) => line === "GET /spool?sort=id:desc&limit=5&offset=0"));
	await client.list({ offset: 0, limit: 5, search: 'a, "Red matte",b' });
	assert.match(http.lines[5] ?? "", /name=Red%20matte&/);
});

test("a search that fits very many filaments takes the newest, and does not say how many spools there are", async () => {
	const { client, http } = clientOf((request) => {
		if (request.url.startsWith(`${ROOT}/spool`))
			return { headers: { "x-total-count": "5" }, body: [spoolJson()] };
		const offset = Number(parameter(request, "offset"));
		return { body: numbers(20).map((id) => ({ id: offset + id, name: "PLA" })) };
	});
	const found = await client.list({ offset: 0, limit: 5, search: "PLA" });
	assert.equal(found.total, undefined);
	assert.equal(http.requests.length, 10);
});

test("a tag is asked for by its field, and what comes back is looked at again", async () => {
	const tagged = spoolJson({ id: 3, extra: { tag: JSON.stringify(TAG) } });
	const { client, http } = clientOf(inTurn({ body: [tagged] }));
	assert.deepEqual(
		(await client.findByTag(TAG.toLowerCase())).map(({ id }) => id),
		[3],
	);
	assert.deepEqual(http.lines, [`GET /spool?extra.tag=${TAG}&sort=id:asc&limit=20&offset=0`]);
	assert.deepEqual(await client.findByTag(OTHER_TAG), []);
});

test("archived spools are found by tag only where they are wanted", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }));
	await client.findByTag(TAG, { hasArchived: true });
	assert.match(http.lines[0] ?? "", /&allow_archived=true&/);
});

test("what is no tag is not asked for", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }));
	for (const uuid of ["", "0".repeat(32), "ABCD1234", `${TAG}&x=`])
		assert.deepEqual(await client.findByTag(uuid), []);
	assert.equal(http.requests.length, 0);
});

test("where the server does not know the filter, all spools are looked through", async () => {
	const { client, http } = clientOf(oldServer(numbers(130), { 117: TAG, 40: OTHER_TAG }));
	assert.deepEqual(
		(await client.findByTag(TAG)).map(({ id }) => id),
		[117],
	);
	assert.ok(http.requests.length <= 10);
});

test("where the tag's field is not there, no spool has it, and none is looked through", async () => {
	const { client, http } = clientOf(oldServer(numbers(130), {}, ["other"]));
	assert.deepEqual(await client.findByTag(TAG), []);
	assert.equal(http.requests.length, 2);
});

test("more spools than can be looked through are no answer that the tag is unknown", async () => {
	const { client, http } = clientOf(oldServer(numbers(5000), { 4999: TAG }));
	await failureOf(client.findByTag(TAG), "too_large");
	assert.ok(http.requests.length <= 102);
});

test("a server that gives more than was asked for is none", async () => {
	const { client } = clientOf(inTurn({ body: numbers(30).map((id) => spoolJson({ id })) }));
	await failureOf(client.findByTag(TAG), "not_spoolman");
	await failureOf(client.list({ offset: 0, limit: 20 }), "not_spoolman");
});

test("what was used is written as a sum, with the time where the device knows it", async () => {
	const { client, http, clock } = clientOf(inTurn({ body: spoolJson() }));
	await client.setUsed(1, 212.5);
	await client.setUsed(1, 212.5, { isFirstUse: true });
	clock.setWallTime(undefined);
	await client.setUsed(1, 0, { isFirstUse: true });
	assert.deepEqual(http.lines, Array(3).fill("PATCH /spool/1"));
	assert.deepEqual(http.bodies, [
		{ used_weight: 212.5, last_used: NOW },
		{ used_weight: 212.5, first_used: NOW, last_used: NOW },
		{ used_weight: 0 },
	]);
});

test("what is left is written as such where Spoolman takes it", async () => {
	const { client, http } = clientOf(inTurn({ body: spoolJson() }));
	await client.setRemaining(1, 640);
	assert.deepEqual(http.bodies, [{ remaining_weight: 640, last_used: NOW }]);
});

test("of a spool without an own weight, what is left is written by what was used of its filament's", async () => {
	const bare = spoolJson({ initial_weight: undefined });
	const { client, http } = clientOf(inTurn(refusal, { body: bare }, { body: bare }));
	await client.setRemaining(1, 640);
	assert.deepEqual(http.bodies[2], { used_weight: 360, last_used: NOW });
	const more = clientOf(inTurn(refusal, { body: bare }, { body: bare }));
	await more.client.setRemaining(1, 1040);
	assert.deepEqual(more.http.bodies[2], { used_weight: 0, last_used: NOW });
});

test("of a spool whose weight Spoolman does not know, it is written together with what a new one has", async () => {
	const bare = { id: 1, filament: { id: 1 }, used_weight: 0 };
	const { client, http } = clientOf(inTurn(refusal, { body: bare }, { body: bare }));
	await client.setRemaining(1, 640, { fullGrams: 750 });
	assert.deepEqual(http.bodies[2], { initial_weight: 750, remaining_weight: 640, last_used: NOW });
	const unknown = clientOf(inTurn(refusal, { body: bare }));
	assert.match((await failureOf(unknown.client.setRemaining(1, 640), "invalid")).message, /Enter its weight/);
	assert.equal(unknown.http.requests.length, 2);
});

test("use adds grams or a length", async () => {
	const { client, http } = clientOf(inTurn({ body: spoolJson() }));
	await client.use(1, { grams: 12.5 });
	await client.use(1, { lengthMm: 1000 });
	assert.deepEqual(http.lines, Array(2).fill("PUT /spool/1/use"));
	assert.deepEqual(http.bodies, [{ use_weight: 12.5 }, { use_length: 1000 }]);
});

test("a measured spool that is not there is told from one without a weight", async () => {
	const notThere = clientOf(
		inTurn(
			{ status: 400, body: { message: "Spool not found." } },
			{ status: 404, body: { message: "No spool" } },
		),
	);
	await failureOf(notThere.client.measure(9, 900), "not_found");
	const noWeight = clientOf(
		inTurn({ status: 400, body: { message: "Initial weight is not set." } }, { body: spoolJson() }),
	);
	assert.match((await failureOf(noWeight.client.measure(1, 900), "invalid")).message, /Initial weight/);
	const { client, http } = clientOf(inTurn({ body: spoolJson() }));
	await client.measure(1, 900);
	assert.deepEqual(http.bodies, [{ weight: 900 }]);
});

test("what is no number of a spool or no weight is not sent", async () => {
	const { client, http } = clientOf(inTurn({ body: spoolJson() }));
	for (const id of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
		await failureOf(client.get(id), "invalid");
		await failureOf(client.setLocation(id, "x"), "invalid");
		await failureOf(client.setTag(id, TAG), "invalid");
	}
	for (const grams of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
		await failureOf(client.setUsed(1, grams), "invalid");
		await failureOf(client.setRemaining(1, grams), "invalid");
		await failureOf(client.measure(1, grams), "invalid");
	}
	await failureOf(client.use(1, { grams: Number.NaN }), "invalid");
	assert.equal(http.requests.length, 0);
});

test("a location is set, and cleared with null; a longer one than Spoolman takes is refused", async () => {
	const { client, http } = clientOf(inTurn({ body: spoolJson() }));
	await client.setLocation(1, " X1C AMS A1 ");
	await client.setLocation(1, undefined);
	await client.setLocation(1, " ");
	await client.setLocation(1, "\ud83d\ude00".repeat(64));
	assert.deepEqual(http.bodies.slice(0, 3), [
		{ location: "X1C AMS A1" },
		{ location: null },
		{ location: null },
	]);
	await failureOf(client.setLocation(1, "x".repeat(65)), "invalid");
	assert.equal(http.requests.length, 4);
});

test("locations are those that spools are in", async () => {
	const { client } = clientOf(inTurn({ body: ["Shelf", "", "Dry box"] }, { body: ["Shelf", 3] }));
	assert.deepEqual(await client.locations(), ["Shelf", "Dry box"]);
	await failureOf(client.locations(), "not_spoolman");
});

/** A server that keeps one spool's extra fields, and replaces all of them by what is written, as old ones do. */
function replacing(extra: Record<string, string>, fields: string[]) {
	const state = { extra, fields };
	const script: Script = ({ method, url, body }) => {
		const sent = typeof body === "string" ? JSON.parse(body) : {};
		if (method === "POST") {
			state.fields.push(url.slice(`${ROOT}/field/spool/`.length));
			return { body: [] };
		}
		if (url.endsWith("/field/spool")) return { body: state.fields.map((key) => ({ key })) };
		if (method === "PATCH") state.extra = sent.extra;
		return { body: spoolJson({ extra: state.extra }) };
	};
	return { state, ...clientOf(script) };
}

test("a tag is written without losing the other fields, also where a server replaces all of them", async () => {
	const { state, client } = replacing({ active_tray: '"a"', tag: '""', gone: '"x"' }, ["active_tray", "tag"]);
	assert.equal((await client.setTag(1, TAG)).tag, TAG);
	assert.deepEqual(state.extra, { active_tray: '"a"', tag: JSON.stringify(TAG) });
	assert.equal((await client.setTag(1, undefined)).tag, undefined);
	assert.deepEqual(state.extra, { active_tray: '"a"', tag: '""' });
});

test("the tag's field is made where it is missing, and only for a tag to be written", async () => {
	const { http, client, state } = replacing({}, []);
	await client.setTag(1, undefined);
	assert.deepEqual(http.lines, ["GET /field/spool", "GET /spool/1"]);
	await client.setTag(1, TAG);
	assert.deepEqual(http.lines.slice(2), [
		"GET /field/spool",
		"POST /field/spool/tag",
		"GET /spool/1",
		"PATCH /spool/1",
	]);
	assert.deepEqual(http.bodies[3], { name: "tag", field_type: "text" });
	assert.deepEqual(state.extra, { tag: JSON.stringify(TAG) });
});

test("a spool with another tag, or with something else in the field, is not given a new one", async () => {
	for (const held of [JSON.stringify(OTHER_TAG), '"04A1B2C3"', "7", "no json"]) {
		const { state, client } = replacing({ tag: held }, ["tag"]);
		await failureOf(client.setTag(1, TAG), "invalid");
		assert.deepEqual(state.extra, { tag: held });
	}
	const { http, client } = replacing({ tag: JSON.stringify(TAG) }, ["tag"]);
	await client.setTag(1, TAG);
	assert.ok(!http.lines.some((line) => line.startsWith("PATCH")));
});

test("a tag that Spoolman did not keep is not said to be written", async () => {
	const { client } = clientOf(({ url }) => ({
		body: url.endsWith("/field/spool") ? [{ key: "tag" }] : spoolJson(),
	}));
	assert.match((await failureOf(client.setTag(1, TAG), "invalid")).message, /did not keep/);
});

test("a field name that Spoolman cannot have is said to be wrong before anything is sent", async () => {
	const { client, http } = clientOf(inTurn({ body: [] }), { tagField: "My Tag&x" });
	await failureOf(client.setTag(1, TAG), "invalid");
	await failureOf(client.findByTag(TAG), "invalid");
	assert.equal(http.requests.length, 0);
});

test("two wishes for a spool of the same tag make one spool", async () => {
	const made: string[] = [];
	const { client } = clientOf(({ method, url, body }) => {
		const path = url.slice(ROOT.length);
		if (method === "POST") made.push(path);
		const spool = spoolJson({ extra: { tag: JSON.stringify(TAG) } });
		if (method === "POST" && path === "/spool") {
			assert.equal(JSON.parse(String(body)).extra.tag, JSON.stringify(TAG));
			return { body: spool };
		}
		if (method === "POST") return { body: { id: 1 } };
		if (path === "/field/spool") return { body: [{ key: "tag" }] };
		return { body: path.startsWith("/spool?") && made.includes("/spool") ? [spool] : [] };
	});
	const tag = { uuid: TAG, vendor: "Bambu Lab", material: "PLA", fullGrams: 1000 };
	const [first, second] = await Promise.all([client.ensureSpoolFor(tag), client.ensureSpoolFor(tag)]);
	assert.deepEqual([first.isNew, second.isNew], [true, false]);
	assert.deepEqual(made, ["/vendor", "/filament", "/spool"]);
});

test("a spool that was put away, or is there twice, is not made anew", async () => {
	const tagged = (id: number, archived: boolean) =>
		spoolJson({ id, archived, extra: { tag: JSON.stringify(TAG) } });
	const tag = { uuid: TAG, material: "PLA" };
	const away = clientOf(inTurn({ body: [tagged(4, true)] }));
	assert.match((await failureOf(away.client.ensureSpoolFor(tag), "invalid")).message, /Spool 4 .*archive/);
	const twice = clientOf(inTurn({ body: [tagged(4, false), tagged(5, false)] }));
	assert.match((await failureOf(twice.client.ensureSpoolFor(tag), "invalid")).message, /Two spools/);
	assert.equal(away.http.requests.length + twice.http.requests.length, 2);
});

test("a filament of another vendor is not taken, also where a server does not look at the vendor", async () => {
	const made = (id: number, vendor?: number) => ({
		id,
		name: "Red",
		material: "PLA",
		...(vendor && { vendor: { id: vendor, name: "Maker" } }),
	});
	const { client } = clientOf(inTurn({ body: [made(1), made(2, 7), made(3, 8)] }));
	assert.equal(await client.findFilament({ name: "Red", material: "PLA", vendorId: 8 }), 3);
	assert.equal(await client.findFilament({ name: "Red", material: "PLA" }), 1);
	assert.equal(await client.findFilament({ name: "Red", material: "PLA", vendorId: 9 }), undefined);
});

test("a new spool whose tag Spoolman did not keep is not said to have it", async () => {
	const { client } = clientOf(({ method, url }) => ({
		body: url.endsWith("/field/spool") ? [{ key: "tag" }] : method === "POST" ? spoolJson() : [],
	}));
	assert.match(
		(await failureOf(client.createSpool({ filamentId: 1, uuid: TAG }), "invalid")).message,
		/keep/,
	);
});
