// The first test ends the engine itself, the second one can then not be run.

import { test } from "node:test";

test("fills the memory", () => {
	let text = "x";
	for (;;) text += text;
});
test("is not reached", () => {});
