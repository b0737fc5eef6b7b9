import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
	KeyboardEntry,
	type KeyboardLayer,
	type KeyboardOptions,
} from "../../../../../ui/panel/components/keyboard-entry";

const ROWS = [0, 1, 2];
const LAYERS: KeyboardLayer[] = ["letters", "digits", "symbols", "accents"];

function keyboard(options: Partial<KeyboardOptions> = {}): KeyboardEntry {
	return new KeyboardEntry({ text: "", ...options });
}

describe("The keyboard", () => {
	it("has every character that a Wi-Fi password can have, and those of German", () => {
		let characters = " ";
		for (const layer of LAYERS) {
			const entry = keyboard();
			if (layer !== "letters") entry.press(layer);
			for (const row of ROWS) characters += entry.row(row);
			if (layer === "letters" || layer === "accents") {
				entry.press("shift");
				for (const row of ROWS) characters += entry.row(row);
			}
		}
		for (let code = 0x20; code < 0x7f; code++) {
			const character = String.fromCharCode(code);
			assert.ok(characters.includes(character), `there is no key for ${character}`);
		}
		for (const character of "äöüßÄÖÜ") assert.ok(characters.includes(character), character);
	});

	it("has no row that is wider than ten keys, or the third than seven", () => {
		for (const layer of LAYERS) {
			const entry = keyboard();
			if (layer !== "letters") entry.press(layer);
			assert.ok(entry.row(0).length <= 10 && entry.row(1).length <= 10);
			assert.ok(entry.row(2).length <= 7, layer);
		}
	});

	it("types one capital after one shift, and capitals after two", () => {
		const entry = keyboard();
		entry.press("shift");
		entry.type(entry.row(0)[0] ?? "");
		entry.type(entry.row(0)[1] ?? "");
		assert.equal(entry.text, "Qw");
		entry.press("shift");
		entry.press("shift");
		assert.equal(entry.shift, "locked");
		entry.type(entry.row(0)[2] ?? "");
		entry.type(entry.row(0)[3] ?? "");
		assert.equal(entry.text, "QwER");
		entry.press("shift");
		assert.equal(entry.shift, "off");
	});

	it("keeps shift on the way to the umlauts and leaves it on the way to the digits", () => {
		const entry = keyboard();
		entry.press("shift");
		entry.press("accents");
		assert.equal(entry.row(0)[0], "Ä");
		entry.press("digits");
		assert.equal(entry.row(0)[0], "1");
		entry.press("letters");
		assert.equal(entry.row(0)[0], "q");
	});

	it("begins a name with a capital, and a password without", () => {
		assert.equal(keyboard({ capital: true }).shift, "once");
		assert.equal(keyboard({ capital: true, text: "Culm" }).shift, "off");
		assert.equal(keyboard().shift, "off");
	});

	it("shows a password as dots until the eye is touched", () => {
		const entry = keyboard({ masked: true });
		for (const character of "geheim") entry.type(character);
		assert.equal(entry.shown, "••••••");
		entry.reveal();
		assert.equal(entry.shown, "geheim");
		entry.reveal();
		assert.equal(entry.shown, "••••••");
		assert.equal(entry.text, "geheim");
	});

	it("deletes from the end, and stops at the greatest length", () => {
		const entry = keyboard({ maxLength: 3 });
		for (const character of "abcd") entry.type(character);
		assert.equal(entry.text, "abc");
		entry.press("back");
		entry.press("space");
		assert.equal(entry.text, "ab ");
		for (let times = 0; times < 5; times++) entry.press("back");
		assert.equal(entry.text, "");
	});
});
