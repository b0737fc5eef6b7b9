// Some of the materials that spools can be said to be, and all of the colours, for pictures.

import type { FilamentFacts, Material } from "../../ui/panel/device";

function material(
	name: string,
	filamentId: string,
	nozzleMin: number,
	nozzle: number,
	nozzleMax: number,
	bed: number,
	target: number,
	hours: number,
): Material {
	return {
		material: name,
		label: name,
		filamentId,
		nozzleMin,
		nozzle,
		nozzleMax,
		bed,
		drying: { target, hours },
	};
}

export const PICTURE_FILAMENT: FilamentFacts = {
	materials: [
		material("PLA", "GFL99", 190, 220, 240, 60, 45, 12),
		material("PETG", "GFG99", 220, 250, 270, 70, 65, 12),
		material("ABS", "GFB99", 240, 260, 280, 100, 80, 8),
		material("ASA", "GFB98", 240, 260, 280, 100, 80, 8),
		material("TPU", "GFU99", 200, 230, 250, 35, 65, 18),
		{ ...material("PLA", "GFL96", 190, 225, 240, 60, 45, 12), label: "PLA Silk" },
		material("PLA-CF", "GFL98", 190, 230, 240, 60, 45, 12),
		material("PETG-CF", "GFG98", 240, 255, 270, 70, 65, 12),
		material("PC", "GFC99", 260, 270, 290, 110, 80, 8),
		material("PA-CF", "GFN98", 260, 290, 300, 100, 85, 12),
		material("PVA", "GFS99", 190, 220, 240, 55, 65, 12),
	],
	palette: [
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
	],
	dryer: { ams_2_pro: { min: 45, max: 65 }, ams_ht: { min: 45, max: 85 }, ace: { min: 35, max: 55 } },
	dryingHours: { min: 1, max: 24 },
};
