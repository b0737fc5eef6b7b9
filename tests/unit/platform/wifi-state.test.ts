// Who is told of the radio's state, when, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WifiStateStore } from "../../../modules/platform/parts/wifi-state";
import type { WifiState } from "../../../modules/platform/wifi";

const connecting: WifiState = { status: "connecting", ssid: "Workshop" };
const lost: WifiState = { status: "disconnected", ssid: "Workshop", reason: "lost" };
const off: WifiState = { status: "off" };

function create() {
	const thrown: unknown[] = [];
	const store = new WifiStateStore({
		callSafely(callback) {
			try {
				callback();
			} catch (error) {
				thrown.push(error);
			}
		},
	});
	return { store, thrown };
}

test("the radio is off at first, and nobody is told that it still is", () => {
	const { store } = create();
	const told: WifiState[] = [];
	store.onChange((state) => told.push(state));
	assert.deepEqual(store.state, off);
	store.set(off);
	store.set(connecting);
	store.set(off);
	store.set(off);
	assert.deepEqual(told, [connecting, off]);
});

test("all hear the same order, also when one of them changes the state", () => {
	const { store } = create();
	const told: [WifiState[], WifiState[]] = [[], []];
	store.onChange((state) => {
		told[0].push(state);
		if (state === connecting) store.set(lost);
		if (state === lost) store.set(off);
	});
	store.onChange((state) => told[1].push(state));
	store.set(connecting);
	assert.deepEqual(told, [
		[connecting, lost, off],
		[connecting, lost, off],
	]);
	assert.deepEqual(store.state, off);
});

test("a listener that throws keeps nothing from the others", () => {
	const { store, thrown } = create();
	const told: WifiState[] = [];
	store.onChange(() => {
		throw new Error("on purpose");
	});
	store.onChange((state) => told.push(state));
	store.set(connecting);
	store.set(lost);
	assert.deepEqual(told, [connecting, lost]);
	assert.equal(thrown.length, 2);
});

test("who stops listening is not told, not even of a change under way", () => {
	const { store } = create();
	const told: WifiState[] = [];
	store.onChange(() => {
		stop();
		stop();
	});
	const stop = store.onChange((state) => told.push(state));
	store.set(connecting);
	assert.deepEqual(told, []);
});

test("a function that listens twice is told twice, until each is taken back", () => {
	const { store } = create();
	const told: WifiState[] = [];
	const listener = (state: WifiState) => void told.push(state);
	const stop = [store.onChange(listener), store.onChange(listener)];
	store.set(connecting);
	assert.equal(told.length, 2);
	stop[0]?.();
	store.set(lost);
	assert.equal(told.length, 3);
});
