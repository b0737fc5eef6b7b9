// node:assert/strict on XS, as far as the suites use it, with the same verdicts.

export class AssertionError extends Error {
	override readonly name = "AssertionError";
}

type Message = string | undefined;

function check(holds: boolean, message: Message, words: () => string): asserts holds {
	if (!holds) throw new AssertionError(message === undefined ? words() : `${message}: ${words()}`);
}

function assert(value: unknown, message?: string): asserts value {
	check(Boolean(value), message, () => `${show(value)} is not truthy`);
}

function ok(value: unknown, message?: string): asserts value {
	assert(value, message);
}

function fail(message = "failed"): never {
	throw new AssertionError(message);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
	check(Object.is(actual, expected), message, () => `${show(actual)} is not ${show(expected)}`);
}

function notEqual(actual: unknown, expected: unknown, message?: string): void {
	check(!Object.is(actual, expected), message, () => `it is ${show(actual)}`);
}

function deepEqual(actual: unknown, expected: unknown, message?: string): void {
	check(same(actual, expected, []), message, () => `${show(actual)} is not deeply ${show(expected)}`);
}

function notDeepEqual(actual: unknown, expected: unknown, message?: string): void {
	check(!same(actual, expected, []), message, () => `it is deeply ${show(actual)}`);
}

function match(text: string, pattern: RegExp, message?: string): void {
	check(
		typeof text === "string" && pattern.test(text),
		message,
		() => `${show(text)} does not match ${pattern}`,
	);
}

function doesNotMatch(text: string, pattern: RegExp, message?: string): void {
	check(typeof text === "string" && !pattern.test(text), message, () => `${show(text)} matches ${pattern}`);
}

/** A class, a pattern for the error's text, properties it must have, or a function that accepts it. */
type Expected =
	| (new (
			...args: never[]
	  ) => Error)
	| RegExp
	| object
	| ((error: unknown) => boolean)
	| undefined;

function throws(run: () => unknown, expected?: Expected, message?: string): void {
	let thrown: { error: unknown } | undefined;
	try {
		run();
	} catch (error) {
		thrown = { error };
	}
	checkThrown(thrown, expected, message);
}

async function rejects(
	promise: Promise<unknown> | (() => Promise<unknown>),
	expected?: Expected,
	message?: string,
): Promise<void> {
	let thrown: { error: unknown } | undefined;
	try {
		await (typeof promise === "function" ? promise() : promise);
	} catch (error) {
		thrown = { error };
	}
	checkThrown(thrown, expected, message);
}

function doesNotThrow(run: () => unknown): void {
	run();
}

function checkThrown(thrown: { error: unknown } | undefined, expected: Expected, message: Message): void {
	check(thrown !== undefined, message, () => "nothing was thrown");
	const { error } = thrown;
	if (expected === undefined) return;
	if (expected instanceof RegExp) {
		check(expected.test(String(error)), message, () => `${String(error)} does not match ${expected}`);
	} else if (typeof expected === "function") {
		const isClass = expected === Error || expected.prototype instanceof Error;
		if (isClass) check(error instanceof expected, message, () => `${String(error)} is of another class`);
		else check((expected as (error: unknown) => unknown)(error) === true, message, () => String(error));
	} else {
		for (const [key, value] of Object.entries(expected)) {
			const actual = (error as Record<string, unknown>)[key];
			const fits =
				value instanceof RegExp && typeof actual === "string" ? value.test(actual) : same(actual, value, []);
			check(fits, message, () => `${key} of the error is ${show(actual)}, not ${show(value)}`);
		}
	}
}

/** `pairs` are the objects that are being compared further up: a cycle is the same if both have it. */
function same(a: unknown, b: unknown, pairs: readonly [object, object][]): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
	if (pairs.some(([left, right]) => left === a && right === b)) return true;
	const inner = [...pairs, [a, b] as [object, object]];
	return sameContents(a, b, inner) && sameProperties(a, b, inner);
}

function sameContents(a: object, b: object, pairs: readonly [object, object][]): boolean {
	if (Array.isArray(a)) return a.length === (b as unknown[]).length;
	if (ArrayBuffer.isView(a)) return a.byteLength === (b as ArrayBufferView).byteLength;
	if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
	if (a instanceof RegExp) return String(a) === String(b) && a.lastIndex === (b as RegExp).lastIndex;
	if (a instanceof Error) {
		const other = b as Error;
		return a.name === other.name && a.message === other.message && same(a.cause, other.cause, pairs);
	}
	if (a instanceof Number || a instanceof String || a instanceof Boolean)
		return Object.is(a.valueOf(), b.valueOf());
	if (a instanceof Map) {
		const entries = [...(b as Map<unknown, unknown>)];
		return (
			a.size === entries.length &&
			[...a].every((entry) => take(entries, (other) => same(entry, other, pairs)))
		);
	}
	if (a instanceof Set) {
		const values = [...(b as Set<unknown>)];
		return (
			a.size === values.length && [...a].every((value) => take(values, (other) => same(value, other, pairs)))
		);
	}
	return true;
}

/** Takes the first fitting value out of the list. */
function take<T>(values: T[], fits: (value: T) => boolean): boolean {
	const index = values.findIndex(fits);
	if (index >= 0) values.splice(index, 1);
	return index >= 0;
}

function sameProperties(a: object, b: object, pairs: readonly [object, object][]): boolean {
	const keys = enumerableKeys(a);
	if (keys.length !== enumerableKeys(b).length) return false;
	return keys.every(
		(key) =>
			Object.prototype.propertyIsEnumerable.call(b, key) &&
			same((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key], pairs),
	);
}

function enumerableKeys(value: object): PropertyKey[] {
	return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

const MAX_SHOWN_LENGTH = 1_000;

function show(value: unknown): string {
	let text: string | undefined;
	try {
		text = typeof value === "object" ? JSON.stringify(value) : undefined;
	} catch {
		// A cycle, or a bigint.
	}
	text ??= typeof value === "string" ? JSON.stringify(value) : String(value);
	return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
}

export default Object.assign(assert, {
	AssertionError,
	ok,
	fail,
	equal,
	strictEqual: equal,
	notEqual,
	deepEqual,
	deepStrictEqual: deepEqual,
	notDeepEqual,
	match,
	doesNotMatch,
	throws,
	rejects,
	doesNotThrow,
});
