// The virtual Spoolman's spools, as somebody sees them who stands in front of the shelf.

import type { Database } from "better-sqlite3";

/** More are not shown. */
const MOST_SHOWN = 40;

export interface ShownSpool {
	id: number;
	/** Maker and name of the filament, as far as they are known. */
	name: string;
	/** RRGGBB or RRGGBBAA */
	color: string | null;
	/** `null`: nobody said how much was on it. */
	remainingGrams: number | null;
	usedGrams: number;
	location: string | null;
	/** Whether a tag's number is kept with it. */
	hasTag: boolean;
}

/** Those that are not archived, by their ids, and how many there are in all. */
export function shownSpools(db: Database): { spools: ShownSpool[]; total: number } {
	const from = `FROM spool JOIN filament ON filament.id = spool.filament_id
		LEFT JOIN vendor ON vendor.id = filament.vendor_id WHERE NOT spool.archived`;
	const rows = db
		.prepare<
			[number],
			Omit<ShownSpool, "name" | "hasTag"> & Record<"vendor" | "filament" | "tag", string | null>
		>(
			`SELECT spool.id AS id, vendor.name AS vendor, coalesce(filament.name, filament.material) AS filament,
				filament.color_hex AS color, spool.used_weight AS usedGrams, spool.location AS location,
				max(coalesce(spool.initial_weight, filament.weight) - spool.used_weight, 0) AS remainingGrams,
				(SELECT value FROM extra WHERE entity_type = 'spool' AND entity_id = spool.id AND key = 'tag') AS tag
			${from} ORDER BY spool.id LIMIT ?`,
		)
		.all(MOST_SHOWN);
	const total = db.prepare<[], { total: number }>(`SELECT count(*) AS total ${from}`).get()?.total ?? 0;
	const spools = rows.map(({ vendor, filament, tag, ...spool }) => ({
		...spool,
		name: [vendor, filament].filter(Boolean).join(" ") || "Filament without a name",
		// Of a text, in JSON; an empty one is none.
		hasTag: tag !== null && tag !== '""',
	}));
	return { spools, total };
}
