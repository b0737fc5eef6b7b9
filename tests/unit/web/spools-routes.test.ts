// What can be asked over HTTP about spools and filament tags.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_TAG_BYTES } from "../../../modules/spools/ndef";
import type { SpoolFailureCode } from "../../../modules/spools/spools";
import { bearer, benchWeb, content, errorCode } from "./bench-web";

const SLOT = { printerId: "01P00A000000001", tray: 3 };
const TAG = {
	protocol: "openspool",
	type: "PLA",
	color_hex: "ffaabb",
	brand: "Generic",
	min_temp: "190",
	max_temp: "230",
};
const READ_TAG = {
	version: "1.0",
	type: "PLA",
	color: "FFAABBFF",
	brand: "Generic",
	nozzleMin: 190,
	nozzleMax: 230,
};

test("one page of spools is listed, from the beginning and of full length unless told otherwise", async () => {
	const { ask, spools } = await benchWeb();
	spools.page = { ok: true, spools: [{ id: 4, name: "Red" }], total: 31 };
	const response = await ask("GET", "/api/spools");
	assert.equal(response.status, 200);
	assert.deepEqual(content(response), { spools: [{ id: 4, name: "Red" }], total: 31 });
	spools.page = { ok: true, spools: [] };
	assert.deepEqual(content(await ask("GET", "/api/spools?offset=20&limit=5&search=PLA%20red+%C3%BC")), {
		spools: [],
	});
	await ask("GET", "/api/spools?search=++&&limit=20");
	assert.deepEqual(spools.asked, [
		{ offset: 0, limit: 20 },
		{ offset: 20, limit: 5, search: "PLA red ü" },
		{ offset: 0, limit: 20 },
	]);
});

test("a query that cannot be meant is refused by its name, and Spoolman is not asked", async () => {
	const { ask, spools } = await benchWeb();
	for (const [query, name] of [
		["offset=-1", "offset"],
		["offset=x", "offset"],
		["offset=", "offset"],
		["offset=1e2", "offset"],
		["offset=9999999999", "offset"],
		["limit=0", "limit"],
		["limit=21", "limit"],
		["limit=1&limit=2", "limit"],
		["sort=id", "sort"],
		["__proto__=1", "__proto__"],
		["constructor", "constructor"],
		[`search=${"x".repeat(65)}`, "search"],
		["search=%E0%A4%A", "query"],
	] as const) {
		const response = await ask("GET", `/api/spools?${query}`);
		assert.equal(response.status, 400, query);
		assert.equal(errorCode(response), "bad_field");
		assert.ok(content(response).error.message.includes(name), content(response).error.message);
	}
	assert.deepEqual(spools.asked, []);
});

test("every action is handed on as it is", async () => {
	const { ask, spools } = await benchWeb();
	const actions = [
		{ action: "link", ...SLOT, spoolId: 12 },
		{ action: "unlink", ...SLOT },
		{ action: "create", ...SLOT, tray: 255 },
		{ action: "resync", ...SLOT, by: "printer" },
		{ action: "resync", ...SLOT, tray: 0, by: "spoolman" },
		{ action: "retry" },
		{ action: "discard" },
	];
	for (const action of actions) {
		const response = await ask("POST", "/api/spools", action);
		assert.deepEqual([response.status, content(response)], [200, { ok: true }]);
	}
	assert.deepEqual(spools.asked, actions);
});

