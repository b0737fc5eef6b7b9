// Filament's length and weight.

export interface Strand {
	/** g/cm³ */
	density: number;
	/** mm */
	diameter: number;
}

/** Grams of so many millimetres. */
export function weightOf(lengthMm: number, { density, diameter }: Strand): number {
	return (density * (lengthMm * Math.PI * (diameter / 2) ** 2)) / 1000;
}

/** Millimetres of so many grams. */
export function lengthOf(weightG: number, { density, diameter }: Strand): number {
	return ((weightG / density) * 1000) / (Math.PI * (diameter / 2) ** 2);
}
