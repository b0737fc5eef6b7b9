// Spools of the virtual Spoolman: what is used, measured and changed, and what is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AskedSpoolman } from "./asked-spoolman";

const FIRST = "2026-11-20T18:15:16Z";
const LATER = "2026-11-20T19:15:16Z";
const HOUR_MS = 3_600_000;

test("a use is added to what was used before, by weight or by length", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal(spoolman.done("PUT", "/spool/2/use", { use_weight: 12.5 }).used_weight, 412.5);
	const { used_weight: used, remaining_weight: left } = spoolman.done("PUT", "/spool/2/use", {
		use_length: 1000,
	});
	// 1 m of 1.75 mm and 1.24 g/cm³.
	assert.ok(Math.abs(used - 412.5 - 2.98259) < 1e-4, String(used));
	assert.equal(left, 1000 - used);
});

test("what is used never falls below nothing, and may be more than there was", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const credited = spoolman.done("PUT", "/spool/2/use", { use_weight: -1000 });
	assert.deepEqual([credited.used_weight, credited.remaining_weight], [0, 1000]);
	const over = spoolman.done("PUT", "/spool/2/use", { use_weight: 1200 });
	assert.deepEqual([over.used_weight, over.remaining_weight], [1200, 0]);
});

test("the first use is noted once, the last one each time; a change by hand notes neither", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal(spoolman.done("GET", "/spool/1").first_used, undefined);
	const changed = spoolman.done("PATCH", "/spool/1", { used_weight: 5 });
	assert.deepEqual([changed.first_used, changed.last_used], [undefined, undefined]);
	const first = spoolman.done("PUT", "/spool/1/use", { use_weight: 1 });
	assert.deepEqual([first.first_used, first.last_used], [FIRST, FIRST]);
	spoolman.nowMs += HOUR_MS;
	const second = spoolman.done("PUT", "/spool/1/use", { use_weight: 1 });
	assert.deepEqual([second.first_used, second.last_used], [FIRST, LATER]);
	const given = spoolman.done("PATCH", "/spool/1", { last_used: "2026-12-01T10:00:00+02:00" });
	assert.equal(given.last_used, "2026-12-01T08:00:00Z");
});

test("a use says exactly one of weight and length", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const message = (body: unknown, id = 1) => {
		const answer = spoolman.ask("PUT", `/spool/${id}/use`, body);
		return [answer.status, answer.body.message];
	};
	assert.deepEqual(message({ use_weight: 1, use_length: 1 }), [
		400,
		"Only specify either use_weight or use_length.",
	]);
	assert.deepEqual(message({}), [400, "Either use_weight or use_length must be specified."]);
	assert.deepEqual(message({ use_weight: null }), [
		400,
		"Either use_weight or use_length must be specified.",
	]);
	assert.deepEqual(message({ use_weight: 1 }, 99), [404, "No spool with ID 99 found."]);
	assert.deepEqual(message({ use_length: 1 }, 99), [404, "Filament not found for spool."]);
});

test("a weight from the scales is that of filament and spool together", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	spoolman.done("PATCH", "/spool/1", { spool_weight: 250 });
	const measured = spoolman.done("PUT", "/spool/1/measure", { weight: 900 });
	assert.deepEqual([measured.remaining_weight, measured.used_weight], [650, 350]);
	assert.equal(measured.last_used, FIRST);
	const lighter = spoolman.done("PUT", "/spool/1/measure", { weight: 100 });
	assert.deepEqual([lighter.remaining_weight, lighter.used_weight], [0, 1000], "less than the spool alone");
	const heavier = spoolman.done("PUT", "/spool/1/measure", { weight: 1500 });
	assert.deepEqual([heavier.initial_weight, heavier.used_weight], [1250, 0], "more than it ever had");
	assert.deepEqual(spoolman.ask("PUT", "/spool/99/measure", { weight: 1 }).body, {
		message: "Spool not found.",
	});
	const unknown = spoolman.ask("PUT", "/spool/4/measure", { weight: 1 });
	assert.deepEqual([unknown.status, unknown.body.message], [400, "Initial weight is not set."]);
});

