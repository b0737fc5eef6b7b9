import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import shim from "../../xs-engine/shims/assert";

type Assert = Pick<typeof assert, keyof typeof shim & keyof typeof assert>;

function passes(check: () => void): boolean {
	try {
		check();
		return true;
	} catch {
		return false;
	}
}

function agree(check: (using: Assert) => void, about: string): void {
	assert.equal(
		passes(() => check(shim as unknown as Assert)),
		passes(() => check(assert)),
		about,
	);
}

class Point {
	constructor(readonly x: number) {}
}
const cycle: { self?: unknown } = {};
cycle.self = cycle;

const oddities: readonly unknown[] = [
	...[
		undefined,
		null,
		0,
		-0,
		Number.NaN,
		"",
		"0",
		false,
		1n,
		Symbol.iterator,
		[],
		{},
		[undefined],
		{ a: undefined },
	],
	...[new Array(1), [0], [-0], { 0: 0 }, Object.create(null), new Point(1), new Point(2), { x: 1 }, cycle],
	...[
		new Date(0),
		new Date(1),
		new Date(Number.NaN),
		/a/,
		/a/g,
		new Map([[1, { a: 1 }]]),
		new Map([[1, { a: 2 }]]),
	],
	...[new Set([{ a: 1 }]), new Set([{ a: 2 }]), new Set([1, 2]), new Set([2, 1]), new Uint8Array([1, 2])],
	...[
		new Uint8Array([1, 3]),
		new Uint16Array([1, 2]),
		new Error("a"),
		new Error("b"),
		new TypeError("a"),
		Object(1),
	],
	...[Object.assign([1], { extra: 1 }), [1], { [Symbol.iterator]: 1 }, () => {}],
];
const again: readonly unknown[] = [
	[],
	{},
	{ a: undefined },
	new Point(1),
	new Date(0),
	/a/,
	new Error("a"),
	[-0],
];

test("values are equal on XS when they are on Node, and only then", () => {
	for (const [index, a] of oddities.entries())
		for (const b of [...oddities, ...again]) {
			agree((using) => using.equal(a, b), `equal, ${index}`);
			agree((using) => using.notEqual(a, b), `notEqual, ${index}`);
			agree((using) => using.deepEqual(a, b), `deepEqual, ${index}: ${String(a && typeof a)} ${typeof b}`);
			agree((using) => using.notDeepEqual(a, b), `notDeepEqual, ${index}`);
		}
	const anything = fc.anything({ withDate: true, withMap: true, withSet: true, withNullPrototype: true });
	fc.assert(fc.property(anything, anything, (a, b) => agree((using) => using.deepEqual(a, b), "deepEqual")));
	fc.assert(
		fc.property(fc.clone(anything, 2), ([a, b]) =>
			agree((using) => using.deepEqual(a, b), "deepEqual of clones"),
		),
	);
});

test("texts and errors pass on XS when they do on Node, and only then", () => {
	for (const pattern of [/a/, /^b$/]) {
		for (const text of ["a", "b", "ab", ""]) {
			agree((using) => using.match(text, pattern), text);
			agree((using) => using.doesNotMatch(text, pattern), text);
		}
	}
	for (const value of oddities) agree((using) => using.ok(value), String(typeof value));
	agree((using) => using.fail("always"), "fail");
	const throwers = [
		() => {},
		() => {
			throw new RangeError("too far");
		},
		() => {
			throw Object.assign(new Error("coded"), { code: "E1" });
		},
	];
	const expectations: readonly unknown[] = [
		Error,
		RangeError,
		TypeError,
		/far/,
		/Range/,
		{ code: "E1" },
		{ message: /cod/ },
		() => true,
	];
	for (const run of throwers) {
		agree((using) => using.throws(run), "throws");
		for (const expected of expectations)
			agree((using) => using.throws(run, expected as Error), String(expected));
	}
});
