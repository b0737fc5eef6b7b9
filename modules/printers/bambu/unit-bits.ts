// Which bit of `ams_exist_bits` and `tray_exist_bits` stands for which filament unit and tray.
// Computed from reports: "17" are units 0, 1, 2 and the AMS HT 128; "1000" is the A2L's built-in unit 16.

/** AMS HT units count from here and have one tray each. */
export const FIRST_HT_UNIT = 128;
/** The unit built into the A2L. */
export const A2L_UNIT = 16;

export function unitExistBit(unit: number): number {
	if (unit >= FIRST_HT_UNIT) return 4 + unit - FIRST_HT_UNIT;
	if (unit === A2L_UNIT) return 12;
	return unit;
}

export function trayExistBit(unit: number, tray: number): number {
	if (unit >= FIRST_HT_UNIT) return 16 + unit - FIRST_HT_UNIT;
	if (unit === A2L_UNIT) return 24 + tray;
	return unit * 4 + tray;
}
