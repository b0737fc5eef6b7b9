// Filament: units, slots, what can be done with one, and the form that says what is in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilitiesOf } from "../../../../../modules/printers/bambu/capabilities";
import type { FilamentState, PrinterState } from "../../../../../modules/printers/printer-state";
import { colorName, skinColor } from "../../../../../ui/panel/models/color-names";
import { dryingView, firstDrying } from "../../../../../ui/panel/models/drying";
import { filamentView } from "../../../../../ui/panel/models/filament";
import { filamentFormView, firstForm, withMaterial } from "../../../../../ui/panel/models/filament-form";
import { slotScreenView } from "../../../../../ui/panel/models/slot";
import { wordsIn } from "../../../../../ui/panel/words/languages";
import { seen, withPrinter } from "./model-input";

const filament: FilamentState = {
	units: [
		{
			id: 0,
			kind: "ams",
			humidityLevel: 5,
			slots: [
				{
					id: 0,
					state: "loaded",
					material: "PLA",
					name: "PLA Basic",
					color: "FF0000FF",
					remainPercent: 80,
					spoolUuid: "A".repeat(32),
				},
				{ id: 1, state: "empty" },
				{ id: 2, state: "unknown" },
			],
		},
		{
			id: 1,
			kind: "ams_2_pro",
			humidityPercent: 47,
			temperature: 31,
			dryingMinutes: 200,
			slots: [{ id: 3, state: "loaded", material: "PETG", nozzleMin: 230, nozzleMax: 260 }],
		},
		{ id: 128, kind: "ams_ht", slots: [{ id: 0, state: "loaded", material: "PA" }] },
	],
	external: [{ id: 255, state: "loaded", material: "TPU", color: "00000000" }],
	active: { unit: 0, slot: 0 },
};
const P2S: Partial<PrinterState> = { model: "P2S", capabilities: capabilitiesOf("P2S", {}), filament };

test("units are lettered as printers letter them, and slots are numbered from 1", () => {
	const { units, external } = filamentView(withPrinter(P2S));
	assert.deepEqual(
		units.map(({ title, slots }) => [title, ...slots.map(({ name }) => name)]),
		[
			["AMS A", "A1", "A2", "A3"],
			["AMS 2 Pro B", "B4"],
			["AMS HT A", "HT-A"],
		],
	);
	assert.deepEqual(
		external.map(({ name, place }) => [name, place]),
		[["External spool", "external"]],
	);
});

test("a slot tells material, colour, what is left and whether it is in use", () => {
	const [slot, empty, unknown] = filamentView(withPrinter(P2S)).units[0]?.slots ?? [];
	assert.deepEqual(
		[slot?.material, slot?.brand, slot?.color, slot?.colorName, slot?.fullness, slot?.activeText],
		["PLA", "PLA Basic", "#FF0000", "Red", 0.8, "in use"],
	);
	assert.equal(seen(slot?.remaining ?? ""), "80% left");
	assert.deepEqual([empty?.material, empty?.isEmpty, empty?.fullness], ["empty", true, 0]);
	assert.deepEqual([unknown?.material, unknown?.remaining, unknown?.color], ["not known", "", ""]);
});

test("a unit tells humidity and drying where it measures them", () => {
	const [a, b, ht] = filamentView(withPrinter(P2S)).units;
	assert.deepEqual([a?.humidity, a?.humidityTone, a?.canDry], ["Humidity very dry", "muted", false]);
	assert.deepEqual([seen(b?.humidity ?? ""), b?.humidityTone], ["Humidity 47%", "warn"]);
	assert.equal(seen(b?.drying ?? ""), "drying, 3 h 20 min left");
	assert.deepEqual([ht?.humidity, ht?.temperature, ht?.drying], ["", "", ""]);
});

test("of two external spools the one whose nozzle is in use is active", () => {
	const { external } = filamentView(
		withPrinter({
			model: "H2D",
			capabilities: capabilitiesOf("H2D", {}),
			nozzles: [{ active: false }, { active: true }],
			filament: {
				units: [],
				external: [
					{ id: 254, state: "loaded" },
					{ id: 255, state: "loaded" },
				],
				active: "external",
			},
		}),
	);
	assert.deepEqual(
		external.map(({ name, place, isActive }) => [name, place, isActive]),
		[
			["External spool, left", "external_left", true],
			["External spool, right", "external", false],
		],
	);
});

