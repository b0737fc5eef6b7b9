// The panel's screens in the order in which people look at them, each with the golden scene that shows it.

import type { SizeName } from "../tests/golden/golden-scene";

export interface Shown {
	/** Of a scene, without "panel/". */
	readonly scene: string;
	/** What is written below its picture. */
	readonly caption: string;
	/** On the other one it is part of another screen, or the same. */
	readonly only?: SizeName;
}

export const PANEL_SHEET: readonly Shown[] = Object.freeze([
	{ scene: "home", caption: "Home" },
	{ scene: "home-two-nozzles", caption: "Home: two nozzles" },
	{ scene: "home-actions", caption: "Home: the second page", only: "small" },
	{ scene: "home-readings", caption: "Home: the third page", only: "small" },
	{ scene: "home-fault", caption: "Home: a fault" },
	{ scene: "home-short", caption: "Home: too little filament" },
	{ scene: "home-empty", caption: "Home: no printer yet" },
	{ scene: "idle", caption: "Asleep: a job" },
	{ scene: "idle-clock", caption: "Asleep: nothing to do" },

	{ scene: "control", caption: "Control", only: "small" },
	{ scene: "temperatures", caption: "Control: temperatures, fans and lights" },
	{ scene: "temperatures-keypad-nozzle", caption: "A temperature" },
	{ scene: "move", caption: "Control: move" },
	{ scene: "extruder", caption: "Control: extrude", only: "small" },
	{ scene: "speed", caption: "Control: speed" },
	{ scene: "read-only", caption: "A printer that can only be watched" },

	{ scene: "filament", caption: "Filament" },
	{ scene: "filament-two-nozzles", caption: "Filament: two nozzles" },
	{ scene: "slot", caption: "A slot" },
	{ scene: "slot-load-question", caption: "A question" },
	{ scene: "filament-edit", caption: "What a slot holds" },
	{ scene: "filament-edit-materials", caption: "What a slot holds: the material" },
	{ scene: "drying", caption: "Drying" },
	{ scene: "filament-ace", caption: "Filament: an ACE" },
	{ scene: "spools", caption: "Spools" },
	{ scene: "spool", caption: "A slot's spool" },
	{ scene: "spool-list", caption: "Which spool is it?" },
	{ scene: "spoolman", caption: "Spoolman" },
	{ scene: "held-tag", caption: "A tag was read" },

	{ scene: "heater", caption: "Chamber heater" },
	{ scene: "heater-fault", caption: "Chamber heater: a fault" },
	{ scene: "heater-remote", caption: "Chamber heater on the network" },
	{ scene: "heater-none", caption: "No chamber heater" },
	{ scene: "heater-search", caption: "Looking for a heater" },

	{ scene: "printers", caption: "Printers" },
	{ scene: "printers-switcher", caption: "Another printer" },
	{ scene: "printer", caption: "A printer's details" },
	{ scene: "add-printer-maker", caption: "Adding a printer: its maker" },
	{ scene: "add-printer", caption: "Adding a printer" },
	{ scene: "add-printer-found", caption: "Adding a printer: found" },
	{ scene: "add-printer-code", caption: "Adding a printer: its access code" },

	{ scene: "faults", caption: "Faults" },
	{ scene: "faults-one", caption: "A fault", only: "small" },
	{ scene: "camera", caption: "Camera" },
	{ scene: "camera-rtsps", caption: "A camera that cannot be shown" },

	{ scene: "more", caption: "More" },
	{ scene: "files", caption: "Files" },
	{ scene: "file", caption: "A file" },
	{ scene: "history", caption: "Job history" },
	{ scene: "history-job", caption: "Job history: a job" },
	{ scene: "settings", caption: "Settings" },
	{ scene: "settings-factory-reset", caption: "Factory reset" },
	{ scene: "time-zone", caption: "Time zone" },
	{ scene: "wifi", caption: "Wi-Fi" },
	{ scene: "wifi-password", caption: "Wi-Fi: a password" },
	{ scene: "update", caption: "Update" },
	{ scene: "about", caption: "About" },
]);
