// Extra fields, locations, settings and the edges of the virtual Spoolman's interface.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AskedSpoolman } from "./asked-spoolman";

test("an extra field is made, changed within limits, listed and deleted with its values", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const put = (key: string, body: object) => spoolman.ask("POST", `/field/spool/${key}`, body);
	assert.equal(
		put("place", { name: "Place", field_type: "choice", choices: ["a"], multi_choice: false }).status,
		200,
	);
	const refused: [object, RegExp][] = [
		[{ name: "Place", field_type: "text" }, /Field type cannot be changed/],
		[{ name: "Place", field_type: "choice", choices: ["b"], multi_choice: false }, /Cannot remove/],
		[{ name: "Place", field_type: "choice", multi_choice: false }, /Choices must be set/],
		[{ name: "x", field_type: "text", choices: ["a"] }, /Choices must not be set/],
		[{ name: "x", field_type: "text", default_value: "bare" }, /Default value is not valid/],
	];
	for (const [body, words] of refused) {
		const { status, body: answer } = put("place", body);
		assert.equal(status, 400);
		assert.match(answer.message, words);
	}
	assert.deepEqual(
		spoolman.done("GET", "/field/spool").map(({ key }: { key: string }) => key),
		["tag", "grade", "place"],
	);
	assert.deepEqual(spoolman.done("GET", "/field/spool/tag/values"), ["ABCD1234", "abcd"]);
	spoolman.done("DELETE", "/field/spool/tag");
	assert.deepEqual(spoolman.done("GET", "/spool/1").extra, { grade: "3" });
	assert.equal(spoolman.ask("DELETE", "/field/spool/tag").status, 404);
	assert.equal(spoolman.ask("GET", "/field/spool/tag/values").status, 404);
	assert.equal(put("Big", { name: "x", field_type: "text" }).body.detail[0].type, "string_pattern_mismatch");
	assert.equal(put("k".repeat(65), { name: "x", field_type: "text" }).body.detail[0].type, "string_too_long");
	assert.equal(put("k", { name: "x", field_type: "colour" }).body.detail[0].type, "enum");
	assert.equal(spoolman.ask("GET", "/field/printer").body.detail[0].type, "enum");
});

test("locations are those that spools have, and are renamed for all of them without an event", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.done("GET", "/location"), ["", "AMS A1", "AMS A10", "Shelf"]);
	const listener = spoolman.listen("/");
	assert.equal(spoolman.done("PATCH", "/location/AMS%20A1", { name: "Dry box" }), "Dry box");
	assert.equal(spoolman.done("GET", "/spool/1").location, "Dry box");
	assert.equal(spoolman.done("GET", "/spool/2").location, "AMS A10");
	assert.deepEqual(listener?.texts, []);
	assert.equal(spoolman.done("PATCH", "/location/nowhere", { name: "x" }), "x");
	assert.equal(spoolman.ask("PATCH", "/location/Shelf", { name: "" }).status, 422);
});

test("materials, article numbers and lot numbers are listed once each", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.deepEqual(spoolman.done("GET", "/material"), ["ABS", "PETG", "PLA"]);
	assert.deepEqual(spoolman.done("GET", "/article-number"), []);
	assert.deepEqual(spoolman.done("GET", "/lot-number"), ["L1"]);
});

test("a setting is JSON in JSON of its type; nothing sets the default again", (t) => {
	const spoolman = new AskedSpoolman(t);
	const write = (key: string, body: string, headers = {}) =>
		spoolman.ask("POST", `/setting/${key}`, body, headers);
	assert.deepEqual(spoolman.done("GET", "/setting/currency"), {
		value: '"EUR"',
		is_set: false,
		type: "string",
	});
	const listener = spoolman.listen("/setting/currency");
	assert.deepEqual(write("currency", JSON.stringify('"SEK"')).body, {
		value: '"SEK"',
		is_set: true,
		type: "string",
	});
	assert.deepEqual(JSON.parse(listener?.texts[0] ?? "").payload, {
		key: "currency",
		setting: { value: '"SEK"', is_set: true, type: "string" },
	});
	assert.equal(spoolman.done("GET", "/setting/").currency.value, '"SEK"');
	assert.equal(write("currency", '""').body.is_set, false);
	assert.equal(write("currency", '"SEK"').status, 400, "no JSON within the JSON");
	assert.equal(write("currency", '"1"').status, 400);
	assert.equal(write("currency", "1").status, 422);
	assert.equal(write("currency", '"1"', { "content-type": "text/plain" }).status, 415);
	assert.equal(write("colour", '"1"').status, 404);
	assert.equal(spoolman.ask("GET", "/setting/constructor").status, 404);
});

