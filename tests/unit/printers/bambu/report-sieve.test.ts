import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	MAX_KEPT_BYTES,
	MAX_MESSAGE_BYTES,
	MessageReader,
} from "../../../../modules/printers/bambu/message-reader";
import { mergeReport } from "../../../../modules/printers/bambu/report-merge";
import {
	type BambuReport,
	IGNORED_KEY,
	reportSchema,
} from "../../../../modules/printers/bambu/report-schema";
import { ReportSieve } from "../../../../modules/printers/bambu/report-sieve";
import { textCodec } from "../../../fakes/text-codec";
import { type Json, readCapture } from "./bench-printer";
import { expectedStates } from "./captures.expected";

const messages = Object.keys(expectedStates).flatMap((name) => Object.values(readCapture(name)));
const wanted: ReadonlySet<string> = new Set(reportSchema.wantedKeys);
const bytesOf = (text: string): Uint8Array => textCodec.encode(text);

/** The text that is kept, or `undefined` when the message is refused. */
function sieve(
	bytes: Uint8Array,
	pieceBytes: readonly number[],
	keys: ReadonlySet<string> = wanted,
	noted: ReadonlySet<string> = keys === wanted ? reportSchema.ignoredKeys : new Set(),
	note = IGNORED_KEY,
): string | undefined {
	const reading = new ReportSieve({
		text: textCodec,
		wanted: keys,
		noted,
		note,
		maxKeptBytes: MAX_MESSAGE_BYTES,
	});
	for (let at = 0, piece = 0; at < bytes.length; piece++) {
		const size = pieceBytes[piece % pieceBytes.length] ?? 1;
		reading.take(bytes.slice(at, at + size));
		at += size;
	}
	return reading.finish();
}

/** What a parser that builds only these keys would build. */
function onlyKeys(value: unknown, keys: ReadonlySet<string>): unknown {
	if (Array.isArray(value)) return value.map((item) => onlyKeys(item, keys));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => keys.has(key))
			.map(([key, inner]) => [key, onlyKeys(inner, keys)]),
	);
}

function parsed(text: string): { value: unknown } | undefined {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return undefined;
	}
}

const anyPieces = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
const anyIndent = fc.constantFrom<string | number>(0, 1, 4, "\t", " \r");

/** Writes every character of every text as an escape. */
function escaped(json: string): string {
	return json.replace(/"((?:[^"\\]|\\.)*)"/g, (text) => {
		const units = Array.from({ length: (JSON.parse(text) as string).length }, (_, index) =>
			(JSON.parse(text) as string).charCodeAt(index).toString(16).padStart(4, "0"),
		);
		return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
	});
}

test("a report in pieces of any size, however it is written, gives the report that the whole one gives", () => {
	const anyWriting = fc.constantFrom((json: string) => json, escaped);
	fc.assert(
		fc.property(
			fc.nat(messages.length - 1),
			anyIndent,
			anyWriting,
			anyPieces,
			(index, indent, write, pieces) => {
				const text = write(JSON.stringify(messages[index], null, indent));
				const kept = sieve(bytesOf(text), pieces) ?? assert.fail("it was refused");
				const [whole, inPieces]: [BambuReport, BambuReport] = [{}, {}];
				const expected = mergeReport(whole, messages[index] as Json, true, reportSchema);
				assert.deepEqual(mergeReport(inPieces, JSON.parse(kept) as Json, true, reportSchema), expected);
				assert.deepEqual(inPieces, whole);
			},
		),
	);
});

const someKeys: ReadonlySet<string> = new Set(["a", "b", "é", 'q"\\', "😀"]);
const anyKey = fc.oneof(fc.constantFrom(...someKeys, "c", "ab", "", "\u0000"), fc.string({ maxLength: 4 }));
const { json: anyJson } = fc.letrec<{ json: unknown; inner: unknown }>((tie) => ({
	json: tie("inner"),
	inner: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		fc.oneof(
			fc.string({ unit: "grapheme" }),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.integer(),
		),
		fc.constantFrom<unknown>(null, true, false, "", [], {}, 0, -1.5e-7, 1e21),
		fc.array(tie("inner"), { maxLength: 4 }),
		fc.dictionary(anyKey, tie("inner"), { maxKeys: 4 }),
	),
}));

