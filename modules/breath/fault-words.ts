// Each fault in words: what happened, and what a person has to do.

import type { FaultCode } from "./heater/faults";

export interface FaultWords {
	text: string;
	help: string;
}

const WORDS: Readonly<Record<FaultCode, FaultWords>> = Object.freeze({
	element_overheat: Object.freeze({
		text: "The heating element was too hot",
		help: "See that the fan turns and that nothing blocks its air, let it cool down, then clear the fault.",
	}),
	chamber_overheat: Object.freeze({
		text: "The chamber was too hot",
		help: "Open the chamber, look for another source of heat, let it cool down, then clear the fault.",
	}),
	chamber_sensor_open: Object.freeze({
		text: "The chamber's temperature sensor is missing or its lead is broken",
		help: "Unplug the device, check the sensor's plug and lead, then clear the fault.",
	}),
	chamber_sensor_short: Object.freeze({
		text: "The leads of the chamber's temperature sensor touch",
		help: "Unplug the device, check the sensor's plug and lead, then clear the fault.",
	}),
	chamber_sensor_failed: Object.freeze({
		text: "The chamber's temperature cannot be measured",
		help: "Restart the device and clear the fault. If it comes back, the board is defective.",
	}),
	element_sensor_open: Object.freeze({
		text: "The heating element's temperature sensor is missing or its lead is broken",
		help: "Unplug the device, check the sensor's plug and lead, then clear the fault.",
	}),
	element_sensor_short: Object.freeze({
		text: "The leads of the heating element's temperature sensor touch",
		help: "Unplug the device, check the sensor's plug and lead, then clear the fault.",
	}),
	element_sensor_failed: Object.freeze({
		text: "The heating element's temperature cannot be measured",
		help: "Restart the device and clear the fault. If it comes back, the board is defective.",
	}),
	heating_too_slow: Object.freeze({
		text: "The heating element did not get warmer although it was on",
		help: "See that its sensor sits on the element and that its fuse is whole, then clear the fault.",
	}),
	cooling_while_heating: Object.freeze({
		text: "The chamber got colder although the heater was on",
		help: "Close the chamber, see that its sensor has not come loose, then clear the fault.",
	}),
	sensors_swapped: Object.freeze({
		text: "The two temperature sensors seem to be swapped",
		help: "Unplug the device, swap the plugs of the two sensors, then clear the fault.",
	}),
	heater_stuck_on: Object.freeze({
		text: "The heating element gets hot although it is turned off",
		help: "Unplug the device now. Its relay is stuck: it has to be replaced before the device is used again.",
	}),
	no_mains: Object.freeze({
		text: "The mains voltage is not seen, so the fan cannot run",
		help: "Check the mains lead and the fuse, then clear the fault. If it comes back, the board is defective.",
	}),
	storage_unreadable: Object.freeze({
		text: "Whether there was a fault before the restart cannot be read",
		help: "See that the device is in order, then clear the fault. If it comes back, reset it to factory settings.",
	}),
	control_failed: Object.freeze({
		text: "The control of the heater failed",
		help: "Restart the device and clear the fault. If it comes back, report it with the device's log.",
	}),
});

/** Their places stand for them in the event log. */
export const FAULT_CODES: readonly FaultCode[] = Object.freeze(Object.keys(WORDS) as FaultCode[]);

export function faultWords(code: FaultCode): FaultWords {
	return WORDS[code];
}
