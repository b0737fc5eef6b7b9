// Whatever is asked of the virtual Spoolman, it answers, and goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SPOOLMAN_VERSION } from "../../../../sim/spoolman/routes";
import { AskedSpoolman } from "./asked-spoolman";

const RUNS = 3_000;

const id = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom("1", "2", "5", "99") },
	fc.constantFrom("-1", "0", "abc", "1.5", "1e3", "%00", "%FF", "999999999999999999", "__proto__", "%2F", ""),
	fc.string({ maxLength: 8 }).map(encodeURIComponentSafely),
);
const key = fc.constantFrom("tag", "grade", "__proto__", "constructor", "nope", "Tag", "k".repeat(80));
const at = (method: string, where: fc.Arbitrary<string> | string) =>
	fc.tuple(fc.constant(method), typeof where === "string" ? fc.constant(where) : where);
const settingKey = fc.constantFrom("currency", "extra_fields_spool", "locations", "constructor", "base_url");
const anyPath = fc.oneof(
	fc.constantFrom(
		"",
		"/",
		"//",
		"/spool/",
		"/../spool",
		"/nope",
		"/material",
		"/lot-number",
		"/health",
		"/info",
	),
	fc.string({ maxLength: 30 }).map((text) => `/${encodeURIComponentSafely(text)}`),
);
const operation = fc.oneof(
	...["spool", "filament", "vendor"].flatMap((name) => [
		{ weight: 4, arbitrary: at("GET", `/${name}`) },
		{ weight: 4, arbitrary: at("POST", `/${name}`) },
		{
			weight: 4,
			arbitrary: at(
				"PATCH",
				id.map((text) => `/${name}/${text}`),
			),
		},
		{
			weight: 1,
			arbitrary: at(
				"GET",
				id.map((text) => `/${name}/${text}`),
			),
		},
	]),
	{
		weight: 1,
		arbitrary: at(
			"DELETE",
			id.map((text) => `/spool/${text}`),
		),
	},
	{
		weight: 6,
		arbitrary: at(
			"PUT",
			id.map((text) => `/spool/${text}/use`),
		),
	},
	{
		weight: 4,
		arbitrary: at(
			"PUT",
			id.map((text) => `/spool/${text}/measure`),
		),
	},
	{
		weight: 3,
		arbitrary: at(
			"POST",
			key.map((text) => `/field/spool/${text}`),
		),
	},
	{
		weight: 1,
		arbitrary: at(
			"DELETE",
			key.map((text) => `/field/spool/${text}`),
		),
	},
	{
		weight: 1,
		arbitrary: at(
			"GET",
			key.map((text) => `/field/spool/${text}/values`),
		),
	},
	{
		weight: 2,
		arbitrary: at(
			"PATCH",
			id.map((text) => `/location/${text}`),
		),
	},
	{
		weight: 3,
		arbitrary: at(
			"POST",
			settingKey.map((text) => `/setting/${text}`),
		),
	},
	{
		weight: 4,
		arbitrary: fc.tuple(fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"), anyPath),
	},
);
const words = fc.constantFrom(
	"",
	"a",
	'"',
	'""',
	'"a"',
	",",
	"a,b,,",
	"|",
	"2026-11-20",
	"|2026-11-20T25:00",
	"%",
	"-1",
	"1,2",
	"id:asc",
	"filament.vendor.id:desc,id:asc",
	"registered:",
	"true",
	"\u0000",
	"\ud800",
	"ß",
);
const query = fc
	.array(
		fc.tuple(
			fc.constantFrom(
				"limit",
				"offset",
				"sort",
				"allow_archived",
				"location",
				"lot_nr",
				"filament.id",
				"filament.name",
				"vendor.id",
				"first_used",
				"registered",
				"extra.tag",
				"extra.grade",
				"extra.__proto__",
				"name",
				"color",
			),
			fc.oneof(words, fc.string({ maxLength: 12 })),
		),
		{ maxLength: 4 },
	)
	.map((pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponentSafely(text)}`).join("&"));
const number = fc.oneof(
	fc.constantFrom(0, -0, 1, -1, 1e-320, 5e-324, 1.7e308, -1.7e308, 1e20, 2 ** 53, 0.1),
	fc.double({ noNaN: true }),
);
const value = fc.oneof(
	number,
	fc.constantFrom(
		null,
		true,
		"",
		"abc",
		"1",
		"1e999",
		"NaN",
		" 7 ",
		'"text"',
		"[1,2]",
		"null",
		"2026-02-30",
		"0000-01-01T00:00:00Z",
		"9999-12-31T23:59:59-12:00",
		"FF0000",
		"#12345678",
		"coaxial",
		"text",
		"choice",
		"\u0000",
		"\ud800",
	),
	fc.string({ maxLength: 70 }),
	fc.jsonValue({ maxDepth: 2 }),
	fc.dictionary(key, fc.oneof(fc.constantFrom('"x"', "1", "null", "[", '"\\ud800"'), fc.constant(null)), {
		maxKeys: 3,
	}),
);
const fields =
	"use_weight use_length weight remaining_weight used_weight initial_weight spool_weight filament_id vendor_id price location lot_nr comment archived first_used last_used registered extra name material density diameter color_hex multi_color_hexes multi_color_direction settings_bed_temp external_id empty_spool_weight field_type choices multi_choice default_value order unit".split(
		" ",
	);
const body = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 })
			.map((found) => JSON.stringify(found)),
	},
	fc.record({ density: number, diameter: number, weight: number }).map((found) => JSON.stringify(found)),
	fc
		.record({ filament_id: fc.constantFrom(1, 2, 3), initial_weight: number, used_weight: number })
		.map((found) => JSON.stringify(found)),
	value.map((found) => JSON.stringify(JSON.stringify(found))),
	fc.string({ maxLength: 40 }),
	fc.constantFrom(
		"",
		"{",
		"[]",
		"null",
		'{"use_weight":1e999}',
		'{"a":1}x',
		'{"a" 1}',
		"\ufeff{}",
		'"[null,{\\"key\\":1}]"',
	),
);

test("any request is answered in its form, and whatever was stored can still be read", {
	timeout: 120_000,
}, (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	spoolman.listen("/");
	const statuses = new Map<number, number>();
	fc.assert(
		fc.property(
			operation,
			query,
			body,
			fc.constantFrom("application/json", "application/json", "application/json", "text/plain", "", "x+json"),
			([method, where], asked, sent, mediaType) => {
				const {
					status,
					headers,
					body: answer,
				} = spoolman.ask(method, `${where}?${asked}`, sent, {
					"content-type": mediaType,
				});
				statuses.set(status, (statuses.get(status) ?? 0) + 1);
				assert.ok([200, 307, 400, 403, 404, 405, 415, 422, 501].includes(status), `${status}`);
				if (status === 307) return;
				assert.equal(headers["content-type"], "application/json");
				if (status === 422 && Array.isArray(answer.detail))
					for (const detail of answer.detail)
						assert.ok(
							typeof detail.type === "string" && typeof detail.msg === "string" && Array.isArray(detail.loc),
						);
				else if (status !== 200) assert.equal(typeof (answer.message ?? answer.detail), "string");
				const list = spoolman.done("GET", "/spool?allow_archived=true");
				// What is not set is left out: a null would be a number that JSON does not have.
				JSON.stringify(list, (name, part) => assert.notEqual(part, null, name) ?? part);
			},
		),
		{ seed: 7, numRuns: RUNS },
	);
	for (const target of ["/filament", "/vendor", "/location", "/setting/", "/field/spool", "/material"])
		assert.equal(spoolman.ask("GET", target).status, 200, target);
	assert.equal(spoolman.done("GET", "/info").version, SPOOLMAN_VERSION);
	for (const status of [200, 400, 404, 405, 422])
		assert.ok((statuses.get(status) ?? 0) > 20, `${status} was met: ${JSON.stringify([...statuses])}`);
});

test("JSON that is too deep for anybody is refused at once", (t) => {
	const spoolman = new AskedSpoolman(t).fill();
	for (const deep of [
		`{"use_weight":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
		"[".repeat(500_000),
		`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
	]) {
		const { status, body: answer } = spoolman.ask("PUT", "/spool/1/use", deep);
		assert.equal(status, 422);
		assert.equal(answer.detail[0].type, "json_invalid");
	}
	assert.equal(
		spoolman.ask("PUT", "/spool/1/use", `{"use_weight":1,"x":"${"[".repeat(1_000)}"}`).status,
		200,
	);
});

function encodeURIComponentSafely(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}
