import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	activeFilament,
	filamentTarget,
	parseFilamentTargets,
} from "../../../modules/breath/filament-targets";
import type { FilamentState } from "../../../modules/printers/printer-state";

const TABLE = "PLA=0,TPU=0,PETG=40,ABS=55,ASA=55,PC=60";

test("a material has the target of its row, also with what makers append to its name", () => {
	const targets = parseFilamentTargets(TABLE);
	assert.equal(filamentTarget(targets, "PETG"), 40);
	assert.equal(filamentTarget(targets, "petg-cf"), 40);
	assert.equal(filamentTarget(targets, "PC FR"), 60);
	assert.equal(filamentTarget(targets, "PLA-CF"), 0);
	assert.equal(filamentTarget(targets, "PVA"), undefined);
	assert.equal(filamentTarget(targets, ""), undefined);
});

test("of several rows the one with the longest beginning counts, wherever it stands", () => {
	for (const table of ["PA=50,PA6-CF=60,PA6=55", "PA6-CF=60,PA6=55,PA=50"]) {
		const targets = parseFilamentTargets(table);
		assert.equal(filamentTarget(targets, "PA12"), 50);
		assert.equal(filamentTarget(targets, "PA6-GF"), 55);
		assert.equal(filamentTarget(targets, "PA6-CF"), 60);
	}
});

test("what is no row is left out, and no table gives more than 60 °C", () => {
	assert.deepEqual(parseFilamentTargets(""), []);
	assert.deepEqual(parseFilamentTargets("=4,PLA,ABS=,X=61,Y=-1,Z=warm"), []);
	fc.assert(
		fc.property(fc.string(), (table) => {
			for (const { beginning, target } of parseFilamentTargets(table)) {
				assert.ok(beginning.length > 0);
				assert.ok(target >= 0 && target <= 60);
			}
		}),
	);
});

const filament = (active: FilamentState["active"], external: string[] = []): FilamentState => ({
	units: [
		{
			id: 1,
			kind: "ams",
			slots: [
				{ id: 0, state: "empty" },
				{ id: 2, state: "loaded", material: "ABS-GF" },
				{ id: 3, state: "loaded", material: "PVA" },
			],
		},
	],
	external: external.map((material, id) => ({ id, state: "loaded", material })),
	...(active === undefined ? {} : { active }),
});

test("the active slot says what is printed with", () => {
	const targets = parseFilamentTargets(TABLE);
	assert.deepEqual(activeFilament(filament({ unit: 1, slot: 2 }), targets), {
		material: "ABS-GF",
		target: 55,
		listed: true,
	});
	assert.deepEqual(activeFilament(filament({ unit: 1, slot: 3 }), targets), {
		material: "PVA",
		target: 0,
		listed: false,
	});
	for (const active of [{ unit: 1, slot: 0 }, { unit: 7, slot: 2 }, "external"] as const)
		assert.deepEqual(activeFilament(filament(active), targets), { target: 0, listed: false });
	assert.equal(activeFilament(filament(undefined), targets), undefined);
});

test("of two spools outside, the one that bears the least warmth counts", () => {
	const targets = parseFilamentTargets(TABLE);
	assert.equal(activeFilament(filament("external", ["ABS"]), targets)?.target, 55);
	assert.equal(activeFilament(filament("external", ["ABS", "PETG"]), targets)?.target, 40);
	assert.equal(activeFilament(filament("external", ["PLA", "ABS"]), targets)?.material, "PLA");
});
