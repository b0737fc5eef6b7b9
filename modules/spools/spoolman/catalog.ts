// Vendors, filaments and spools that Spoolman does not have yet: found where they are, made where they are not.

import { encodeTag, isRecord, isSpoolId } from "../spool";
import { notSpoolman } from "./answer-errors";
import { densityOf } from "./densities";
import { type ListQuery, type Pages, searchTerm } from "./pages";
import { normalColor, SPOOL_NAMES } from "./spool-details";
import { SpoolmanError } from "./spoolman-error";
import type { SpoolmanHttp } from "./spoolman-http";

export interface FilamentQuery {
	/** Left out: one without a vendor. */
	vendorId?: number | undefined;
	name: string;
	material: string;
	/** RRGGBB or RRGGBBAA */
	color?: string | undefined;
}

export interface NewFilament extends FilamentQuery {
	/** g */
	fullGrams?: number | undefined;
	/** °C */
	nozzleMin?: number | undefined;
	nozzleMax?: number | undefined;
}

export interface NewSpool {
	filamentId: number;
	/** g */
	fullGrams?: number | undefined;
	remainingGrams?: number | undefined;
	uuid?: string | undefined;
	location?: string | undefined;
}

/** What a spool's own tag, or its printer, says of it. */
export interface TagData extends Omit<NewFilament, "vendorId" | "name"> {
	uuid: string;
	vendor?: string | undefined;
	/** Left out: the material. */
	name?: string | undefined;
	remainingGrams?: number | undefined;
	location?: string | undefined;
}

interface Filament {
	id: number;
	name: string;
	vendorId: number | undefined;
	vendor: string;
	material: string;
	color: string | undefined;
}

/** Of names, in characters; Spoolman takes no more. */
export const LONGEST_NAME = 64;
/** mm */
const USUAL_DIAMETER = 1.75;
/** In one field, of those that a search looks at. */
const MOST_FILAMENTS = 60;

const FILAMENT_NAMES: readonly string[] = Object.freeze([
	...["id", "name", "vendor", "material", "color_hex", "multi_color_hexes"],
]);

export class Catalog {
	private readonly http: SpoolmanHttp;
	private readonly pages: Pages;

	constructor(http: SpoolmanHttp, pages: Pages) {
		this.http = http;
		this.pages = pages;
	}

	/** One whose name differs in nothing but capitals is as good, where there is no other. */
	async findVendor(name: string): Promise<number | undefined> {
		const wanted = shortName(name);
		let alike: number | undefined;
		let same: number | undefined;
		const filters = { ...filter("name", wanted), sort: "id:asc" };
		await this.pages.walk({ path: "/vendor", filters, names: ["id", "name"], read: readVendor }, (vendor) => {
			if (vendor.name === wanted) same = vendor.id;
			else if (isAlike(vendor.name, wanted)) alike ??= vendor.id;
			return same !== undefined;
		});
		return same ?? alike;
	}

	createVendor(name: string): Promise<number> {
		return this.create("/vendor", { name: shortName(name) });
	}

	/** The oldest of that vendor, name, material and colour. */
	async findFilament({ vendorId, name, material, color }: FilamentQuery): Promise<number | undefined> {
		const wanted = { name: shortName(name), material: shortName(material), color: normalColor(color) };
		let found: number | undefined;
		const filters = {
			// -1: without one.
			"vendor.id": String(vendorId ?? -1),
			...filter("material", wanted.material),
			sort: "id:asc",
		};
		await this.pages.walk(filaments(filters), (filament) => {
			const isSame =
				isAlike(filament.name, wanted.name) &&
				isAlike(filament.material, wanted.material) &&
				filament.color === wanted.color &&
				filament.vendorId === vendorId;
			if (isSame) found = filament.id;
			return isSame;
		});
		return found;
	}

	createFilament(filament: NewFilament): Promise<number> {
		const { vendorId, name, material, fullGrams, nozzleMin, nozzleMax } = filament;
		const color = normalColor(filament.color);
		const hottest = nozzleMax ?? nozzleMin;
		const nozzle = hottest === undefined ? undefined : Math.round(((nozzleMin ?? hottest) + hottest) / 2);
		return this.create("/filament", {
			name: shortName(name),
			material: shortName(material),
			density: densityOf(material),
			diameter: USUAL_DIAMETER,
			...(vendorId !== undefined && { vendor_id: vendorId }),
			...(isAbove(fullGrams) && { weight: fullGrams }),
			...(color !== undefined && { color_hex: color }),
			...(isAbove(nozzle) && { settings_extruder_temp: nozzle }),
		});
	}

