// The heater board's port on a Panda Breath: what the native lines read and do, in the port's words.

import Timer from "timer";
import type {
	HeaterBoard,
	HeaterBoardReading,
	HeaterButton,
	HeaterLed,
	ReferenceOhms,
	SensorReading,
} from "../../platform/heater-board";
import { PortError } from "../../platform/port-error";
import { ButtonFilter } from "./button-filter";
import { temperatureOf } from "./ntc";
import { referenceOf } from "./strap";

/** The places of a reading in the array that `xs_panda_read` fills; panda-breath-native.c names them too. */
const CHAMBER_RAW = 0;
const ELEMENT_RAW = 2;
const MAINS_AGE_MS = 4;
const HALF_WAVE_MICROS = 5;
const OUTPUTS = 6;
const READING_LENGTH = 7;

const HEATER_BIT = 1;
const FAN_BIT = 2;

/** The contacts bounce for less than that. */
const BUTTON_POLL_MS = 20;

/** In the order of the native part's bits. */
const NAMES: readonly (HeaterLed & HeaterButton)[] = Object.freeze(["power", "auto", "on", "dry"]);

function open(this: unknown): number {
	return native("xs_panda_open").call(this);
}
function close(this: unknown): void {
	native("xs_panda_close").call(this);
}
function setHeater(this: unknown, on: boolean): boolean {
	return native("xs_panda_set_heater").call(this, on);
}
function setFan(this: unknown, on: boolean): void {
	native("xs_panda_set_fan").call(this, on);
}
function read(this: unknown, values: ArrayBuffer): void {
	native("xs_panda_read").call(this, values);
}
function setLeds(this: unknown, lit: number): void {
	native("xs_panda_set_leds").call(this, lit);
}
function pressedButtons(this: unknown): number {
	return native("xs_panda_pressed_buttons").call(this);
}

/**
 * Both outputs are off when this returns or throws. Throws a {@link PortError} `unsupported` when the timer that ends
 * a forgotten "on", the zero cross interrupt or the converter cannot be set up, or when the board is open already.
 */
export function openHeaterBoard(): HeaterBoard {
	const strap = open();
	if (strap < 0) {
		throw new PortError(
			"unsupported",
			"the heater's hardware could not be set up: it stays off until a restart",
		);
	}
	return new PandaBreathBoard(referenceOf({ pulledUp: (strap & 1) !== 0, pulledDown: (strap & 2) !== 0 }));
}

type ButtonListener = (button: HeaterButton, pressed: boolean) => void;

class PandaBreathBoard implements HeaterBoard {
	private readonly referenceOhms: ReferenceOhms;
	private readonly values = new Int32Array(READING_LENGTH);
	private readonly listeners = new Set<ButtonListener>();
	private readonly buttons: ButtonFilter;
	/** Runs until the board is closed. */
	private poll: Timer | undefined;
	private leds = 0;

	constructor(referenceOhms: ReferenceOhms) {
		this.referenceOhms = referenceOhms;
		this.buttons = new ButtonFilter(pressedButtons());
		this.poll = Timer.repeat(() => this.pollButtons(), BUTTON_POLL_MS);
	}

	setHeater(on: boolean): void {
		// Closed here, the outputs are off, and may be in other hands by now.
		if (this.poll !== undefined && setHeater(on)) return;
		if (on) throw new PortError("unsupported", "the heater board is closed");
	}

	setFan(on: boolean): void {
		if (this.poll !== undefined) setFan(on);
	}

	read(): HeaterBoardReading {
		const values = this.values;
		read(values.buffer);
		const ageMs = values[MAINS_AGE_MS] ?? -1;
		const outputs = values[OUTPUTS] ?? 0;
		return {
			chamber: this.sensor(CHAMBER_RAW),
			element: this.sensor(ELEMENT_RAW),
			mains:
				ageMs < 0
					? { ageMs: undefined, halfWaveMicros: undefined }
					: { ageMs, halfWaveMicros: values[HALF_WAVE_MICROS] },
			outputs: { heater: (outputs & HEATER_BIT) !== 0, fan: (outputs & FAN_BIT) !== 0 },
		};
	}

	setLed(led: HeaterLed, lit: boolean): void {
		const bit = 1 << NAMES.indexOf(led);
		const leds = lit ? this.leds | bit : this.leds & ~bit;
		if (leds === this.leds || this.poll === undefined) return;
		this.leds = leds;
		setLeds(leds);
	}

	onButton(listener: ButtonListener): () => void {
		// One entry a call, so that a listener given twice is told twice and ended one by one.
		const entry: ButtonListener = (button, pressed) => listener(button, pressed);
		this.listeners.add(entry);
		return () => {
			this.listeners.delete(entry);
		};
	}

	close(): void {
		if (this.poll === undefined) return;
		close();
		Timer.clear(this.poll);
		this.poll = undefined;
		this.listeners.clear();
	}

	/** The two values from `place` on are the raw reading and the millivolts; -1 stands for none. */
	private sensor(place: number): SensorReading {
		const raw = this.values[place] ?? -1;
		const millivolts = this.values[place + 1] ?? -1;
		const sample = {
			raw: raw < 0 ? undefined : raw,
			millivolts: millivolts < 0 ? undefined : millivolts,
			referenceOhms: this.referenceOhms,
		};
		return { temperature: temperatureOf(sample), sample };
	}

	private pollButtons(): void {
		const change = this.buttons.take(pressedButtons());
		if (change === undefined) return;
		NAMES.forEach((name, index) => {
			const bit = 1 << index;
			if ((change.changed & bit) === 0) return;
			for (const listener of this.listeners) listener(name, (change.down & bit) !== 0);
		});
	}
}
