// The door to the spools, for the web and for the panel. `openSpools` in `open-spools.ts` opens it.

import type { SpoolmanErrorCode } from "./spoolman/spoolman-error";
import type { ShownSpool, SpoolsState } from "./spools-state";

export interface Spools {
	/** Replaced when something changes, never changed in place. */
	readonly state: SpoolsState;
	/** The returned function ends the calls. */
	onChange(listener: () => void): () => void;
	/** One page of Spoolman's spools, the newest first. Never rejects. */
	list(query: SpoolQuery): Promise<SpoolPage | SpoolFailure>;
	/** Never rejects. */
	act(action: SpoolAction): Promise<{ readonly ok: true } | SpoolFailure>;
	/** Ends every request and stores what is left. May be called any number of times. */
	close(): Promise<void>;
}

export interface SpoolQuery {
	offset: number;
	/** At most 20. */
	limit: number;
	/** Part of the filament's name, material or vendor. */
	search?: string;
}

export interface SpoolPage {
	readonly ok: true;
	readonly spools: readonly ShownSpool[];
	/** All that match, when Spoolman says it. */
	readonly total?: number;
}

/** `printerId` and `tray` name a slot. */
export type SpoolAction =
	/** That spool is in there: by its tag, which Spoolman is told, or by the slot where it has none. */
	| { readonly action: "link"; readonly printerId: string; readonly tray: number; readonly spoolId: number }
	| { readonly action: "unlink"; readonly printerId: string; readonly tray: number }
	/** Makes vendor, filament and spool in Spoolman from what the tag says, as far as they are not there. */
	| { readonly action: "create"; readonly printerId: string; readonly tray: number }
	/** Ends a difference: the printer's measurement is written, or Spoolman's weight stands. */
	| {
			readonly action: "resync";
			readonly printerId: string;
			readonly tray: number;
			readonly by: "printer" | "spoolman";
	  }
	/** Asks Spoolman anew at once. */
	| { readonly action: "retry" }
	/** Throws away what waits to be written. */
	| { readonly action: "discard" };

/**
 * - `not_set_up`: no Spoolman is entered
 * - `unknown_slot`: there is no such printer or slot, or it is empty
 * - `no_tag`: the spool in there has none that could say what it is
 * - `in_use`: that spool is in another slot, or has another tag
 * - `archived`: that spool is put away in Spoolman
 * - `nothing_to_do`: there is no link, difference or waiting weight to end
 */
export type SpoolFailureCode =
	| SpoolmanErrorCode
	| "not_set_up"
	| "unknown_slot"
	| "no_tag"
	| "in_use"
	| "archived"
	| "nothing_to_do"
	| "storage";

export interface SpoolFailure {
	readonly ok: false;
	readonly code: SpoolFailureCode;
	/** What is wrong and what to do, in words. */
	readonly message: string;
}
