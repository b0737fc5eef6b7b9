// The slots of a printer in a row, each with its number and the name that people know it by.

import type { FilamentSlot, FilamentState, FilamentUnit, FilamentUnitKind } from "../printers/printer-state";
import { globalTray } from "./slot-map";

export interface Tray {
	/** See {@link globalTray}. */
	tray: number;
	kind: FilamentUnitKind | "external";
	slot: FilamentSlot;
}

export function traysOf({ units, external }: FilamentState): Tray[] {
	const trays: Tray[] = [];
	for (const { id, kind, slots } of units)
		for (const slot of slots) trays.push({ tray: globalTray(id, slot.id), kind, slot });
	for (const slot of external) trays.push({ tray: slot.id, kind: "external", slot });
	return trays;
}

export function trayOf(filament: FilamentState, tray: number): Tray | undefined {
	return traysOf(filament).find((one) => one.tray === tray);
}

/** The one in the nozzle. Of two spools outside of units the printer's state does not say which. */
export function activeTray({ active, external }: FilamentState): number | undefined {
	if (active === undefined) return undefined;
	if (active !== "external") return globalTray(active.unit, active.slot);
	return external.length === 1 ? external[0]?.id : undefined;
}

/** "A1" is the first slot of the first unit; units for one spool are lettered by themselves: "HT-A". */
export function trayName(filament: FilamentState, tray: number): string {
	for (const unit of filament.units) {
		for (const { id } of unit.slots) {
			if (globalTray(unit.id, id) !== tray) continue;
			const letter = letterOf(filament, unit);
			return unit.kind === "ams_ht" ? `HT-${letter}` : `${letter}${id + 1}`;
		}
	}
	return "external";
}

function letterOf({ units }: FilamentState, unit: FilamentUnit): string {
	const isSingle = unit.kind === "ams_ht";
	let before = 0;
	for (const { id, kind } of units) if (id < unit.id && (kind === "ams_ht") === isSingle) before++;
	return String.fromCharCode(0x41 + Math.min(before, 25));
}
