// Control as golden pictures: each part, at work and greyed.

import { KitBase } from "../../ui/panel/kit";
import { moveView } from "../../ui/panel/models/move";
import { temperaturesView } from "../../ui/panel/models/temperatures";
import type { Panel } from "../../ui/panel/panel";
import { controlScreen } from "../../ui/panel/screens/control";
import { type ControlTab, firstControlChoice } from "../../ui/panel/screens/control/control-choice";
import { openTemperatureKeypad } from "../../ui/panel/screens/control/temperature-keypad";
import { extruderScreen, moveScreen } from "../../ui/panel/screens/move";
import { speedScreen } from "../../ui/panel/screens/speed";
import { temperaturesScreen } from "../../ui/panel/screens/temperatures";
import type { Scene } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { idleH2D, offlineA1Mini, printingP1S, readOnlyP1S, staleP1S, stateOf } from "./states";

/** Between two jobs, with a warm nozzle. */
const idleP1S = () =>
	printingP1S({
		job: { state: "finished", name: "Benchy plate 2", percent: 100, speedLevel: 2 },
		nozzles: [{ current: 221, target: 220, diameterMm: 0.4, type: "hardened_steel", active: true }],
		bed: { current: 48, target: 60 },
		fans: { part: 0, aux: 0, chamber: 30 },
	});

/** Whose left nozzle is hot; with four fans as an X2D has them. */
const busyH2D = () => {
	const h2d = idleH2D();
	return idleH2D({
		capabilities: { ...h2d.capabilities, secondAuxFan: true },
		nozzles: [
			{ current: 140, target: 0, diameterMm: 0.4, type: "hardened_steel", active: false },
			{ current: 262, target: 280, diameterMm: 0.6, type: "tungsten_carbide", active: true },
		],
		bed: { current: 100, target: 100 },
		chamber: { current: 52, target: 60 },
		fans: { part: 40, aux: 70, aux2: 70, chamber: 0 },
		airDuct: "heating",
	});
};

const at = (tab: ControlTab) => (panel: Panel) => {
	const choice = firstControlChoice();
	choice.tab = tab;
	panel.navigator.go(controlScreen(choice));
};
/** The tab where there are tabs, else the screen that the tile leads to. */
const part =
	(tab: ControlTab) =>
	(panel: Panel): void => {
		if (panel.tools.look.metrics.density === "large") at(tab)(panel);
		else if (tab === "temperatures") panel.navigator.go(temperaturesScreen());
		else if (tab === "move") panel.navigator.go(moveScreen());
		else panel.navigator.go(speedScreen());
	};

export function controlScenes(): readonly Scene[] {
	const idle = stateOf([idleP1S()]);
	const printing = stateOf([printingP1S()]);
	const dual = stateOf([busyH2D()]);
	return [
		...inAllLooks("control", { state: idle, open: at("temperatures") }),
		...inAllLooks("temperatures", { state: printing, open: part("temperatures") }),
		panelScene("temperatures-two-nozzles", { state: dual, open: part("temperatures") }),
		panelScene("temperatures-two-nozzles-de", {
			state: dual,
			preferences: { language: "de" },
			open: part("temperatures"),
		}),
		panelScene("temperatures-read-only", {
			state: stateOf([readOnlyP1S()]),
			open: part("temperatures"),
		}),
		panelScene("temperatures-offline", {
			state: stateOf([offlineA1Mini()]),
			open: part("temperatures"),
		}),
		panelScene("temperatures-stale", { state: stateOf([staleP1S()]), open: part("temperatures") }),
		...["nozzle", "bed"].map((what, index) =>
			panelScene(`temperatures-keypad-${what}`, {
				state: idle,
				open(panel) {
					part("temperatures")(panel);
					const kit = new KitBase(panel.tools);
					const row = temperatureOf(panel, index);
					if (row) openTemperatureKeypad(kit, row);
				},
			}),
		),
		...inAllLooks("move", { state: idle, open: part("move") }),
		panelScene("move-printing", { state: printing, open: part("move") }),
		panelScene("move-printing-de", {
			state: printing,
			preferences: { language: "de" },
			open: part("move"),
		}),
		panelScene("move-read-only", { state: stateOf([readOnlyP1S()]), open: part("move") }),
		panelScene("move-offline", { state: stateOf([offlineA1Mini()]), open: part("move") }),
		panelScene("move-cold", { state: stateOf([idleH2D()]), open: part("move") }),
		panelScene("move-two-nozzles", { state: dual, open: part("move") }),
		panelScene("move-two-nozzles-de", {
			state: dual,
			preferences: { language: "de" },
			open: part("move"),
		}),
		...["", "-de", "-zh"].map((suffix) =>
			panelScene(`extruder-two-nozzles${suffix}`, {
				state: stateOf([idleH2D()]),
				sizes: ["small"],
				preferences: { language: suffix === "-de" ? "de" : suffix === "-zh" ? "zh" : "en" },
				open: (panel) => panel.navigator.go(extruderScreen()),
			}),
		),
		panelScene("extruder", {
			state: idle,
			sizes: ["small"],
			open: (panel) => panel.navigator.go(extruderScreen()),
		}),
		...inAllLooks("speed", { state: printing, open: part("speed") }),
		panelScene("speed-read-only", { state: stateOf([readOnlyP1S()]), open: part("speed") }),
	];
}

function temperatureOf(panel: Panel, index: number) {
	const { tools } = panel;
	const state = tools.device.state();
	const input = {
		state,
		printer: state.printers[0],
		preferences: tools.device.preferences.get(),
		words: tools.words,
		device: tools.device,
	};
	return index === 0 ? moveView(input, firstControlChoice().move).heat : temperaturesView(input).rows[index];
}
