// The screen that docs/panel.md shows is one: it is compiled here, and does what the text says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { printingP1S, readOnlyP1S, stateOf } from "../golden/states";
import { chamberScreen } from "./example-screen";
import { BOTH, withStage } from "./stage";

it("is shown in docs/panel.md as it is compiled here", () => {
	const shown = /```ts\n([\s\S]*?)```/.exec(readFileSync("docs/panel.md", "utf8"))?.[1];
	const compiled = readFileSync("tests/panel/example-screen.ts", "utf8");
	assert.equal(shown, compiled.replaceAll("../../ui/panel/", "../"));
});

for (const size of BOTH) {
	it(`follows the printer and sends its command, ${size}`, () =>
		withStage({ size, state: stateOf([printingP1S()]) }, async (stage) => {
			stage.run(() => stage.panel.navigator.go(chamberScreen()));
			await stage.settle();
			stage.assertSees("41 °C");
			await stage.change(stateOf([printingP1S({ chamber: { current: 42 }, lights: { chamber: false } })]));
			stage.assertSees("42 °C");
			await stage.tap("Light");
			assert.deepEqual(stage.commands(), [{ command: "light", light: "chamber", mode: "on" }]);
		}));
}

it("still switches the light of a printer that can only be watched", () =>
	withStage({ state: stateOf([readOnlyP1S()]) }, async (stage) => {
		stage.run(() => stage.panel.navigator.go(chamberScreen()));
		await stage.settle();
		await stage.tap("Light");
		assert.deepEqual(stage.commands(), [{ command: "light", light: "chamber", mode: "off" }]);
	}));
