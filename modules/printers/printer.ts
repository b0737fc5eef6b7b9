// A printer as the rest of the firmware sees it, whoever made it.

import type { PrinterState } from "./printer-state";
import type { PrinterStateListener } from "./printer-store";

export interface Printer {
	/** Never changed in place. */
	readonly state: PrinterState;
	/** Connects, and keeps connecting until closed. */
	start(): void;
	/** Calls back with the state and the names of what changed; the returned function ends that. */
	onChange(listener: PrinterStateListener): () => void;
	/** "" makes a name from model and serial number. The connection is not touched. */
	rename(name: string): void;
	/** Ends the connection in good order. May be called any number of times; no callback comes afterwards. */
	close(): Promise<void>;
}

/** What a person has entered to set up a printer; see `settings/schema.ts`. */
export interface PrinterSetup {
	slot: number;
	/** "" makes a name from model and serial number. */
	name: string;
	host: string;
	port: number;
	serial: string;
	accessCode: string;
	/** SHA-256 of a certificate that was confirmed, or "". */
	pinnedSha256: string;
}
