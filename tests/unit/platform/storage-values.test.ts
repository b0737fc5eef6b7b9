// What a Storage takes, and what a simulator's holds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkChanges } from "../../../modules/platform/parts/storage-values";
import { PortError } from "../../../modules/platform/port-error";
import type { StorageChange, StoredValue } from "../../../modules/platform/storage";
import { applyChanges, formatValues, parseValues } from "../../../modules/platform/twins/stored-values";
import { textCodec } from "../../fakes/text-codec";
import { hasCode } from "../has-code";

function set(key: string, value: StoredValue | undefined, namespace = "ui_info"): StorageChange {
	return { namespace, key, value };
}

function check(...changes: StorageChange[]): void {
	checkChanges(changes, textCodec);
}

test("names have 1 to 15 characters", () => {
	check(set("k".repeat(15), 1, "n".repeat(15)), set("k", 1, "n"));
	for (const [namespace, key] of [
		["", "key"],
		["n".repeat(16), "key"],
		["name", ""],
		["name", "k".repeat(16)],
	] as const)
		assert.throws(() => check(set("fine", 1), set(key, 1, namespace)), hasCode("invalid"));
});

test("a name of the wrong length is refused also for a deletion", () => {
	check(set("key", undefined));
	assert.throws(() => check(set("", undefined)), hasCode("invalid"));
});

test("values are flags, finite numbers, and texts of at most 4,000 bytes", () => {
	check(set("a", true), set("b", -0.5), set("c", "x".repeat(4000)), set("d", "ü".repeat(2000)), set("e", ""));
	for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "x".repeat(4001), `${"ü".repeat(2000)}x`])
		assert.throws(() => check(set("key", value)), hasCode("invalid"));
});

test("what a file may hold instead of a value is refused", () => {
	for (const value of [null, {}, [1]])
		assert.throws(() => check(set("key", value as unknown as StoredValue)), hasCode("invalid"));
});

test("the message names the value and does not show it, since it may be a secret", () => {
	assert.throws(
		() => check(set("code", "access-code ".repeat(400))),
		(error) =>
			error instanceof PortError && /ui_info\.code/.test(error.message) && !/access/.test(error.message),
	);
});

test("changes are made in their order, and the values before them stay as they are", () => {
	const before = applyChanges(new Map(), [set("language", "de"), set("name", "Shed")]);
	const after = applyChanges(before, [
		set("language", "en"),
		set("language", "fr"),
		set("name", undefined),
		set("ssid", "Home", "wifi_info"),
	]);
	assert.equal(before.get("ui_info")?.get("language"), "de");
	assert.equal(before.get("ui_info")?.get("name"), "Shed");
	assert.equal(after.get("ui_info")?.get("language"), "fr");
	assert.equal(after.get("ui_info")?.has("name"), false);
	assert.equal(after.get("wifi_info")?.get("ssid"), "Home");
});

test("nothing is left of a namespace without values", () => {
	assert.equal(applyChanges(new Map(), [set("a", 1), set("a", undefined), set("b", undefined)]).size, 0);
});

test("the file's text makes the same values again, whatever they are called", () => {
	const values = applyChanges(new Map(), [
		set("language", "zh-CN 中文"),
		set("brightness", 80),
		set("toString", true, "__proto__"),
	]);
	assert.deepEqual(applyChanges(new Map(), parseValues(formatValues(values))), values);
	assert.deepEqual(parseValues(formatValues(new Map())), []);
});

test("a text of another form is no file of values", () => {
	for (const text of ["", '{"ui_info":{"language":"d', "settings", "[]", "null", '{"ui_info":5}', '{"a":[]}'])
		assert.throws(() => parseValues(text), Error, text);
});
