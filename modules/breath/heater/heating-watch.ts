// Everything that only shows over time: too little heat, heat in the wrong place, heat that nobody asked for.

import { type Balance, balanceFault, noBalance, watchBalance } from "./balance-watch";
import type { FaultCode } from "./faults";
import { isSettled, noPowerWindow, type PowerWindow, powerFault, watchPower } from "./power-watch";
import { isStuckOn, noRest, type Rest, watchRest } from "./rest-watch";

export interface HeatingState {
	readonly power: PowerWindow;
	readonly balance: Balance;
	readonly rest: Rest;
}

export const nothingWatched: HeatingState = Object.freeze({
	power: noPowerWindow,
	balance: noBalance,
	rest: noRest,
});

export interface HeatingInputs {
	/** What the board does. */
	readonly powered: boolean;
	readonly atLimit: boolean;
	/** °C; `undefined` when there is nothing to compare with. */
	readonly element: number | undefined;
	readonly chamber: number | undefined;
	/** °C; 0 while no heat is wanted. */
	readonly target: number;
}

export function watchHeating(last: HeatingState, inputs: HeatingInputs, elapsedMs: number): HeatingState {
	const { powered, atLimit, element, chamber, target } = inputs;
	if (element === undefined || chamber === undefined) return nothingWatched;
	const power = watchPower(last.power, powered, element, chamber, elapsedMs);
	const settled = isSettled(power, element, chamber);
	return {
		power,
		balance:
			target === 0
				? noBalance
				: watchBalance(last.balance, { powered, atLimit, settled, element, chamber, target }, elapsedMs),
		rest: powered ? noRest : watchRest(last.rest, element, elapsedMs),
	};
}

export function heatingFault(
	{ power, balance, rest }: HeatingState,
	element: number | undefined,
	chamber: number | undefined,
): FaultCode | undefined {
	if (element === undefined || chamber === undefined) return undefined;
	if (isStuckOn(rest, element, chamber)) return "heater_stuck_on";
	return powerFault(power, element, chamber) ?? balanceFault(balance, chamber);
}
