// Which spool a person has put where: `0:12,3:7`, global tray and spool, for spools without a tag.

/** By global tray: unit × 4 + slot; the unit's own number for units of one spool; 254 and 255 outside of units. */
export type SlotMap = ReadonlyMap<number, number>;

export type SlotMapResult =
	| { readonly ok: true; readonly map: SlotMap }
	/** `message`: what is wrong and what to do, in words. */
	| { readonly ok: false; readonly message: string };

const FIRST_SINGLE_UNIT = 128;
const MOST_PAIRS = 32;

export function globalTray(unit: number, slot: number): number {
	return unit >= FIRST_SINGLE_UNIT ? unit : unit * 4 + slot;
}

export function parseSlotMap(text: string): SlotMapResult {
	const map = new Map<number, number>();
	const spools = new Set<number>();
	for (const part of text.split(",")) {
		const pair = part.trim();
		if (pair === "") continue;
		const numbers = /^(\d{1,3})\s*:\s*([1-9]\d{0,8})$/.exec(pair);
		if (!numbers) return refused(`"${pair}" is no pair of slot and spool, such as "0:12".`);
		const tray = Number(numbers[1]);
		const spool = Number(numbers[2]);
		if (!isTray(tray)) return refused(`There is no slot ${tray}.`);
		if (map.has(tray)) return refused(`Slot ${tray} is there twice.`);
		// It would be charged for what another one gives.
		if (spools.has(spool)) return refused(`Spool ${spool} cannot be in two slots.`);
		if (map.size === MOST_PAIRS) return refused(`No more than ${MOST_PAIRS} slots can be given.`);
		map.set(tray, spool);
		spools.add(spool);
	}
	return { ok: true, map };
}

export function formatSlotMap(map: SlotMap): string {
	return [...map].map(([tray, spool]) => `${tray}:${spool}`).join(",");
}

/** 64 to 67 are the slots of the unit built into the A2L. */
function isTray(tray: number): boolean {
	return (
		tray < 16 || (tray >= 64 && tray < 68) || (tray >= 128 && tray < 136) || tray === 254 || tray === 255
	);
}

function refused(message: string): SlotMapResult {
	return { ok: false, message };
}
