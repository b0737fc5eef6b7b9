// What the control remembers from one step to the next. Never changed in place.

import { type FanState, stillFan } from "./fan";
import type { FaultCode } from "./faults";
import { type HeatingState, nothingWatched } from "./heating-watch";
import { type RegulatorState, restartRegulator, restingRegulator } from "./regulator";
import { type SensorState, unknownSensor } from "./sensor-watch";

export interface StepState {
	/** The fault that keeps the heater off until a person clears it; later ones do not replace it. */
	readonly latched?: FaultCode;
	readonly chamber: SensorState;
	readonly element: SensorState;
	/** The element rests at its limit. */
	readonly atLimit: boolean;
	/** Whether mains were there at the last step. */
	readonly mains: boolean;
	/** For how long heat has been wanted without them. */
	readonly mainsMissingMs: number;
	readonly heating: HeatingState;
	readonly regulator: RegulatorState;
	readonly fan: FanState;
}

/** After a start: nothing is known, and everything is off. */
export const initialState: StepState = Object.freeze({
	chamber: unknownSensor,
	element: unknownSensor,
	atLimit: false,
	mains: false,
	mainsMissingMs: 0,
	heating: nothingWatched,
	regulator: restingRegulator,
	fan: stillFan,
});

export function withLatched(state: StepState, code: FaultCode): StepState {
	return state.latched === undefined ? { ...state, latched: code } : state;
}

/** Without its fault, and with everything to be measured anew; that there was heat is remembered, for the fan. */
export function clearFault(state: StepState): StepState {
	return { ...initialState, fan: state.fan };
}

/** What was measured over time is forgotten; what is true at this moment, and what was learnt, stays. */
export function restartWindows(state: StepState): StepState {
	return {
		...state,
		mainsMissingMs: 0,
		heating: nothingWatched,
		regulator: restartRegulator(state.regulator),
	};
}
