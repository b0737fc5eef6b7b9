// How a printer's fault codes are written, and which part of the printer one speaks of.

import { hex32 } from "../hex-bits";

/** 50348044 → "0300_400C" */
export function errorCode(value: number): string {
	const digits = hex32(value);
	return `${digits.slice(0, 4)}_${digits.slice(4)}`;
}

/** `attr` and `code` of an entry as the vendor writes them: "HMS_0C00_0300_0003_0007". */
export function hmsCode({ attr, code }: { attr?: number; code?: number }): string | undefined {
	if (attr === undefined || code === undefined) return undefined;
	return `HMS_${errorCode(attr)}_${errorCode(code)}`;
}

/** By a code's first two digits. */
const modules: ReadonlyMap<string, string> = new Map([
	["03", "Motion controller"],
	["05", "Mainboard"],
	["07", "AMS"],
	["08", "Toolhead"],
	["0C", "Camera"],
	["12", "AMS Lite"],
	["18", "AMS HT"],
]);
/** A filament unit's number is the next two digits; this stands for no unit. */
const EXTERNAL = "FF";
/** As printers name their units. */
const UNIT_LETTERS = "ABCDEFGH";
/** First digits of the third pair in a code of 16: the second one is then the slot. */
const SLOT_GROUPS = "126";

/** "Toolhead", "AMS B, slot 2"; "Printer" for a part that is not known. `digits` without "HMS_". */
export function faultModule(digits: string): string {
	const name = modules.get(digits.slice(0, 2));
	if (name === undefined) return "Printer";
	if (!isOfFilamentUnit(digits)) return name;
	const number = digits.slice(2, 4);
	if (number === EXTERNAL) return "External spool";
	const letter = UNIT_LETTERS[Number.parseInt(number, 16)];
	const unit = letter === undefined ? name : `${name} ${letter}`;
	// An AMS HT has one slot only.
	const hasSlot = digits.length > 9 && name !== "AMS HT" && SLOT_GROUPS.includes(digits[5] ?? "-");
	return hasSlot ? `${unit}, slot ${Number.parseInt(digits[6] ?? "0", 16) + 1}` : unit;
}

/**
 * The same fault of the first unit and its first slot, which stands for all units and slots; "" for a code that
 * speaks of none. All kinds of units say most things by the codes of the AMS.
 */
export function familyCode(digits: string): string {
	if (!isOfFilamentUnit(digits)) return "";
	const number = digits.slice(2, 4) === EXTERNAL ? EXTERNAL : "00";
	const hasSlot = digits.length > 9 && "1267".includes(digits[5] ?? "-");
	return `07${number}_${hasSlot ? `${digits[5]}0` : digits.slice(5, 7)}${digits.slice(7)}`;
}

function isOfFilamentUnit(digits: string): boolean {
	return digits.startsWith("07") || digits.startsWith("12") || digits.startsWith("18");
}
