// The simulator's radio.

import type { Clock } from "../../clock";
import type { TextCodec } from "../../text-codec";
import { type SimulatedNetwork, SimulatedWifi } from "../../twins/simulated-wifi";
import { callSafely } from "../callbacks";

export interface WifiOptions {
	clock: Clock;
	text: TextCodec;
	networks?: readonly SimulatedNetwork[];
}

/** Locally administered, so that no maker's device has it. */
const MAC_ADDRESS = "02c0ffee0002";
/** Set aside for documentation (RFC 5737). */
const ADDRESS = "192.0.2.10";

export function createWifi(options: WifiOptions): SimulatedWifi {
	return new SimulatedWifi({ ...options, callSafely, macAddress: MAC_ADDRESS, address: ADDRESS });
}
