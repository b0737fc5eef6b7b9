// Watches element and chamber together while heat is wanted: does the heat that goes in arrive where it is measured?
//
// With the fan on, the air takes the power for some 45 K between element and chamber; that difference is called the
// excess here. Opening a lid cools both and leaves the excess as it was. A chamber sensor that came loose, or a fan
// that stopped, makes it larger; an element sensor that came loose makes it smaller.

import type { FaultCode } from "./faults";
import {
	AIRFLOW_EXCESS,
	AIRFLOW_FACTOR,
	BALANCE_RISE,
	BALANCE_WINDOW_MS,
	COLDER_THAN_AIR,
	EXCESS_MARGIN,
	FALLEN_BY,
	FALLEN_MS,
	FOLLOW_FACTOR,
	FOLLOW_SHARE,
	FOLLOW_USUAL,
	HIGHEST_USUAL,
	LOWEST_SUSPECT,
	PROGRESS_MS,
	PROGRESS_RISE,
	PROGRESS_SHARE,
} from "./limits";

export interface Balance {
	/** °C of the chamber when heat began to be wanted; `undefined`: none is wanted. */
	readonly begin: number | undefined;
	/** Heating with all there is, since then, in a chamber that is no warmer than it was. */
	readonly idleMs: number;
	readonly idleBusyMs: number;
	/** °C: the warmest that the chamber has been since, but no more than the target. */
	readonly peak: number;
	/** K of excess that belongs to full power; `undefined`: not known yet. */
	readonly usual: number | undefined;
	/** For how long the chamber has been colder than at its peak, with an excess that does not fit. */
	readonly fallenMs: number;
	/** The present window. */
	readonly ms: number;
	readonly onMs: number;
	/** The excess, summed up over the window's time. */
	readonly excessSum: number;
	/** °C of the chamber at the window's beginning. */
	readonly chamber: number;
}

export const noBalance: Balance = Object.freeze({
	begin: undefined,
	idleMs: 0,
	idleBusyMs: 0,
	peak: 0,
	usual: undefined,
	fallenMs: 0,
	ms: 0,
	onMs: 0,
	excessSum: 0,
	chamber: 0,
});

export interface BalanceInputs {
	readonly powered: boolean;
	/** The element rests at its limit. */
	readonly atLimit: boolean;
	/** Power has been on for long enough to tell what excess belongs to it. */
	readonly settled: boolean;
	readonly element: number;
	readonly chamber: number;
	/** °C, above 0. */
	readonly target: number;
}

export function watchBalance(last: Balance, inputs: BalanceInputs, elapsedMs: number): Balance {
	const { powered, chamber, element } = inputs;
	const excess = element - chamber;
	const begin = last.begin ?? chamber;
	const peak = Math.min(Math.max(last.peak, chamber), inputs.target);
	const isFallen = chamber <= peak - FALLEN_BY;
	const isTelling = inputs.settled && !isFallen;
	const usual = last.usual ?? (isTelling ? Math.min(excess, HIGHEST_USUAL) : undefined);
	const isIdle = chamber < begin + PROGRESS_RISE && chamber < inputs.target - PROGRESS_RISE;
	const isNew = last.begin === undefined || isFull(last);
	return {
		begin,
		idleMs: isIdle ? last.idleMs + elapsedMs : 0,
		idleBusyMs: isIdle ? last.idleBusyMs + (powered || inputs.atLimit ? elapsedMs : 0) : 0,
		peak,
		usual,
		fallenMs: isFallen && excess > suspectExcess(usual) ? last.fallenMs + elapsedMs : 0,
		ms: isNew ? 0 : last.ms + elapsedMs,
		onMs: isNew ? 0 : last.onMs + (powered ? elapsedMs : 0),
		excessSum: isNew ? 0 : last.excessSum + excess * elapsedMs,
		chamber: isNew ? chamber : last.chamber,
	};
}

export function balanceFault(balance: Balance, chamber: number): FaultCode | undefined {
	if (balance.fallenMs >= FALLEN_MS) return "cooling_while_heating";
	if (hasNoProgress(balance) || isOutOfBalance(balance, chamber)) return "heating_too_slow";
	return undefined;
}

function hasNoProgress({ idleMs, idleBusyMs }: Balance): boolean {
	return idleMs >= PROGRESS_MS && idleBusyMs >= PROGRESS_SHARE * idleMs;
}

function isOutOfBalance(balance: Balance, chamber: number): boolean {
	if (!isFull(balance)) return false;
	const share = balance.onMs / balance.ms;
	const excess = balance.excessSum / balance.ms;
	const usual = balance.usual ?? HIGHEST_USUAL;
	const fitting = share * usual;
	const isLost = excess > suspectExcess(balance.usual) && chamber < balance.chamber + BALANCE_RISE;
	const hasNoAirflow = excess > AIRFLOW_EXCESS && excess > AIRFLOW_FACTOR * fitting;
	const doesNotFollow =
		balance.usual !== undefined &&
		usual >= FOLLOW_USUAL &&
		share >= FOLLOW_SHARE &&
		excess < FOLLOW_FACTOR * fitting;
	const isColdWithPower = balance.onMs > 0 && excess < -COLDER_THAN_AIR;
	return isLost || hasNoAirflow || doesNotFollow || isColdWithPower;
}

function isFull(balance: Balance): boolean {
	return balance.ms >= BALANCE_WINDOW_MS;
}

/** K from which the excess is out of proportion, whatever the power is. */
function suspectExcess(usual: number | undefined): number {
	return usual === undefined ? HIGHEST_USUAL : Math.max(usual + EXCESS_MARGIN, LOWEST_SUSPECT);
}
