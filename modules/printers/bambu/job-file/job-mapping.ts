// Which slot each filament of a job comes from.

import { globalTray } from "../../../spools/slot-map";
import type { FilamentUse } from "../../job-files";
import type { FilamentSlot, FilamentState, JobFilament, JobState, NozzleState } from "../../printer-state";

/** By index of the filament: its global tray, or `undefined` where that is not known. */
export type TrayByFilament = readonly (number | undefined)[];

/** Bytes that stand for the spool outside: of the right or only nozzle, and of the left one. */
const EXTERNAL = 0xff;
const EXTERNAL_LEFT = 0xfe;
const NO_SLOT = 0xff;
/** More than a plate has. */
const MAX_FILAMENTS = 32;

/** What a job is printed with, apart from its file. */
export interface JobPlaces {
	job: Pick<JobState, "state" | "layer" | "percent">;
	filament: FilamentState;
	nozzles: readonly NozzleState[];
}

/** Of the report: unit in the high byte, slot in the low one, 0xFFFF for a filament that is not used. */
export function trayOfReport(mapping: readonly number[], filament: FilamentState): TrayByFilament {
	return mapping.map((packed) => {
		const unit = (packed >>> 8) & 0xff;
		const slot = packed & 0xff;
		if (slot === NO_SLOT) return undefined;
		return unit === EXTERNAL || unit === EXTERNAL_LEFT
			? externalTray(filament, unit === EXTERNAL_LEFT)
			: globalTray(unit, slot);
	});
}

/** What the command that starts a job may say; anybody may have sent it, so anything may be in it. */
export interface StartCommand {
	readonly use_ams?: unknown;
	readonly ams_mapping?: unknown;
	readonly ams_mapping2?: unknown;
}

/**
 * Of the command that started the job. It has the same numbers for a filament that is not used and for one from the spool
 * outside; of those that are used, all others are meant. `undefined`: it says nothing.
 */
export function trayOfStart(
	{ use_ams, ams_mapping, ams_mapping2 }: StartCommand,
	filament: FilamentState,
): TrayByFilament | undefined {
	const outside = externalTray(filament, false);
	if (use_ams === false) return Array.from({ length: MAX_FILAMENTS }, () => outside);
	// The second is of newer printers, and can say more.
	if (isList(ams_mapping2))
		return ams_mapping2.map((item) => {
			const { ams_id: unit, slot_id: slot } = (item ?? {}) as { ams_id?: unknown; slot_id?: unknown };
			if (!isByte(unit) || !isByte(slot)) return undefined;
			if (unit === EXTERNAL) return outside;
			if (unit === EXTERNAL_LEFT) return externalTray(filament, true);
			return slot === NO_SLOT ? undefined : globalTray(unit, slot);
		});
	if (!isList(ams_mapping)) return undefined;
	return ams_mapping.map((tray) => {
		if (tray === -1 || tray === EXTERNAL) return outside;
		if (tray === EXTERNAL_LEFT) return externalTray(filament, filament.external.length > 1);
		return isByte(tray) ? tray : undefined;
	});
}

/**
 * What the job takes of each tray. `missing` are the filaments of which it is not known where they come from;
 * `isPending` when that may still turn out by itself.
 */
export function shareOut(
	uses: readonly FilamentUse[],
	mapping: TrayByFilament,
	places: JobPlaces,
): { shares: readonly JobFilament[]; missing: readonly FilamentUse[]; isPending: boolean } {
	const used = uses.filter(({ grams }) => grams > 0);
	const highest = used.reduce((most, { index }) => Math.max(most, index), 0);
	// Some count only the filaments that are used.
	const isDense = mapping.length < highest && mapping.length === used.length;
	const isPending = used.length === 1 && !isPrinting(places);
	const grams = new Map<number, number>();
	const missing: FilamentUse[] = [];
	used.forEach((use, order) => {
		const mapped = mapping[isDense ? order : use.index - 1];
		const tray = mapped ?? (used.length === 1 ? activeTray(places) : trayLike(use, places.filament));
		if (tray === undefined) missing.push(use);
		else grams.set(tray, (grams.get(tray) ?? 0) + use.grams);
	});
	const shares = [...grams].map(([tray, sum]) => ({ tray, grams: Math.round(sum * 100) / 100 }));
	return { shares, missing, isPending };
}

/** In words: which of its filaments, as people tell them apart. */
export function nameOfUse({ index, material, color }: FilamentUse): string {
	const about = [material, color && `#${color}`].filter(Boolean).join(", ");
	return about === "" ? `${index}` : `${index} (${about})`;
}

/** Before its first layer the filament of the job before may still be in the nozzle. */
function activeTray(places: JobPlaces): number | undefined {
	const { filament, nozzles } = places;
	const { active } = filament;
	if (active === undefined || !isPrinting(places)) return undefined;
	if (active === "external") return externalTray(filament, nozzles[1]?.active === true);
	return globalTray(active.unit, active.slot);
}

function isPrinting({ job: { state, layer, percent = 0 } }: JobPlaces): boolean {
	return (state === "printing" || state === "paused") && (layer ?? percent) > 0;
}

/** The one spool that is of that material and colour. */
function trayLike({ material, color }: FilamentUse, filament: FilamentState): number | undefined {
	if (!material || !color) return undefined;
	const isLike = (slot: FilamentSlot): boolean =>
		slot.state === "loaded" &&
		slot.material?.toUpperCase() === material.toUpperCase() &&
		slot.color?.slice(0, 6) === color.slice(0, 6).toUpperCase();
	const trays = filament.units.flatMap(({ id, slots }) =>
		slots.filter(isLike).map((slot) => globalTray(id, slot.id)),
	);
	trays.push(...filament.external.filter(isLike).map(({ id }) => id));
	return trays.length === 1 ? trays[0] : undefined;
}

/** Its number is that of its holder: 254 is the only one of older printers, and the left one of two. */
function externalTray({ external }: FilamentState, isLeft: boolean): number {
	return !isLeft && external.some(({ id }) => id === EXTERNAL) ? EXTERNAL : EXTERNAL_LEFT;
}

function isByte(value: unknown): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xff;
}

function isList(value: unknown): value is readonly unknown[] {
	return Array.isArray(value) && value.length > 0 && value.length <= MAX_FILAMENTS;
}
