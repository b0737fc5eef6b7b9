// The printers that are set up: one object for each slot in the settings, and who of them has a connection that stays.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Settings } from "../settings/settings";
import { chooseLive } from "./live-choice";
import { PollRound } from "./poll-round";
import type { Printer, PrinterSetup } from "./printer";
import { isAtBroker, isSameSerial, readSlot, slotOrder } from "./printer-slots";
import type { PrinterState } from "./printer-state";
import type { PrinterStateKey } from "./printer-store";
import type { SpareLink } from "./spare-link";

/** A printer that somebody attends to keeps its connection for so long after that. */
const ATTENDED_MS = 60_000;
/** The slowest connections take 15 s, and the first report comes soon after. */
const ONLINE_LIMIT_MS = 20_000;

/** Settings of a slot that make another printer of it. */
const OF_ANOTHER_ONE: readonly string[] = Object.freeze(["serial", "vendor", "way"]);

export interface PrinterManagerOptions {
	settings: Settings;
	clock: Clock;
	log: Log;
	/** See `Platform.liveLinks`. */
	liveLinks: number;
	/** See `Platform.mostPrinters`. */
	mostPrinters: number;
	/** What the others are looked at by. */
	spare: SpareLink;
	/** Of the device. */
	uptimeSeconds(): number;
	/** The slot whose printer is live before all others, if there is one. */
	first?: (() => number | undefined) | undefined;
	/** Makes the printer of that slot; does not start it. `undefined`: this device does not work with such a one. */
	create(setup: PrinterSetup): Printer | undefined;
}

export type PrintersListener = (event: PrintersEvent) => void;
export type PrintersEvent =
	| { type: "changed"; state: PrinterState; changed: readonly PrinterStateKey[] }
	| { type: "added"; state: PrinterState }
	| { type: "removed"; id: string }
	/** {@link PrinterManager.states} are in another order. */
	| { type: "reordered" };

/** A printer and what the manager knows of it. */
interface Entry {
	readonly slot: number;
	readonly printer: Printer;
	isLive: boolean;
	/** While a connection before says goodbye: a client id must not be used twice at a time. Never rejects. */
	ending: Promise<void> | undefined;
}

export class PrinterManager {
	private readonly options: PrinterManagerOptions;
	private readonly round: PollRound;
	/** In the order in which they are shown. Replaced when it changes. */
	private entries: readonly Entry[] = [];
	/** By slot: ends when its last printer has said goodbye. */
	private readonly closing = new Map<number, Promise<void>>();
	/** Replaced when it changes: whoever is being told may come and go meanwhile. */
	private listeners: readonly PrintersListener[] = [];
	private attended: { slot: number; timer: Timer } | undefined;
	/** Ends of those who wait for a printer that they attend to. */
	private readonly waiting = new Set<() => void>();
	private ignoreSettings: () => void = () => {};

	constructor(options: PrinterManagerOptions) {
		this.options = options;
		const { clock, log, spare } = options;
		this.round = new PollRound({ clock, log, spare, onLooked: (printer) => this.showHeard(printer) });
	}

	/** In the order that people have given them. */
	get states(): PrinterState[] {
		return this.entries.map(({ printer }) => printer.state);
	}

	/** The printer with that id. */
	find(id: string): Printer | undefined {
		return this.entries.find(({ printer }) => isSameSerial(printer.state.id, id))?.printer;
	}

	start(): void {
		this.openAll();
		this.share();
		this.ignoreSettings = this.options.settings.onChange((keys) => this.follow(keys));
	}