test("a list of fields that somebody wrote by hand breaks nothing", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const fields = JSON.stringify([null, 7, {}, { key: "k" }, { key: "ok", name: "ok", field_type: "text" }]);
	assert.equal(spoolman.ask("POST", "/setting/extra_fields_spool", JSON.stringify(fields)).status, 200);
	assert.deepEqual(spoolman.ids("/spool?extra.ok="), [1, 2, 3, 4]);
	assert.equal(spoolman.done("GET", "/field/spool").length, 1);
	assert.equal(spoolman.ask("PATCH", "/spool/4", { extra: { ok: '"x"' } }).status, 200);
});

test("what the virtual one does not have is answered with 501 and says so", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const missing: [string, string][] = [
		["POST", "/backup"],
		["GET", "/search?query=red"],
		["GET", "/external/filament"],
		["GET", "/external/filament/search"],
		["GET", "/external/material"],
		["GET", "/export/spools"],
		["GET", "/spool/group"],
		["PATCH", "/spool/field/location"],
		["GET", "/filament?color_hex=FF0000"],
	];
	for (const [method, target] of missing) {
		const { status, body } = spoolman.ask(method, target);
		assert.equal(status, 501, target);
		assert.match(body.message, /virtual Spoolman does not have this/);
	}
});

test("paths and methods that do not exist are 404 and 405, a slash too many or too few is redirected", (t) => {
	const spoolman = new AskedSpoolman(t);
	assert.deepEqual(spoolman.ask("GET", "/nope"), {
		status: 404,
		headers: { "content-type": "application/json" },
		body: { detail: "Not Found" },
	});
	const wrong = spoolman.ask("POST", "/spool/1/use", {});
	assert.deepEqual(
		[wrong.status, wrong.headers.allow, wrong.body],
		[405, "PUT", { detail: "Method Not Allowed" }],
	);
	const slash = spoolman.ask("GET", "/spool/?limit=1");
	assert.deepEqual(
		[slash.status, slash.headers.location],
		[307, "http://spoolman.test/api/v1/spool?limit=1"],
	);
	assert.equal(spoolman.ask("GET", "/setting").headers.location, "http://spoolman.test/api/v1/setting/");
	assert.equal(spoolman.ask("GET", "/spool/%E0%A4%A").status, 404, "no UTF-8");
});

test("a page of another site may read and must not write", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const foreign = { origin: "http://evil.example" };
	for (const [method, target] of [
		["POST", "/vendor"],
		["PUT", "/spool/1/use"],
		["PATCH", "/spool/1"],
		["DELETE", "/spool/1"],
	] as const) {
		const { status, body } = spoolman.ask(method, target, { name: "x", use_weight: 1 }, foreign);
		assert.equal(status, 403);
		assert.match(body.message, /^Request refused: /);
	}
	assert.equal(spoolman.ask("GET", "/spool/1", undefined, foreign).status, 200);
	assert.equal(spoolman.ask("PUT", "/spool/1/use", { use_weight: 1 }, { origin: "null" }).status, 403);
	const own = { origin: "http://spoolman.test" };
	assert.equal(spoolman.ask("PUT", "/spool/1/use", { use_weight: 1 }, own).status, 200);
});

test("a listener that takes nothing in is let go, and the others are told", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const stuck = spoolman.listen("/spool", 2 * 1024 * 1024);
	const other = spoolman.listen("/spool/1");
	spoolman.done("PUT", "/spool/1/use", { use_weight: 1 });
	spoolman.done("PUT", "/spool/2/use", { use_weight: 1 });
	assert.deepEqual([stuck?.texts, stuck?.closed()], [[], true]);
	assert.equal(other?.texts.length, 1);
	for (const path of ["", "/nope", "/spool/x", "/spool/1/use", "/setting/nope"])
		assert.equal(spoolman.listen(path), undefined, path);
});
