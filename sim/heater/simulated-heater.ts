// A chamber heater and the chamber it stands in: what the firmware's board, the workbench and the tests share.

import type { Clock, Timer } from "../../modules/platform/clock";
import type {
	HeaterBoard,
	HeaterBoardReading,
	HeaterButton,
	HeaterLed,
	ReferenceOhms,
	SensorReading,
	SensorTemperature,
} from "../../modules/platform/heater-board";
import type { Random } from "../../modules/platform/random";
import { HEATER_HOLD_MS, PortError } from "./firmware-parts";
import { ChamberPlant, type PlantOptions } from "./plant";
import { type HeaterLines, heaterButtonNames, SimulatedHeaterBoard } from "./simulated-heater-board";
import { HeaterSwitchboard, type HeaterSwitches } from "./switches";
import { measure, type ThermistorCondition } from "./thermistor";
import { ZeroCrosses } from "./zero-crosses";

export interface SimulatedHeaterOptions extends PlantOptions {
	/** The firmware's clock for its heater, or the world would run ahead of the control. */
	clock: Clock;
	/** For the sensors' noise. */
	random: Random;
	/** Of the printer's bed, asked again and again; `undefined` when nobody knows: then it is as warm as the room. */
	bedCelsius?(): number | undefined;
	/** Which of the two revisions of the board it is. */
	referenceOhms?: ReferenceOhms;
	mainsHertz?: number;
}

/** What the world is like; also what the workbench shows. */
export interface HeaterSnapshot {
	chamberCelsius: number;
	wallCelsius: number;
	elementCelsius: number;
	ambientCelsius: number;
	bedCelsius: number;
	volumeLitres: number;
	heaterWatts: number;
	/** Whether the firmware has opened the board. */
	boardOpen: boolean;
	/** The outputs' lines; with a fault the relay or the fan may do something else. */
	outputs: { heater: boolean; fan: boolean };
	relayClosed: boolean;
	airMoving: boolean;
	mains: boolean;
	/** What the firmware was told at its last reading; absent before it. */
	readings?: { chamber: SensorTemperature; element: SensorTemperature };
	leds: Record<HeaterLed, boolean>;
	buttons: Record<HeaterButton, boolean>;
	switches: HeaterSwitches;
}

/** Of the enclosure; those that the thermal model was made for. */
export const VOLUME_LITRES = Object.freeze({ min: 30, max: 60 });
export const AMBIENT_CELSIUS = Object.freeze({ min: 12, max: 40 });

/** Only so that nothing waits for long until somebody looks: whoever reads takes the time up to now. */
const COARSE_MS = 1_000;
/** How long a change of a button has to last to be seen. */
const SETTLE_MS = 20;

export const SHORT_PRESS_MS = 200;

export function openSimulatedHeater(options: SimulatedHeaterOptions): SimulatedHeater {
	return new SimulatedHeater(options);
}

/** The world keeps running while the firmware restarts: boards come and go, chamber and faults stay. */
export class SimulatedHeater {
	/** To look at. What the outside does to it comes from the board, the switches, and {@link setSurroundings}. */
	readonly plant: ChamberPlant;
	readonly switches: HeaterSwitchboard;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #bedCelsius: () => number | undefined;
	readonly #referenceOhms: ReferenceOhms;
	readonly #zeroCrosses: ZeroCrosses;
	readonly #coarse: Timer;
	/** Of each button that is down: what lets it go. */
	readonly #pressed = new Map<HeaterButton, Timer>();
	readonly #settling = new Set<Timer>();
	readonly #lit = new Set<HeaterLed>();
	#board: SimulatedHeaterBoard | undefined;
	#readings: HeaterSnapshot["readings"];
	/** Up to which time the world is reckoned. */
	#at: number;
	/** When the heater's "on" lapses; `undefined` while its line is off. */
	#heaterUntil: number | undefined;
	#fanWanted = false;
	#fan = false;
	#isClosed = false;

