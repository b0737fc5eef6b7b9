// Runs the heater's control twice a second. The one writer of the heater's output: everything else asks.

import type { Clock, Timer } from "../platform/clock";
import type { HeaterBoard, HeaterBoardReading, SensorReading } from "../platform/heater-board";
import type { Log } from "../platform/log";
import type { Storage } from "../platform/storage";
import { FaultStore } from "./fault-store";
import { isStillThere } from "./heater/clearing";
import type { FaultCode } from "./heater/faults";
import { TICK_MS } from "./heater/limits";
import { ShownTemperature } from "./heater/shown-temperature";
import {
	clearFault,
	initialState,
	type SensorInput,
	type SensorStatus,
	type StepOutputs,
	type StepState,
	step,
	withLatched,
} from "./heater/step";

export interface HeaterDemand {
	/** °C; 0 is no heat. */
	target: number;
	/** The fan is wanted for itself. */
	fanWanted: boolean;
	/** °C below which the fan stops after heating. */
	fanReleaseCelsius: number;
	/** K to be added to what the sensors measure, -5 to 5. One that makes the element look colder is only shown. */
	chamberOffset: number;
	elementOffset: number;
}

export interface HeaterReport {
	/** The element gets power in this control period. */
	heating: boolean;
	fan: boolean;
	/** 0 to 1: the share of this control period with power. */
	duty: number;
	/** °C, the mean of the last five samples; `undefined` when the last one was bad. */
	chamber: number | undefined;
	element: number | undefined;
	chamberStatus: SensorStatus;
	elementStatus: SensorStatus;
	fault: FaultCode | undefined;
	/** The element rests because it is as hot as it may be. */
	elementAtLimit: boolean;
	/** Both sensors have given good readings for long enough to heat. */
	ready: boolean;
}

export interface HeaterLoopOptions {
	board: HeaterBoard;
	storage: Storage;
	clock: Clock;
	log: Log;
	/** Asked at each tick. */
	demand(): HeaterDemand;
	/** After each tick, also one that failed. */
	onTick(report: HeaterReport): void;
	/** A fault has been latched; not called for the one that was there before the start. The details are for the log. */
	onFault(code: FaultCode, details: string): void;
}

/** K. No sensor of this kind is wrong by more; a larger offset would hide heat from the limits. */
const LARGEST_OFFSET = 5;

const nothingDone: StepOutputs = Object.freeze({
	heater: false,
	fan: false,
	duty: 0,
	elementAtLimit: false,
	ready: false,
});

/** Whatever is thrown at it, by the board, the storage or its callbacks: the heater goes off, and stays off. */
export class HeaterLoop {
	private readonly board: HeaterBoard;
	private readonly clock: Clock;
	private readonly log: Log;
	private readonly demand: () => HeaterDemand;
	private readonly onTick: (report: HeaterReport) => void;
	private readonly onFault: (code: FaultCode, details: string) => void;
	private readonly store: FaultStore;
	private readonly timer: Timer;
	private readonly chamber = new ShownTemperature();
	private readonly element = new ShownTemperature();
	private state: StepState = initialState;
	private outputs: StepOutputs = nothingDone;
	#report: HeaterReport;
	private lastTickAt: number;
	/** Heat is not given in the tick that runs now, whatever it decides. */
	private isTurnedOff = false;
	private clearing: Promise<"cleared" | "still_there" | "not_stored"> | undefined;
	private isClosed = false;

	constructor({ board, storage, clock, log, demand, onTick, onFault }: HeaterLoopOptions) {
		this.board = board;
		this.clock = clock;
		this.log = log;
		this.demand = demand;
		this.onTick = onTick;
		this.onFault = onFault;
		this.switchOff();
		this.store = new FaultStore({ storage, clock, log });
		const latched = this.store.load();
		if (latched !== undefined) {
			this.state = withLatched(initialState, latched);
			log.warn(`the heater stays off: before the start it had the fault ${latched}`);
		}
		this.#report = this.describe();
		this.lastTickAt = clock.now();
		this.timer = clock.every(TICK_MS, () => this.tick());
	}

	/** What the last tick found and did. Never changed in place. */
	get report(): HeaterReport {
		return this.#report;
	}

	/** The heater is off when this returns. The next tick turns it on again if heat is still demanded. */
	turnOff(): void {
		this.isTurnedOff = true;
		this.switchOff();
		this.outputs = withoutHeat(this.outputs);
		this.#report = this.describe();
	}

	/**
	 * - `cleared`: there is no fault, and that is stored
	 * - `still_there`: what it was latched for is still so
	 * - `not_stored`: it would be back after a restart, so it stays
	 */
	clearFault(): Promise<"cleared" | "still_there" | "not_stored"> {
		this.clearing ??= this.clear().finally(() => {
			this.clearing = undefined;
		});
		return this.clearing;
	}

	/** Both outputs off; nothing runs afterwards. The board stays open. May be called any number of times. */
	close(): void {
		if (this.isClosed) return;
		this.isClosed = true;
		this.timer.cancel();
		this.store.close();
		this.turnOff();
		this.outputs = nothingDone;
		this.#report = this.describe();
		this.try(() => this.board.setFan(false));
	}

