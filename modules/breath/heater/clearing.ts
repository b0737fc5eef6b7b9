// Whether what a fault was latched for is still the case. Such a fault cannot be cleared.

import type { FaultCode } from "./faults";
import { CHAMBER_LIMIT, ELEMENT_LIMIT } from "./limits";
import { hasRested } from "./rest-watch";
import { hasCooled, isReady } from "./sensor-watch";
import type { StepState } from "./state";

/** The faults that are not named here show only while heating; heating again will tell. */
export function isStillThere(code: FaultCode, { chamber, element, mains }: StepState): boolean {
	switch (code) {
		case "element_overheat":
			return !hasCooled(element, ELEMENT_LIMIT);
		case "chamber_overheat":
			return !hasCooled(chamber, CHAMBER_LIMIT);
		case "chamber_sensor_open":
		case "chamber_sensor_short":
		case "chamber_sensor_failed":
			return !isReady(chamber);
		case "element_sensor_open":
		case "element_sensor_short":
		case "element_sensor_failed":
			return !isReady(element);
		case "heater_stuck_on":
			return !hasRested(element.celsius, chamber.celsius);
		case "no_mains":
			return !mains;
		default:
			return false;
	}
}
