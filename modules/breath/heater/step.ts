// One step of the heater's control, and all of its safety: from what is measured to what the outputs do.

import { turnFan } from "./fan";
import type { FaultCode } from "./faults";
import { foldBack } from "./foldback";
import { heatingFault, watchHeating } from "./heating-watch";
import type { StepInputs, StepOutputs } from "./inputs";
import { CHAMBER_LIMIT, ELEMENT_LIMIT, HIGHEST_TARGET, LATE_TICK_MS } from "./limits";
import { mainsAreMissed, mainsAreThere, watchMains } from "./mains-watch";
import { isPulse, regulate, restartRegulator, restingRegulator } from "./regulator";
import { isBroken, isOverheated, isReady, type SensorState, watchSensor } from "./sensor-watch";
import { restartWindows, type StepState } from "./state";

export type { SensorInput, SensorStatus, StepInputs, StepOutputs } from "./inputs";
export { clearFault, initialState, type StepState, withLatched } from "./state";

export interface StepResult {
	state: StepState;
	outputs: StepOutputs;
}

/**
 * To be called every 500 ms. After more than 3 s, or a time that is none, the heater is off for this step and whatever
 * is measured over time begins anew.
 */
export function step(inputs: StepInputs, state: StepState, elapsedMs: number): StepResult {
	// Written so that NaN is late too.
	const isInTime = elapsedMs >= 0 && elapsedMs <= LATE_TICK_MS;
	return isInTime ? decide(inputs, state, elapsedMs, true) : decide(inputs, restartWindows(state), 0, false);
}

function decide(inputs: StepInputs, last: StepState, elapsedMs: number, isInTime: boolean): StepResult {
	const chamber = watchSensor(last.chamber, inputs.chamber, CHAMBER_LIMIT);
	const element = watchSensor(last.element, inputs.element, ELEMENT_LIMIT);
	const ready = isReady(chamber) && isReady(element);
	const atLimit = foldBack(last.atLimit, element.celsius);
	const target = last.latched === undefined ? targetOf(inputs.target) : 0;
	const mains = mainsAreThere(inputs.mainsAgeMs);
	const mainsMissingMs = watchMains(last.mainsMissingMs, inputs, ready && target > 0, elapsedMs);
	const powered = inputs.outputs.heater;
	const heating = watchHeating(
		last.heating,
		{ powered, atLimit, element: element.steady, chamber: chamber.steady, target },
		elapsedMs,
	);

	const latched =
		last.latched ??
		overheatFault(element, chamber) ??
		sensorFault(element, chamber) ??
		heatingFault(heating, element.steady, chamber.steady) ??
		(mainsAreMissed(mainsMissingMs) ? "no_mains" : undefined);

	const isWanted = target > 0 && latched === undefined;
	const mayHeat = isWanted && ready && chamber.celsius !== undefined;
	const regulator = mayHeat
		? regulate(last.regulator, target, chamber.celsius, !atLimit, elapsedMs)
		: isWanted
			? restartRegulator(last.regulator)
			: restingRegulator;
	// The fan comes first: the board says when it runs.
	const isSafe = !atLimit && chamber.hot === 0 && mains && inputs.outputs.fan && isInTime;
	const heater = mayHeat && isSafe && isPulse(regulator);

	const fan = turnFan(
		last.fan,
		{
			// Also above the target: the chamber's sensor is to see the chamber's air, not what stands around it.
			hasToRun: mayHeat || latched === "heater_stuck_on",
			powered: heater || powered,
			wanted: inputs.fanWanted,
			releaseCelsius: inputs.fanReleaseCelsius,
			element: element.celsius,
			chamber: chamber.celsius,
		},
		elapsedMs,
	);

	return {
		state: {
			...(latched !== undefined && { latched }),
			chamber,
			element,
			atLimit,
			mains,
			mainsMissingMs,
			heating,
			regulator,
			fan,
		},
		outputs: { heater, fan: fan.on, duty: regulator.duty, elementAtLimit: atLimit, ready },
	};
}

function targetOf(celsius: number): number {
	return Number.isFinite(celsius) ? Math.min(Math.max(celsius, 0), HIGHEST_TARGET) : 0;
}

function overheatFault(element: SensorState, chamber: SensorState): FaultCode | undefined {
	if (isOverheated(element)) return "element_overheat";
	return isOverheated(chamber) ? "chamber_overheat" : undefined;
}

function sensorFault(element: SensorState, chamber: SensorState): FaultCode | undefined {
	if (isBroken(element) && element.status !== "ok") return `element_sensor_${element.status}`;
	if (isBroken(chamber) && chamber.status !== "ok") return `chamber_sensor_${chamber.status}`;
	return undefined;
}
