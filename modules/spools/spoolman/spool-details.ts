// A spool with what people want to see of it: from Spoolman's answer to the one that is shown.

import { isRecord, isSpoolId, leftOn, readSpool, type Spool } from "../spool";
import type { ShownSpool } from "../spools-state";

export interface SpoolDetails extends Spool {
	/** Of its filament. */
	name?: string;
	vendor?: string;
	material?: string;
	/** RRGGBB or RRGGBBAA, upper-case hex; the first of several. */
	color?: string;
	location?: string;
}

/** Of what Spoolman answers, without the name of the tag's field. */
export const SPOOL_NAMES: readonly string[] = Object.freeze([
	...["id", "first_used", "filament", "name", "vendor", "material", "color_hex", "multi_color_hexes"],
	...["density", "diameter", "weight", "initial_weight", "used_weight", "location", "archived", "extra"],
]);

/** Characters; Spoolman takes no more. */
const LONGEST_WORD = 64;

/** `undefined` for what is no spool. */
export function readSpoolDetails(value: unknown, tagField: string): SpoolDetails | undefined {
	const spool = readSpool(value, tagField);
	if (!spool || !isRecord(value)) return undefined;
	const { filament, location } = value;
	// Every spool is wound with one.
	if (!isRecord(filament) || !isSpoolId(filament.id)) return undefined;
	const { name, vendor, material, color_hex, multi_color_hexes } = filament;
	return {
		...spool,
		...word("name", name),
		...word("vendor", isRecord(vendor) ? vendor.name : undefined),
		...word("material", material),
		...color(color_hex, multi_color_hexes),
		...word("location", location),
	};
}

export function toShown(details: SpoolDetails): ShownSpool {
	const { id, name, vendor, material, color: shownColor, location, baseG } = details;
	const remainingGrams = leftOn(details);
	return {
		id,
		...(name !== undefined && { name }),
		...(vendor !== undefined && { vendor }),
		...(material !== undefined && { material }),
		...(shownColor !== undefined && { color: shownColor }),
		...(remainingGrams !== undefined && { remainingGrams }),
		...(baseG !== undefined && { fullGrams: baseG }),
		...(location !== undefined && { location }),
	};
}

/** RRGGBB, or RRGGBBAA where it is not opaque, in upper case; `undefined` for what is no colour. */
export function normalColor(value: unknown): string | undefined {
	if (typeof value !== "string" || !/^#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(value)) return undefined;
	const digits = value.replace("#", "").toUpperCase();
	return digits.length === 8 && digits.endsWith("FF") ? digits.slice(0, 6) : digits;
}

function word<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
	if (typeof value !== "string" || value.trim() === "") return {};
	return { [name]: [...value.trim()].slice(0, LONGEST_WORD).join("") } as { [key in Name]: string };
}

function color(one: unknown, several: unknown): { color?: string } {
	const found =
		normalColor(one) ?? normalColor(typeof several === "string" ? several.split(",")[0] : undefined);
	return found === undefined ? {} : { color: found };
}
