import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answerQuery } from "../../../modules/wifi/captive-dns";

const ADDRESS = "192.168.254.1";
const A = 1;
const AAAA = 28;

function name(...labels: string[]): number[] {
	return [...labels.flatMap((label) => [label.length, ...[...label].map((c) => c.charCodeAt(0))]), 0];
}

function query(
	question: number[],
	type = A,
	{ id = 0x1234, flags = 0x0100, counts = [1, 0, 0, 0] } = {},
): Uint8Array {
	const words = [id, flags, ...counts].flatMap((word) => [word >> 8, word & 0xff]);
	return Uint8Array.from([...words, ...question, 0, type, 0, 1]);
}

const example = name("connectivitycheck", "example", "com");

test("any name is answered with our address, for the question that was asked", () => {
	const asked = query(example);
	const answer = answerQuery(asked, ADDRESS) ?? assert.fail("no answer");
	assert.deepEqual([...answer.subarray(0, 2)], [0x12, 0x34], "id");
	assert.deepEqual([...answer.subarray(2, 4)], [0x85, 0x00], "an answer of authority, without an error");
	assert.deepEqual([...answer.subarray(4, 12)], [0, 1, 0, 1, 0, 0, 0, 0], "counts");
	assert.deepEqual(answer.subarray(12, asked.length), asked.subarray(12), "the question");
	assert.deepEqual(
		[...answer.subarray(asked.length)],
		[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, 192, 168, 254, 1],
	);
});

test("a question for an IPv6 address, or for anything else, is answered with none", () => {
	for (const type of [AAAA, 65, 255, 16]) {
		const asked = query(example, type);
		const answer = answerQuery(asked, ADDRESS) ?? assert.fail("no answer");
		assert.equal(answer.length, asked.length);
		assert.deepEqual([...answer.subarray(3, 12)], [0, 0, 1, 0, 0, 0, 0, 0, 0]);
	}
	const chaos = query(example);
	chaos[chaos.length - 1] = 3;
	assert.equal(answerQuery(chaos, ADDRESS)?.[7], 0, "another class");
});

test("extensions of a question are left out of its answer", () => {
	const asked = query(example, A, { counts: [1, 0, 0, 1] });
	const extended = Uint8Array.from([...asked, 0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]);
	const answer = answerQuery(extended, ADDRESS) ?? assert.fail("no answer");
	assert.equal(answer.length, asked.length + 16);
	assert.deepEqual([...answer.subarray(10, 12)], [0, 0]);
});

test("what is no single well-formed question is not answered", () => {
	const cases: [string, Uint8Array][] = [
		["nothing", new Uint8Array()],
		["half a header", query(example).subarray(0, 11)],
		["no question", query(example, A, { counts: [0, 0, 0, 0] })],
		["two questions", query(example, A, { counts: [2, 0, 0, 0] })],
		["an answer", query(example, A, { flags: 0x8180 })],
		["another operation", query(example, A, { flags: 0x2800 })],
		["one that was cut off", query(example, A, { flags: 0x0300 })],
		["answers of its own", query(example, A, { counts: [1, 1, 0, 0] })],
		["a name that points to itself", query([0xc0, 12])],
		["a label that is too long", query(name("x".repeat(64)))],
		["a name that is too long", query(name(...Array.from({ length: 5 }, () => "x".repeat(60))))],
		["a name without an end", query(example).subarray(0, 20)],
		["no type", query(example).subarray(0, 12 + example.length + 2)],
		["more than a datagram of DNS", Uint8Array.from([...query(example), ...new Uint8Array(512)])],
	];
	for (const [what, bytes] of cases) assert.equal(answerQuery(bytes, ADDRESS), undefined, what);
	for (const address of ["", "192.168.254", "192.168.254.256", "a.b.c.d"])
		assert.equal(answerQuery(query(example), address), undefined, address);
});

test("whatever comes is answered with a little more than came, or not at all, and nothing throws", () => {
	const looksLikeOne = fc
		.tuple(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 0, max: 0xffff }), fc.boolean())
		.map(([rest, flags, one]) => query([...rest], A, { flags, counts: [one ? 1 : 0, 0, 0, 0] }));
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), looksLikeOne), (bytes) => {
			const before = [...bytes];
			const answer = answerQuery(bytes, ADDRESS);
			assert.deepEqual([...bytes], before, "the question is left as it is");
			if (!answer) return;
			assert.ok(answer.length <= bytes.length + 16);
			assert.deepEqual(answer.subarray(0, 2), bytes.subarray(0, 2));
			assert.equal((answer[2] ?? 0) & 0xf8, 0x80, "an answer");
			assert.equal(answerQuery(answer, ADDRESS), undefined, "two such servers do not talk to each other");
		}),
	);
});

test("every name that DNS allows is answered", () => {
	const label = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/[^ -~]/g, "x"));
	fc.assert(
		fc.property(fc.array(label, { maxLength: 8 }), (labels) => {
			const asked = query(name(...labels));
			assert.equal(answerQuery(asked, ADDRESS)?.length, asked.length + 16);
		}),
	);
});