	/** Answers with the spool as Spoolman has it. The tag's field has to be there. */
	async createSpool(spool: NewSpool, tagField: string): Promise<unknown> {
		const { filamentId, fullGrams, remainingGrams, uuid, location } = spool;
		const isFullKnown = isAbove(fullGrams);
		const { value } = await this.http.request({
			method: "POST",
			path: "/spool",
			body: {
				filament_id: filamentId,
				...(isFullKnown && { initial_weight: fullGrams }),
				// Spoolman takes what is left only of something.
				...(isFullKnown && remainingGrams !== undefined && { remaining_weight: remainingGrams }),
				...(location?.trim() && { location: location.trim() }),
				...(uuid !== undefined && { extra: { [tagField]: encodeTag(uuid) } }),
			},
			names: [...SPOOL_NAMES, tagField],
		});
		return value;
	}

	/** A filament for the tag's spool, and its vendor, as far as they are not there. */
	async ensureFilament(tag: TagData): Promise<number> {
		const { vendor, name } = tag;
		const vendorId =
			vendor === undefined || vendor.trim() === ""
				? undefined
				: ((await this.findVendor(vendor)) ?? (await this.createVendor(vendor)));
		const filament = {
			...tag,
			name: name === undefined || name.trim() === "" ? tag.material : name,
			vendorId,
		};
		return (await this.findFilament(filament)) ?? (await this.createFilament(filament));
	}

	/**
	 * Of filaments with the text in name, material or vendor. Spoolman looks into all of the fields that it is asked
	 * for at once, so each is asked for by itself; their spools can then be had in pages. `isAll` is false where too
	 * many have it: then those that are new are there.
	 */
	async search(text: string): Promise<{ ids: number[]; isAll: boolean }> {
		const term = searchTerm(text);
		const ids = new Set<number>();
		let isAll = true;
		for (const field of ["name", "material", "vendor.name"]) {
			const query = filaments({ ...filter(field, term), sort: "id:desc" });
			const { items, isEnd } = await this.pages.page(query, 0, MOST_FILAMENTS);
			isAll &&= isEnd;
			for (const { id, name, material, vendor } of items)
				if ([name, material, vendor].some((word) => word.toLowerCase().includes(term.toLowerCase())))
					ids.add(id);
		}
		return { ids: [...ids], isAll };
	}

	private async create(path: string, body: Readonly<Record<string, unknown>>): Promise<number> {
		const { value } = await this.http.request({ method: "POST", path, body, names: ["id"] });
		if (!isRecord(value) || !isSpoolId(value.id)) throw notSpoolman();
		return value.id;
	}
}

function filaments(filters: Readonly<Record<string, string>>): ListQuery<Filament> {
	return { path: "/filament", filters, names: FILAMENT_NAMES, read: readFilament };
}

/** Nothing to look for would find those that have nothing there. */
function filter(name: string, text: string): Record<string, string> {
	const term = searchTerm(text);
	if (term === "") return {};
	try {
		return { [name]: encodeURIComponent(term) };
	} catch (cause) {
		throw new SpoolmanError("invalid", "That text has a broken character, and cannot be looked for.", {
			cause,
		});
	}
}

function readVendor(value: unknown): { id: number; name: string } | undefined {
	return isRecord(value) && isSpoolId(value.id) && typeof value.name === "string"
		? { id: value.id, name: value.name.trim() }
		: undefined;
}

function readFilament(value: unknown): Filament | undefined {
	if (!isRecord(value) || !isSpoolId(value.id)) return undefined;
	const { id, name, material, vendor, color_hex, multi_color_hexes } = value;
	return {
		id,
		name: wordOf(name),
		material: wordOf(material),
		vendorId: isRecord(vendor) && isSpoolId(vendor.id) ? vendor.id : undefined,
		vendor: isRecord(vendor) ? wordOf(vendor.name) : "",
		// Of several colours none is the tag's.
		color: wordOf(multi_color_hexes) === "" ? normalColor(color_hex) : "",
	};
}

function wordOf(value: unknown): string {
	return typeof value === "string" ? value.trim() : "";
}

function isAlike(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

function shortName(name: string): string {
	const short = [...name.trim()].slice(0, LONGEST_NAME).join("").trim();
	if (short === "") throw new SpoolmanError("invalid", "A name is needed.");
	return short;
}

function isAbove(value: number | undefined): value is number {
	return value !== undefined && Number.isFinite(value) && value > 0;
}
