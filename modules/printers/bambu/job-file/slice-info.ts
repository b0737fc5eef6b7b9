// What a slicer says of each plate in Metadata/slice_info.config: which filaments it takes, and how much of each.

import { PortError } from "../../../platform/port-error";
import type { TextCodec } from "../../../platform/text-codec";
import type { FilamentUse } from "../../job-files";
import { visitTags } from "./xml-tags";

export interface SlicedPlate {
	/** From 1; `undefined` when the slicer does not say. */
	index: number | undefined;
	filaments: FilamentUse[];
}

const MOST_PLATES = 100;
/** Of slicers; printers have 20 slots at most. */
const MOST_FILAMENTS = 64;
const LONGEST_MATERIAL = 32;
/** More than any spool, so that nothing senseless is subtracted from one. */
const MOST_GRAMS = 100_000;
const MOST_METERS = 100_000;

/** Throws a {@link PortError} `protocol` for what is no such file, or has numbers in it that are none. */
export function readSliceInfo(bytes: Uint8Array, text: TextCodec): SlicedPlate[] {
	const plates: SlicedPlate[] = [];
	let plate: SlicedPlate | undefined;
	visitTags(bytes, text, {
		onElement(name, path, attributes) {
			if (path.length === 1 && name === "plate") {
				if (plates.length >= MOST_PLATES) throw senseless("too many plates");
				plate = { index: undefined, filaments: [] };
				plates.push(plate);
			} else if (plate !== undefined && path.length === 2 && path[1] === "plate") {
				if (name === "metadata") takeMetadata(plate, attributes());
				else if (name === "filament") takeFilament(plate, attributes());
			}
		},
	});
	return plates;
}

function takeMetadata(plate: SlicedPlate, attributes: ReadonlyMap<string, string>): void {
	if (attributes.get("key") !== "index") return;
	const index = wholeNumber(attributes.get("value"), MOST_PLATES);
	if (index === undefined || plate.index !== undefined) throw senseless("a plate's number");
	plate.index = index;
}

function takeFilament({ filaments }: SlicedPlate, attributes: ReadonlyMap<string, string>): void {
	const index = wholeNumber(attributes.get("id"), MOST_FILAMENTS);
	const grams = decimal(attributes.get("used_g"), MOST_GRAMS);
	if (index === undefined || grams === undefined) throw senseless("a filament's numbers");
	if (filaments.some((other) => other.index === index)) throw senseless("a filament that comes twice");
	const usedMeters = attributes.get("used_m");
	const meters = decimal(usedMeters, MOST_METERS);
	if (usedMeters !== undefined && meters === undefined) throw senseless("a filament's numbers");
	const material = attributes.get("type")?.trim().slice(0, LONGEST_MATERIAL);
	const color = /^#([\da-fA-F]{6})(?:[\da-fA-F]{2})?$/.exec(attributes.get("color") ?? "")?.[1];
	filaments.push({
		index,
		grams,
		...(meters !== undefined && { lengthMm: Math.round(meters * 1000) }),
		...(material && { material }),
		...(color !== undefined && { color: color.toUpperCase() }),
	});
}

/** From 1. */
function wholeNumber(value: string | undefined, most: number): number | undefined {
	const number = value !== undefined && /^\d{1,4}$/.test(value) ? Number(value) : 0;
	return number >= 1 && number <= most ? number : undefined;
}

function decimal(value: string | undefined, most: number): number | undefined {
	if (value === undefined || !/^\d{1,9}(\.\d{0,9})?$/.test(value)) return undefined;
	const number = Number(value);
	return number <= most ? number : undefined;
}

function senseless(what: string): PortError {
	return new PortError("protocol", `what the slicer wrote makes no sense: ${what}`);
}
