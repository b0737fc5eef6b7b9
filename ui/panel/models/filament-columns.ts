// How units and outside spools are arranged: a column for each unit of several slots, small ones on top of each other.

import type { FilamentView } from "./filament";

/** `unit` is its place in the view; without one, the spools outside of all units. */
export interface FilamentBlock {
	readonly unit?: number;
	readonly slots: number;
}

export type FilamentColumn = readonly FilamentBlock[];

/** In slots and heads, each as one: a unit of four slots fills it. */
export const FULL_COLUMN = 5;

export function filamentColumns({ units, external }: FilamentView): readonly FilamentColumn[] {
	const blocks: FilamentBlock[] = units.map(({ slots }, unit) => ({ unit, slots: slots.length }));
	if (external.length > 0) blocks.push({ slots: external.length });
	const columns: FilamentBlock[][] = [];
	let height = FULL_COLUMN;
	for (const block of blocks) {
		height += 1 + block.slots;
		const last = columns[columns.length - 1];
		if (last && height <= FULL_COLUMN) last.push(block);
		else {
			columns.push([block]);
			height = 1 + block.slots;
		}
	}
	return columns;
}

/** Another one is another arrangement. */
export function filamentArrangement({ units, external }: FilamentView): string {
	const parts = units.map(
		({ slots, canDry, feeds }) => `${slots.length}${canDry ? "d" : ""}${feeds === "" ? "" : "f"}`,
	);
	return `${parts.join(" ")} + ${external.length}`;
}
