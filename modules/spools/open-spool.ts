// Decodes the JSON of an OpenSpool tag, and says it as a printer's description of filament.

import { MOST_TAG_BYTES } from "./ndef";
import { isRecord } from "./spool";

export interface OpenSpoolTag {
	version: string;
	/** "PLA" */
	type: string;
	/** As people call the kind within the type: "Silk". */
	subtype?: string;
	/** RRGGBBAA, upper-case hex */
	color: string;
	brand: string;
	/** °C */
	nozzleMin: number;
	nozzleMax: number;
}

export type OpenSpoolField =
	| "tag"
	| "protocol"
	| "version"
	| "type"
	| "color_hex"
	| "brand"
	| "min_temp"
	| "max_temp"
	| "subtype";

export type OpenSpoolResult =
	| { readonly ok: true; readonly tag: OpenSpoolTag }
	/** `field`: the one that is wrong. `message`: what is wrong, in words. */
	| { readonly ok: false; readonly field: OpenSpoolField; readonly message: string };

/** Fields of the printer's command `filament_setting`, without the place. */
export interface FilamentSetting {
	material: string;
	filamentId: string;
	settingId: string;
	color: string;
	nozzleMin: number;
	nozzleMax: number;
}

const LONGEST_WORD = 32;
/** °C */
const HOTTEST = 500;
/** What is not known may be nested, but not until the stack of a small device is full: engines read JSON recursively. */
const MOST_DEPTH = 8;

/** Of the maker's generic profiles, by the type with its subtype; a type that is not there has none. */
const GENERIC = Object.freeze([
	id("PLA SILK", "GFL96"),
	id("PLA HIGH SPEED", "GFL95"),
	id("PLA-CF", "GFL98"),
	id("PLA", "GFL99"),
	id("PETG-CF", "GFG98"),
	id("PETG", "GFG99"),
	id("PCTG", "GFG97"),
	id("ABS", "GFB99"),
	id("ASA", "GFB98"),
	id("PC", "GFC99"),
	id("PA-CF", "GFN98"),
	id("PA", "GFN99"),
	id("TPU", "GFU99"),
	id("PVA", "GFS99"),
	id("HIPS", "GFS98"),
]);

/** Of profiles of a brand, by the brand, a space, and the type with its subtype. */
const BRANDED = Object.freeze([
	id("BAMBU PLA", "GFA00"),
	id("BAMBU ABS", "GFB00"),
	id("BAMBU ASA", "GFB01"),
	id("BAMBU TPU", "GFU01"),
	id("BAMBU PETG", "GFG00"),
	id("BAMBU PETG HF", "GFG02"),
	id("POLYLITE PLA", "GFL00"),
	id("POLYTERRA PLA", "GFL01"),
	id("SUNLU PLA", "GFSNL03"),
	id("SUNLU PETG", "GFSNL08"),
]);

export function decodeOpenSpool(text: string): OpenSpoolResult {
	if (text.length > MOST_TAG_BYTES) return bad("tag", "is longer than a tag can be");
	if (isTooDeep(text)) return bad("tag", "is nested too deeply");
	try {
		return readOpenSpool(JSON.parse(text));
	} catch {
		return bad("tag", "is no JSON");
	}
}

/** Of JSON that is parsed. Keys that are not known are ignored. */
export function readOpenSpool(value: unknown): OpenSpoolResult {
	if (!isRecord(value)) return bad("tag", "has to be a JSON object");
	const { protocol, version = "1.0", type, subtype, color_hex, brand, min_temp, max_temp } = value;
	if (protocol !== "openspool") return bad("protocol", 'has to be "openspool"');
	if (typeof version !== "string" || !/^1(\.\d{1,3}){0,2}$/.test(version))
		return bad("version", 'has to be one that is known, such as "1.0"');
	if (!isWord(type)) return bad("type", `has to be a text of 1 to ${LONGEST_WORD} characters`);
	if (typeof color_hex !== "string" || !/^([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(color_hex))
		return bad("color_hex", 'has to be 6 or 8 hex digits without "#"');
	if (!isWord(brand)) return bad("brand", `has to be a text of 1 to ${LONGEST_WORD} characters`);
	const nozzleMin = temperature(min_temp);
	if (nozzleMin === undefined) return bad("min_temp", `has to be a text with 1 to ${HOTTEST} in digits`);
	const nozzleMax = temperature(max_temp);
	if (nozzleMax === undefined) return bad("max_temp", `has to be a text with 1 to ${HOTTEST} in digits`);
	if (nozzleMin > nozzleMax) return bad("min_temp", "must not be above max_temp");
	const digits = color_hex.toUpperCase();
	const tag: OpenSpoolTag = {
		version,
		type: type.trim(),
		color: digits.length === 6 ? `${digits}FF` : digits,
		brand: brand.trim(),
		nozzleMin,
		nozzleMax,
	};
	if (subtype === undefined || subtype === null || subtype === "") return { ok: true, tag };
	if (!isWord(subtype)) return bad("subtype", `has to be a text of 1 to ${LONGEST_WORD} characters`);
	return { ok: true, tag: { ...tag, subtype: subtype.trim() } };
}

/** `undefined` for a type that the maker has no profile for: a printer takes no description without one. */
export function toFilamentSetting(tag: OpenSpoolTag): FilamentSetting | undefined {
	const { type, subtype = "", brand, color, nozzleMin, nozzleMax } = tag;
	const filamentId = filamentIdOf(type, subtype, brand);
	if (filamentId === undefined) return undefined;
	return { material: materialOf(type), filamentId, settingId: "", color, nozzleMin, nozzleMax };
}

/** Printers know "PLA" and "PLA-CF"; that a PLA is a silk one says its profile alone. */
function materialOf(type: string): string {
	const [material = ""] = type.toUpperCase().split(" ");
	return material;
}

function filamentIdOf(type: string, subtype: string, brand: string): string | undefined {
	const plain = type.toUpperCase();
	const full = subtype === "" ? plain : `${plain} ${subtype.toUpperCase()}`;
	const maker = brand.toUpperCase() === "BAMBU LAB" ? "BAMBU" : brand.toUpperCase();
	const own = BRANDED.find(({ name }) => name === `${maker} ${full}`)?.id;
	if (own !== undefined) return own;
	const generic = GENERIC.find(({ name }) => name === full)?.id;
	if (generic !== undefined) return generic;
	return (
		BRANDED.find(({ name }) => name === `${maker} ${plain}`) ?? GENERIC.find(({ name }) => name === plain)
	)?.id;
}

/** Decimal digits in a text; that is how tags hold them. */
function temperature(value: unknown): number | undefined {
	if (typeof value !== "string" || !/^[0-9]{1,3}$/.test(value)) return undefined;
	const celsius = Number(value);
	return celsius >= 1 && celsius <= HOTTEST ? celsius : undefined;
}

/** Brackets in texts count too: no tag has that many. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	for (const character of text) {
		if (character === "[" || character === "{") depth++;
		else if (character === "]" || character === "}") depth--;
		if (depth > MOST_DEPTH) return true;
	}
	return false;
}

function isWord(value: unknown): value is string {
	return typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_WORD;
}

function bad(field: OpenSpoolField, what: string): OpenSpoolResult {
	return { ok: false, field, message: field === "tag" ? `The tag ${what}.` : `"${field}" ${what}.` };
}

function id(name: string, filamentId: string): { readonly name: string; readonly id: string } {
	return Object.freeze({ name, id: filamentId });
}
