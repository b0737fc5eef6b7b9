// What a spool can be said to be on the panel: materials with their numbers, colours, and what a unit's dryer takes.
//
// Filament ids and ranges are those of the maker's generic profiles: with another id a printer takes no description. What
// people print and dry at is within them; a dryer that goes less far gets its own limit.

import type { FilamentFacts, Material } from "../../ui/panel/device";
import { DRY_FROM as ACE_FROM, DRY_TO as ACE_TO } from "../printers/anycubic/commands/unit-commands";
import { DRY_FROM, DRY_TO, LONGEST_DRYING } from "../printers/bambu/commands/filament-commands";

function material(
	label: string,
	filamentId: string,
	[nozzleMin, nozzle, nozzleMax]: readonly [number, number, number],
	bed: number,
	[target, hours]: readonly [number, number],
	type = label,
): Material {
	const drying = Object.freeze({ target, hours });
	return Object.freeze({ material: type, label, filamentId, nozzleMin, nozzle, nozzleMax, bed, drying });
}

const MATERIALS: readonly Material[] = Object.freeze([
	material("PLA", "GFL99", [190, 220, 240], 60, [45, 12]),
	material("PETG", "GFG99", [220, 250, 270], 70, [65, 12]),
	material("ABS", "GFB99", [240, 260, 280], 100, [80, 8]),
	material("ASA", "GFB98", [240, 260, 280], 100, [80, 8]),
	material("TPU", "GFU99", [200, 230, 250], 35, [65, 18]),
	material("PLA Silk", "GFL96", [190, 225, 240], 60, [45, 12], "PLA"),
	material("PLA High Speed", "GFL95", [190, 220, 240], 60, [45, 12], "PLA"),
	material("PLA-CF", "GFL98", [190, 230, 240], 60, [45, 12]),
	material("PETG HF", "GFG96", [220, 245, 270], 70, [65, 12], "PETG"),
	material("PETG-CF", "GFG98", [240, 255, 270], 70, [65, 12]),
	material("PC", "GFC99", [260, 270, 290], 110, [80, 8]),
	material("PA", "GFN99", [260, 280, 300], 100, [85, 12]),
	material("PA-CF", "GFN98", [260, 290, 300], 100, [85, 12]),
	material("PVA", "GFS99", [190, 220, 240], 55, [65, 12]),
]);

/** Greys first, then round the circle of colours. */
const PALETTE: readonly string[] = Object.freeze([
	"FFFFFF",
	"C8C8C8",
	"8E9089",
	"4A4A4C",
	"000000",
	"F3E6D0",
	"D1B28A",
	"7A4B2B",
	"F7D02C",
	"FFB000",
	"FF7A1A",
	"E8503A",
	"C1121F",
	"7B1E28",
	"F49AC1",
	"E6007E",
	"8E3CA5",
	"5B2A86",
	"1F3A93",
	"0A66C2",
	"5BC0EB",
	"00A6A6",
	"2E8B57",
	"7AC74F",
]);

export const filamentFacts: FilamentFacts = Object.freeze({
	materials: MATERIALS,
	palette: PALETTE,
	dryer: Object.freeze({
		ams_2_pro: Object.freeze({ min: DRY_FROM, max: DRY_TO.ams_2_pro }),
		ams_ht: Object.freeze({ min: DRY_FROM, max: DRY_TO.ams_ht }),
		ace: Object.freeze({ min: ACE_FROM, max: ACE_TO }),
	}),
	dryingHours: Object.freeze({ min: 1, max: LONGEST_DRYING }),
});
