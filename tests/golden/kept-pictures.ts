// Which scenes of the panel have a picture of the real Piu in the repository. The others draw with the same components:
// the tests play them all the same, and people look at them with `npm run pictures:panel`.

const PLAIN: readonly string[] = Object.freeze([
	// Home and what is over it.
	"home",
	"home-two-nozzles",
	"home-actions",
	"home-readings",
	"home-fault",
	"home-old",
	"home-empty",
	"idle",
	"idle-clock",
	"read-only",
	// Control.
	"control",
	"temperatures",
	"temperatures-read-only",
	"temperatures-keypad-nozzle",
	"move",
	"move-two-nozzles",
	"extruder",
	"speed",
	// Filament.
	"filament",
	"filament-two-nozzles",
	"filament-many-units",
	"slot",
	"slot-empty",
	"slot-load-question",
	"filament-edit",
	"filament-edit-materials",
	"drying",
	"drying-under-way",
	// The chamber heater.
	"heater",
	"heater-drying",
	"heater-fault",
	"heater-remote",
	"heater-none",
	"heater-search",
	// Printers.
	"printers",
	"printers-list",
	"printers-switcher",
	"printer",
	"printer-certificate",
	"add-printer",
	"add-printer-found",
	"add-printer-code",
	"edit-printer",
	"add-printer-maker",
	"add-printer-lan",
	"add-printer-broker-found",
	// A printer that tells of its files, and is neither moved nor loaded from here.
	"home-ace",
	"filament-ace",
	"move-none",
	"more-files",
	"files",
	"file",
	// Spools and Spoolman.
	"spool",
	"spool-list",
	"spoolman",
	"held-tag",
	"home-short",
	"filament-spools",
	"slot-spool",
	// Faults, camera, spools.
	"faults",
	"faults-one",
	"camera",
	"camera-rtsps",
	"spools",
	// More.
	"more",
	"history",
	"history-job",
	"settings",
	"settings-end",
	"settings-factory-reset",
	"time-zone",
	"wifi",
	"wifi-password",
	"update",
	"update-receiving",
	"about",
]);
/** Where a color means something, and a large area of each tone. */
const LIGHT: readonly string[] = Object.freeze([
	"home",
	"temperatures",
	"move",
	"filament",
	"heater",
	"printers",
	"faults",
	"settings",
]);
/** The pages with the most text: glyphs of every size, and lines that break between any two of them. */
const CHINESE: readonly string[] = Object.freeze([
	"home",
	"temperatures",
	"filament",
	"heater",
	"more",
	"read-only",
	"settings",
	"wifi",
]);
/** The longest words: labels that are made smaller, and lines that break. */
const GERMAN: readonly string[] = Object.freeze([
	"home",
	"temperatures",
	"move",
	"slot",
	"heater",
	"printer",
	"read-only",
	"settings",
]);

/** Without "panel/". */
export const KEPT_PICTURES: readonly string[] = Object.freeze([
	...PLAIN,
	...LIGHT.map((name) => `${name}-light`),
	...CHINESE.map((name) => `${name}-zh`),
	...GERMAN.map((name) => `${name}-de`),
]);

/** Of the components' own scenes, all: screens show only some of their states. */
export function isKept(name: string): boolean {
	return name.startsWith("panel/components/") || KEPT_PICTURES.includes(name.slice("panel/".length));
}