test("of any JSON it keeps the wanted keys, wherever they are, with all that is wanted in them", () => {
	fc.assert(
		fc.property(anyJson, anyIndent, fc.boolean(), anyPieces, (value, indent, escapes, pieces) => {
			const plain = JSON.stringify(value, null, indent);
			const kept = sieve(
				bytesOf(escapes ? escaped(plain) : plain),
				pieces.map((size) => (size % 7) + 1),
				someKeys,
			);
			assert.deepEqual(JSON.parse(kept ?? assert.fail(plain)), onlyKeys(JSON.parse(plain), someKeys));
		}),
		{ numRuns: 500 },
	);
});

test("keys that only matter by being there become one, whatever they hold", () => {
	const noted: ReadonlySet<string> = new Set(["n", "long"]);
	const read = (json: string): string | undefined => sieve(bytesOf(json), [3], someKeys, noted, "n");
	assert.equal(read('{"long":{"a":[1,{"n":2}]},"a":1,"n":"x"}'), '{"n":0,"a":1}');
	assert.equal(read('{"a":[{"n":1},{"x":1},{"n":1,"long":1}]}'), '{"a":[{"n":0},{},{"n":0}]}');
	assert.equal(read('{"\\u006e":null}'), '{"n":0}');
	assert.equal(read('{"n":1'), undefined);
	assert.equal(read('{"n":tru}'), undefined);
});

test("a spool's report in pieces takes up little, whatever else is said of the spool", () => {
	const spool = {
		id: "0",
		tray_type: "PLA",
		...Object.fromEntries([...reportSchema.ignoredKeys].map((key) => [key, "0.02"])),
	};
	const text = JSON.stringify({ print: { ams: { ams: [{ id: "0", tray: [spool] }] } } });
	assert.equal(
		sieve(bytesOf(text), [100]),
		'{"print":{"ams":{"ams":[{"id":"0","tray":[{"id":"0","tray_type":"PLA","k":0}]}]}}}',
	);
});

test("whatever JSON.parse refuses is refused, also in what is left out; whatever it takes is taken", () => {
	const edit = fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		removed: fc.nat(3),
		added: fc.oneof(
			fc.constantFrom(
				"",
				...'{}[],:"\\-+.eE0123 \n\u0001tfnu',
				"\\u12",
				"true",
				"nul",
				"01",
				"1.",
				"-",
				"1e",
				'"a":',
			),
			fc.string({ maxLength: 2 }),
		),
	});
	fc.assert(
		fc.property(
			anyJson,
			anyIndent,
			fc.array(edit, { minLength: 1, maxLength: 2 }),
			anyPieces,
			(value, indent, edits, pieces) => {
				let text = JSON.stringify(value, null, indent);
				for (const { at, removed, added } of edits) {
					const place = Math.floor(at * text.length);
					text = text.slice(0, place) + added + text.slice(place + removed);
				}
				// Half a surrogate pair cannot be sent.
				const sent = textCodec.decode(bytesOf(text));
				const expected = parsed(sent);
				const kept = sieve(
					bytesOf(sent),
					pieces.map((size) => (size % 9) + 1),
					someKeys,
				);
				assert.equal(kept !== undefined, expected !== undefined, sent);
				if (expected) assert.deepEqual(JSON.parse(kept ?? ""), onlyKeys(expected.value, someKeys));
			},
		),
		{ numRuns: 2_000 },
	);
});

for (const text of [
	"",
	" ",
	"{",
	'{"x"',
	'{"x":',
	'{"x":[1',
	'{"x":{"y":"',
	"[1,]",
	'{"x":1,}',
	"1 2",
	"]",
	",",
	"{1:2}",
	'{"x":tru}',
])
	test(`it refuses ${JSON.stringify(text)}`, () => assert.equal(sieve(bytesOf(text), [1]), undefined));

