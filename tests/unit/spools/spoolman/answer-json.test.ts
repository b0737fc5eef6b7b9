import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAnswer } from "../../../../modules/spools/spoolman/answer-json";
import { textCodec } from "../../../fakes/text-codec";

const parse = (json: string, names: string[] = []): unknown =>
	parseAnswer(textCodec.encode(json), textCodec, names);

const nested = (depth: number): string => `${"[".repeat(depth)}1${"]".repeat(depth)}`;

test("what is nested in eight levels is parsed, and no deeper", () => {
	assert.ok(Array.isArray(parse(nested(8))));
	assert.equal(parse(nested(9)), undefined);
	assert.equal(parse(`${'{"a":'.repeat(9)}1${"}".repeat(9)}`, ["a"]), undefined);
	assert.ok(Array.isArray(parse(`[${"[[1]],".repeat(200)}1]`)));
});

test("brackets in texts neither hide levels nor make them", () => {
	for (const text of ["[[[[[[[[[[", "{{{{{{{{{{", '\\"[[[[[[[[[[', '\\\\\\"[[[[[[[[[['])
		assert.ok(Array.isArray(parse(`["${text}"]`)), text);
	assert.equal(parse(`["]]]]]]]]",${nested(8)}]`), undefined);
	assert.equal(parse(`["\\"]]]]]]]]",${nested(8)}]`), undefined);
	assert.equal(parse(`["\\\\",${nested(8)},"]]]]]]]]"]`), undefined);
	assert.ok(Array.isArray(parse(`["\\\\",${nested(7)},"[[[["]`)));
});

test("what is no JSON is nothing", () => {
	for (const text of ["", "{", "[1,]", '["', '["\\"', "nul", "NaN", "<html>", "\ufffd"])
		assert.equal(parse(text), undefined, text);
	assert.equal(parseAnswer(Uint8Array.of(0x22, 0xff, 0xc0), textCodec, []), undefined);
});

test("wanted properties are there at every level", () => {
	const value = parse('[{"id":1,"filament":{"id":2,"vendor":{"id":3}}}]', ["id", "filament", "vendor"]);
	assert.deepEqual(value, [{ id: 1, filament: { id: 2, vendor: { id: 3 } } }]);
});
