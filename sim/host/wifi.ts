// The simulator's radio.

import type { Clock } from "../../modules/platform/clock";
import { type SimulatedNetwork, SimulatedWifi } from "../../modules/platform/twins/simulated-wifi";
import { callSafely } from "./callbacks";
import { createTextCodec } from "./text-codec";

export interface WifiOptions {
	clock: Clock;
	networks?: readonly SimulatedNetwork[] | undefined;
	/** Twelve lower-case hex digits. */
	macAddress?: string;
	/** What a network's router gives us. */
	address?: string;
}

/** Locally administered, so that no maker's device has it. */
const MAC_ADDRESS = "02c0ffee0001";
const ADDRESS = "192.168.1.50";

export function createWifi({
	clock,
	networks,
	macAddress = MAC_ADDRESS,
	address = ADDRESS,
}: WifiOptions): SimulatedWifi {
	return new SimulatedWifi({ clock, text: createTextCodec(), callSafely, networks, macAddress, address });
}
