// Every screen of the panel, in the order in which a walk goes through them.

import type { Panel } from "panel/panel";
import { aboutScreen } from "panel/screens/about";
import { addPrinterScreen } from "panel/screens/add-printer";
import { cameraScreen } from "panel/screens/camera";
import { dryingScreen } from "panel/screens/drying";
import { faultsScreen } from "panel/screens/faults";
import { filamentEditScreen } from "panel/screens/filament-edit";
import { heaterConnectionScreen } from "panel/screens/heater-connection";
import { historyScreen } from "panel/screens/history";
import { extruderScreen, moveScreen } from "panel/screens/move";
import { printerScreen } from "panel/screens/printer";
import { printersScreen } from "panel/screens/printers";
import { readOnlyScreen } from "panel/screens/read-only";
import { settingsScreen } from "panel/screens/settings";
import { slotScreen } from "panel/screens/slot";
import { speedScreen } from "panel/screens/speed";
import { spoolsScreen } from "panel/screens/spools";
import { temperaturesScreen } from "panel/screens/temperatures";
import { timeZoneScreen } from "panel/screens/time-zone";
import { updateScreen } from "panel/screens/update";
import { wifiScreen } from "panel/screens/wifi";
import type { Roots } from "../../../ui/panel/roots";

const SLOT = Object.freeze({ unit: 0, slot: 0 });

/** The way to each, by its name. */
export function waysToScreens(
	{ navigator }: Panel,
	{ sections }: Roots,
	printerId: string,
): readonly (readonly [name: string, go: () => void])[] {
	return [
		["home", () => navigator.home()],
		["control", () => navigator.switchTo(sections.control())],
		["temperatures", () => navigator.go(temperaturesScreen())],
		["move", () => navigator.go(moveScreen())],
		["extruder", () => navigator.go(extruderScreen())],
		["speed", () => navigator.go(speedScreen())],
		["filament", () => navigator.switchTo(sections.filament())],
		["slot", () => navigator.go(slotScreen(SLOT))],
		["filament-edit", () => navigator.go(filamentEditScreen(SLOT))],
		["drying", () => navigator.go(dryingScreen(SLOT.unit))],
		["heater", () => navigator.switchTo(sections.heater())],
		["heater-connection", () => navigator.go(heaterConnectionScreen())],
		["more", () => navigator.switchTo(sections.more())],
		["printers", () => navigator.go(printersScreen())],
		["printer", () => navigator.go(printerScreen(printerId))],
		["add-printer", () => navigator.go(addPrinterScreen())],
		["faults", () => navigator.go(faultsScreen())],
		["history", () => navigator.go(historyScreen())],
		["camera", () => navigator.go(cameraScreen())],
		["spools", () => navigator.go(spoolsScreen())],
		["settings", () => navigator.go(settingsScreen())],
		["time-zone", () => navigator.go(timeZoneScreen())],
		["wifi", () => navigator.go(wifiScreen())],
		["update", () => navigator.go(updateScreen())],
		["about", () => navigator.go(aboutScreen())],
		["read-only", () => navigator.go(readOnlyScreen())],
	];
}
