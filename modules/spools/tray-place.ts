// The place that a slot's number stands for, as commands to a printer name it.

import type { FilamentState } from "../printers/printer-state";

export type TrayPlace = { readonly unit: number; readonly slot: number } | "external" | "external_left";

/** Of units of four. Beyond come those of one spool, whose number is the slot's, and the spools outside. */
const FIRST_SINGLE_UNIT = 128;
const EXTERNAL_LEFT = 254;
const EXTERNAL = 255;

/** `tray`: see `globalTray` in `slot-map.ts`. Whether the printer has such a place is its own to say. */
export function trayPlace(tray: number, { external }: Pick<FilamentState, "external">): TrayPlace {
	// The only one is 254 at some printers, and 255 at others.
	if (tray === EXTERNAL_LEFT) return external.length > 1 ? "external_left" : "external";
	if (tray === EXTERNAL) return "external";
	if (tray >= FIRST_SINGLE_UNIT) return { unit: tray, slot: 0 };
	return { unit: Math.floor(tray / 4), slot: tray % 4 };
}
