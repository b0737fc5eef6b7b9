// Base64 to bytes: what is taken, and that nothing else is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as hold, property, string, uint8Array } from "fast-check";
import { decodeBase64 } from "../../../modules/platform/parts/base64";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function encode(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; at += 3) {
		const group = (bytes[at] ?? 0) * 65536 + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0);
		for (let place = 0; place < 4; place++)
			text += at + place > bytes.length ? "=" : ALPHABET.charAt((group >> (18 - 6 * place)) & 63);
	}
	return text;
}

test("the examples of the standard are decoded", () => {
	const examples = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
	for (const [length, text] of examples.entries())
		assert.deepEqual(
			[...(decodeBase64(text) ?? [])],
			[..."foobar"].slice(0, length).map((letter) => letter.charCodeAt(0)),
			text,
		);
});

test("what was encoded comes back, whatever it is", () => {
	hold(
		property(uint8Array({ maxLength: 100 }), (bytes) => {
			assert.deepEqual(decodeBase64(encode(bytes)), bytes);
		}),
		{ seed: 8, numRuns: 300 },
	);
});

test("what is not base64 is refused", () => {
	const wrong = [
		"Z",
		"Zg",
		"Zg=",
		"Z===",
		"====",
		"=Zg=",
		"Zg==Zg==",
		"Zm 9",
		"Zm9-",
		"Zm9_",
		"Zm9v\n",
		"Zm9é",
	];
	for (const text of wrong) assert.equal(decodeBase64(text), undefined, text);
});

test("bits that belong to no byte have to be 0", () => {
	assert.equal(decodeBase64("Zh=="), undefined);
	assert.equal(decodeBase64("Zm9="), undefined);
});

test("no text makes it throw, and what it accepts has only one spelling", () => {
	hold(
		property(string({ maxLength: 40, unit: "binary" }), (text) => {
			const bytes = decodeBase64(text);
			if (bytes !== undefined) assert.equal(encode(bytes), text);
		}),
		{ seed: 8, numRuns: 500 },
	);
});
