// A device that keeps track of spools, with printers, a Spoolman in memory and a clock that a test moves.

import assert from "node:assert/strict";
import { EventLog } from "../../../modules/event-log/event-log";
import type { Clock, Timer } from "../../../modules/platform/clock";
import { PortError } from "../../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import type { PrintersEvent, PrintersListener } from "../../../modules/printers/printer-manager";
import type { FilamentSlot, JobState, PrinterState } from "../../../modules/printers/printer-state";
import { Settings, type SettingsChanges } from "../../../modules/settings/settings";
import { SpoolTracker } from "../../../modules/spools/spool-tracker";
import type { SpoolDetails } from "../../../modules/spools/spoolman/spool-details";
import { SpoolmanError } from "../../../modules/spools/spoolman/spoolman-error";
import type { Spoolman } from "../../../modules/spools/spoolman-link";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

export const URL = "http://192.168.1.5:7912";

/** What goes wrong, and when the power fails: asked before and after everything that leaves the device. */
export type Fate = () => void;

export function tagNumber(number: number): string {
	return number.toString(16).toUpperCase().padStart(32, "A");
}

/** Spoolman as far as the tracker asks it. */
export class MemorySpoolman {
	readonly spools = new Map<number, SpoolDetails>();
	isDown = false;
	/** Writes are done, and their answers lost. */
	losesAnswers = false;
	refuses: number | undefined;
	/** The spool that it cannot show. */
	breaksAt: number | undefined;
	/** In order: "setUsed 1 12". */
	readonly calls: string[] = [];
	private writing = 0;

	add(id: number, changes: Partial<SpoolDetails> = {}): void {
		this.spools.set(id, { id, archived: false, usedG: 100, baseG: 1000, name: `Spool ${id}`, ...changes });
	}

	used(id: number): number {
		return this.spools.get(id)?.usedG ?? assert.fail(`no spool ${id}`);
	}

	/** One device's way to it. */
	open(fate: Fate = () => {}, isAlive: () => boolean = () => true): Spoolman {
		const ask = async <T>(call: string, work: () => T): Promise<T> => {
			if (!isAlive()) return new Promise<T>(() => {});
			fate();
			if (!isAlive()) return new Promise<T>(() => {});
			this.calls.push(call);
			await undefined;
			if (this.isDown) throw new SpoolmanError("unreachable", "Spoolman does not answer. Start it.");
			const answer = work();
			await undefined;
			if (isAlive()) fate();
			if (!isAlive()) return new Promise<T>(() => {});
			return answer;
		};
		const write = async (id: number, call: string, changes: Partial<SpoolDetails>): Promise<SpoolDetails> => {
			this.writing++;
			try {
				return await ask(call, () => {
					assert.equal(this.writing, 1, "never two writes at a time");
					if (this.refuses !== undefined)
						throw new SpoolmanError("invalid", "Spoolman does not take that.", { status: this.refuses });
					const spool = { ...this.one(id), ...changes };
					this.spools.set(id, spool);
					if (this.losesAnswers) throw new SpoolmanError("timeout", "Spoolman did not answer in time.");
					return spool;
				});
			} finally {
				this.writing--;
			}
		};
		return {
			info: () => ask("info", () => ({ version: "0.26.1" })),
			list: ({ offset, limit }) =>
				ask("list", () => ({
					spools: [...this.spools.values()].slice(offset, offset + limit),
					total: this.spools.size,
				})),
			get: (id) =>
				ask(`get ${id}`, () => {
					if (id === this.breaksAt)
						throw new SpoolmanError("unavailable", "Spoolman cannot do that.", { status: 500 });
					return this.one(id);
				}),
			findByTag: (uuid, options) =>
				ask(`find ${uuid}`, () =>
					[...this.spools.values()].filter(
						({ tag, archived }) => tag === uuid && (!archived || options?.hasArchived === true),
					),
				),
			setUsed: (id, usedG) => {
				// A device that was killed no longer counts as one that writes.
				if (!isAlive()) return new Promise(() => {});
				return write(id, `setUsed ${id}`, { usedG, wasUsed: true });
			},
			setTag: async (id, uuid) => {
				const { tag: _, ...rest } = this.one(id);
				return ask(`setTag ${id}`, () => {
					const spool = uuid === undefined ? rest : { ...rest, tag: uuid };
					this.spools.set(id, spool);
					return spool;
				});
			},
			setLocation: (id, location) =>
				write(id, `setLocation ${id}`, location === undefined ? {} : { location }),
			ensureSpoolFor: ({ uuid, name = "", material, fullGrams = 1000 }) =>
				ask("ensure", () => {
					const id = Math.max(0, ...this.spools.keys()) + 1;
					this.add(id, { tag: uuid, usedG: 0, name, material, baseG: fullGrams });
					return { spool: this.one(id), isNew: true };
				}),
			close: async () => {},
		};
	}

	/** A device was killed while it wrote. */
	forgetWriters(): void {
		this.writing = 0;
	}

	private one(id: number): SpoolDetails {
		const spool = this.spools.get(id);
		if (!spool) throw new SpoolmanError("not_found", "There is no such spool.", { status: 404 });
		return spool;
	}
}

/** Printers as the manager shows them. */
export class Printers {
	states: PrinterState[] = [];
	private listeners: readonly PrintersListener[] = [];