	private tick(): void {
		this.isTurnedOff = false;
		try {
			this.control();
		} catch (error) {
			this.fail(error);
		}
		if (this.isClosed) return;
		this.#report = this.describe();
		try {
			this.onTick(this.#report);
		} catch (error) {
			this.fail(error);
		}
	}

	private control(): void {
		const now = this.clock.now();
		const elapsedMs = now - this.lastTickAt;
		this.lastTickAt = now;
		const demand = this.demand();
		const reading = this.board.read();
		const elementOffset = offsetOf(demand.elementOffset);
		const before = this.state.latched;
		const { state, outputs } = step(
			{
				chamber: corrected(reading.chamber, offsetOf(demand.chamberOffset)),
				element: corrected(reading.element, Math.max(elementOffset, 0)),
				mainsAgeMs: reading.mains.ageMs,
				outputs: reading.outputs,
				target: demand.target,
				fanWanted: demand.fanWanted,
				fanReleaseCelsius: demand.fanReleaseCelsius,
			},
			this.state,
			elapsedMs,
		);
		this.state = state;
		this.chamber.take(state.chamber.celsius, 0);
		this.element.take(state.element.celsius, Math.min(elementOffset, 0));
		// Asking for the demand may have led somebody to turn the heater off, or to close all of this.
		if (this.isClosed) return;
		const heater = outputs.heater && !this.isTurnedOff;
		this.board.setHeater(heater);
		this.outputs = this.isTurnedOff ? withoutHeat(outputs) : outputs;
		if (before === undefined && state.latched !== undefined) this.tell(state.latched, detailsOf(reading));
		if (!this.isClosed) this.board.setFan(outputs.fan);
	}

	/** The control could not do its work, or somebody who listens to it threw. */
	private fail(error: unknown): void {
		this.turnOff();
		if (this.isClosed) return;
		this.chamber.forget();
		this.element.forget();
		// Nobody knows how hot the element is.
		const fan = this.outputs.fan || this.state.fan.heated;
		this.outputs = { ...nothingDone, fan };
		this.try(() => this.board.setFan(fan));
		if (this.state.latched === undefined) {
			this.state = withLatched(this.state, "control_failed");
			this.tell("control_failed", String(error));
		}
		this.#report = this.describe();
	}

	/** A fault has just been latched. */
	private tell(code: FaultCode, details: string): void {
		this.store.keep(code);
		this.try(() => this.log.error(`the heater is off until the fault ${code} is cleared: ${details}`));
		this.try(() => this.onFault(code, details));
	}

	private async clear(): Promise<"cleared" | "still_there" | "not_stored"> {
		const code = this.state.latched;
		if (code === undefined) return "cleared";
		if (isStillThere(code, this.state)) return "still_there";
		const isStored = await this.store.clear();
		if (isStored && !isStillThere(code, this.state)) {
			this.state = clearFault(this.state);
			this.#report = this.describe();
			return "cleared";
		}
		this.store.keep(code);
		return isStored ? "still_there" : "not_stored";
	}

	private describe(): HeaterReport {
		const { latched, chamber, element } = this.state;
		const { fan, duty, elementAtLimit, ready } = this.outputs;
		return {
			heating: duty > 0 && !elementAtLimit,
			fan,
			duty,
			chamber: this.chamber.celsius,
			element: this.element.celsius,
			chamberStatus: chamber.status,
			elementStatus: element.status,
			fault: latched,
			elementAtLimit,
			ready,
		};
	}

	/** A board that throws has turned the heater off before. */
	private switchOff(): void {
		this.try(() => this.board.setHeater(false));
	}

	/** For what may not keep the rest from being done. */
	private try(action: () => void): void {
		try {
			action();
		} catch (error) {
			this.warn(`the heater's control goes on in spite of this: ${String(error)}`);
		}
	}

	private warn(text: string): void {
		try {
			this.log.warn(text);
		} catch {
			// There is nobody left to tell.
		}
	}
}

function corrected({ temperature }: SensorReading, offset: number): SensorInput {
	return temperature.status === "ok" ? { status: "ok", celsius: temperature.celsius + offset } : temperature;
}

function offsetOf(kelvin: number): number {
	return Number.isNaN(kelvin) ? 0 : Math.min(Math.max(kelvin, -LARGEST_OFFSET), LARGEST_OFFSET);
}

function withoutHeat(outputs: StepOutputs): StepOutputs {
	return { ...outputs, heater: false, duty: 0 };
}

function detailsOf({ chamber, element, mains, outputs }: HeaterBoardReading): string {
	const heater = outputs.heater ? "on" : "off";
	const fan = outputs.fan ? "on" : "off";
	return `chamber ${shown(chamber)}, element ${shown(element)}, heater ${heater}, fan ${fan}, zero cross ${
		mains.ageMs === undefined ? "never seen" : `${mains.ageMs} ms ago`
	}`;
}

function shown({ temperature }: SensorReading): string {
	return temperature.status === "ok" ? `${temperature.celsius.toFixed(1)} °C` : temperature.status;
}
