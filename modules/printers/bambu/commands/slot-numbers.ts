// The numbers that printers have for the places of spools. Each command has its own way to name one.

import type { SpoolPlace } from "../../commands/fields";
import { FIRST_HT_UNIT } from "../unit-bits";

/** Units that stand for the spool outside, of the right or only nozzle and of the left one. */
const EXTERNAL = 255;
const EXTERNAL_LEFT = 254;

/** All slots of all units counted through; an AMS HT has one slot, and its own number stands for it. */
export function flatSlot(spool: Exclude<SpoolPlace, string>): number {
	return spool.unit >= FIRST_HT_UNIT ? spool.unit : spool.unit * 4 + spool.slot;
}

export function unitOf(spool: SpoolPlace): number {
	if (typeof spool !== "string") return spool.unit;
	return spool === "external" ? EXTERNAL : EXTERNAL_LEFT;
}

export function unitAndSlot(spool: SpoolPlace): { readonly ams_id: number; readonly slot_id: number } {
	return { ams_id: unitOf(spool), slot_id: typeof spool === "string" ? 0 : spool.slot };
}
