// A control and the simulated chamber that it heats, step by step: time is whatever the test says.

import {
	initialState,
	type SensorInput,
	type StepInputs,
	type StepOutputs,
	type StepState,
	step,
} from "../../../../modules/breath/heater/step";
import { ChamberPlant, type PlantOptions } from "../../../../sim/heater/plant";
import { seededRandom } from "../../../../sim/heater/seeded-random";
import { measure, type ThermistorCondition } from "../../../../sim/heater/thermistor";

export interface RigOptions extends PlantOptions {
	target?: number;
	/** Which noise the sensors have. */
	seed?: number;
	/** Decides in place of the product's own control: to compare with. */
	law?: Law;
}

/** Whether the heater is on for the next half second. */
export type Law = (chamber: number, target: number) => boolean;

const TICK_MS = 500;

export class Rig {
	readonly plant: ChamberPlant;
	target: number;
	fanWanted = false;
	fanReleaseCelsius = 40;
	chamberCondition: ThermistorCondition = "good";
	elementCondition: ThermistorCondition = "good";
	swapped = false;
	relayStuck = false;
	relayDead = false;
	/** The detector of the zero cross works. */
	zeroCross = true;
	state: StepState = initialState;
	outputs: StepOutputs = { heater: false, fan: false, duty: 0, elementAtLimit: false, ready: false };
	elapsedMs = 0;
	/** Of the element, since the rig was made. */
	joules = 0;
	readonly #random: () => number;
	readonly #law: Law | undefined;
	#mainsMissingMs = 0;

	constructor({ target = 0, seed = 1, law, ...plant }: RigOptions = {}) {
		this.plant = new ChamberPlant(plant);
		this.target = target;
		this.#random = seededRandom(seed);
		this.#law = law;
	}

	/** Runs on until the time is over or `until` says so, and returns the seconds that it took. */
	run(seconds: number, until: (rig: Rig) => boolean = () => false): number {
		const from = this.elapsedMs;
		while (this.elapsedMs - from < seconds * 1_000 && !until(this)) this.tick();
		return (this.elapsedMs - from) / 1_000;
	}

	tick(): void {
		const inputs = this.#inputs();
		const { state, outputs } = step(inputs, this.state, TICK_MS);
		this.state = state;
		this.outputs = outputs;
		if (this.#law !== undefined) this.outputs = this.#decideByLaw(this.#law, inputs);
		const { plant } = this;
		plant.heater = this.relayStuck || (this.outputs.heater && !this.relayDead);
		// Without a zero cross the fan cannot start; one that runs goes on.
		plant.fan = this.outputs.fan && (plant.fan || (this.zeroCross && plant.mains));
		for (let passedMs = 0; passedMs < TICK_MS; passedMs += 100) {
			plant.step(100);
			this.joules += plant.heaterWatts / 10;
		}
		this.elapsedMs += TICK_MS;
	}

	get fault() {
		return this.state.latched;
	}

	#inputs(): StepInputs {
		const { plant } = this;
		const own = this.#sample(plant.chamberSensorCelsius, this.chamberCondition);
		const other = this.#sample(plant.elementSensorCelsius, this.elementCondition);
		this.#mainsMissingMs = this.zeroCross && plant.mains ? 0 : this.#mainsMissingMs + TICK_MS;
		return {
			chamber: this.swapped ? other : own,
			element: this.swapped ? own : other,
			mainsAgeMs: 10 + this.#mainsMissingMs,
			outputs: { heater: this.outputs.heater, fan: plant.fan },
			target: this.target,
			fanWanted: this.fanWanted,
			fanReleaseCelsius: this.fanReleaseCelsius,
		};
	}

	#sample(celsius: number, condition: ThermistorCondition): SensorInput {
		return measure({ celsius, condition, referenceOhms: 82_000 }, this.#random).temperature;
	}

	#decideByLaw(law: Law, { chamber }: StepInputs): StepOutputs {
		const on = chamber.status === "ok" && law(chamber.celsius, this.target);
		return { ...this.outputs, heater: on, fan: true };
	}
}
