// Watches the element while it gets no power: it has to cool. Otherwise the relay sticks.

import {
	REST_FALL,
	REST_HOT_EXCESS,
	REST_RISE,
	REST_RISE_EXCESS,
	REST_SETTLE_MS,
	REST_WINDOW_MS,
	RESTED_EXCESS,
} from "./limits";

export interface Rest {
	/** Since the board turned the heater off. */
	readonly offMs: number;
	/** Since the window began; `undefined`: none is open. */
	readonly ms: number | undefined;
	/** °C of the element at the window's beginning. */
	readonly element: number;
}

export const noRest: Rest = Object.freeze({ offMs: 0, ms: undefined, element: 0 });

/** Not called while the heater is on, see {@link noRest}. */
export function watchRest(last: Rest, element: number, elapsedMs: number): Rest {
	const offMs = Math.min(last.offMs + elapsedMs, REST_SETTLE_MS);
	if (offMs < REST_SETTLE_MS) return { offMs, ms: undefined, element };
	if (last.ms === undefined || last.ms >= REST_WINDOW_MS) return { offMs, ms: 0, element };
	return { offMs, ms: last.ms + elapsedMs, element: last.element };
}

export function isStuckOn(rest: Rest, element: number, chamber: number): boolean {
	if (rest.ms === undefined) return false;
	const rise = element - rest.element;
	const excess = element - chamber;
	if (rise >= REST_RISE && excess >= REST_RISE_EXCESS) return true;
	return rest.ms >= REST_WINDOW_MS && rise > -REST_FALL && excess >= REST_HOT_EXCESS;
}

/** The element is about as cold as the chamber again. */
export function hasRested(element: number | undefined, chamber: number | undefined): boolean {
	return element !== undefined && chamber !== undefined && element < chamber + RESTED_EXCESS;
}
