// Spools, the units that hold them, and the ways in which printers number their slots.

export type AmsKind = "ams" | "ams_lite" | "ams_2_pro" | "ams_ht";

/** One slot. The external spool is unit 255; its slot is the nozzle it feeds (0 = right or only). */
export interface TrayAddress {
	readonly unit: number;
	readonly slot: number;
}

export const externalUnit = 255;
/** The unit that is built into the A2L. */
export const builtInUnit = 16;

export interface Spool {
	/** "PLA"; "" for a spool nobody has described yet. */
	readonly material: string;
	/** "PLA Basic"; "" for other makers' spools. */
	readonly productName: string;
	/** Of the slicer's profile, such as "GFA00". */
	readonly profileId: string;
	/** RRGGBBAA */
	readonly color: string;
	readonly weightGrams: number;
	readonly remainingGrams: number;
	readonly nozzleMinC: number;
	readonly nozzleMaxC: number;
	/** Of the maker's tag: 16 hex digits of the chip and 32 of the spool. Absent: no tag. */
	readonly tag?: { readonly chip: string; readonly uuid: string; readonly variant: string };
	readonly drying: { readonly temperatureC: number; readonly hours: number };
	/** Pressure advance profile; -1 = the default one. */
	readonly calibration: number;
	/** Pressure advance of old firmware. */
	readonly k: number;
}

export interface Drying {
	readonly filament: string;
	readonly temperatureC: number;
	readonly hours: number;
	readonly remainingMs: number;
}

export interface AmsUnit {
	/** 0–3, 16 when it is built in, or 128 and up for an AMS HT. */
	readonly id: number;
	readonly kind: AmsKind;
	/** The nozzle it feeds: 0 = right or only, 1 = left. */
	readonly nozzle: number;
	readonly temperatureC: number;
	/** Percent. */
	readonly humidity: number;
	readonly drying?: Drying;
	/** Four, or one in an AMS HT. `undefined` = empty. */
	readonly slots: readonly (Spool | undefined)[];
}

export function sameTray(a: TrayAddress | undefined, b: TrayAddress | undefined): boolean {
	return a === undefined || b === undefined ? a === b : a.unit === b.unit && a.slot === b.slot;
}

export function canDry(kind: AmsKind): boolean {
	return kind === "ams_2_pro" || kind === "ams_ht";
}

/** unit * 4 + slot; the unit's own number for an AMS HT; 254 external. */
export function flatTray({ unit, slot }: TrayAddress): number {
	if (unit === externalUnit) return 254;
	return unit >= 128 ? unit : unit * 4 + slot;
}

/** The opposite of {@link flatTray}; `undefined` for 255 and other numbers that name no slot. */
export function trayFromFlat(flat: number): TrayAddress | undefined {
	if (!Number.isInteger(flat) || flat < 0 || flat === 255) return undefined;
	if (flat === 254) return { unit: externalUnit, slot: 0 };
	if (flat >= 128) return { unit: flat, slot: 0 };
	const ofBuiltIn = flat - builtInUnit * 4;
	if (ofBuiltIn >= 0 && ofBuiltIn < 4) return { unit: builtInUnit, slot: ofBuiltIn };
	return flat < 16 ? { unit: Math.floor(flat / 4), slot: flat % 4 } : undefined;
}

/** High byte the unit, low byte the slot, as in `mapping` and in `snow` of a nozzle. */
export function packedTray({ unit, slot }: TrayAddress): number {
	// The spools outside are units of their own here: that of the left nozzle is 0xFE.
	return unit === externalUnit ? (externalUnit - slot) << 8 : (unit << 8) | slot;
}

/** Bit in `ams_exist_bits`: 0–3, an AMS HT from 4, the built-in unit 12. */
export function unitBit(unit: number): number {
	if (unit === builtInUnit) return 12;
	return unit >= 128 ? unit - 128 + 4 : unit;
}

/** Bit in `tray_exist_bits`: four a unit, an AMS HT from 16, the built-in unit from 24. */
export function trayBit({ unit, slot }: TrayAddress): number {
	if (unit === builtInUnit) return 24 + slot;
	return unit >= 128 ? unit - 128 + 16 : unit * 4 + slot;
}

/** `mapping` for a filament that is not used. */
export const unmapped = 0xffff;

const plaBasic: Spool = {
	material: "PLA",
	productName: "PLA Basic",
	profileId: "GFA00",
	color: "FFFFFFFF",
	weightGrams: 1000,
	remainingGrams: 1000,
	nozzleMinC: 190,
	nozzleMaxC: 230,
	drying: { temperatureC: 55, hours: 8 },
	calibration: -1,
	k: 0.02,
};

/** A spool of the printer's maker, with a tag. Each `serial` is another spool. */
export function taggedSpool(serial: number, properties: Partial<Spool> = {}): Spool {
	const number = serial.toString(16).toUpperCase().padStart(8, "0");
	return {
		...plaBasic,
		tag: { chip: `${number}00000100`, uuid: `C0DE${number}`.padEnd(32, "0"), variant: "A00-W1" },
		...properties,
	};
}

/** A spool of another maker: no tag, so the printer never knows how much is left. */
export function plainSpool(properties: Partial<Spool> = {}): Spool {
	return { ...plaBasic, productName: "", profileId: "GFL99", nozzleMaxC: 240, ...properties };
}

/** A spool that was put in and not described: the printer shows a question mark. */
export function unknownSpool(): Spool {
	return plainSpool({ material: "", profileId: "", color: "00000000", nozzleMinC: 0, nozzleMaxC: 0 });
}

const colors = ["FFFFFFFF", "C12E1FFF", "0A2CA5FF", "F7D959FF"];
const remaining = [820, 455, 967, 640];

/** The first units of a new virtual printer: the fourth spool of each unit has no tag, as is common. */
export function filledSlots(unit: number, kind: AmsKind): readonly Spool[] {
	const count = kind === "ams_ht" ? 1 : 4;
	return Array.from({ length: count }, (_, slot) => {
		const properties = {
			color: colors[(slot + unit) % colors.length] ?? "FFFFFFFF",
			remainingGrams: remaining[(slot + unit) % remaining.length] ?? 1000,
		};
		return slot === 3 ? plainSpool(properties) : taggedSpool(unit * 16 + slot + 1, properties);
	});
}
