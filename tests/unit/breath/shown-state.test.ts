import assert from "node:assert/strict";
import { test } from "node:test";
import type { BreathState } from "../../../modules/breath/breath-state";
import { ShownState } from "../../../modules/breath/shown-state";
import { MemoryLog } from "../../fakes/memory-log";

const first: Readonly<BreathState> = Object.freeze({
	mode: "auto",
	on: false,
	heating: false,
	fan: false,
	fanOnly: false,
	target: 45,
	activeTarget: 0,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: { running: false, target: 55, hours: 12, remainingSeconds: 0 },
	reason: "Off since the start",
	reasonCode: "off",
});

const shownState = () => {
	const log = new MemoryLog();
	return { log, shown: new ShownState({ ...first }, log) };
};

test("who holds a state keeps it as it was", () => {
	const { shown } = shownState();
	const before = shown.show();
	shown.put("on", true);
	shown.put("chamber", 31.5);
	assert.deepEqual(before, first);
	const after = shown.show();
	assert.deepEqual(after, { ...first, on: true, chamber: 31.5 });
	shown.put("chamber", undefined);
	assert.deepEqual(after, { ...first, on: true, chamber: 31.5 });
	assert.deepEqual(shown.show(), { ...first, on: true });
});

test("what is put as it was makes no new state", () => {
	const { shown } = shownState();
	const before = shown.show();
	shown.put("on", false);
	shown.put("chamber", undefined);
	assert.equal(shown.show(), before);
});

test("listeners are told what has changed since they were told last, and nothing when it changed back", () => {
	const { shown } = shownState();
	shown.put("target", 50);
	const told: (readonly (keyof BreathState)[])[] = [];
	shown.tell();
	shown.onChange((changed) => told.push(changed));
	shown.tell();
	shown.put("on", true);
	shown.show();
	shown.put("fan", true);
	shown.tell();
	shown.put("fan", false);
	shown.show();
	shown.put("fan", true);
	shown.tell();
	assert.deepEqual(told, [["on", "fan"]]);
});

test("a listener that throws keeps nobody else from being told, and one that was ended is not told", () => {
	const { shown, log } = shownState();
	shown.tell();
	let count = 0;
	const listener = () => void count++;
	shown.onChange(() => {
		throw new Error("no room");
	});
	const end = shown.onChange(listener);
	shown.onChange(listener);
	shown.put("on", true);
	shown.tell();
	assert.equal(count, 2);
	assert.deepEqual(log.texts("error"), ["breath: who was told of a change failed: no room"]);
	end();
	end();
	shown.put("on", false);
	shown.tell();
	assert.equal(count, 3);
	shown.close();
	shown.put("on", true);
	shown.tell();
	assert.equal(count, 3);
});

test("after close nobody is told, also when it is closed by somebody who is being told", () => {
	const { shown } = shownState();
	let told = 0;
	shown.onChange(() => shown.close());
	shown.onChange(() => told++);
	shown.put("on", true);
	shown.tell();
	assert.equal(told, 0);
});
