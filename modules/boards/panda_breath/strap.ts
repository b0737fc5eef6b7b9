// Which of the two revisions of the Panda Breath board this is, from the level of its strap pin.

import type { ReferenceOhms } from "../../platform/heater-board";

/**
 * The strap pin is low on boards with 82 kΩ (V1.0.1) and high on those with 33 kΩ (V1.0).
 * It is read once with the chip's pull-up and once with its pull-down. A pin that follows the pull is connected to
 * nothing: then 33 kΩ is assumed, with which a board that really has 82 kΩ reads some 20 °C too warm, never too cold.
 */
export function referenceOf(strap: { pulledUp: boolean; pulledDown: boolean }): ReferenceOhms {
	return strap.pulledUp || strap.pulledDown ? 33_000 : 82_000;
}
