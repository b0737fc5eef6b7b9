// What people decide about spools: which one is in a slot, and what becomes of what is not in Spoolman.

import { slotOf } from "../printers/printer-slots";
import type { PrinterState } from "../printers/printer-state";
import { PRINTER_SLOTS } from "../settings/schema";
import { type Settings, SettingsError } from "../settings/settings";
import { formatSlotMap, parseSlotMap, type SlotMap } from "./slot-map";
import type { SpoolDetails } from "./spoolman/spool-details";
import { type SpoolmanLink, toSpoolmanError } from "./spoolman-link";
import type { SpoolFailure, SpoolFailureCode } from "./spools";
import type { IdentifiedTray, TrayIdentities } from "./tray-identities";

/** Whose tags have the numbers that these printers read. */
const TAG_VENDOR = "Bambu Lab";

export type LinkResult = { readonly ok: true } | SpoolFailure;

export interface LinksOptions {
	settings: Pick<Settings, "get" | "set" | "flush">;
	link: SpoolmanLink;
	identities: TrayIdentities;
	printers: { readonly states: readonly PrinterState[] };
}

interface Place {
	state: PrinterState;
	entry: IdentifiedTray;
	/** Of the settings. */
	slot: number;
}

export class Links {
	private readonly options: LinksOptions;

	constructor(options: LinksOptions) {
		this.options = options;
	}

	/** Never rejects. */
	async link(printerId: string, tray: number, spoolId: number): Promise<LinkResult> {
		return this.at(printerId, tray, async (place) => {
			const { tag } = place.entry;
			const spool = await this.options.link.ask((client) => client.get(spoolId));
			if (spool.archived)
				return failure("archived", "That spool is archived. Take it out of the archive in Spoolman first.");
			const other = this.slotWith(spoolId, place);
			if (other !== undefined) return failure("in_use", `That spool is in ${other}. Unlink it there first.`);
			if (tag === undefined) return this.map(place, spoolId);
			if (spool.tag !== undefined && spool.tag !== tag)
				return failure(
					"in_use",
					"That spool has another tag in Spoolman. Clear it there, or choose another one.",
				);
			await this.giveTag(spool, tag);
			return this.map(place, undefined);
		});
	}

	/** Never rejects. */
	async unlink(printerId: string, tray: number): Promise<LinkResult> {
		return this.at(printerId, tray, async (place) => {
			const { identity } = place.entry;
			const mapped = this.mapOf(place.slot).has(place.entry.tray);
			if (identity.kind === "spool" && identity.by === "tag")
				await this.options.link.ask((client) => client.setTag(identity.spool.id, undefined));
			else if (!mapped) return failure("nothing_to_do", "No spool is linked to that slot.");
			return this.map(place, undefined);
		});
	}

	/** Never rejects. */
	async create(printerId: string, tray: number): Promise<LinkResult> {
		return this.at(printerId, tray, async (place) => {
			const { slot, tag } = place.entry;
			const { material, name, color, fullGrams, remainPercent, nozzleMin, nozzleMax } = slot;
			if (tag === undefined || material === undefined)
				return failure(
					"no_tag",
					"That spool has no tag that says what it is. Create it in Spoolman, and link it to the slot.",
				);
			// 0 also stands for "not measured".
			const remainingGrams = remainPercent && fullGrams ? (fullGrams * remainPercent) / 100 : undefined;
			await this.options.link.ask((client) =>
				client.ensureSpoolFor({
					uuid: tag,
					vendor: TAG_VENDOR,
					material,
					...(name !== undefined && { name }),
					...(color !== undefined && { color }),
					...(fullGrams !== undefined && { fullGrams }),
					...(remainingGrams !== undefined && { remainingGrams }),
					...(nozzleMin !== undefined && { nozzleMin }),
					...(nozzleMax !== undefined && { nozzleMax }),
				}),
			);
			return this.map(place, undefined);
		});
	}

	/** The slot map of that printer, as the settings have it. */
	mapOf(slot: number): SlotMap {
		const result = parseSlotMap(this.options.settings.get(`printer${slot}.spools`));
		return result.ok ? result.map : new Map();
	}

	private async at(
		printerId: string,
		tray: number,
		work: (place: Place) => Promise<LinkResult>,
	): Promise<LinkResult> {
		const { settings, link, identities, printers } = this.options;
		if (!link.isSetUp) return notSetUp();
		const state = printers.states.find(({ id }) => id.toUpperCase() === printerId.toUpperCase());
		const slot = state && slotOf(settings, state.serial);
		const entry = state && identities.of(state.id).find((one) => one.tray === tray);
		if (!state || slot === undefined || !entry || entry.slot.state === "empty")
			return failure("unknown_slot", "There is no such slot, or it is empty.");
		if (entry.slot.isReading)
			return failure("unknown_slot", "The printer is reading the tag in that slot. Try again in a moment.");
		try {
			return await work({ state, entry, slot });
		} catch (error) {
			return toFailure(error);
		}
	}

	/** In words, where else that spool is; a slot that is empty by now lets go of it. */
	private slotWith(spoolId: number, place: Place): string | undefined {
		const { identities, printers } = this.options;
		for (const state of printers.states)
			for (const entry of identities.of(state.id)) {
				if (entry.identity.kind !== "spool" || entry.identity.spool.id !== spoolId) continue;
				if (state.id !== place.state.id || entry.tray !== place.entry.tray)
					return `another slot of ${state.name}`;
			}
		return undefined;
	}

	/** Who had the tag until now has it no longer: two with the same one could not be told apart. */
	private async giveTag(spool: SpoolDetails, tag: string): Promise<void> {
		const { link } = this.options;
		const holders = await link.ask((client) => client.findByTag(tag, { hasArchived: true }));
		for (const { id } of holders)
			if (id !== spool.id) await link.ask((client) => client.setTag(id, undefined));
		await link.ask((client) => client.setTag(spool.id, tag));
	}

	/** Puts that spool into that slot of the settings, or none, and takes it out of all others. */
	private async map({ slot, entry }: Place, spoolId: number | undefined): Promise<LinkResult> {
		const { settings } = this.options;
		const changes: Record<`printer${number}.spools`, string> = {};
		for (let other = 0; other < PRINTER_SLOTS; other++) {
			const map = new Map(this.mapOf(other));
			for (const [tray, id] of map)
				if (id === spoolId || (other === slot && tray === entry.tray)) map.delete(tray);
			if (other === slot && spoolId !== undefined) map.set(entry.tray, spoolId);
			const text = formatSlotMap(map);
			if (text !== formatSlotMap(this.mapOf(other))) changes[`printer${other}.spools`] = text;
		}
		if (Object.keys(changes).length === 0) return { ok: true };
		settings.set(changes);
		if (await settings.flush()) return { ok: true };
		return failure("storage", "The device cannot store that. It counts until the next restart.");
	}
}

export function notSetUp(): SpoolFailure {
	return failure("not_set_up", "No Spoolman is entered. Enter its address in the settings.");
}

export function failure(code: SpoolFailureCode, message: string): SpoolFailure {
	return { ok: false, code, message };
}

export function toFailure(error: unknown): SpoolFailure {
	if (error instanceof SettingsError) return failure("invalid", error.message);
	const { code, message } = toSpoolmanError(error);
	return failure(code, message);
}