	onChange(listener: PrintersListener): () => void {
		this.listeners = [...this.listeners, listener];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== listener);
		};
	}

	add(id: string, slots: readonly Partial<FilamentSlot>[]): void {
		this.states = [...this.states, printerWith(id, slots)];
	}

	change(id: string, patch: Partial<PrinterState>): void {
		this.states = this.states.map((state) => (state.id === id ? { ...state, ...patch } : state));
		const state = this.of(id);
		const changed = Object.keys(patch) as (keyof PrinterState)[];
		this.tell({ type: "changed", state, changed });
	}

	job(id: string, patch: Partial<JobState>): void {
		this.change(id, { job: { ...this.of(id).job, ...patch } });
	}

	/** What is in one slot of the first unit. */
	slot(id: string, slot: number, changes: Partial<FilamentSlot>): void {
		const { filament } = this.of(id);
		const units = filament.units.map((unit, index) =>
			index > 0
				? unit
				: { ...unit, slots: unit.slots.map((one) => (one.id === slot ? slotWith(slot, changes) : one)) },
		);
		this.change(id, { filament: { ...filament, units } });
	}

	remove(id: string): void {
		this.states = this.states.filter((state) => state.id !== id);
		this.tell({ type: "removed", id });
	}

	of(id: string): PrinterState {
		return this.states.find((state) => state.id === id) ?? assert.fail(`no printer ${id}`);
	}

	private tell(event: PrintersEvent): void {
		for (const listener of this.listeners) listener(event);
	}
}

function slotWith(id: number, changes: Partial<FilamentSlot>): FilamentSlot {
	return { id, state: "loaded", material: "PLA", ...changes };
}

function printerWith(id: string, slots: readonly Partial<FilamentSlot>[]): PrinterState {
	return {
		id,
		vendor: "bambu",
		model: "P1S",
		name: `Printer ${id}`,
		serial: id,
		host: "192.168.1.9",
		watch: "live",
		link: "online",
		control: "full",
		capabilities: {} as PrinterState["capabilities"],
		job: { state: "idle", key: "before" },
		nozzles: [],
		bed: {},
		fans: {},
		lights: {},
		filament: {
			units: [{ id: 0, kind: "ams", slots: slots.map((changes, index) => slotWith(index, changes)) }],
			external: [],
			tracksRemaining: false,
		},
		faults: [],
	};
}

/** Whose storage outlives the device, and may refuse. */
export class DeviceStorage implements Storage {
	private readonly kept = createMemoryStorage();
	isFull = false;
	writes = 0;

	get(namespace: string, key: string): StoredValue | undefined {
		return this.kept.get(namespace, key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		this.writes++;
		if (this.isFull) throw new PortError("storage", "the medium is full");
		await this.kept.write(changes);
	}
}

/** Printers, Spoolman and storage stay while the device starts anew. */
export class Bench {
	readonly clock = new ManualClock({ startMs: 1_000 });
	readonly log = new MemoryLog();
	readonly spoolman = new MemorySpoolman();
	readonly printers = new Printers();
	readonly storage = new DeviceStorage();
	readonly settings: Settings;
	events = new EventLog({ clock: this.clock });
	private device: { tracker: SpoolTracker; isAlive: boolean } | undefined;

	constructor(changes: SettingsChanges = {}) {
		const { clock, log } = this;
		this.settings = new Settings({ storage: createMemoryStorage(), clock, log });
		this.settings.set({ "spoolman.url": URL, "spools.thresholdTenths": 1, ...changes });
	}

	/** Slot `slot` of the settings has that printer. */
	setUp(slot: number, serial: string, spools = ""): void {
		this.settings.patch({
			[`printer${slot}.host`]: "192.168.1.9",
			[`printer${slot}.serial`]: serial,
			[`printer${slot}.spools`]: spools,
		});
	}

	get tracker(): SpoolTracker {
		return this.device?.tracker ?? assert.fail("not started");
	}

	get isAlive(): boolean {
		return this.device?.isAlive === true;
	}

	start(fate: Fate = () => {}): SpoolTracker {
		const { clock, log, settings, printers, storage, spoolman } = this;
		const isAlive = (): boolean => device.isAlive;
		const own: Clock = {
			now: () => clock.now(),
			wallTime: () => undefined,
			after: (delayMs, callback): Timer => clock.after(delayMs, () => isAlive() && callback()),
			every: (intervalMs, callback): Timer => clock.every(intervalMs, () => isAlive() && callback()),
		};
		const device = { isAlive: true } as { tracker: SpoolTracker; isAlive: boolean };
		this.device = device;
		this.events = new EventLog({ clock });
		device.tracker = new SpoolTracker({
			settings,
			clock: own,
			log,
			events: this.events,
			printers: {
				get states() {
					return printers.states;
				},
				onChange: (listener) => printers.onChange((event) => isAlive() && listener(event)),
			},
			storage: {
				get: (namespace, key) => storage.get(namespace, key),
				async write(changes) {
					if (isAlive()) fate();
					if (!isAlive()) return new Promise<void>(() => {});
					await storage.write(changes);
					if (isAlive()) fate();
					if (!isAlive()) return new Promise<void>(() => {});
				},
			},
			openSpoolman: () => spoolman.open(fate, isAlive),
		});
		return device.tracker;
	}

	/** The power fails: nothing of the device goes on, and nothing is said goodbye to. */
	kill(): void {
		if (this.device) this.device.isAlive = false;
		this.spoolman.forgetWriters();
	}

	/** Lets that time pass, and all that is promised come about. */
	async pass(ms: number, stepMs = 5_000): Promise<void> {
		for (let passed = 0; passed < ms; passed += stepMs) {
			this.clock.advance(Math.min(stepMs, ms - passed));
			await settle();
		}
	}

	eventTexts(): string[] {
		return this.events.list().map(({ text }) => text);
	}
}

/** Every promise that can be kept without time passing. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await undefined;
}
