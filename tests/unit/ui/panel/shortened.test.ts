// Words that have to fit into a few lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shortened } from "../../../../ui/panel/components/shortened";

/** Each character is as wide as 10 px. */
const style = { measure: (text: string) => ({ width: 10 * text.length, height: 20 }) };
const room = { style, width: 200, lines: 2 };

test("what fits stays as it is", () => {
	assert.equal(shortened("", room), "");
	assert.equal(shortened("No connection.", room), "No connection.");
	assert.equal(
		shortened("Twenty characters or fewer on each line", room),
		"Twenty characters or fewer on each line",
	);
});

test("of what is too long the first sentences stay that have room, without a stop within an address", () => {
	const text = "It is at 10.0.0.1 now. Switch it on. Then look at the light on its front.";
	assert.equal(shortened(text, room), "It is at 10.0.0.1 now. Switch it on.");
	assert.equal(
		shortened("热床太热。请等待。请检查打印机的风扇是否还在转动，以及它的外壳是否打开。", {
			...room,
			lines: 1,
		}),
		"热床太热。请等待。",
	);
});

test("a sentence that is too long ends with whole words", () => {
	const text = "The printer at 192.168.1.20 has another serial number";
	assert.equal(shortened(text, room), "The printer at 192.168.1.20 has…");
});

test("a word that nothing has room for does no harm", () => {
	assert.equal(shortened("a ".repeat(90), { ...room, width: 1, lines: 1 }), "a…");
	assert.equal(shortened("Unbreakable".repeat(9), room), "Unbreakable".repeat(9));
});
