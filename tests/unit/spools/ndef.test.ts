import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MOST_TAG_BYTES, readNdefJson } from "../../../modules/spools/ndef";
import { textCodec } from "../../fakes/text-codec";
import { ndefMessage, type RecordParts } from "./ndef-messages";

const URI: RecordParts = { kind: 1, type: "U", payload: "\u0004culm.local" };
const read = (...records: RecordParts[]) => readNdefJson(ndefMessage(...records), textCodec);
const codeOf = (bytes: readonly number[]) => {
	const result = readNdefJson(Uint8Array.from(bytes), textCodec);
	if (!result.ok) assert.ok(result.message.length > 20);
	return result.ok ? result.json : result.code;
};

test("the JSON of a record is read, with a short and with a long length", () => {
	assert.deepEqual(read({ payload: '{"a":1}' }), { ok: true, json: '{"a":1}' });
	assert.deepEqual(read({ payload: '{"a":1}', long: true }), { ok: true, json: '{"a":1}' });
	const payload = `{"a":"${"ü".repeat(200)}"}`;
	assert.deepEqual(read({ payload }), { ok: true, json: payload });
});

test("a message is read byte by byte as the standard has it", () => {
	const type = [...textCodec.encode("application/json")];
	assert.equal(codeOf([0xd2, 16, 2, ...type, 0x7b, 0x7d]), "{}");
});

test("an id does not shift the payload, nor does an empty one", () => {
	assert.deepEqual(read({ payload: "{}", id: "spool" }), { ok: true, json: "{}" });
	assert.deepEqual(read({ payload: "{}", id: "" }), { ok: true, json: "{}" });
	assert.deepEqual(read({ payload: "{}", id: "x", long: true }), { ok: true, json: "{}" });
});

test("the first JSON among several records counts", () => {
	const android = { kind: 4, type: "android.com:pkg", payload: "com.example.tags" };
	assert.deepEqual(read(URI, { payload: "{}" }, { payload: "[]" }, android), { ok: true, json: "{}" });
	assert.deepEqual(read({ kind: 0, type: "" }, { payload: "{}" }), { ok: true, json: "{}" });
});

test("the type is a MIME type: in any case, also with a parameter, but no other one", () => {
	for (const type of ["Application/JSON", "application/json;charset=utf-8", "application/json ; x=y"])
		assert.equal(read({ type, payload: "{}" }).ok, true, type);
	for (const type of ["application/jsonp", "text/json", "application/json+x", "xapplication/json", ""])
		assert.equal(read({ type, payload: "{}" }).ok, false, type);
	// The same name as a kind of its own is no MIME type.
	assert.equal(read({ kind: 4, payload: "{}" }).ok, false);
});

test("a blank tag and one with something else are told apart", () => {
	assert.equal(codeOf([]), "empty");
	assert.equal(codeOf([0xd0, 0, 0]), "empty");
	assert.equal(codeOf([0xc0, 0, 0, 0, 0, 0]), "empty");
	assert.equal(codeOf([...ndefMessage(URI)]), "no_json");
	assert.equal(codeOf([...ndefMessage({ kind: 0, type: "" }, URI)]), "no_json");
	const message = readNdefJson(new Uint8Array(0), textCodec);
	assert.match(message.ok ? "" : message.message, /Bambu Lab and Anycubic/);
});

test("records in pieces are refused", () => {
	assert.equal(
		codeOf([...ndefMessage({ payload: "{", chunk: true }, { kind: 6, type: "", payload: "}" })]),
		"chunked",
	);
	assert.equal(codeOf([...ndefMessage({ kind: 6, type: "", payload: "}" })]), "chunked");
});

test("what is no message is refused: wrong beginning, reserved kind, no end", () => {
	assert.equal(codeOf([0x52, 0, 0]), "malformed");
	assert.equal(codeOf([...ndefMessage(URI).slice(0, -12), 0x92, 0, 0]), "malformed");
	assert.equal(codeOf([0xd7, 0, 0]), "malformed");
	// The end is never said, and there is nothing more.
	assert.equal(codeOf([0x91, 1, 0, 0x55]), "malformed");
	// A message that begins once more within itself.
	assert.equal(codeOf([0x91, 1, 0, 0x55, 0xd1, 1, 0, 0x55]), "malformed");
	// Nothing cannot have content.
	assert.equal(codeOf([0xd0, 0, 1, 0x55]), "malformed");
});

test("lengths that lead out of the message are refused", () => {
	assert.equal(codeOf([0xd2]), "malformed");
	assert.equal(codeOf([0xd2, 255, 0]), "malformed");
	assert.equal(codeOf([0xd2, 1, 2, 0x41, 0x42]), "malformed");
	assert.equal(codeOf([0xc2, 0, 0xff, 0xff, 0xff, 0xff]), "malformed");
	assert.equal(codeOf([0xc2, 0, 0x80, 0, 0, 0]), "malformed");
	assert.equal(codeOf([0xc2, 0, 0, 0]), "malformed");
	assert.equal(codeOf([0xda, 0, 0, 200]), "malformed");
	assert.equal(codeOf([0xda, 0, 0]), "malformed");
});

test("more than a tag can hold is not looked at", () => {
	const whole = ndefMessage({ payload: "x".repeat(MOST_TAG_BYTES - 22) });
	assert.equal(whole.length, MOST_TAG_BYTES);
	assert.equal(readNdefJson(whole, textCodec).ok, true);
	assert.equal(codeOf(new Array(MOST_TAG_BYTES + 1).fill(0xd2)), "too_large");
});

test("any payload comes back, whatever stands around it", () => {
	const other = fc.record({
		kind: fc.constantFrom(1, 2, 3, 4, 5),
		type: fc.constantFrom("U", "T", "text/plain"),
		payload: fc.string({ maxLength: 30 }),
		id: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }),
		long: fc.boolean(),
	});
	const some = fc.array(other as fc.Arbitrary<RecordParts>, { maxLength: 3 });
	fc.assert(
		fc.property(some, some, fc.json({ maxDepth: 2 }), fc.boolean(), (before, after, payload, long) => {
			const message = ndefMessage(...before, { payload, long }, ...after);
			fc.pre(message.length <= MOST_TAG_BYTES);
			assert.deepEqual(readNdefJson(message, textCodec), { ok: true, json: payload });
		}),
		{ seed: 7, numRuns: 300 },
	);
});

test("no bytes make it throw or run on", () => {
	const heads = fc.constantFrom(0x80, 0x90, 0xd2, 0xc2, 0x92, 0x12, 0x52, 0xda, 0xca, 0xb2, 0xd0);
	const bytes = fc.array(fc.oneof(heads, fc.nat({ max: 6 }), fc.nat({ max: 255 })), { maxLength: 900 });
	fc.assert(
		fc.property(bytes, (message) => typeof codeOf(message) === "string"),
		{ seed: 7, numRuns: 2_000 },
	);
});

test("a message that was cut anywhere is never read as another one", () => {
	const whole = [...ndefMessage(URI, { payload: '{"protocol":"openspool"}' })];
	for (let length = 0; length < whole.length; length++)
		assert.ok(["empty", "malformed"].includes(codeOf(whole.slice(0, length))), String(length));
});
