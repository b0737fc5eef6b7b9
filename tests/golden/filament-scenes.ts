// Filament as golden pictures: units, a slot, what it is said to be, drying.

import type { SpoolPlace } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import { dryingScreen } from "../../ui/panel/screens/drying";
import { filamentScreen } from "../../ui/panel/screens/filament";
import { filamentEditScreen } from "../../ui/panel/screens/filament-edit";
import { slotScreen } from "../../ui/panel/screens/slot";
import type { Scene, Stage } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { idleH2D, offlineA1Mini, printingP1S, readOnlyP1S, stateOf } from "./states";

/** Two large units, two small ones and a spool outside. */
const manyUnits = () => {
	const { filament } = printingP1S();
	const ams = filament.units[0];
	const h2d = idleH2D().filament.units;
	const ht = h2d[1];
	if (!ams || !ht) return printingP1S();
	return printingP1S({
		filament: {
			...filament,
			units: [ams, { ...ams, id: 1, humidityLevel: 2, humidityPercent: 48 }, ht, { ...ht, id: 129 }],
		},
	});
};
const idleP1S = () => {
	const { filament } = printingP1S();
	return printingP1S({
		job: { state: "idle", speedLevel: 2 },
		filament: {
			...filament,
			units: filament.units.map((unit) => ({
				...unit,
				// Without tags, so that they can be edited.
				slots: unit.slots.map(({ spoolUuid: _, ...slot }) => slot),
			})),
		},
	});
};

const first: SpoolPlace = { unit: 0, slot: 0 };
const goes = (panel: Panel, place: SpoolPlace) => panel.navigator.go(slotScreen(place));

export function filamentScenes(): readonly Scene[] {
	const printing = stateOf([printingP1S()]);
	const idle = stateOf([idleP1S()]);
	const dual = stateOf([idleH2D()]);
	const filament = (panel: Panel) => panel.navigator.go(filamentScreen());
	const edit = (panel: Panel) => panel.navigator.go(filamentEditScreen(first));
	const dry = (unit: number) => (panel: Panel) => panel.navigator.go(dryingScreen(unit));
	const materials = async (panel: Panel, stage: Stage) => {
		edit(panel);
		await stage.settle();
		await stage.tap(stage.width * 0.3, stage.size === "large" ? 90 : 50);
	};
	return [
		...inAllLooks("filament", { state: printing, open: filament }),
		...inAllLooks("filament-two-nozzles", { state: dual, open: filament }),
		panelScene("filament-many-units", { state: stateOf([manyUnits()]), open: filament }),
		panelScene("filament-many-units-de", {
			state: stateOf([manyUnits()]),
			preferences: { language: "de" },
			open: filament,
		}),
		panelScene("filament-read-only", { state: stateOf([readOnlyP1S()]), open: filament }),
		panelScene("filament-none", { state: stateOf([offlineA1Mini()]), open: filament }),
		...inAllLooks("slot", { state: idle, open: (panel) => goes(panel, { unit: 0, slot: 1 }) }),
		panelScene("slot-printing", { state: printing, open: (panel) => goes(panel, first) }),
		panelScene("slot-empty", { state: idle, open: (panel) => goes(panel, { unit: 0, slot: 3 }) }),
		panelScene("slot-external", { state: dual, open: (panel) => goes(panel, "external_left") }),
		panelScene("slot-load-question", {
			state: idle,
			async open(panel, stage) {
				goes(panel, { unit: 0, slot: 1 });
				await stage.settle();
				await stage.tap(stage.width * 0.3, stage.size === "large" ? 260 : 100);
			},
		}),
		...inAllLooks("filament-edit", { state: idle, open: edit }),
		panelScene("filament-edit-materials", { state: idle, open: materials }),
		...inAllLooks("drying", { state: dual, open: dry(128) }),
		panelScene("drying-under-way", { state: dual, open: dry(0) }),
		panelScene("drying-under-way-de", { state: dual, preferences: { language: "de" }, open: dry(0) }),
	];
}
