// The hardware of a chamber heater: two outputs, two sensors, the mains, four lamps, four buttons. It decides nothing.

/**
 * An "on" given to {@link HeaterBoard.setHeater} lasts this long and then lapses by itself, below the firmware:
 * a control loop that hangs, or stands in a debugger, leaves the heater off. Six ticks of 500 ms.
 */
export const HEATER_HOLD_MS = 3_000;

/**
 * The rules every implementation keeps, so that the control may rely on them:
 *
 * - heater and fan are driven off before the first line of the firmware runs, and again when the board is opened
 * - a method that throws has turned the heater off before it throws
 * - off is done when the call returns; it never waits, never fails and needs no mains
 * - a restart of the chip, asked for or not, begins with both outputs off
 * - after `close` both outputs are off and stay off
 */
export interface HeaterBoard {
	/**
	 * Switches the 300 W element. "On" lapses after {@link HEATER_HOLD_MS}: give it again at each tick.
	 * The relay (SSR) behind it waits for the zero cross by itself.
	 * Throws a `PortError` `unsupported` when `on` is asked for after `close`.
	 */
	setHeater(on: boolean): void;
	/**
	 * Switches the blower, which knows no speeds. On takes effect at the next zero cross of the mains and not at all
	 * without mains: the gate of its TRIAC is held on or off and never pulsed, which would destroy the TRIAC.
	 */
	setFan(on: boolean): void;
	/** Everything a control step takes in, measured during the call. */
	read(): HeaterBoardReading;
	setLed(led: HeaterLed, lit: boolean): void;
	/**
	 * Calls back at each press and release, contact bounce removed, never during the call itself.
	 * The returned function ends that; it may be called any number of times.
	 */
	onButton(listener: (button: HeaterButton, pressed: boolean) => void): () => void;
	/** Both outputs and all lamps off. May be called any number of times; no callback runs afterwards. */
	close(): void;
}

export interface HeaterBoardReading {
	/** The air of the chamber. */
	chamber: SensorReading;
	/** The heating element (a PTC) itself. */
	element: SensorReading;
	mains: MainsReading;
	/** What the outputs do, not what they were told: an "on" may have lapsed, or may wait for a zero cross. */
	outputs: { heater: boolean; fan: boolean };
}

export interface MainsReading {
	/**
	 * Since the last zero cross that came a half-wave of mains (43 to 71 Hz) after the one before it;
	 * `undefined` when there was none since start-up. With mains it stays below 25.
	 */
	ageMs: number | undefined;
	/** Between the last two of them: 10,000 at 50 Hz, 8,333 at 60 Hz. */
	halfWaveMicros: number | undefined;
}

export interface SensorReading {
	/** One conversion, unsmoothed: limits are held against this. */
	temperature: SensorTemperature;
	/** What it was computed from, for the log and for diagnosis. */
	sample: SensorSample;
}

/**
 * - `ok`: clamped to the sensor's table, 12 to 125 °C
 * - `open`: no sensor, or a broken lead
 * - `short`: the leads touch
 * - `failed`: the converter did not answer, or the chip carries no calibration
 */
export type SensorTemperature = { status: "ok"; celsius: number } | { status: "open" | "short" | "failed" };

/** A thermistor (NTC) between the pin and ground, a resistor from the pin to 3.3 V. */
export interface SensorSample {
	/** Of the 12-bit converter, 0 to 4095; `undefined` when it did not answer. */
	raw: number | undefined;
	/** The pin's voltage after the chip's own calibration; `undefined` without one. */
	millivolts: number | undefined;
	/** The resistor to 3.3 V, which differs between two revisions of the board. */
	referenceOhms: ReferenceOhms;
}

export type ReferenceOhms = 33_000 | 82_000;

export type HeaterLed = "power" | "auto" | "on" | "dry";

export type HeaterButton = "power" | "auto" | "on" | "dry";
