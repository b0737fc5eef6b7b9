// A spool as Spoolman keeps it, as far as tracking needs it, and the weights that follow from it.

export interface Spool {
	id: number;
	/** Of the spool's own tag, 32 hex digits in upper case. */
	tag?: string;
	archived: boolean;
	/** g that were used of it. The only weight that Spoolman stores; what is left follows from it. */
	usedG: number;
	/** g that were on it when it was new: its own, or else that of its filament. */
	baseG?: number;
	/** Spoolman has noted when it was used first. */
	wasUsed?: true;
	/** g/cm³ */
	density?: number;
	diameterMm?: number;
}

/** What Spoolman answered; `undefined` for what is no spool. `null` is as good as absent: old versions send it. */
export function readSpool(value: unknown, tagField: string): Spool | undefined {
	if (!isRecord(value)) return undefined;
	const { id, used_weight, initial_weight, first_used, archived, extra } = value;
	const { weight, density, diameter } = isRecord(value.filament) ? value.filament : {};
	if (!isSpoolId(id) || !isWeight(used_weight)) return undefined;
	const spool: Spool = { id, archived: archived === true, usedG: used_weight };
	const baseG = initial_weight ?? weight;
	if (isWeight(baseG) && baseG > 0) spool.baseG = baseG;
	if (isWeight(density) && density > 0) spool.density = density;
	if (isWeight(diameter) && diameter > 0) spool.diameterMm = diameter;
	if (typeof first_used === "string") spool.wasUsed = true;
	const tag = isRecord(extra) && Object.hasOwn(extra, tagField) ? decodeTag(extra[tagField]) : undefined;
	if (tag !== undefined) spool.tag = tag;
	return spool;
}

/** g that are left; `undefined` when Spoolman cannot know. */
export function leftOn({ baseG, usedG }: Spool): number | undefined {
	return baseG === undefined ? undefined : Math.max(0, baseG - usedG);
}

/** As an extra field holds it: every value in there is JSON once more. */
export function encodeTag(uuid: string): string {
	return JSON.stringify(uuid);
}

/** `undefined` for what is no tag: not a JSON text, not 32 hex digits, or all zeros. */
export function decodeTag(value: unknown): string | undefined {
	if (typeof value !== "string") return undefined;
	try {
		return tagOf(JSON.parse(value));
	} catch {
		return undefined;
	}
}

/** The tag's number in upper case. All zeros is what printers send for a spool without one. */
export function tagOf(value: unknown): string | undefined {
	if (typeof value !== "string" || !/^[0-9A-Fa-f]{32}$/.test(value) || /^0+$/.test(value)) return undefined;
	return value.toUpperCase();
}

/** g of a length of this spool's filament; `undefined` when Spoolman does not say what it weighs. */
export function gramsOn({ density, diameterMm }: Spool, lengthMm: number): number | undefined {
	if (density === undefined || diameterMm === undefined) return undefined;
	return gramsOfLength(lengthMm, density, diameterMm);
}

/** g of a length of filament. `density` in g/cm³. */
export function gramsOfLength(lengthMm: number, density: number, diameterMm: number): number {
	return (density * lengthMm * Math.PI * (diameterMm / 2) ** 2) / 1000;
}

export function isSpoolId(value: unknown): value is number {
	return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

export function isWeight(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
