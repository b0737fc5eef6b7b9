import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ApiError } from "../../../modules/web/answers";
import { type FieldKind, readFields, readObject, required } from "../../../modules/web/json-body";
import { routes } from "../../../modules/web/routes";
import { spoolRoutes } from "../../../modules/web/spools/routes";
import { textCodec } from "../../fakes/text-codec";
import { benchWeb, content, HOST } from "./bench-web";

const read = (text: string) => readObject(textCodec.encode(text), textCodec);
const refuses = (code: string, words: RegExp, action: () => unknown): void => {
	assert.throws(action, (error) => {
		assert.ok(error instanceof ApiError, String(error));
		assert.equal(error.code, code);
		assert.match(error.message, words);
		return true;
	});
};

test("a body is an object, or nothing, which is an empty one", () => {
	assert.deepEqual(read(""), {});
	assert.deepEqual(read(' {"a": [1, {"b": null}]} '), { a: [1, { b: null }] });
	for (const wrong of ["null", "[]", '"text"', "5", "true"]) refuses("bad_json", /object/, () => read(wrong));
	for (const wrong of ["{", "{}{}", "{a:1}", "nonsense", "\ufeff{", '{"a":01}'])
		refuses("bad_json", /not JSON/, () => read(wrong));
});

test("a body that is nested deeply is refused before anything reads it", () => {
	assert.doesNotThrow(() => read(`${'{"a":'.repeat(7)}[]${"}".repeat(7)}`));
	for (const deep of ["[".repeat(4096), '{"a":'.repeat(800), `${"[]".repeat(3)}${"[".repeat(9)}`])
		refuses("bad_json", /nested/, () => read(deep));
	assert.deepEqual(read('{"a":"[[[[[[[[[[[[[[\\"[[["}'), { a: '[[[[[[[[[[[[[["[[[' }, "text is no nesting");
});

test("each field is of its kind, and the error names the one that is not", () => {
	const kinds = {
		on: "flag",
		target: "number",
		slot: "integer",
		name: "text",
		mode: ["auto", "drying"],
	} as const satisfies Record<string, FieldKind>;
	const good = { on: false, target: 1.5, slot: 3, name: "", mode: "auto" };
	assert.deepEqual(readFields(good, kinds), good);
	assert.deepEqual(readFields({}, kinds), {});
	for (const [name, wrong] of [
		["on", 0],
		["on", null],
		["target", "5"],
		["target", Number.POSITIVE_INFINITY],
		["slot", 1.5],
		["name", 5],
		["mode", "Auto"],
		["mode", ["auto"]],
	] as const)
		refuses("bad_field", new RegExp(`^"${name}" has to be`), () => readFields({ [name]: wrong }, kinds));
	refuses("bad_field", /no field "other" here; there is on, target/, () => readFields({ other: 1 }, kinds));
	refuses("bad_field", /no field "x+…"/, () => readFields({ ["x".repeat(4000)]: 1 }, kinds));
	for (const name of ["__proto__", "constructor", "toString"])
		refuses("bad_field", /no field/, () => readFields(JSON.parse(`{"${name}": true}`), kinds));
	refuses("bad_field", /"host" is missing/, () => required("host", undefined));
	assert.equal(required("host", ""), "");
});

test("whatever the bytes are, they are read or refused with a code", () => {
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(textCodec.encode)), (bytes) => {
			try {
				const object = readObject(bytes, textCodec);
				assert.equal(typeof object, "object");
				assert.ok(!Array.isArray(object));
			} catch (error) {
				assert.ok(error instanceof ApiError, String(error));
				assert.equal(error.code, "bad_json");
			}
		}),
	);
});

test("a hostile body to any route is answered with words, never with a failure of ours", async () => {
	const names = [
		"on",
		"mode",
		"target",
		"host",
		"serial",
		"slot",
		"ssid",
		"confirm",
		"devicePassword",
		"deviceName",
	];
	const value = fc.oneof(
		fc.jsonValue({ maxDepth: 2 }),
		fc.constantFrom<unknown>(1e308, -1, "", "\u0000", "\ud800", "x".repeat(3000), "01P00A000000001", true),
	);
	const object = fc
		.dictionary(fc.oneof(fc.constantFrom(...names, "__proto__", "printer0.host"), fc.string()), value)
		.map((fields) => JSON.stringify(fields));
	const body = fc.oneof(object, fc.string(), fc.uint8Array({ maxLength: 100 }), fc.json());
	const { http } = await benchWeb();
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...routes, ...spoolRoutes),
			fc.string(),
			body,
			async ({ method, path }, part, bytes) => {
				const target = path.replace("*", encodeURIComponent(part.toWellFormed?.() ?? "x"));
				const response = await http.request(target, { method, headers: { host: HOST }, body: bytes });
				assert.ok(response.status < 500, `${method} ${target}: ${response.status}`);
				if (response.status < 400) return;
				const { error } = content(response);
				assert.ok(typeof error.code === "string" && error.message.length > 0);
			},
		),
		{ numRuns: 400 },
	);
});
