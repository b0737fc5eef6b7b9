// Keeps the element below its limit in normal use: cut off at one temperature, free again at a lower one.

import { FOLDBACK_OFF, FOLDBACK_ON } from "./limits";

/** Whether the element has to rest. An unknown temperature changes nothing: it keeps the heater off by itself. */
export function foldBack(wasAtLimit: boolean, element: number | undefined): boolean {
	if (element === undefined) return wasAtLimit;
	return wasAtLimit ? element > FOLDBACK_ON : element >= FOLDBACK_OFF;
}
