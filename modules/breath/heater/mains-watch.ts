// Heat is only given while the mains are seen and the fan runs: without a zero cross the fan cannot start.

import type { StepInputs } from "./inputs";
import { MAINS_GONE_MS, NO_MAINS_MS } from "./limits";

export function mainsAreThere(ageMs: number | undefined): boolean {
	return ageMs !== undefined && ageMs <= MAINS_GONE_MS;
}

/** For how long heat has been wanted without mains, or without the fan that was asked for. */
export function watchMains(
	missingMs: number,
	inputs: StepInputs,
	wanted: boolean,
	elapsedMs: number,
): number {
	if (!wanted || (mainsAreThere(inputs.mainsAgeMs) && inputs.outputs.fan)) return 0;
	return Math.min(missingMs + elapsedMs, NO_MAINS_MS + 1);
}

export function mainsAreMissed(missingMs: number): boolean {
	return missingMs > NO_MAINS_MS;
}
