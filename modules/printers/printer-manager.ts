// The printers that are set up: one object for each slot in the settings, made anew when its settings change.

import type { Log } from "../platform/log";
import { PRINTER_SLOTS } from "../settings/schema";
import type { Settings } from "../settings/settings";
import type { Printer } from "./printer";
import type { PrinterState } from "./printer-state";
import type { PrinterStateKey } from "./printer-store";

export interface PrinterSetup {
	slot: number;
	name: string;
	host: string;
	port: number;
	serial: string;
	accessCode: string;
	pinnedSha256: string;
}

export interface PrinterManagerOptions {
	settings: Settings;
	log: Log;
	/** Makes the printer of that slot; does not start it. */
	create(setup: PrinterSetup): Printer;
}

export type PrintersListener = (event: PrintersEvent) => void;
export type PrintersEvent =
	| { type: "changed"; state: PrinterState; changed: readonly PrinterStateKey[] }
	| { type: "added"; state: PrinterState }
	| { type: "removed"; id: string };

export class PrinterManager {
	readonly #options: PrinterManagerOptions;
	readonly #printers = new Map<number, Printer>();
	readonly #closing = new Set<Promise<void>>();
	readonly #listeners = new Set<PrintersListener>();
	#ignoreSettings: () => void = () => {};

	constructor(options: PrinterManagerOptions) {
		this.#options = options;
	}

	/** In the order of their slots. */
	get states(): PrinterState[] {
		return [...this.#printers.entries()].sort(([a], [b]) => a - b).map(([, printer]) => printer.state);
	}

	start(): void {
		for (let slot = 0; slot < PRINTER_SLOTS; slot++) this.#open(slot);
		this.#ignoreSettings = this.#options.settings.onChange((keys) => {
			const slots = new Set(keys.map((key) => /^printer(\d+)\./.exec(key)?.[1]));
			for (const slot of slots) if (slot !== undefined) this.#reopen(Number(slot));
		});
	}

	/** The returned function ends the calls. */
	onChange(listener: PrintersListener): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** Ends all connections in good order. May be called any number of times. */
	async close(): Promise<void> {
		this.#ignoreSettings();
		this.#listeners.clear();
		for (const slot of [...this.#printers.keys()]) this.#shut(slot);
		await Promise.all(this.#closing);
	}

	#reopen(slot: number): void {
		const before = this.#printers.get(slot);
		this.#shut(slot);
		if (before) this.#tell({ type: "removed", id: before.state.id });
		const printer = this.#open(slot);
		if (printer) this.#tell({ type: "added", state: printer.state });
	}

	#open(slot: number): Printer | undefined {
		const { settings, log, create } = this.#options;
		const setup: PrinterSetup = {
			slot,
			name: settings.get(`printer${slot}.name`),
			host: settings.get(`printer${slot}.host`),
			port: settings.get(`printer${slot}.port`),
			serial: settings.get(`printer${slot}.serial`),
			accessCode: settings.get(`printer${slot}.accessCode`),
			pinnedSha256: settings.get(`printer${slot}.pinnedSha256`),
		};
		if (!setup.host || !setup.serial) return undefined;
		if (this.states.some(({ serial }) => serial === setup.serial)) {
			log.warn(`printer ${setup.serial} is set up twice; slot ${slot} is left out`);
			return undefined;
		}
		const printer = create(setup);
		this.#printers.set(slot, printer);
		printer.onChange((state, changed) => this.#tell({ type: "changed", state, changed }));
		printer.start();
		return printer;
	}

	#shut(slot: number): void {
		const printer = this.#printers.get(slot);
		if (!printer) return;
		this.#printers.delete(slot);
		const closing = printer.close().finally(() => this.#closing.delete(closing));
		this.#closing.add(closing);
	}

	#tell(event: PrintersEvent): void {
		for (const listener of [...this.#listeners]) listener(event);
	}
}
