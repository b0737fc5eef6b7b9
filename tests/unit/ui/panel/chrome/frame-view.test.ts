// What the frame says around each screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { frameView } from "../../../../../ui/panel/chrome/frame-view";
import type { ModelInput } from "../../../../../ui/panel/screen";
import { wordsIn } from "../../../../../ui/panel/words/languages";
import { pictureDevice } from "../../../../golden/picture-device";
import { faultyP1S, printingP1S, staleP1S, stateOf } from "../../../../golden/states";

const PLACE = { section: "home", title: "" } as const;

function inputOf(printers: Parameters<typeof stateOf>[0] = []): ModelInput {
	const state = stateOf(printers);
	const device = pictureDevice({ state });
	return {
		state,
		printer: state.printers[0],
		preferences: device.preferences.get(),
		words: wordsIn("en"),
		device,
	};
}

test("it says where one is", () => {
	const view = frameView(inputOf(), { section: "more", title: "Settings" });
	assert.deepEqual([view.section, view.title], ["more", "Settings"]);
});

test("without a printer it has the device's name and no link", () => {
	const view = frameView(inputOf(), PLACE);
	assert.deepEqual([view.name, view.link, view.oldData, view.canSwitch], ["Culm", "", "", false]);
});

test("of a printer that is there it says no more than that", () => {
	const view = frameView(inputOf([printingP1S()]), PLACE);
	assert.deepEqual(
		[view.name, view.link, view.linkTone, view.oldData],
		["P1S Workshop", "online", "accent", ""],
	);
});

test("of one that does not answer it says so, and how old the rest is", () => {
	const view = frameView(inputOf([staleP1S()]), PLACE);
	assert.match(view.oldData, /Not answering\. .* old/);
	assert.equal(view.linkTone, "warn");
});

test("of several it leads to the others; faults are counted for the shown one only", () => {
	const view = frameView(inputOf([printingP1S(), faultyP1S({ id: "other" })]), PLACE);
	assert.deepEqual([view.canSwitch, view.faults], [true, ""]);
	assert.notEqual(frameView(inputOf([faultyP1S()]), PLACE).faults, "");
});
