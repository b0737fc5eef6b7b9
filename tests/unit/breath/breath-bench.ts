// A chamber heater on a bench: the firmware's part with all it needs, in a chamber of a few lines.

import { Breath } from "../../../modules/breath/breath";
import { TICK_MS } from "../../../modules/breath/heater/limits";
import type { Asker } from "../../../modules/event-log/asker";
import { EventLog } from "../../../modules/event-log/event-log";
import type {
	HeaterBoard,
	HeaterBoardReading,
	HeaterButton,
	HeaterLed,
	SensorReading,
} from "../../../modules/platform/heater-board";
import type { Storage, StorageChange, StoredValue } from "../../../modules/platform/storage";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { Settings } from "../../../modules/settings/settings";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

/** W, W/K, J/K and °C: an element that blows into a small box. */
const ELEMENT_WATTS = 250;
const ELEMENT_TO_AIR = 6;
const ELEMENT_CAPACITY = 150;
const AIR_TO_ROOM = 3;
const AIR_CAPACITY = 6_000;
const ROOM = 22;

export class BenchBoard implements HeaterBoard {
	readonly #clock: ManualClock;
	readonly #listeners = new Set<(button: HeaterButton, pressed: boolean) => void>();
	readonly leds = new Set<HeaterLed>();
	chamber = ROOM;
	element = ROOM;
	/** A broken lead. */
	isChamberOpen = false;
	heater = false;
	fan = false;
	isClosed = false;
	#readAtMs: number;

	constructor(clock: ManualClock) {
		this.#clock = clock;
		this.#readAtMs = clock.now();
	}

	setHeater(on: boolean): void {
		this.#pass();
		this.heater = on && !this.isClosed;
	}

	setFan(on: boolean): void {
		this.#pass();
		this.fan = on && !this.isClosed;
	}

	read(): HeaterBoardReading {
		this.#pass();
		return {
			chamber: this.isChamberOpen ? reading({ status: "open" }) : ok(this.chamber),
			element: ok(this.element),
			mains: { ageMs: 5, halfWaveMicros: 10_000 },
			outputs: { heater: this.heater, fan: this.fan },
		};
	}

	setLed(led: HeaterLed, lit: boolean): void {
		if (lit && !this.isClosed) this.leds.add(led);
		else this.leds.delete(led);
	}

	onButton(listener: (button: HeaterButton, pressed: boolean) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	press(button: HeaterButton, pressed = true): void {
		for (const listener of this.#listeners) listener(button, pressed);
	}

	close(): void {
		this.setHeater(false);
		this.setFan(false);
		this.leds.clear();
		this.isClosed = true;
		this.#listeners.clear();
	}

	#pass(): void {
		let seconds = (this.#clock.now() - this.#readAtMs) / 1000;
		this.#readAtMs = this.#clock.now();
		while (seconds > 0) {
			const step = Math.min(seconds, 1);
			seconds -= step;
			const blown = (this.element - this.chamber) * ELEMENT_TO_AIR * (this.fan ? 1 : 0.3);
			this.element += (((this.heater ? ELEMENT_WATTS : 0) - blown) * step) / ELEMENT_CAPACITY;
			this.chamber += ((blown - (this.chamber - ROOM) * AIR_TO_ROOM) * step) / AIR_CAPACITY;
		}
	}
}

function ok(celsius: number): SensorReading {
	return reading({ status: "ok", celsius });
}

function reading(temperature: SensorReading["temperature"]): SensorReading {
	return { temperature, sample: { raw: 2_000, millivolts: 1_600, referenceOhms: 82_000 } };
}

export class BenchStorage implements Storage {
	readonly values = new Map<string, StoredValue>();

	get(namespace: string, key: string): StoredValue | undefined {
		return this.values.get(`${namespace}/${key}`);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		for (const { namespace, key, value } of changes) {
			if (value === undefined) this.values.delete(`${namespace}/${key}`);
			else this.values.set(`${namespace}/${key}`, value);
		}
	}
}

export interface BenchOptions {
	/** By namespace/key. */
	stored?: Record<string, StoredValue>;
	printer?: PrinterState;
}

export function breathBench({ stored = {}, printer }: BenchOptions = {}) {
	const clock = new ManualClock({ startMs: 1_000 });
	const log = new MemoryLog();
	const storage = new BenchStorage();
	for (const [key, value] of Object.entries(stored)) storage.values.set(key, value);
	const settings = new Settings({ storage, clock, log });
	const events = new EventLog({ clock });
	const board = new BenchBoard(clock);
	const world: { printer: PrinterState | undefined } = { printer };
	const breath = new Breath({
		board,
		settings,
		storage,
		clock,
		log,
		events,
		printer: () => world.printer,
	});
	return {
		clock,
		log,
		storage,
		settings,
		events,
		board,
		breath,
		/** What the printer says from now on. */
		setPrinter(next: PrinterState | undefined) {
			world.printer = next;
			breath.printerChanged();
			clock.advance(TICK_MS);
		},
		advance(seconds: number) {
			clock.advance(seconds * 1000);
		},
		/** Of all events, oldest first. */
		happened: (): string[] =>
			events
				.list()
				.map(({ event }) => event)
				.reverse(),
		/** One change a frame, as clients send them. */
		frames(by: Asker, ...frames: Parameters<Breath["change"]>[0][]) {
			for (const frame of frames) breath.change(frame, by);
		},
	};
}
