// A printer as the rest of the firmware sees it, whoever made it.

import type { Camera } from "./camera";
import type { CommandFailure, CommandRequest, CommandResult } from "./command";
import type { PrinterFiles } from "./printer-files";
import type { PrinterWay } from "./printer-makers";
import type { PrinterState, PrinterVendor } from "./printer-state";
import type { PrinterStateListener, PrinterStatePatch } from "./printer-store";

export interface Printer {
	/** Never changed in place. */
	readonly state: PrinterState;
	/** When it last said something, by the clock. `undefined`: it never did. */
	readonly heardAtMs: number | undefined;
	/** Between two looks, at least: a full report makes some models stutter. */
	readonly lookIntervalMs: number;
	/** Of a kind that can be shown; which kind it has says the state. */
	readonly camera?: Camera | undefined;
	/** Of one that tells of its files; where they are say its capabilities. */
	readonly files?: PrinterFiles | undefined;
	/** Connects, and keeps connecting until paused or closed. */
	start(): void;
	/** Connects, waits for what is wanted to be known, and pauses. Resolves when it has, or has failed; never rejects. */
	look(): Promise<void>;
	/** Ends the connection in good order; what is known stays. May be called any number of times. */
	pause(): Promise<void>;
	/** To be shown with its state from now on. */
	show(watched: Watched): void;
	/** Connects there from now on; what is known stays. */
	retarget(target: PrinterTarget): void;
	/** Calls back with the state and the names of what changed; the returned function ends that. */
	onChange(listener: PrinterStateListener): () => void;
	/**
	 * Resolves when the printer has answered, or has not in time, or the command was refused before it was sent.
	 * Never rejects, whatever the request holds.
	 */
	command(request: CommandRequest): Promise<CommandResult>;
	/** Why that would be refused now without being sent; `undefined` when it would be sent. Sends nothing. */
	refusal(request: CommandRequest): CommandFailure | undefined;
	/** "" makes a name from model and serial number. The connection is not touched. */
	rename(name: string): void;
	/** Ends the connection in good order. May be called any number of times; no callback comes afterwards. */
	close(): Promise<void>;
}

/** How a printer is watched; see `PrinterState`. */
export type Watched = Pick<PrinterStatePatch, "watch" | "lookSeconds" | "heardAtSeconds">;

/** Where a printer is, and how it is entered. */
export interface PrinterTarget {
	host: string;
	port: number;
	accessCode: string;
	/** SHA-256 of a certificate that was confirmed, or "". */
	pinnedSha256: string;
}

/** What a person has entered to set up a printer; see `settings/schema.ts`. */
export interface PrinterSetup extends PrinterTarget {
	slot: number;
	vendor: PrinterVendor;
	way: PrinterWay;
	/** Of an Anycubic printer; "" as long as it is not known. */
	modelId: string;
	/** "" makes a name from model and serial number. */
	name: string;
	serial: string;
}