test("a bad field of an action is named, also one that the action has no use for", async () => {
	const { ask, spools } = await benchWeb();
	for (const [body, name] of [
		[{}, "action"],
		[{ action: "burn" }, "action"],
		[{ action: 1 }, "action"],
		[{ action: "retry", tray: 1 }, "tray"],
		[{ action: "discard", confirm: true }, "confirm"],
		[{ action: "unlink", tray: 1 }, "printerId"],
		[{ action: "unlink", printerId: "", tray: 1 }, "printerId"],
		[{ action: "unlink", printerId: 5, tray: 1 }, "printerId"],
		[{ action: "unlink", printerId: "a" }, "tray"],
		[{ action: "unlink", printerId: "a", tray: "1" }, "tray"],
		[{ action: "unlink", printerId: "a", tray: 1.5 }, "tray"],
		[{ action: "unlink", printerId: "a", tray: -1 }, "tray"],
		[{ action: "unlink", printerId: "a", tray: 256 }, "tray"],
		[{ action: "unlink", ...SLOT, spoolId: 1 }, "spoolId"],
		[{ action: "link", ...SLOT }, "spoolId"],
		[{ action: "link", ...SLOT, spoolId: 0 }, "spoolId"],
		[{ action: "link", ...SLOT, spoolId: null }, "spoolId"],
		[{ action: "link", ...SLOT, spoolId: 1, by: "printer" }, "by"],
		[{ action: "resync", ...SLOT }, "by"],
		[{ action: "resync", ...SLOT, by: "me" }, "by"],
	] as const) {
		const response = await ask("POST", "/api/spools", body);
		assert.equal(response.status, 400, JSON.stringify(body));
		assert.equal(errorCode(response), "bad_field");
		assert.ok(content(response).error.message.includes(`"${name}"`), content(response).error.message);
	}
	for (const body of [[], "x", null])
		assert.equal(errorCode(await ask("POST", "/api/spools", body)), "bad_json");
	assert.deepEqual(spools.asked, []);
});

test("why an action or a list failed is said with its code, its words and a fitting status", async () => {
	const { ask, spools } = await benchWeb();
	const statuses: Record<SpoolFailureCode, number> = {
		not_found: 404,
		unknown_slot: 404,
		not_set_up: 409,
		no_tag: 409,
		in_use: 409,
		archived: 409,
		nothing_to_do: 409,
		storage: 500,
		unreachable: 502,
		refused: 502,
		invalid: 502,
		not_spoolman: 502,
		too_large: 502,
		unavailable: 503,
		timeout: 504,
	};
	for (const [code, status] of Object.entries(statuses)) {
		const failure = { ok: false, code: code as SpoolFailureCode, message: `Words on ${code}.` } as const;
		spools.result = spools.page = failure;
		for (const response of [
			await ask("POST", "/api/spools", { action: "retry" }),
			await ask("GET", "/api/spools"),
		]) {
			assert.equal(response.status, status, code);
			assert.deepEqual(content(response), { error: { code, message: `Words on ${code}.` } });
		}
	}
});

test("a device that keeps no track of spools says so", async () => {
	const { ask } = await benchWeb({ tracking: false });
	for (const [method, path, body] of [
		["GET", "/api/spools"],
		["POST", "/api/spools", { action: "retry" }],
		["POST", "/api/filament-tag", TAG],
		["DELETE", "/api/filament-tag"],
	] as const) {
		const response = await ask(method, path, body);
		assert.equal(response.status, 404);
		assert.equal(errorCode(response), "no_spools");
	}
	assert.equal("spools" in content(await ask("GET", "/api/state")), false);
});

test("with a device password spools can be read by all, and changed with it only", async () => {
	const { ask, spools, tags } = await benchWeb({ password: true });
	assert.equal((await ask("GET", "/api/spools")).status, 200);
	const writes = [
		["POST", "/api/spools", { action: "retry" }],
		["POST", "/api/filament-tag", TAG],
		["DELETE", "/api/filament-tag", undefined],
	] as const;
	for (const [method, path, body] of writes) assert.equal((await ask(method, path, body)).status, 401);
	assert.deepEqual([spools.asked.length, tags.held], [1, undefined]);
	for (const [method, path, body] of writes)
		assert.equal((await ask(method, path, body, bearer())).status, 200);
});

test("a tag with a slot is sent to the printer", async () => {
	const { ask, printers, tags } = await benchWeb();
	const response = await ask("POST", `/api/filament-tag?printer=${printers.id}&tray=6`, TAG);
	assert.equal(response.status, 200);
	assert.deepEqual(content(response), { tag: READ_TAG, sent: true });
	assert.deepEqual(printers.asked.at(-1), {
		command: "filament_setting",
		spool: { unit: 1, slot: 2 },
		material: "PLA",
		filamentId: "GFL99",
		settingId: "",
		color: "FFAABBFF",
		nozzleMin: 190,
		nozzleMax: 230,
	});
	assert.equal(tags.held, undefined);
});