test("a slot can be loaded unless it is empty, loaded already, or something prints", () => {
	const at = (slot: number, state: PrinterState["job"]["state"] = "idle") =>
		slotScreenView(withPrinter({ ...P2S, job: { state } }), { unit: 0, slot });
	assert.equal(at(0).load.why, "This filament is loaded already.");
	assert.equal(at(0).unload.enabled, true);
	assert.equal(at(0).edit.why, "This spool has a tag that says what it is.");
	assert.equal(at(1).load.why, "This slot is empty. Put a spool in first.");
	assert.equal(at(1).readTag.enabled, false);
	assert.equal(at(2).load.enabled, true);
	assert.equal(at(2).unload.why, "No filament is loaded.");
	assert.equal(at(2).edit.enabled, true);
	assert.equal(at(2, "printing").load.why, "The printer is printing. Pause the job first.");
	assert.equal(at(2).title, "Slot A3");
	assert.equal(slotScreenView(withPrinter(P2S), { unit: 7, slot: 0 }).isGone, true);
	const outside = slotScreenView(withPrinter(P2S), "external");
	assert.equal(outside.readTag.why, "Only a filament unit can read a spool's tag.");
});

test("the form begins with what is in the slot, and another material brings its temperatures", () => {
	const input = withPrinter(P2S);
	const place = { unit: 1, slot: 3 };
	const form = firstForm(input, place);
	assert.deepEqual([form.nozzleMin, form.nozzleMax], [230, 260]);
	const view = filamentFormView(input, place, form);
	assert.equal(view.title, "Filament in Slot B4");
	assert.deepEqual(
		view.materials.filter(({ isChosen }) => isChosen).map(({ label }) => label),
		["PETG"],
	);
	const { materials } = input.device.facts.filament;
	const abs = withMaterial(
		form,
		materials,
		materials.findIndex(({ label }) => label === "ABS"),
	);
	assert.deepEqual(filamentFormView(input, place, { ...abs, color: "1F3A93" }).save.command, {
		command: "filament_setting",
		spool: place,
		material: "ABS",
		filamentId: "GFB99",
		color: "1F3A93",
		nozzleMin: 240,
		nozzleMax: 280,
	});
});

test("the form says what is wrong with the temperatures", () => {
	const input = withPrinter(P2S);
	const place = { unit: 0, slot: 2 };
	const form = firstForm(input, place);
	const problem = (changes: Partial<typeof form>) =>
		filamentFormView(input, place, { ...form, ...changes }).save.why;
	assert.equal(problem({}), "");
	assert.equal(problem({ nozzleMin: 250, nozzleMax: 240 }), "The lower temperature is above the upper one.");
	assert.equal(problem({ nozzleMax: 301 }), "This printer heats the nozzle to 300 °C at most.");
	assert.equal(problem({ material: -1 }), "Choose a material.");
});

test("every colour of the palette has a name of its own language, and neighbours are told apart", () => {
	const { palette } = withPrinter({}).device.facts.filament;
	for (const digits of palette) {
		assert.notEqual(colorName(wordsIn("en"), digits), "");
		assert.match(colorName(wordsIn("zh"), digits), /\p{Script=Han}/u);
	}
	assert.ok(new Set(palette.map((digits) => colorName(wordsIn("en"), digits))).size >= palette.length * 0.7);
});

test("what is no colour has no name and no skin", () => {
	const words = wordsIn("en");
	for (const digits of [undefined, "", "12", "GGGGGG"]) {
		assert.equal(colorName(words, digits), "");
		assert.equal(skinColor(digits), "");
	}
	assert.equal(colorName(words, "FFFFFF20"), "Clear");
});

test("drying offers what the unit gets warm enough for, and can be stopped while it runs", () => {
	const input = withPrinter(P2S);
	const form = firstDrying(input, 1);
	const view = dryingView(input, 1, form);
	assert.equal(view.title, "Dry in AMS 2 Pro B");
	assert.ok(view.presets.length > 1);
	for (const { form: preset } of view.presets) assert.ok(preset.target <= 65 && preset.target >= 45);
	assert.deepEqual(view.start.command, { command: "dry_start", unit: 1, ...form });
	assert.equal(view.stop.enabled, true);
	const ht = dryingView(input, 128, firstDrying(input, 128));
	assert.equal(ht.targetLimits.max, 85);
	assert.equal(ht.stop.why, "Nothing is being dried.");
	assert.equal(dryingView(input, 0, form).start.why, "This unit has no dryer.");
	const local = withPrinter({ filament });
	assert.equal(dryingView(local, 1, form).start.why, "This printer's dryer is started on its own screen.");
});
