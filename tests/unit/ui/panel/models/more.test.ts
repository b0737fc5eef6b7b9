// What stands beside the entries of More.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "../../../../../ui/panel/models/memo";
import { moreView } from "../../../../../ui/panel/models/more";
import { printerState } from "../../../breath/printer-fixture";
import { modelInput, withPrinter } from "./model-input";

const seen = (text: string): string => text.replaceAll("\u00a0", " ");

test("More tells how many printers there are, how many print and how many cannot be reached", () => {
	const job = { state: "printing" } as const;
	const printers = [
		printerState({ id: "1", link: "online", job }),
		printerState({ id: "2", link: "offline" }),
		printerState({ id: "3", link: "online" }),
	];
	const { text, detail } = moreView(modelInput({ printers }), undefined).printers;
	assert.deepEqual([text, detail], ["3 printers", "1 printing · 1 offline"]);
	assert.equal(moreView(modelInput(), undefined).printers.text, "none yet");
});

test("More tells the job that ended last, with its end", () => {
	const view = moreView(modelInput(), {
		printerId: "1",
		printerName: "P1S",
		name: "Benchy",
		result: "failed",
		endedAt: "2026-11-21T12:00:00.000Z",
	});
	assert.deepEqual([view.history.text, seen(view.history.detail)], ["Benchy", "Failed · 13:00"]);
	assert.equal(moreView(modelInput(), undefined).history.text, "none yet");
});

test("More marks faults with their number and the tone of the worst", () => {
	const fault = { code: "1", severity: "common", module: "AMS A", text: "Damp.", actions: [] } as const;
	const faults = [
		{ ...fault, actions: [] },
		{ ...fault, severity: "fatal" as const, text: "Hot.", actions: [] },
	];
	const entry = moreView(withPrinter({ faults }), undefined).faults;
	assert.deepEqual(
		[entry.text, entry.badge, entry.badgeTone, entry.tone],
		["2 faults", "2", "danger", "danger"],
	);
	const none = moreView(withPrinter({ faults: [] }), undefined).faults;
	assert.deepEqual([none.text, none.badge], ["Nothing is wrong.", ""]);
});

test("More tells of an update that is under way, and of one that failed", () => {
	const settings = (phase: "idle" | "receiving" | "failed") =>
		moreView(modelInput({ update: { phase } }), undefined).settings;
	assert.deepEqual([settings("idle").text, settings("idle").badge], ["Home", ""]);
	assert.equal(settings("receiving").text, "Update under way");
	assert.equal(settings("failed").badge, "!");
});

test("a remembered view is the same object until one of its keys is another", () => {
	let made = 0;
	const view = memo(
		({ n }: { n: number; other: number }) => {
			made++;
			return [n];
		},
		({ n }) => [n],
	);
	const first = view({ n: 1, other: 1 });
	assert.equal(view({ n: 1, other: 2 }), first);
	assert.deepEqual(view({ n: 2, other: 2 }), [2]);
	assert.equal(made, 2);
});
