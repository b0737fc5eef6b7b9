// Tells Spoolman where a spool is, once when it gets there.

import type { PrinterState } from "../printers/printer-state";
import type { SpoolDetails } from "./spoolman/spool-details";
import { type SpoolmanLink, toSpoolmanError } from "./spoolman-link";
import type { IdentifiedTray } from "./tray-identities";
import { trayName } from "./trays";

/** Spoolman takes no longer ones. */
const MOST_CHARACTERS = 64;

interface Place {
	readonly spoolId: number;
	readonly location: string;
}

export class Locations {
	/** By spool: what Spoolman was last told, or had to be. */
	private told = new Map<number, string>();
	private waiting: readonly Place[] = [];

	get hasWork(): boolean {
		return this.waiting.length > 0;
	}

	/** Looks at who is where now. `template` such as "{printer} {slot}"; "" tells nothing. */
	update(printers: readonly (readonly [PrinterState, readonly IdentifiedTray[]])[], template: string): void {
		const told = new Map<number, string>();
		for (const [state, trays] of printers) {
			for (const { tray, identity } of trays) {
				if (identity.kind !== "spool" || template.trim() === "") continue;
				const { id, location: known } = identity.spool as SpoolDetails;
				const location = fill(template, state.name, trayName(state.filament, tray));
				told.set(id, location);
				if (this.told.get(id) === location) continue;
				this.waiting = this.waiting.filter(({ spoolId }) => spoolId !== id);
				if (known !== location) this.waiting = [...this.waiting, { spoolId: id, location }];
			}
		}
		this.told = told;
		this.waiting = this.waiting.filter(({ spoolId, location }) => told.get(spoolId) === location);
	}

	/** One of them. Resolves with the spool as it is now; without one when Spoolman does not take that place. */
	async step(link: SpoolmanLink): Promise<SpoolDetails | undefined> {
		const [first, ...others] = this.waiting;
		this.waiting = others;
		if (!first) return undefined;
		try {
			return await link.ask((client) => client.setLocation(first.spoolId, first.location));
		} catch (error) {
			const { code } = toSpoolmanError(error);
			if (code === "invalid" || code === "not_found") return undefined;
			throw error;
		}
	}
}

function fill(template: string, printer: string, slot: string): string {
	const text = template.split("{printer}").join(printer).split("{slot}").join(slot).trim();
	return text.slice(0, MOST_CHARACTERS);
}
