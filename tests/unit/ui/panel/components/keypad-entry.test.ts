import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
	KeypadEntry,
	type KeypadKey,
	type KeypadOptions,
} from "../../../../../ui/panel/components/keypad-entry";

function typed(options: KeypadOptions, ...keys: KeypadKey[]): KeypadEntry {
	const entry = new KeypadEntry(options);
	for (const key of keys) entry.press(key);
	return entry;
}

describe("The keypad", () => {
	it("replaces the value that was there with the first digit", () => {
		assert.equal(typed({ kind: "number", text: "245" }, "6").text, "6");
		assert.equal(typed({ kind: "number", text: "245" }, "6", "0").number, 60);
	});

	it("shortens the value that was there instead when one begins by deleting", () => {
		assert.equal(typed({ kind: "number", text: "245" }, "back", "0").text, "240");
	});

	it("has no leading zero", () => {
		assert.equal(typed({ kind: "number", text: "" }, "0", "0", "7").text, "7");
	});

	it("takes one decimal point, and no more decimals than there may be", () => {
		const options: KeypadOptions = { kind: "number", text: "", decimals: 1 };
		assert.equal(typed(options, "1", ".", ".", "5", "9").text, "1.5");
		assert.equal(typed(options, ".", "5").text, "0.5");
		assert.equal(typed({ kind: "number", text: "" }, "1", ".", "5").text, "15");
	});

	it("turns a number over where it may be below zero", () => {
		assert.equal(typed({ kind: "number", text: "", negative: true }, "5", "-").number, -5);
		assert.equal(typed({ kind: "number", text: "" }, "5", "-").number, 5);
	});

	it("has no number as long as nothing is typed", () => {
		assert.equal(typed({ kind: "number", text: "12" }, "clear").number, undefined);
		assert.equal(typed({ kind: "number", text: "", negative: true }, "-").number, undefined);
	});

	it("keeps the leading zeros of a code", () => {
		assert.equal(typed({ kind: "digits", text: "" }, "0", "0", "7").text, "007");
	});

	it("stops at the greatest length", () => {
		assert.equal(typed({ kind: "digits", text: "", maxLength: 3 }, "1", "2", "3", "4").text, "123");
	});

	it("lets an address be typed and nothing that is none", () => {
		const keys: KeypadKey[] = [
			"1",
			"9",
			"2",
			".",
			".",
			"1",
			"6",
			"8",
			"0",
			".",
			"1",
			".",
			"3",
			"0",
			".",
			"5",
		];
		assert.equal(typed({ kind: "address", text: "" }, ...keys).text, "192.168.1.305");
	});

	it("goes on with the address that was there", () => {
		assert.equal(typed({ kind: "address", text: "192.168.1." }, "7").text, "192.168.1.7");
	});

	it("says which keys have a use", () => {
		const entry = new KeypadEntry({ kind: "number", text: "" });
		assert.equal(entry.takes("back"), false);
		assert.equal(entry.takes("."), false);
		assert.equal(entry.takes("0"), true);
		entry.press("4");
		assert.equal(entry.takes("back"), true);
	});
});