	/** The returned function ends the calls. */
	onChange(listener: PrintersListener): () => void {
		this.listeners = [...this.listeners, listener];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== listener);
		};
	}

	/**
	 * Somebody looks at that printer, or wants something of it: it gets a connection for a minute, at the cost of
	 * another one's if need be. Resolves with whether it is online; never rejects.
	 */
	async attend(id: string): Promise<boolean> {
		const { clock } = this.options;
		const entry = this.entries.find(({ printer }) => isSameSerial(printer.state.id, id));
		if (!entry) return false;
		const { slot, printer } = entry;
		this.attended?.timer.cancel();
		const timer = clock.after(ATTENDED_MS, () => {
			this.attended = undefined;
			this.share();
		});
		this.attended = { slot, timer };
		const wasLive = entry.isLive;
		this.share();
		if (!entry.isLive) return false;
		// Of a printer that was only looked at, "online" is how that look ended.
		if (wasLive) return printer.state.link === "online";
		const heardAtMs = printer.heardAtMs;
		return new Promise((resolve) => {
			const end = (): void => {
				limit.cancel();
				stop();
				this.waiting.delete(end);
				resolve(printer.state.link === "online" && printer.heardAtMs !== heardAtMs);
			};
			const limit = clock.after(ONLINE_LIMIT_MS, end);
			const stop = printer.onChange(({ link }) => {
				if (link === "offline" || (link === "online" && printer.heardAtMs !== heardAtMs)) end();
			});
			this.waiting.add(end);
		});
	}

	/** Ends all connections in good order. May be called any number of times. */
	async close(): Promise<void> {
		this.ignoreSettings();
		this.listeners = [];
		this.attended?.timer.cancel();
		this.attended = undefined;
		this.round.close();
		for (const end of this.waiting) end();
		for (const { slot } of this.entries) this.shut(slot);
		await Promise.all(this.closing.values());
	}

	private follow(keys: readonly string[]): void {
		/** Slots with another printer, and those whose printer is reached in another way. */
		const others = new Set<number>();
		const moved = new Set<number>();
		for (const key of keys) {
			if (!key.startsWith("printer")) continue;
			const [, digits, name = ""] = /^printer(\d+)\.(.+)$/.exec(key) ?? [];
			if (digits === undefined) continue;
			const slot = Number(digits);
			const entry = this.entries.find((one) => one.slot === slot);
			if (name === "name") entry?.printer.rename(this.options.settings.get(`printer${slot}.name`));
			else if (OF_ANOTHER_ONE.includes(name) || !entry || !readSlot(this.options.settings, slot))
				others.add(slot);
			else if (name !== "live") moved.add(slot);
		}
		if (keys.includes("anycubic.brokerHost"))
			for (const { slot } of this.entries) if (isAtBroker(this.options.settings, slot)) moved.add(slot);
		const added = others.size > 0 ? this.exchange(others) : [];
		const late = this.openFirst();
		for (const slot of moved) if (!others.has(slot)) this.move(slot);
		if (keys.includes("printerOrder")) this.reorder();
		this.share();
		for (const { printer } of [...added, ...late]) this.tell({ type: "added", state: printer.state });
	}

	/** The one that comes first may have been left out for want of room: then another one is. */
	private openFirst(): readonly Entry[] {
		const { settings, first, mostPrinters } = this.options;
		const slot = first?.();
		if (slot === undefined || !readSlot(settings, slot)) return [];
		const last = this.entries.at(-1);
		if (!last || this.entries.length < mostPrinters || this.entries.some((entry) => entry.slot === slot))
			return [];
		this.shut(last.slot);
		return this.openAll();
	}

	/** Also those that were left out so far, because another slot had the same printer. */
	private exchange(slots: ReadonlySet<number>): readonly Entry[] {
		for (const slot of slots) this.shut(slot);
		return this.openAll();
	}

	private move(slot: number): void {
		const setup = readSlot(this.options.settings, slot);
		const entry = this.entries.find((one) => one.slot === slot);
		if (!setup || !entry) return;
		entry.printer.retarget(setup);
		// It is looked at again at once.
		if (!entry.isLive) this.round.hurry(entry.printer);
	}

	private reorder(): void {
		const before = this.entries;
		this.entries = this.sorted(before);
		if (this.entries.some((entry, index) => entry !== before[index])) this.tell({ type: "reordered" });
	}

	private sorted(entries: readonly Entry[]): Entry[] {
		const order = slotOrder(this.options.settings);
		return [...entries].sort((a, b) => order.indexOf(a.slot) - order.indexOf(b.slot));
	}

	/** Opens every slot that is in use and not open yet. */
	private openAll(): readonly Entry[] {
		const opened: Entry[] = [];
		const { settings, first, mostPrinters, log } = this.options;
		const slots = slotOrder(settings);
		const firstSlot = first?.();
		if (firstSlot !== undefined) slots.unshift(firstSlot);
		for (const slot of slots) {
			const isOpen = this.entries.some((entry) => entry.slot === slot);
			if (isOpen || !readSlot(settings, slot)) continue;
			if (this.entries.length >= mostPrinters) {
				log.warn(`there is room for ${mostPrinters} printers; slot ${slot} is left out`);
				break;
			}
			const entry = this.open(slot);
			if (entry) opened.push(entry);
		}
		return opened;
	}

	/** The printer is started, or looked at, by {@link share}. */
	private open(slot: number): Entry | undefined {
		const { settings, log, create } = this.options;
		const setup = readSlot(settings, slot);
		if (!setup) return undefined;
		if (this.states.some(({ serial }) => isSameSerial(serial, setup.serial))) {
			log.warn(`printer ${setup.serial} is set up twice; slot ${slot} is left out`);
			return undefined;
		}
		const printer = create(setup);
		if (!printer) {
			log.warn(`this device does not work with printers such as ${setup.serial}; slot ${slot} is left out`);
			return undefined;
		}
		const entry: Entry = {
			slot,
			printer,
			isLive: false,
			ending: this.closing.get(slot),
		};
		this.entries = this.sorted([...this.entries, entry]);
		printer.onChange((_, changed) => {
			if (entry.isLive && changed.includes("link")) this.showHeard(printer);
			this.tell({ type: "changed", state: printer.state, changed });
		});
		return entry;
	}

	private shut(slot: number): void {
		const entry = this.entries.find((one) => one.slot === slot);
		if (!entry) return;
		const { printer } = entry;
		this.entries = this.entries.filter((other) => other !== entry);
		if (this.attended?.slot === slot) {
			this.attended.timer.cancel();
			this.attended = undefined;
		}
		this.tell({ type: "removed", id: printer.state.id });
		const closing = Promise.all([this.closing.get(slot), printer.close()]).then(() => {
			if (this.closing.get(slot) === closing) this.closing.delete(slot);
		});
		this.closing.set(slot, closing);
	}

	/** Gives the connections that stay to those that are to have them, and looks at the others. */
	private share(): void {
		const { settings, liveLinks, first } = this.options;
		const slots = chooseLive({
			slots: this.entries.map(({ slot }) => slot),
			liveLinks,
			first: [first?.(), this.attended?.slot],
			isChosen: (slot) => settings.get(`printer${slot}.live`),
		});
		// Room is made before it is taken.
		const polled: Printer[] = [];
		for (const entry of this.entries) {
			if (slots.includes(entry.slot)) continue;
			if (entry.isLive) entry.ending = entry.printer.pause();
			entry.isLive = false;
			polled.push(entry.printer);
			this.showHeard(entry.printer);
		}
		for (const entry of this.entries) {
			if (!slots.includes(entry.slot) || entry.isLive) continue;
			entry.isLive = true;
			this.showHeard(entry.printer);
			if (entry.ending) void entry.ending.then(() => this.startIfLive(entry));
			else entry.printer.start();
		}
		this.round.set(polled);
	}

	private startIfLive(entry: Entry): void {
		entry.ending = undefined;
		if (entry.isLive && this.entries.includes(entry)) entry.printer.start();
	}

	/** Says how the printer is watched, and since when what is shown may no longer be true. */
	private showHeard(printer: Printer): void {
		const entry = this.entries.find((one) => one.printer === printer);
		if (!entry) return;
		const { clock, uptimeSeconds } = this.options;
		const { heardAtMs } = printer;
		const isFresh = entry.isLive && printer.state.link === "online";
		printer.show({
			watch: entry.isLive ? "live" : "polled",
			lookSeconds: entry.isLive ? undefined : Math.round(printer.lookIntervalMs / 1000),
			heardAtSeconds:
				isFresh || heardAtMs === undefined
					? undefined
					: Math.max(0, uptimeSeconds() - Math.round((clock.now() - heardAtMs) / 1000)),
		});
	}

	private tell(event: PrintersEvent): void {
		this.listeners.forEach((listener) => {
			listener(event);
		});
	}
}
