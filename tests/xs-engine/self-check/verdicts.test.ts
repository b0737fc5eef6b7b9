// Tests that must fail or pass as their names say: `self-check.ts` holds the runner to it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";

test("passes: nothing is wrong", () => {
	assert.deepEqual({ a: [1, { b: undefined }] }, { a: [1, { b: undefined }] });
	assert.ok(readFileSync(new URL("../../../package.json", import.meta.url), "utf8").includes('"culm"'));
});
test("passes: after a while", async () => {
	await Promise.resolve();
	await assert.rejects(Promise.reject(new RangeError("no")), RangeError);
});
test("fails: other values", () => assert.equal(1, 2));
test("fails: a number is no string", () => assert.deepEqual({ a: 1 }, { a: "1" }));
test("fails: undefined is not the same as absent", () => assert.deepEqual({ a: undefined }, {}));
test("fails: nothing was thrown", () => assert.throws(() => {}));
test("fails: it throws", () => {
	throw new Error("deliberately");
});
test("fails: it throws nothing in particular", () => Promise.reject());
test("fails: later", async () => {
	await Promise.resolve();
	assert.fail();
});
test("fails: a property does not hold", () => fc.assert(fc.property(fc.nat(), (n) => n < 10)));
test("fails: there is no such file", () => {
	readFileSync(new URL("./nowhere.txt", import.meta.url), "utf8");
});
test("never ends", () => new Promise<void>(() => {}));
