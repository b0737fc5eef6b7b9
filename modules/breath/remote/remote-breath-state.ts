// What the device says of a chamber heater on the network: a part of `GET /api/state` where there is no heater of its own.

import type { BreathMode } from "../breath-state";
import type { DryingPreset } from "../drying";

/**
 * - `unreachable`: nobody answers at that address, or the connection broke off
 * - `unknown_name`: the name has no address
 * - `no_panda_breath`: what answers there does not speak the protocol, or has no place left
 * - `silent`: it has stopped to say anything
 */
export type RemoteLinkError = "unreachable" | "unknown_name" | "no_panda_breath" | "silent";

export type RemoteFaultCode =
	| "chamber_sensor_short"
	| "chamber_sensor_open"
	| "element_sensor_short"
	| "element_sensor_open"
	| "heater_fault";

/**
 * What the heater itself has said, never what it was asked for. Absent is unknown: the protocol tells neither of the
 * fan nor of the element's temperature and power. While the link is not online, it is what was said last.
 */
export interface RemoteBreathState {
	/** As set up: an IP address or a host name. */
	host: string;
	/** `online` once its whole state has come; `connecting` before that, and `offline` with the reason. */
	link: "connecting" | "online" | "offline";
	linkError?: RemoteLinkError;
	/** What is wrong and what to do, in words. */
	linkHelp?: string;
	/** When it was last heard, in seconds of the device's uptime; absent while it is online, and when it never was. */
	heardAtSeconds?: number;
	/** Of its firmware, or of the one whose protocol it speaks: "V1.0.3". */
	version?: string;
	mode?: BreathMode;
	/** Whether the mode is running. */
	on?: boolean;
	/** °C that auto and always-on aim at; 0 is no heat. */
	target?: number;
	/** °C of the air. */
	chamber?: number;
	/** °C of the bed from which auto heats. */
	bedThreshold?: number;
	/** °C of the bed from which the fan filters. */
	filterThreshold?: number;
	drying: {
		running?: boolean;
		target?: number;
		hours?: number;
		preset?: DryingPreset;
		/** Counted down here from what was told. */
		remainingSeconds?: number;
	};
	/** Whether the heater has a connection to its printer, which auto goes by. */
	printerConnected?: boolean;
	fault?: { code: RemoteFaultCode; text: string };
}

/** Why a wish was not, or not surely, carried out. */
export type RemoteRefusal =
	/** There is no connection. */
	| "unreachable"
	/** The protocol has no word for it. */
	| "not_supported"
	/** The heater asks for its password. */
	| "locked"
	/** The heater says that it does something else. */
	| "refused"
	/** The heater has not said in time what it does. */
	| "no_answer"
	/** A later wish says the contrary. */
	| "superseded"
	/** Too many wishes wait for an answer. */
	| "busy";

export type RemoteResult = { ok: true } | { ok: false; code: RemoteRefusal; message: string };