test("a tag without a slot is held and shown, and given to one later without a body", async () => {
	const { ask, printers } = await benchWeb();
	assert.deepEqual(content(await ask("POST", "/api/filament-tag", TAG)), { tag: READ_TAG, sent: false });
	assert.deepEqual(content(await ask("GET", "/api/state")).filamentTag, { ...READ_TAG, readAtSeconds: 3 });
	const response = await ask("POST", `/api/filament-tag?printer=${printers.id}&tray=0`);
	assert.deepEqual(content(response), { tag: READ_TAG, sent: true });
	assert.equal("filamentTag" in content(await ask("GET", "/api/state")), false);
	const again = await ask("POST", `/api/filament-tag?printer=${printers.id}&tray=0`);
	assert.deepEqual([again.status, errorCode(again)], [404, "no_tag"]);
});

test("a held tag is dropped once", async () => {
	const { ask, tags } = await benchWeb();
	await ask("POST", "/api/filament-tag", TAG);
	assert.deepEqual(content(await ask("DELETE", "/api/filament-tag")), { dropped: true });
	assert.equal(tags.held, undefined);
	assert.deepEqual(content(await ask("DELETE", "/api/filament-tag")), { dropped: false });
	assert.equal(errorCode(await ask("DELETE", "/api/filament-tag", { all: true })), "bad_field");
});

test("a tag that is wrong is refused by its field", async () => {
	const { ask, tags } = await benchWeb();
	const response = await ask("POST", "/api/filament-tag", { ...TAG, min_temp: 190 });
	assert.equal(response.status, 400);
	const { error } = content(response);
	assert.deepEqual([error.code, error.field], ["bad_tag", "min_temp"]);
	assert.match(error.message, /"min_temp"/);
	for (const body of [[], "x"])
		assert.equal(errorCode(await ask("POST", "/api/filament-tag", body)), "bad_json");
	assert.equal(tags.held, undefined);
});

test("a tag may be as long as a tag can be, and no longer", async () => {
	const { ask } = await benchWeb();
	const withLength = (length: number) => ({
		...TAG,
		note: "x".repeat(length - JSON.stringify({ ...TAG, note: "" }).length),
	});
	assert.equal((await ask("POST", "/api/filament-tag", withLength(MOST_TAG_BYTES))).status, 200);
	const response = await ask("POST", "/api/filament-tag", withLength(MOST_TAG_BYTES + 1));
	assert.deepEqual([response.status, errorCode(response)], [400, "bad_field"]);
});

test("a slot has to be named whole", async () => {
	const { ask, printers } = await benchWeb();
	for (const [query, name] of [
		["printer=a", "tray"],
		["tray=1", "printer"],
		["printer=&tray=1", "printer"],
		["printer=a&tray=x", "tray"],
		["printer=a&tray=256", "tray"],
		["printer=a&tray=1&slot=2", "slot"],
	] as const) {
		const response = await ask("POST", `/api/filament-tag?${query}`, TAG);
		assert.deepEqual([response.status, errorCode(response)], [400, "bad_field"], query);
		assert.ok(content(response).error.message.includes(`"${name}"`), query);
	}
	assert.equal(errorCode(await ask("POST", "/api/filament-tag")), "bad_field");
	assert.deepEqual(printers.asked, []);
});

test("what the printer says to a tag comes back with its status", async () => {
	const { ask, printers } = await benchWeb();
	const send = (tag: unknown = TAG, printer = printers.id) =>
		ask("POST", `/api/filament-tag?printer=${printer}&tray=0`, tag);
	for (const [code, status] of [
		["wrong_state", 409],
		["refused", 502],
		["offline", 503],
		["timed_out", 504],
	] as const) {
		printers.result = { ok: false, code, message: "Not now." };
		const response = await send();
		assert.deepEqual([response.status, content(response).error], [status, { code, message: "Not now." }]);
	}
	const nobody = await send(TAG, "nobody");
	assert.deepEqual([nobody.status, errorCode(nobody)], [404, "unknown_printer"]);
	const wood = await send({ ...TAG, type: "Wood" });
	assert.deepEqual([wood.status, errorCode(wood)], [409, "no_profile"]);
});