for (const text of ["0", "-0.5E+3", '"a"', "null", "true", "[]", " [ 1 , [ ] , { } ] "])
	test(`it takes ${JSON.stringify(text)}`, () =>
		assert.deepEqual(JSON.parse(sieve(bytesOf(text), [1]) ?? ""), JSON.parse(text)));

test("nesting deeper than any printer's is refused: memory does not grow with it", () => {
	const nested = (levels: number) => bytesOf(`{"x":${"[".repeat(levels)}${"]".repeat(levels)}}`);
	assert.equal(sieve(nested(31), [50]), "{}");
	assert.equal(sieve(nested(32), [50]), undefined);
	assert.equal(sieve(nested(20_000), [50]), undefined);
});

test("a key longer than any wanted one is left out", () => {
	for (const length of [127, 128, 129, 5_000])
		assert.equal(sieve(bytesOf(`{"${"k".repeat(length)}":{"print":1},"print":2}`), [60]), '{"print":2}');
});

test("a third of the longest report is kept, at most", () => {
	for (const message of messages) {
		const text = JSON.stringify(message, null, 4);
		const kept = sieve(bytesOf(text), [1_000]) ?? assert.fail();
		assert.ok(kept.length < Math.max(4_000, text.length / 3), `${kept.length} of ${text.length}`);
	}
});

test("a message in pieces is refused for the same reason as in one", () => {
	const reasons = (bytes: Uint8Array, pieceBytes: number): string[] => {
		const said: string[] = [];
		const reader = new MessageReader({
			schema: reportSchema,
			text: textCodec,
			onMessage: (message) => said.push(JSON.stringify(onlyKeys(message, wanted))),
			onRefused: (code) => said.push(code),
		});
		for (let at = 0; at < bytes.length; at += pieceBytes)
			reader.take(bytes.subarray(at, at + pieceBytes), Math.max(0, bytes.length - at - pieceBytes));
		return said;
	};
	const cases: [string, string][] = [
		['{"print":{"mc_percent":1}', "not_json"],
		['{"print":{"mc_percent":1},"x":nothing}', "not_json"],
		['[{"print":{}}]', "not_an_object"],
		["12345", "not_an_object"],
		['{"some":{"print":{}}}', "unknown_section"],
		[`{"print":{"filler":"${"x".repeat(MAX_MESSAGE_BYTES)}"}}`, "too_large"],
		['{"print":{"filler":[1,2,3],"mc_percent":1}}', '{"print":{"mc_percent":1}}'],
	];
	for (const [text, expected] of cases)
		for (const pieceBytes of [7, 1_000, Number.POSITIVE_INFINITY])
			assert.deepEqual(reasons(bytesOf(text), pieceBytes), [expected], text.slice(0, 60));

	const large = bytesOf(`{"print":{"subtask_name":"${"x".repeat(MAX_KEPT_BYTES + 5_000)}"}}`);
	assert.deepEqual(reasons(large, 1_000), ["too_large"], "more is wanted than may be held");

	const damaged = bytesOf('{"print":{"subtask_name":"W?rfel"}}');
	damaged[damaged.indexOf(0x3f)] = 0xfc;
	assert.deepEqual(reasons(damaged, 5), ["bad_text", '{"print":{"subtask_name":"W\uFFFDrfel"}}']);
});

test("the message after a refused one is read", () => {
	const said: unknown[] = [];
	const reader = new MessageReader({
		schema: reportSchema,
		text: textCodec,
		onMessage: (message) => said.push(message),
		onRefused: (code) => said.push(code),
	});
	reader.take(bytesOf('{"print":'), 2);
	reader.take(bytesOf("}}"), 0);
	reader.take(bytesOf('{"pri'), 8);
	reader.take(bytesOf('nt":{}}'), 0);
	assert.deepEqual(said, ["not_json", { print: {} }]);
});
