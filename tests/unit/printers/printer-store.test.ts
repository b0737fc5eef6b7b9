import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { capabilitiesOf } from "../../../modules/printers/bambu/capabilities";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { PrinterStore } from "../../../modules/printers/printer-store";
import { sameValue } from "../../../modules/printers/same-value";

const state: PrinterState = {
	id: "x",
	vendor: "bambu",
	model: "P1S",
	name: "x",
	serial: "x",
	host: "h",
	watch: "live",
	link: "online",
	control: "unknown",
	capabilities: capabilitiesOf("P1S", {}),
	job: { state: "idle", percent: 1 },
	nozzles: [],
	bed: { current: 20 },
	fans: {},
	lights: {},
	filament: { units: [], external: [] },
	faults: [],
};

test("listeners get what changed, and nothing when nothing did", () => {
	const store = new PrinterStore(state);
	const heard: string[][] = [];
	store.onChange((_, changed) => heard.push([...changed]));
	store.update({ bed: { current: 20 }, job: { state: "idle", percent: 1 } });
	store.update({ bed: { current: 21 }, job: { state: "idle", percent: 1 } });
	store.update({ chamber: undefined });
	store.update({ chamber: { current: 30 } });
	store.update({ chamber: undefined });
	assert.deepEqual(heard, [["bed"], ["chamber"], ["chamber"]]);
	assert.equal("chamber" in store.state, false);
});

test("a state that was handed out never changes, and parts that did not change stay the same objects", () => {
	const store = new PrinterStore(state);
	const before = store.state;
	store.update({ bed: { current: 99 } });
	assert.deepEqual(before.bed, { current: 20 });
	assert.equal(store.state.job, before.job);
});

test("a listener may leave while it is called", () => {
	const store = new PrinterStore(state);
	let calls = 0;
	const stop = store.onChange(() => {
		calls++;
		stop();
	});
	store.onChange(() => calls++);
	store.update({ name: "y" });
	store.update({ name: "z" });
	assert.equal(calls, 3);
});

test("two values are the same exactly when their JSON is, up to the order of keys", () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
			assert.equal(sameValue(a, structuredClone(a)), true);
			let equal = true;
			try {
				assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
			} catch {
				equal = false;
			}
			assert.equal(sameValue(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))), equal);
		}),
	);
	assert.equal(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 }), true);
	assert.equal(sameValue([], {}), false);
	assert.equal(sameValue({ a: undefined }, { b: undefined }), false);
});
