// How many millimetres of filament the job has taken, shared out to the slots that fed while it did.

import { BOX_SLOTS, isKobra2 } from "../models";
import type { AnycubicReport } from "./anycubic-report";
import { Section, type Sections } from "./sections";
import { between } from "./values";

/** The number of the spool outside of boxes. */
export const EXTERNAL_TRAY = 254;
/** More than any spool has. */
const MOST_MM = 5_000_000;
/** The printer corrects itself by less; one that falls further has begun to count anew. */
const CORRECTION_MM = 1_000;

/** `usage`: mm that the job has taken of all slots together, negative or absent when the printer does not know. */
export function takeUsage(report: AnycubicReport, usage: unknown, modelId: string): Sections {
	const mm = between(0, usage, MOST_MM);
	const tray = feedingTray(report, modelId);
	if (mm === undefined || tray === undefined) return Section.none;
	const use = report.usage;
	const before = use.mostMm;
	let gained = 0;
	if (before === undefined) gained = use.isWhole || !hasBoxes(report) ? mm : 0;
	else if (mm > before) gained = mm - before;
	else if (mm < before / 2 && before - mm > CORRECTION_MM) use.mostMm = mm;
	if (before === undefined || mm > before) use.mostMm = mm;
	use.fedBy = tray;
	const whole = Math.min(MOST_MM, (use.byTray.get(tray) ?? 0) + gained);
	use.byTray.set(tray, whole);
	return gained > 0 || before === undefined ? Section.job : Section.none;
}

/**
 * The slot that is loaded; while one is changed for another, the one before. `undefined` as long as it is not known
 * whether there are boxes.
 */
export function feedingTray(report: AnycubicReport, modelId: string): number | undefined {
	const loaded = loadedSlot(report);
	if (loaded) return loaded.unit * BOX_SLOTS + loaded.slot;
	if (hasBoxes(report)) return report.usage.fedBy ?? EXTERNAL_TRAY;
	const isAlone = report.boxes !== undefined || report.parts.box === false || isKobra2(modelId);
	return isAlone ? EXTERNAL_TRAY : undefined;
}

export function loadedSlot({ boxes = [] }: AnycubicReport): { unit: number; slot: number } | undefined {
	for (const { unit, loadedSlot: slot } of boxes) if (slot !== undefined && slot >= 0) return { unit, slot };
	return undefined;
}

function hasBoxes({ boxes }: AnycubicReport): boolean {
	return boxes !== undefined && boxes.length > 0;
}
