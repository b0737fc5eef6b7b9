// A chamber heated by the firmware's control, or by a plain thermostat, in simulated time: what came of it each second.

import { HeaterLoop } from "../modules/breath/heater-loop";
import type { HeaterBoard, SensorReading } from "../modules/platform/heater-board";
import { seededRandom } from "../sim/heater/seeded-random";
import { openSimulatedHeater, type SimulatedHeater } from "../sim/heater/simulated-heater";
import { createMemoryStorage } from "../sim/host/memory-storage";
import { ManualClock } from "../tests/fakes/manual-clock";
import { MemoryLog } from "../tests/fakes/memory-log";

export interface RunOptions {
	target: number;
	volumeLitres: number;
	ambientCelsius: number;
	durationMs: number;
	control: StartControl;
}

/** What the plant did, not what its sensors said. */
export interface Sample {
	seconds: number;
	chamber: number;
	element: number;
	/** Share of the present period, 0 to 1; of a thermostat 0 or 1. */
	duty: number;
	heating: boolean;
}

export interface RunningControl {
	duty(): number;
	/** What ended it, in words. */
	fault(): string | undefined;
	close(): void;
}

export type StartControl = (parts: {
	board: HeaterBoard;
	clock: ManualClock;
	target: number;
}) => RunningControl;

const SAMPLE_MS = 500;
const TICK_MS = 500;

/** One sample each half second. Throws when the control ends in a fault. */
export function run(options: RunOptions): Sample[] {
	const { target, volumeLitres, ambientCelsius, durationMs } = options;
	const clock = new ManualClock();
	const heater = openSimulatedHeater({ clock, random: seededRandom(55), volumeLitres, ambientCelsius });
	const control = options.control({ board: heater.openBoard(), clock, target });
	const samples: Sample[] = [];
	while (clock.now() <= durationMs) {
		samples.push(sampleOf(heater, clock, control.duty()));
		clock.advance(SAMPLE_MS);
		const fault = control.fault();
		if (fault !== undefined) throw new Error(`the control ended in a fault: ${fault}`);
	}
	control.close();
	heater.close();
	return samples;
}

function sampleOf(heater: SimulatedHeater, clock: ManualClock, duty: number): Sample {
	const { chamberCelsius, elementCelsius, relayClosed } = heater.snapshot();
	return {
		seconds: clock.now() / 1_000,
		chamber: chamberCelsius,
		element: elementCelsius,
		duty,
		heating: relayClosed,
	};
}

/** The firmware's own control loop. */
export const firmwareControl: StartControl = ({ board, clock, target }) => {
	let fault: string | undefined;
	const loop = new HeaterLoop({
		board,
		storage: createMemoryStorage(),
		clock,
		log: new MemoryLog(),
		demand: () => ({ target, fanWanted: false, fanReleaseCelsius: 40, chamberOffset: 0, elementOffset: 0 }),
		onTick() {},
		onFault(code, details) {
			fault = `${code}, ${details}`;
		},
	});
	return { duty: () => loop.report.duty, fault: () => fault, close: () => loop.close() };
};

/** On below the target, off above it, with 1 °C between the two, and the same rest for the element at its limit. */
export const thermostatControl: StartControl = ({ board, clock, target }) => {
	let wanted = true;
	let resting = false;
	const timer = clock.every(TICK_MS, () => {
		const reading = board.read();
		const chamber = celsius(reading.chamber);
		const element = celsius(reading.element);
		if (chamber > target + 0.5) wanted = false;
		if (chamber < target - 0.5) wanted = true;
		if (element >= 102) resting = true;
		if (element < 99) resting = false;
		board.setFan(true);
		board.setHeater(wanted && !resting);
	});
	return {
		duty: () => (wanted && !resting ? 1 : 0),
		fault: () => undefined,
		close: () => timer.cancel(),
	};
};

function celsius({ temperature }: SensorReading): number {
	if (temperature.status !== "ok") throw new Error(`a sensor is ${temperature.status}`);
	return temperature.celsius;
}

export interface Performance {
	/** Until the target was first reached. */
	riseSeconds: number | undefined;
	/** K above the target, at most. */
	overshoot: number;
	/** Since when it stayed within 1 °C of the target; `undefined` when it does not. */
	settledSeconds: number | undefined;
	/** °C of the last third of the run. */
	lowest: number;
	highest: number;
	/** Share of the last third in which the heater was on. */
	duty: number;
	/** Switchings on in an hour, in the last third. */
	switchings: number;
	hottestElement: number;
}

export function performanceOf(samples: readonly Sample[], target: number): Performance {
	const last = samples.slice(Math.floor((samples.length * 2) / 3));
	const outside = samples.findLastIndex(({ chamber }) => Math.abs(chamber - target) > 1);
	const hours = ((last.at(-1)?.seconds ?? 0) - (last[0]?.seconds ?? 0)) / 3_600;
	return {
		riseSeconds: samples.find(({ chamber }) => chamber >= target)?.seconds,
		overshoot: Math.max(0, ...samples.map(({ chamber }) => chamber - target)),
		settledSeconds: samples[outside + 1]?.seconds,
		lowest: Math.min(...last.map(({ chamber }) => chamber)),
		highest: Math.max(...last.map(({ chamber }) => chamber)),
		duty: last.filter(({ heating }) => heating).length / last.length,
		switchings:
			last.filter(({ heating }, index) => heating && last[index - 1]?.heating === false).length / hours,
		hottestElement: Math.max(...samples.map(({ element }) => element)),
	};
}
