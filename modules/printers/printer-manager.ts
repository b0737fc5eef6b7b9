// The printers that are set up: one object for each slot in the settings, made anew when its settings change.

import type { Log } from "../platform/log";
import { PRINTER_SLOTS } from "../settings/schema";
import type { Settings } from "../settings/settings";
import type { Printer, PrinterSetup } from "./printer";
import type { PrinterState } from "./printer-state";
import type { PrinterStateKey } from "./printer-store";

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
	/** By slot: ends when its last printer has said goodbye. */
	readonly #closing = new Map<number, Promise<void>>();
	/** Replaced when it changes: whoever is being told may come and go meanwhile. */
	#listeners: readonly PrintersListener[] = [];
	#ignoreSettings: () => void = () => {};

	constructor(options: PrinterManagerOptions) {
		this.#options = options;
	}

	/** In the order of their slots. */
	get states(): PrinterState[] {
		return [...this.#printers.entries()].sort(([a], [b]) => a - b).map(([, printer]) => printer.state);
	}

	start(): void {
		this.openAll();
		this.#ignoreSettings = this.#options.settings.onChange((keys) => this.follow(keys));
	}

	/** The returned function ends the calls. */
	onChange(listener: PrintersListener): () => void {
		this.#listeners = [...this.#listeners, listener];
		return () => {
			this.#listeners = this.#listeners.filter((other) => other !== listener);
		};
	}

	/** Ends all connections in good order. May be called any number of times. */
	async close(): Promise<void> {
		this.#ignoreSettings();
		this.#listeners = [];
		for (const slot of [...this.#printers.keys()]) this.shut(slot);
		await Promise.all(this.#closing.values());
	}

	private follow(keys: readonly string[]): void {
		const slots = new Set<number>();
		for (const key of keys) {
			const [, slot, name] = /^printer(\d+)\.(.+)$/.exec(key) ?? [];
			const printer = this.#printers.get(Number(slot));
			if (name === "name" && printer)
				printer.rename(this.#options.settings.get(`printer${Number(slot)}.name`));
			else if (slot !== undefined) slots.add(Number(slot));
		}
		if (slots.size === 0) return;
		for (const slot of slots) this.shut(slot);
		// Also those that were left out so far, because another slot had the same printer.
		for (const printer of this.openAll()) this.tell({ type: "added", state: printer.state });
	}

	/** Opens every slot that is in use and not open yet. */
	private openAll(): Printer[] {
		const opened: Printer[] = [];
		for (let slot = 0; slot < PRINTER_SLOTS; slot++) {
			const printer = this.#printers.has(slot) ? undefined : this.open(slot);
			if (printer) opened.push(printer);
		}
		return opened;
	}

	private open(slot: number): Printer | undefined {
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
		// A serial number is compared with a certificate without regard to case, so it is here.
		const isSame = ({ serial }: PrinterState): boolean => serial.toUpperCase() === setup.serial.toUpperCase();
		if (this.states.some(isSame)) {
			log.warn(`printer ${setup.serial} is set up twice; slot ${slot} is left out`);
			return undefined;
		}
		const printer = create(setup);
		this.#printers.set(slot, printer);
		printer.onChange((state, changed) => this.tell({ type: "changed", state, changed }));
		// The slot's client id must not be used twice at a time.
		const before = this.#closing.get(slot);
		if (before) void before.then(() => this.#printers.get(slot) === printer && printer.start());
		else printer.start();
		return printer;
	}

	private shut(slot: number): void {
		const printer = this.#printers.get(slot);
		if (!printer) return;
		this.#printers.delete(slot);
		this.tell({ type: "removed", id: printer.state.id });
		const closing = Promise.all([this.#closing.get(slot), printer.close()]).then(() => {
			if (this.#closing.get(slot) === closing) this.#closing.delete(slot);
		});
		this.#closing.set(slot, closing);
	}

	private tell(event: PrintersEvent): void {
		this.#listeners.forEach((listener) => {
			listener(event);
		});
	}
}