test("what is left and what is used are two ways to say one thing, and only one may be said", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal(spoolman.done("PATCH", "/spool/1", { remaining_weight: 820 }).used_weight, 180);
	assert.equal(spoolman.done("PATCH", "/spool/1", { used_weight: 200 }).remaining_weight, 800);
	assert.equal(spoolman.done("PATCH", "/spool/1", { remaining_weight: 5000 }).used_weight, 0);
	const both = spoolman.ask("PATCH", "/spool/1", { remaining_weight: 1, used_weight: 1 });
	assert.equal(both.status, 400);
	assert.equal(both.body.message, "Only specify either remaining_weight or used_weight.");
	assert.equal(spoolman.done("GET", "/spool/1").used_weight, 0);
});

test("what is left cannot be set without an initial weight; the used weight, or both at once, can", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const refused = spoolman.ask("PATCH", "/spool/4", { remaining_weight: 500 });
	assert.equal(refused.status, 400);
	assert.equal(refused.body.message, "Failed to update spool, see server logs for more information.");
	// An older row: the filament's weight is shown as what is left, and yet it cannot be set.
	spoolman.context.db.prepare("UPDATE spool SET initial_weight = NULL WHERE id = 2").run();
	assert.equal(spoolman.done("GET", "/spool/2").remaining_weight, 600);
	assert.equal(spoolman.ask("PATCH", "/spool/2", { remaining_weight: 500 }).status, 400);
	assert.equal(spoolman.done("PATCH", "/spool/2", { used_weight: 500 }).remaining_weight, 500);
	const both = spoolman.done("PATCH", "/spool/4", { remaining_weight: 500, initial_weight: 750 });
	assert.deepEqual([both.initial_weight, both.used_weight, both.remaining_weight], [750, 250, 500]);
});

test("what is not set is left out, and null takes a value away", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal("location" in spoolman.done("PATCH", "/spool/1", { location: null }), false);
	assert.equal(spoolman.done("PATCH", "/spool/1", { location: "" }).location, "");
	assert.equal("remaining_weight" in spoolman.done("GET", "/spool/4"), false);
	assert.equal(spoolman.ask("PATCH", "/spool/1", { nothing: "known" }).status, 200);
});

test("extra values are merged key by key, and null clears one", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const extra = (value: object) => spoolman.done("PATCH", "/spool/1", { extra: value }).extra;
	assert.deepEqual(extra({ grade: "4" }), { tag: '"ABCD1234"', grade: "4" });
	assert.deepEqual(extra({ tag: null }), { grade: "4" });
	assert.deepEqual(extra({}), { grade: "4" });
});

test("extra values have to be JSON of a field that is there and of its type", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const refused = (extra: object) => {
		const { status, body } = spoolman.ask("PATCH", "/spool/1", { location: "lost", extra });
		assert.equal(status, 400);
		return body.message;
	};
	assert.equal(refused({ nope: '"x"' }), "Unknown extra field nope.");
	assert.equal(refused({ tag: "abc" }), "Invalid extra field for key tag: Value is not valid JSON.");
	assert.equal(refused({ tag: "3" }), "Invalid extra field for key tag: Value is not a string.");
	assert.equal(refused({ grade: '"3"' }), "Invalid extra field for key grade: Value is not an integer.");
	assert.equal(refused(JSON.parse('{"__proto__":"1"}')), "Unknown extra field __proto__.");
	assert.equal(spoolman.done("GET", "/spool/1").location, "AMS A1", "a refused request changes nothing");
});

test("an extra field may have any name of small letters", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	spoolman.done("POST", "/field/spool/__proto__", { name: "odd", field_type: "text" });
	const changed = spoolman.ask("PATCH", "/spool/4", '{"extra":{"__proto__":"\\"x\\""}}');
	assert.deepEqual(Object.entries(changed.body.extra), [["__proto__", '"x"']]);
});

