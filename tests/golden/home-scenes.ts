// Home, what remains of it while nobody looks, and the page about printers that can only be watched.

import type { Panel } from "../../ui/panel/panel";
import { readOnlyScreen } from "../../ui/panel/screens/read-only";
import type { Scene } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { pictureDevice } from "./picture-device";
import {
	faultyP1S,
	heating,
	idleH2D,
	offlineA1Mini,
	printingP1S,
	readOnlyP1S,
	staleP1S,
	stateOf,
	tenPrinters,
} from "./states";

export function homeScenes(): readonly Scene[] {
	return [
		...inAllLooks("home", { state: stateOf([printingP1S(), idleH2D()]) }),
		panelScene("home-two-nozzles", { state: stateOf([idleH2D()]) }),
		panelScene("home-fault", { state: stateOf([faultyP1S()]) }),
		panelScene("home-old", { state: stateOf([staleP1S()]) }),
		panelScene("home-offline", { state: stateOf([offlineA1Mini()]) }),
		panelScene("home-read-only", { state: stateOf([readOnlyP1S()]) }),
		panelScene("home-preparing", { state: stateOf(tenPrinters()), shown: "09300A000000008" }),
		...inAllLooks("home-empty", { state: stateOf() }),
		...inAllLooks("idle", { ...asleep(), state: stateOf([printingP1S()], { breath: heating() }) }),
		panelScene("idle-clock", { ...asleep(), state: stateOf([idleH2D()]) }),
		panelScene("idle-fault", { ...asleep(), state: stateOf([faultyP1S()]) }),
		panelScene("idle-old", { ...asleep(), state: stateOf([staleP1S()]) }),
		...inAllLooks("read-only", {
			state: stateOf([readOnlyP1S()]),
			open: (panel) => panel.navigator.go(readOnlyScreen()),
		}),
		panelScene("home-actions", {
			state: stateOf([printingP1S()]),
			sizes: ["small"],
			open: (_panel, stage) => stage.drag(260, 100, 60, 100),
		}),
		panelScene("home-readings", {
			state: stateOf([idleH2D()]),
			sizes: ["small"],
			async open(_panel, stage) {
				await stage.drag(260, 100, 60, 100);
				await stage.drag(260, 100, 60, 100);
			},
		}),
	];
}

/** A device that was not touched for longer than it takes to fall asleep. */
function asleep() {
	let now = 0;
	const state = stateOf();
	return {
		parts: { clock: { ...pictureDevice({ state }).clock, now: () => now } },
		open(panel: Panel) {
			now += 11 * 60_000;
			panel.tools.refresh();
		},
	};
}
