// The things that can go wrong with a chamber heater, each of them a switch.

export interface HeaterSwitches {
	/** A broken lead of the chamber's sensor. */
	readonly chamberOpen: boolean;
	/** The leads of the chamber's sensor touch. */
	readonly chamberShort: boolean;
	/** The chamber's sensor came loose and hangs in the room. */
	readonly chamberLoose: boolean;
	readonly elementOpen: boolean;
	readonly elementShort: boolean;
	readonly elementLoose: boolean;
	/** Each sensor is plugged in where the other belongs. */
	readonly swapped: boolean;
	/** The converter of both sensors does not answer. */
	readonly converterDead: boolean;
	/** The relay does not open any more: the element stays on. */
	readonly relayStuck: boolean;
	/** The relay does not close any more. */
	readonly relayDead: boolean;
	/** The element is broken: no current flows through it. */
	readonly elementBroken: boolean;
	/** No zero cross is seen, although there is mains. */
	readonly noZeroCross: boolean;
	/** No mains; the board itself is fed from its USB socket. */
	readonly noMains: boolean;
	/** The fan moves no air. */
	readonly noAirflow: boolean;
	/** The door or the lid of the enclosure is open. */
	readonly doorOpen: boolean;
}

export type HeaterSwitch = keyof HeaterSwitches;

const allOff: HeaterSwitches = Object.freeze({
	chamberOpen: false,
	chamberShort: false,
	chamberLoose: false,
	elementOpen: false,
	elementShort: false,
	elementLoose: false,
	swapped: false,
	converterDead: false,
	relayStuck: false,
	relayDead: false,
	elementBroken: false,
	noZeroCross: false,
	noMains: false,
	noAirflow: false,
	doorOpen: false,
});

export const heaterSwitchNames = Object.freeze(Object.keys(allOff)) as readonly HeaterSwitch[];

export class HeaterSwitchboard {
	readonly #beforeChange: () => void;
	#values: HeaterSwitches = allOff;

	/** `beforeChange` is called before a switch changes, so that the time until now passes as the switches were. */
	constructor(beforeChange: () => void) {
		this.#beforeChange = beforeChange;
	}

	get values(): HeaterSwitches {
		return this.#values;
	}

	set(name: HeaterSwitch, on: boolean): void {
		if (this.#values[name] === on) return;
		this.#beforeChange();
		this.#values = { ...this.#values, [name]: on };
	}
}