test("a validator's complaint names the field, its limit and what was given", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	const complaint = (body: unknown, headers?: Record<string, string>) => {
		const answer = spoolman.ask("PATCH", "/spool/1", body, headers);
		assert.equal(answer.status, 422);
		return answer.body.detail[0];
	};
	assert.deepEqual(complaint({ remaining_weight: -1 }), {
		type: "greater_than_equal",
		loc: ["body", "remaining_weight"],
		msg: "Input should be greater than or equal to 0",
		input: -1,
		ctx: { ge: 0 },
	});
	const wrong: [unknown, string][] = [
		[{ used_weight: "abc" }, "float_parsing"],
		[{ used_weight: [] }, "float_type"],
		[{ used_weight: null }, "value_error"],
		[{ filament_id: null }, "value_error"],
		[{ filament_id: 1.5 }, "int_from_float"],
		[{ location: "x".repeat(65) }, "string_too_long"],
		[{ comment: 7 }, "string_type"],
		[{ archived: "perhaps" }, "bool_parsing"],
		[{ first_used: "yesterday" }, "datetime_from_date_parsing"],
		[{ extra: [] }, "dict_type"],
		[{ extra: { tag: 1 } }, "string_type"],
		["[]", "model_attributes_type"],
		["{", "json_invalid"],
		[`{"price":1e999}`, "finite_number"],
	];
	for (const [body, type] of wrong) assert.equal(complaint(body).type, type, JSON.stringify(body));
	assert.equal(
		complaint("use_weight=1", { "content-type": "application/x-www-form-urlencoded" }).type,
		"model_attributes_type",
	);
	assert.equal(spoolman.ask("GET", "/spool/abc").body.detail[0].type, "int_parsing");
	assert.deepEqual(spoolman.ask("POST", "/spool", {}).body.detail[0].loc, ["body", "filament_id"]);
});

test("numbers that cannot be reckoned with are refused, and change nothing", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	spoolman.done("PUT", "/spool/1/use", { use_weight: 10 });
	const listener = spoolman.listen("/spool");
	const { status, body } = spoolman.ask("PUT", "/spool/1/use", { use_weight: 1.7e308 });
	assert.equal(status, 400);
	assert.match(body.message, /too large/);
	assert.equal(spoolman.done("GET", "/spool/1").used_weight, 10);
	assert.deepEqual(listener?.texts, [], "nobody is told of what did not happen");
	spoolman.done("PUT", "/spool/1/use", { use_weight: 1 });
	assert.equal(listener?.texts.length, 1);
});

test("a filament with spools stays, a vendor goes and leaves its filaments, a deleted spool is gone", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal(spoolman.ask("DELETE", "/filament/1").status, 403);
	assert.deepEqual(spoolman.done("DELETE", "/vendor/1"), { message: "Success!" });
	assert.equal("vendor" in spoolman.done("GET", "/filament/1"), false);
	assert.deepEqual(spoolman.done("DELETE", "/spool/1"), { message: "Success!" });
	assert.equal(spoolman.ask("GET", "/spool/1").status, 404);
	assert.equal(spoolman.ask("DELETE", "/spool/1").status, 404);
	assert.equal(spoolman.ask("PATCH", "/spool/2", { filament_id: 77 }).status, 404);
});

test("a new spool begins with the weights of its filament, with some of it used if that is said", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	assert.equal(spoolman.done("POST", "/spool", { filament_id: 1 }).initial_weight, 1000);
	const started = spoolman.done("POST", "/spool", { filament_id: 1, remaining_weight: 300 });
	assert.deepEqual([started.used_weight, started.remaining_weight], [700, 300]);
	assert.equal(spoolman.ask("POST", "/spool", { filament_id: 3, remaining_weight: 300 }).status, 400);
	assert.equal(
		spoolman.ask("POST", "/spool", { filament_id: 1, remaining_weight: 1, used_weight: 1 }).status,
		400,
	);
	assert.equal(spoolman.ask("POST", "/spool", { filament_id: 99 }).status, 404);
});
