// What a failed connection to a heater means for the person who set it up.

import type { PortError } from "../../platform/port-error";
import type { HeaterReport } from "./heater-messages";
import type { RemoteBreathState, RemoteFaultCode, RemoteLinkError } from "./remote-breath-state";

export function linkErrorOf({ code }: PortError): RemoteLinkError {
	switch (code) {
		case "host_not_found":
			return "unknown_name";
		case "protocol":
		case "too_large":
		case "unauthorized":
		case "handshake_closed":
			return "no_panda_breath";
		default:
			return "unreachable";
	}
}

/** What is wrong and what to do. */
export function linkHelp(error: RemoteLinkError, host: string): string {
	switch (error) {
		case "unreachable":
			return `No heater answers at ${host}. Is it on, in this network, and is this still its address?`;
		case "unknown_name":
			return `The network knows no ${host}. Enter the heater's IP address instead, or look for it.`;
		case "no_panda_breath":
			return `What answers at ${host} does not speak the Panda Breath protocol, or too many apps are connected to it: check the address, or close one of them.`;
		case "silent":
			return `The heater at ${host} has stopped to say anything. It is being connected to again; if that goes on, restart it.`;
	}
}

const FAULT_TEXTS: Readonly<Record<RemoteFaultCode, string>> = Object.freeze({
	chamber_sensor_short:
		"The heater's chamber sensor is shorted. Unplug the heater and have its wires looked at.",
	chamber_sensor_open:
		"The heater's chamber sensor is not connected. Unplug the heater and have its wires looked at.",
	element_sensor_short:
		"The heating element's sensor is shorted. Unplug the heater and have its wires looked at.",
	element_sensor_open:
		"The heating element's sensor is not connected. Unplug the heater and have its wires looked at.",
	heater_fault: "The heater reports a fault of its heating. Its own page says which one.",
});

export function faultOf(report: HeaterReport): RemoteBreathState["fault"] {
	const code = faultCodeOf(report);
	return code && { code, text: FAULT_TEXTS[code] };
}

function faultCodeOf({
	chamberSensor,
	elementSensor,
	heaterFault,
}: HeaterReport): RemoteFaultCode | undefined {
	if (chamberSensor === "short" || chamberSensor === "open") return `chamber_sensor_${chamberSensor}`;
	if (elementSensor === "short" || elementSensor === "open") return `element_sensor_${elementSensor}`;
	return heaterFault && "heater_fault";
}
