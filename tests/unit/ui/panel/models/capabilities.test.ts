// What a printer cannot do is greyed with the reason, or not offered, whoever made it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTable } from "../../../../../modules/printers/anycubic/commands/table";
import { capabilitiesOf } from "../../../../../modules/printers/anycubic/models";
import type { FilamentUnit } from "../../../../../modules/printers/printer-state";
import { controlTilesView } from "../../../../../ui/panel/models/control-tiles";
import { dryingView, firstDrying } from "../../../../../ui/panel/models/drying";
import { filamentView } from "../../../../../ui/panel/models/filament";
import { moveView } from "../../../../../ui/panel/models/move";
import { slotScreenView } from "../../../../../ui/panel/models/slot";
import { speedView } from "../../../../../ui/panel/models/speed";
import { allViews } from "./all-views";
import { type InputOptions, seen, withPrinter } from "./model-input";

const ace: FilamentUnit = {
	id: 0,
	kind: "ace",
	dryingMinutes: 0,
	slots: [{ id: 0, state: "loaded", material: "PLA", color: "1F6FD0FF" }],
};

function kobra3(options: InputOptions = {}) {
	const filament = { units: [ace], external: [], active: { unit: 0, slot: 0 } };
	return withPrinter({ vendor: "anycubic", capabilities: capabilitiesOf("20024"), filament }, options);
}

test("a printer that is not moved from here says so on every key of the pad, also when its nozzle is cold", () => {
	const view = moveView(kobra3(), { step: 10, length: 10 });
	const { home, left, right, back, front, apart, together, extrude, retract } = view;
	for (const action of [home, left, right, back, front, apart, together, extrude, retract])
		assert.deepEqual([action.enabled, action.why], [false, kobra3().words.why.noMotion]);
	assert.equal(controlTilesView(kobra3()).move, "on its own screen");
	assert.equal(controlTilesView(withPrinter({})).move, "X, Y, Z");
	assert.equal(moveView(withPrinter({}), { step: 10, length: 10 }).home.enabled, true);
});

test("a printer that loads on its own screen says so for loading, unloading, tags and what a spool is", () => {
	const { load, unload, readTag, edit } = slotScreenView(kobra3(), { unit: 0, slot: 0 });
	for (const { enabled, why } of [unload, readTag, edit])
		assert.deepEqual([enabled, why], [false, kobra3().words.why.noLoading]);
	assert.equal(load.enabled, false);
	assert.equal(filamentView(kobra3()).unload.why, kobra3().words.why.noLoading);
});

test("as many speeds are offered as the printer has; by how much is said where it is known", () => {
	const three = speedView(kobra3()).levels;
	assert.deepEqual(
		three.map(({ level, text }) => [level, text]),
		[
			[1, "Slower and quieter"],
			[2, "As it was sliced"],
			[3, "Faster; the quality may suffer"],
		],
	);
	const four = speedView(withPrinter({})).levels;
	assert.deepEqual(
		four.map(({ level }) => level),
		[1, 2, 3, 4],
	);
	assert.equal(four[0]?.text, "Half speed, quiet");
});

test("an ACE has its name, and dries from 35 to 55 °C", () => {
	const [unit] = filamentView(kobra3()).units;
	assert.deepEqual([unit?.title, unit?.canDry, unit?.slots[0]?.name], ["ACE A", true, "A1"]);
	const first = firstDrying(kobra3(), 0);
	const view = dryingView(kobra3(), 0, first);
	assert.deepEqual(view.targetLimits, { min: 35, max: 55 });
	assert.equal(view.start.enabled, true);
	assert.deepEqual(view.start.command, { command: "dry_start", unit: 0, ...first });
	for (const { form } of view.presets) assert.ok(form.target >= 35 && form.target <= 55);
	// It gets less warm than is best for them, and dries them all the same; for others it is too cold.
	const texts = view.presets.map(({ label, text }) => `${label} ${seen(text)}`);
	assert.ok(texts.includes("PETG 55 °C · 12 h"), texts.join());
	assert.ok(!texts.some((text) => text.startsWith("ABS")), texts.join());
});

test("a unit that only its own printer starts says so", () => {
	const capabilities = capabilitiesOf("20022");
	const input = withPrinter({ vendor: "anycubic", capabilities, filament: { units: [ace], external: [] } });
	assert.equal(dryingView(input, 0, firstDrying(input, 0)).start.why, input.words.why.dryerLocal);
});

test("what an Anycubic printer is offered to do is what it takes, with the fields that it takes", () => {
	const names = new Set<string>();
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		const { command, enabled } = value as { command?: { command: string }; enabled?: boolean };
		if (typeof command === "object" && enabled !== false) {
			const known = commandTable[command.command];
			assert.ok(known, command.command);
			names.add(command.command);
			for (const field of Object.keys(command))
				assert.ok(
					field === "command" || field === "confirm" || field in known.fields,
					`${command.command} ${field}`,
				);
		}
		for (const part of Object.values(value)) visit(part);
	};
	for (const state of ["idle", "printing", "paused"] as const) {
		const input = kobra3();
		const { printer } = input;
		assert.ok(printer);
		const nozzles = [{ current: 210, target: 210, active: true }];
		const lit = { ...printer.capabilities, lights: ["work"] as const };
		visit(allViews(withPrinter({ ...printer, capabilities: { ...lit }, job: { state }, nozzles })));
	}
	for (const name of [
		"pause",
		"resume",
		"stop",
		"speed",
		"light",
		"dry_start",
		"start",
		"delete_file",
		"fan",
	])
		assert.ok(names.has(name), name);
});