	constructor(options: SimulatedHeaterOptions) {
		const { clock, random, bedCelsius, referenceOhms = 82_000, mainsHertz = 50 } = options;
		this.plant = new ChamberPlant(options);
		this.switches = new HeaterSwitchboard(() => this.#advance());
		this.#clock = clock;
		this.#random = random;
		this.#bedCelsius = bedCelsius ?? (() => undefined);
		this.#referenceOhms = referenceOhms;
		this.#zeroCrosses = new ZeroCrosses(mainsHertz);
		this.#at = clock.now();
		this.#coarse = clock.every(COARSE_MS, () => this.#advance());
	}

	/** Throws a `PortError` `unsupported` while a board is open, and after `close`. */
	openBoard(): HeaterBoard {
		if (this.#isClosed) throw new PortError("unsupported", "the simulated heater is closed");
		if (this.#board) throw new PortError("unsupported", "the heater board is open already");
		this.#advance();
		this.#zeroCrosses.forget(this.#at);
		const lines: HeaterLines = {
			setHeater: (on) => this.#setHeater(on),
			setFan: (on) => this.#setFan(on),
			setLed: (led, lit) => void (lit ? this.#lit.add(led) : this.#lit.delete(led)),
			read: () => this.#read(),
			isPressed: (button) => this.#pressed.has(button),
			release: () => this.#release(),
		};
		this.#board = new SimulatedHeaterBoard(lines);
		return this.#board;
	}

	snapshot(): HeaterSnapshot {
		this.#advance();
		const { plant } = this;
		return {
			chamberCelsius: plant.chamberCelsius,
			wallCelsius: plant.wallCelsius,
			elementCelsius: plant.elementCelsius,
			ambientCelsius: plant.ambientCelsius,
			bedCelsius: plant.bedCelsius,
			volumeLitres: plant.volumeLitres,
			heaterWatts: plant.heaterWatts,
			boardOpen: this.#board !== undefined,
			outputs: this.#outputs(),
			relayClosed: plant.heater,
			airMoving: plant.isBlowing,
			mains: plant.mains,
			...(this.#readings && { readings: this.#readings }),
			leds: record((led) => this.#lit.has(led)),
			buttons: record((button) => this.#pressed.has(button)),
			switches: this.switches.values,
		};
	}

	/** Holds the button down for so long; a button that is down already stays down from now on for so long. */
	press(button: HeaterButton, holdMs = SHORT_PRESS_MS): void {
		if (this.#isClosed) return;
		const down = this.#pressed.get(button);
		down?.cancel();
		const up = (): void => {
			this.#pressed.delete(button);
			this.#settle(button, false);
		};
		this.#pressed.set(button, this.#clock.after(Math.max(holdMs, SETTLE_MS), up));
		if (!down) this.#settle(button, true);
	}

	/** Changes what is around the heater. Throws a `RangeError` when a number is out of its range. */
	setSurroundings({ volumeLitres, ambientCelsius }: PlantOptions): void {
		if (volumeLitres !== undefined) checkRange("volume in litres", volumeLitres, VOLUME_LITRES);
		if (ambientCelsius !== undefined) checkRange("room's temperature in °C", ambientCelsius, AMBIENT_CELSIUS);
		this.#advance();
		if (volumeLitres !== undefined) this.plant.volumeLitres = volumeLitres;
		if (ambientCelsius !== undefined) this.plant.ambientCelsius = ambientCelsius;
	}

	/** Closes an open board too. May be called any number of times. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#board?.close();
		this.#coarse.cancel();
		for (const timer of [...this.#pressed.values(), ...this.#settling]) timer.cancel();
		this.#pressed.clear();
		this.#settling.clear();
	}

	#setHeater(on: boolean): void {
		this.#advance();
		this.#heaterUntil = on ? this.#at + HEATER_HOLD_MS : undefined;
		this.#connect();
	}

	#setFan(on: boolean): void {
		this.#advance();
		this.#fanWanted = on;
		if (!on) this.#fan = false;
		this.#connect();
	}

	#release(): void {
		this.#advance();
		this.#heaterUntil = undefined;
		this.#fanWanted = false;
		this.#fan = false;
		this.#lit.clear();
		this.#board = undefined;
		this.#connect();
	}

	#read(): HeaterBoardReading {
		this.#advance();
		const { plant } = this;
		const { chamberOpen, chamberShort, elementOpen, elementShort, swapped } = this.switches.values;
		const own = this.#measure(plant.chamberSensorCelsius, chamberOpen, chamberShort);
		const other = this.#measure(plant.elementSensorCelsius, elementOpen, elementShort);
		const [chamber, element] = swapped ? [other, own] : [own, other];
		this.#readings = { chamber: chamber.temperature, element: element.temperature };
		const last = this.#zeroCrosses.lastAt(this.#at);
		const mains =
			last === undefined
				? { ageMs: undefined, halfWaveMicros: undefined }
				: {
						// A half-wave of 60 Hz is no round number: rounding may put the last one after now.
						ageMs: Math.floor(Math.max(0, this.#at - last)),
						halfWaveMicros: Math.floor(this.#zeroCrosses.halfWaveMs * 1_000),
					};
		return { chamber, element, mains, outputs: this.#outputs() };
	}

	#measure(celsius: number, isOpen: boolean, isShort: boolean): SensorReading {
		const condition = this.#condition(isOpen, isShort);
		return measure({ celsius, condition, referenceOhms: this.#referenceOhms }, this.#random);
	}

	#condition(isOpen: boolean, isShort: boolean): ThermistorCondition {
		if (this.switches.values.converterDead) return "converter_dead";
		// A broken lead stays broken, whatever else is the matter behind it.
		if (isOpen) return "open";
		return isShort ? "short" : "good";
	}

	#outputs(): { heater: boolean; fan: boolean } {
		return { heater: this.#heaterUntil !== undefined, fan: this.#fan };
	}

	/** Lets the world catch up with the clock, from one change of an output to the next. */
	#advance(): void {
		const now = this.#clock.now();
		this.plant.bedCelsius = this.#bedCelsius() ?? this.plant.ambientCelsius;
		this.#connect();
		while (this.#at < now) {
			const fanAt = this.#fanWanted && !this.#fan ? this.#zeroCrosses.nextAt(this.#at) : undefined;
			const until = Math.min(now, this.#heaterUntil ?? now, fanAt ?? now);
			this.plant.step(until - this.#at);
			this.#at = until;
			if (this.#heaterUntil !== undefined && until >= this.#heaterUntil) this.#heaterUntil = undefined;
			if (until === fanAt) this.#fan = true;
			this.#connect();
		}
	}

	/** Hands on to the plant what outputs and faults come to. */
	#connect(): void {
		const { plant } = this;
		const { values } = this.switches;
		plant.heater = values.relayStuck || (this.#heaterUntil !== undefined && !values.relayDead);
		plant.fan = this.#fan;
		plant.mains = !values.noMains;
		plant.doorOpen = values.doorOpen;
		plant.airBlocked = values.noAirflow;
		plant.elementBroken = values.elementBroken;
		plant.chamberSensorLoose = values.chamberLoose;
		plant.elementSensorLoose = values.elementLoose;
		this.#zeroCrosses.setVisible(!values.noMains && !values.noZeroCross, this.#at);
	}

	/** Contacts bounce: the firmware hears of it once they have come to rest, if the button is still where it was. */
	#settle(button: HeaterButton, pressed: boolean): void {
		const timer = this.#clock.after(SETTLE_MS, () => {
			this.#settling.delete(timer);
			this.#board?.buttonChanged(button, pressed);
		});
		this.#settling.add(timer);
	}
}

function record(
	isOn: (name: HeaterLed & HeaterButton) => boolean,
): Record<HeaterLed & HeaterButton, boolean> {
	const [power, auto, on, dry] = heaterButtonNames.map(isOn);
	return { power: power === true, auto: auto === true, on: on === true, dry: dry === true };
}

function checkRange(what: string, value: number, { min, max }: { min: number; max: number }): void {
	if (!(value >= min && value <= max)) throw new RangeError(`the ${what} has to be from ${min} to ${max}`);
}
