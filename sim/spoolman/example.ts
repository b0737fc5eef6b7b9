// A few spools for somebody who wants to look around: those of the virtual printer's first AMS, and one on the shelf.

import { filledSlots, type Spool } from "../printers/bambu/spools";
import type { Context } from "./context";
import { readRow } from "./database";
import { putExtraField } from "./extra-fields";
import { createFilament } from "./filaments";
import { createSpool } from "./spools";
import { createVendor } from "./vendors";

/** Its tag is in no spool: the device has to offer it. */
const UNKNOWN_SLOT = 2;
/** Of the spool without a tag; ids begin at 1 where nothing is there. */
const UNTAGGED_SPOOL_ID = 3;

const names: Readonly<Record<string, string>> = {
	FFFFFF: "Jade White",
	C12E1F: "Red",
	"0A2CA5": "Blue",
	F7D959: "Yellow",
};

/** Adds nothing where a spool is already there. */
export function addExample(context: Context): void {
	if (context.db.prepare("SELECT 1 FROM spool").get()) return;
	context.db.transaction(() => {
		putExtraField(context, "spool", "tag", { name: "tag", field_type: "text" });
		const bambu = createVendor(context, { name: "Bambu Lab", empty_spool_weight: 250 }).id;
		const generic = createVendor(context, { name: "Generic" }).id;
		let unknown: unknown;
		for (const [slot, spool] of filledSlots(0, "ams").entries()) {
			const filament = createFilament(context, {
				...filamentOf(spool),
				vendor_id: spool.tag ? bambu : generic,
				...(spool.tag && { spool_weight: 250 }),
			}).id;
			if (slot === UNKNOWN_SLOT) unknown = filament;
			else
				createSpool(context, {
					filament_id: filament,
					used_weight: spool.weightGrams - spool.remainingGrams,
					...(spool.tag && { extra: { tag: JSON.stringify(spool.tag.uuid) } }),
				});
		}
		createSpool(context, { filament_id: unknown, location: "Shelf" });
	})();
}

/** Which of the example's spools a person has to put into which slot, as the device's setting takes it. */
export function exampleSlots({ db }: Context): string {
	const untagged = filledSlots(0, "ams").findIndex(({ tag }) => tag === undefined);
	return readRow(db, "spool", UNTAGGED_SPOOL_ID) ? `${untagged}:${UNTAGGED_SPOOL_ID}` : "";
}

function filamentOf({ material, productName, color, weightGrams, nozzleMinC, nozzleMaxC }: Spool): object {
	const hex = color.slice(0, 6);
	return {
		name: [productName || material, names[hex]].filter(Boolean).join(" "),
		material,
		density: 1.24,
		diameter: 1.75,
		weight: weightGrams,
		settings_extruder_temp: (nozzleMinC + nozzleMaxC) / 2,
		settings_bed_temp: 55,
		color_hex: hex,
	};
}
