// How warm the chamber should be for a filament: the table of the settings, and what a printer has loaded.

import type { FilamentSlot, FilamentState } from "../printers/printer-state";

/** In upper case, longest beginning first. */
export type FilamentTargets = readonly { readonly beginning: string; readonly target: number }[];

export interface ActiveFilament {
	/** Absent when the printer does not know it. */
	material?: string;
	/** °C; 0 when no warm chamber is wanted or the material is in no row of the table. */
	target: number;
	/** Whether a row of the table is about it. */
	listed: boolean;
}

/** From `PLA=0,PETG=40`. What is not such a pair is left out. */
export function parseFilamentTargets(table: string): FilamentTargets {
	const targets: { beginning: string; target: number }[] = [];
	for (const pair of table.split(",")) {
		const [beginning = "", degrees = ""] = pair.split("=");
		const target = Number(degrees);
		if (beginning.trim() === "" || degrees.trim() === "" || !(target >= 0 && target <= 60)) continue;
		targets.push({ beginning: beginning.trim().toUpperCase(), target });
	}
	return targets.sort((a, b) => b.beginning.length - a.beginning.length);
}

/** °C, or `undefined` for a material that no row is about. "PETG-CF" is a PETG unless it has a row of its own. */
export function filamentTarget(targets: FilamentTargets, material: string): number | undefined {
	const name = material.toUpperCase();
	return targets.find(({ beginning }) => name.startsWith(beginning))?.target;
}

/** What is being printed with; `undefined` when the printer names no slot, as while it changes filaments. */
export function activeFilament(
	{ active, units, external }: FilamentState,
	targets: FilamentTargets,
): ActiveFilament | undefined {
	if (active === undefined) return undefined;
	if (active !== "external") {
		const unit = units.find(({ id }) => id === active.unit);
		return describe(
			unit?.slots.find(({ id }) => id === active.slot),
			targets,
		);
	}
	// With two holders it is not said which one: what bears the least warmth decides.
	let coolest: ActiveFilament | undefined;
	for (const slot of external) {
		const filament = describe(slot, targets);
		if (!coolest || filament.target < coolest.target) coolest = filament;
	}
	return coolest ?? { target: 0, listed: false };
}

function describe(slot: FilamentSlot | undefined, targets: FilamentTargets): ActiveFilament {
	const material = slot?.material;
	if (material === undefined) return { target: 0, listed: false };
	const target = filamentTarget(targets, material);
	return { material, target: target ?? 0, listed: target !== undefined };
}
