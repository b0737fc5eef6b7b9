import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PrinterState } from "../../../../../modules/printers/printer-state";
import { controlTilesView } from "../../../../../ui/panel/models/control-tiles";
import { filamentView } from "../../../../../ui/panel/models/filament";
import { filamentArrangement, filamentColumns } from "../../../../../ui/panel/models/filament-columns";
import { moveView } from "../../../../../ui/panel/models/move";
import { temperaturesView } from "../../../../../ui/panel/models/temperatures";
import { modelInput, seen, withPrinter } from "./model-input";

type Filament = PrinterState["filament"];

const slots = (count: number) => Array.from({ length: count }, (_, id) => ({ id, state: "empty" as const }));
const ams = (id: number) => ({ id, kind: "ams" as const, slots: slots(4) });
const ht = (id: number) => ({ id, kind: "ams_ht" as const, slots: slots(1) });
const outside = (count: number) => slots(count).map(({ id, state }) => ({ id: 254 + id, state }));

function viewOf(filament: Filament) {
	return filamentView(withPrinter({ filament }));
}

describe("The columns of filament", () => {
	it("give a unit of four slots one of its own, and the spool outside the next", () => {
		assert.deepEqual(filamentColumns(viewOf({ units: [ams(0)], external: outside(1) })), [
			[{ unit: 0, slots: 4 }],
			[{ slots: 1 }],
		]);
	});

	it("put units for one spool and the spools outside on top of each other as far as they go", () => {
		const view = viewOf({ units: [ams(0), ht(128), ht(129)], external: outside(2) });
		assert.deepEqual(filamentColumns(view), [
			[{ unit: 0, slots: 4 }],
			[
				{ unit: 1, slots: 1 },
				{ unit: 2, slots: 1 },
			],
			[{ slots: 2 }],
		]);
	});

	it("are none when the printer reports no filament", () => {
		assert.deepEqual(filamentColumns(viewOf({ units: [], external: [] })), []);
	});

	it("are arranged anew when a unit is added, and not when a spool is", () => {
		const one = viewOf({ units: [ams(0)], external: outside(1) });
		const filled = viewOf({
			units: [{ ...ams(0), slots: slots(4).map(({ id }) => ({ id, state: "loaded" as const })) }],
			external: outside(1),
		});
		const two = viewOf({ units: [ams(0), ams(1)], external: outside(1) });
		assert.equal(filamentArrangement(filled), filamentArrangement(one));
		assert.notEqual(filamentArrangement(two), filamentArrangement(one));
	});
});

describe("The tiles of Control", () => {
	it("say how warm the nozzle in use is, what is in it and how fast the job goes", () => {
		const input = withPrinter({
			nozzles: [
				{ current: 30, target: 0, active: false },
				{ current: 210.4, target: 220, active: true },
			],
			job: { state: "printing", speedLevel: 3 },
			filament: {
				units: [{ ...ams(1), slots: [{ id: 0, state: "loaded", material: "PETG" }] }],
				external: [],
				active: { unit: 1, slot: 0 },
			},
		});
		const view = controlTilesView(input);
		assert.equal(seen(view.temperatures), "210 / 220 °C");
		assert.equal(view.extruder, "PETG");
		assert.equal(view.speed, "Sport");
	});

	it("have dashes as long as nothing is known", () => {
		const { temperatures, extruder, speed } = controlTilesView(modelInput());
		assert.deepEqual([temperatures, extruder, speed], ["–", "–", "–"]);
	});
});

describe("Control, where it is greyed as a whole", () => {
	it("says once why nothing can be heated, and is silent when something can", () => {
		const readOnly = temperaturesView(withPrinter({ control: "read_only" }));
		assert.notEqual(readOnly.why, "");
		assert.equal(readOnly.why, readOnly.rows[0]?.why);
		assert.equal(temperaturesView(withPrinter({ control: "full" })).why, "");
		assert.notEqual(temperaturesView(modelInput()).why, "");
	});

	it("heats the nozzle in use from beside the extruder", () => {
		const left = withPrinter({
			nozzles: [
				{ current: 30, target: 0, active: false },
				{ current: 210, target: 220, active: true },
			],
		});
		const { capabilities } = left.printer ?? {};
		if (!capabilities) throw new Error("There is a printer.");
		const dual = withPrinter({
			capabilities: { ...capabilities, nozzles: 2 },
			nozzles: left.printer?.nozzles ?? [],
		});
		const { heat } = moveView(dual, { step: 1, length: 10 });
		assert.equal(heat?.current, "210");
		assert.deepEqual(heat?.command, { command: "nozzle_temperature", target: 0, nozzle: 1 });
	});
});
