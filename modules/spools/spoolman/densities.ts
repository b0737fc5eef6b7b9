// What a filament weighs, by its material, where nobody has said it.

/** g/cm³. A longer name comes before its beginning. */
const DENSITIES = Object.freeze([
	density("PLA-CF", 1.22),
	density("PLA", 1.24),
	density("PETG-CF", 1.25),
	density("PETG", 1.27),
	density("PET-CF", 1.29),
	density("PET", 1.34),
	density("PCTG", 1.23),
	density("PC", 1.2),
	density("ABS-GF", 1.08),
	density("ABS", 1.04),
	density("ASA", 1.07),
	density("PA-CF", 1.09),
	density("PA6-CF", 1.09),
	density("PAHT-CF", 1.06),
	density("PA", 1.14),
	density("NYLON", 1.14),
	density("TPU", 1.21),
	density("TPE", 1.2),
	density("PVA", 1.23),
	density("BVOH", 1.14),
	density("HIPS", 1.03),
	density("PPS", 1.35),
	density("PPA", 1.18),
	density("PP", 0.9),
	density("PE", 0.95),
	density("EVA", 0.93),
	density("PHA", 1.25),
]);
/** That of PLA, the most used one. */
const USUAL = 1.24;

export function densityOf(material: string): number {
	const name = material.trim().toUpperCase();
	return DENSITIES.find(({ material: known }) => name.startsWith(known))?.density ?? USUAL;
}

function density(
	material: string,
	gramsPerCm3: number,
): { readonly material: string; readonly density: number } {
	return Object.freeze({ material, density: gramsPerCm3 });
}
