import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReasonCode } from "../../../modules/breath/breath-state";
import { FAULT_CODES, faultWords } from "../../../modules/breath/fault-words";
import {
	type HeatView,
	heatReason,
	type ReasonFacts,
	reasonDetails,
	reasonText,
} from "../../../modules/breath/reasons";

const view = (changes: Partial<HeatView> = {}): HeatView => ({
	wanted: "heating",
	target: 45,
	chamber: 22,
	ready: true,
	elementAtLimit: false,
	before: "off",
	...changes,
});

test("on the way, at the target, above it", () => {
	const at = (chamber: number, before: ReasonCode = "heating") => heatReason(view({ chamber, before }));
	assert.equal(at(22), "heating");
	assert.equal(at(43.9), "heating");
	assert.equal(at(44), "holding");
	assert.equal(at(47), "holding");
	assert.equal(at(47.1), "above_target");
});

test("a chamber that is held may swing a little without being called cold", () => {
	assert.equal(heatReason(view({ chamber: 43.6, before: "holding" })), "holding");
	assert.equal(heatReason(view({ chamber: 43.4, before: "holding" })), "heating");
});

test("an element at its limit is named on the way, not when the chamber is warm", () => {
	assert.equal(heatReason(view({ elementAtLimit: true })), "element_hot");
	assert.equal(heatReason(view({ elementAtLimit: true, chamber: 45 })), "holding");
});

test("without good readings nothing is said about the chamber", () => {
	for (const wanted of ["heating", "drying"] as const) {
		assert.equal(heatReason(view({ wanted, ready: false })), "no_reading");
		assert.equal(heatReason(view({ wanted, chamber: undefined })), "no_reading");
	}
	assert.equal(heatReason(view({ wanted: "drying" })), "drying");
	assert.equal(heatReason(view({ wanted: "bed_cold", ready: false })), "bed_cold");
});

const facts = (code: ReasonCode, changes: Partial<ReasonFacts> = {}): ReasonFacts => ({
	code,
	target: 45,
	offBy: undefined,
	faultText: "",
	printerName: "P1S Workshop",
	isKlipper: false,
	bed: undefined,
	bedThreshold: 80,
	filament: undefined,
	filtering: false,
	coolingDown: false,
	minutesToTarget: undefined,
	dryingMinutesLeft: 0,
	minutesAlone: undefined,
	minutesAbandoned: 10,
	minutesLost: 0,
	...changes,
});

const words = (code: ReasonCode, changes: Partial<ReasonFacts> = {}): string => {
	const all = facts(code, changes);
	return reasonText(all, reasonDetails(all));
};

test("the words say what it waits for", () => {
	assert.equal(
		words("bed_cold", { bed: { current: 43.2, target: 0 } }),
		"Waiting for the bed of P1S Workshop: 43 of 80 °C",
	);
	assert.equal(
		words("bed_cold", { bed: { current: 43.2, target: 60 }, filtering: true }),
		"Waiting for the bed of P1S Workshop: it is set to 60 °C, and heat begins at 80 °C; the fan filters",
	);
	assert.equal(words("bed_cold"), "Waiting for the bed of P1S Workshop to reach 80 °C");
	assert.equal(
		words("filament_cold", { filament: { material: "PLA", target: 0, listed: true } }),
		"P1S Workshop prints PLA, which wants no warm chamber",
	);
	assert.equal(
		words("filament_cold", { filament: { material: "PVA", target: 0, listed: false } }),
		"P1S Workshop prints PVA, for which no temperature is set",
	);
	assert.equal(words("filament_cold"), "P1S Workshop does not say which filament it prints");
	assert.equal(words("no_printer", { isKlipper: true }), "Auto cannot follow a Klipper printer yet");
});

test("the words say how long it takes, and when it ends by itself", () => {
	assert.equal(words("heating", { minutesToTarget: 12 }), "Heating the chamber, about 12 min to 45 °C");
	assert.equal(words("heating"), "Heating the chamber to 45 °C");
	assert.equal(words("drying", { target: 55, dryingMinutesLeft: 680 }), "Drying at 55 °C, 11 h 20 min left");
	assert.equal(
		words("holding", { minutesAlone: 4 }),
		"Holding 45 °C. Nobody is connected: heat goes off in 4 min",
	);
	assert.equal(
		words("drying", { dryingMinutesLeft: 700, minutesAlone: 125 }),
		"Drying at 45 °C, 11 h 40 min left. Nobody is connected: heat goes off in 2 h 5 min",
	);
	assert.equal(words("abandoned"), "Turned off: nobody was connected for 10 min");
	assert.equal(
		words("abandoned", { minutesLost: 710 }),
		"Drying stopped 11 h 50 min before its end: nobody was connected for 10 min",
	);
});

test("whatever the words tell besides the code is there as numbers and names too, and nothing else", () => {
	const bed = { current: 43.6, target: 0 };
	const details = (code: ReasonCode, changes: Partial<ReasonFacts> = {}) =>
		reasonDetails(facts(code, changes));
	assert.deepEqual(details("bed_cold", { bed, filtering: true }), {
		printer: "P1S Workshop",
		bed: 44,
		fan: "filters",
	});
	assert.deepEqual(details("bed_cold", { bed: { current: 43, target: 60.2 } }), {
		printer: "P1S Workshop",
		bedTarget: 60,
	});
	assert.deepEqual(details("filament_cold", { filament: { material: "PVA", target: 0, listed: false } }), {
		printer: "P1S Workshop",
		material: "PVA",
		listed: false,
	});
	assert.deepEqual(details("no_printer", { isKlipper: true }), { klipper: true });
	assert.deepEqual(details("heating", { minutesToTarget: 12, minutesAlone: 4, coolingDown: true }), {
		minutes: 12,
		minutesAlone: 4,
	});
	assert.deepEqual(details("drying", { dryingMinutesLeft: 61 }), { minutes: 61 });
	assert.deepEqual(details("abandoned", { minutesLost: 5, coolingDown: true }), {
		minutes: 10,
		minutesLost: 5,
		fan: "runs_on",
	});
	assert.deepEqual(details("off", { offBy: "page" }), { by: "page" });
	for (const code of ["off", "fault", "fan_only", "no_printer", "holding", "updating", "no_reading"] as const)
		assert.equal(details(code, { bed }), undefined);
});

test("the words say who turned it off, and why the fan still runs", () => {
	assert.equal(words("off"), "Off since the start");
	assert.equal(words("off", { offBy: "button" }), "Turned off with a button");
	assert.equal(words("drying_done", { coolingDown: true }), "Drying is done; the fan runs on");
	assert.equal(words("fault", { faultText: "It broke" }), "It broke");
});

test("every fault has words of its own, and says what to do", () => {
	assert.equal(FAULT_CODES.length, 15);
	assert.equal(new Set(FAULT_CODES.map((code) => faultWords(code).text)).size, FAULT_CODES.length);
	for (const code of FAULT_CODES) {
		const { text, help } = faultWords(code);
		assert.match(text, /^[A-Z].*[^.]$/);
		assert.match(help, /^[A-Z].*\.$/);
	}
});
