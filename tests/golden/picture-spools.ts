// Spoolman for pictures: a list of spools that answers at once, and a setup.

import type { PanelDevice, PanelSpools, ShownSpool, SpoolsSetup } from "../../ui/panel/device";

const done = Object.freeze({ ok: true } as const);

/** Newest first. */
export const PICTURE_SPOOLS: readonly ShownSpool[] = [
	spool(31, "Prusament", "PLA Galaxy Black", "PLA", "1B1B1F", 871),
	spool(30, "Polymaker", "PolyTerra Muted Red", "PLA", "B5504C", 1000),
	spool(27, "Bambu Lab", "PLA Basic Jade White", "PLA", "F1F5F4", 412),
	spool(7, "Bambu Lab", "PLA Matte Charcoal", "PLA", "16181A", 38.4),
	{ id: 5, material: "PLA" },
	...Array.from({ length: 16 }, (_, at) =>
		spool(4 - at + 40, "eSUN", `PLA+ ${at + 1}`, "PLA", "5AA9FF", 500),
	),
];

export function pictureSpools(
	setup: Partial<SpoolsSetup> = {},
	list: PanelSpools["list"] = async ({ offset, limit }) => ({
		ok: true,
		value: { spools: PICTURE_SPOOLS.slice(offset, offset + limit), total: PICTURE_SPOOLS.length },
	}),
): Partial<PanelDevice> {
	return {
		spools: {
			list,
			act: async () => done,
			setup: () => ({
				url: "http://192.168.1.20:7912",
				hasApiKey: false,
				source: "job",
				lowGrams: 50,
				...setup,
			}),
			setSetup: () => done,
			limits: {
				lowGrams: { min: 0, max: 1000 },
				url: { minLength: 0, maxLength: 255 },
				apiKey: { minLength: 0, maxLength: 256 },
			},
		},
		filamentTag: { give: async () => done, drop: () => undefined },
	};
}

function spool(
	id: number,
	vendor: string,
	name: string,
	material: string,
	color: string,
	remainingGrams: number,
): ShownSpool {
	return { id, vendor, name, material, color, remainingGrams, fullGrams: 1000 };
}
