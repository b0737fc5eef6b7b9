// What the chamber heater says of itself: its part of `GET /api/state`.

import type { Asker } from "../event-log/asker";
import type { FaultCode } from "./heater/faults";

export type BreathMode = "auto" | "always_on" | "drying";

export interface BreathState {
	mode: BreathMode;
	/** Whether the mode is running. Off after every start: heat is never resumed by itself. */
	on: boolean;
	/** Whether the element is being given power in this control period. */
	heating: boolean;
	fan: boolean;
	/** Whether a person has turned the fan on by itself. */
	fanOnly: boolean;
	/** °C that auto and always-on aim at; 0 is no heat. */
	target: number;
	/** °C that are aimed at right now; 0 while nothing is to be heated. */
	activeTarget: number;
	/** °C of the air; absent without a good reading. */
	chamber?: number;
	/** °C of the heating element; absent without a good reading. */
	ptc?: number;
	/** °C of the bed from which auto heats. */
	bedThreshold: number;
	/** °C of the bed from which the fan filters. */
	filterThreshold: number;
	drying: { running: boolean; target: number; hours: number; remainingSeconds: number };
	fault?: { code: FaultCode; text: string; latched: boolean };
	/** Why it heats or does not, in words. */
	reason: string;
	/** The same as a word of a closed union, for pages in another language. */
	reasonCode: ReasonCode;
	/** What `reason` tells besides that and the other fields; absent when it tells no more. */
	reasonDetails?: ReasonDetails;
}

/** What does not apply is absent. */
export interface ReasonDetails {
	/** Who turned it off. */
	by?: Asker;
	/** Name of the printer that auto follows. */
	printer?: string;
	/** Auto is to follow a Klipper printer, and cannot yet. */
	klipper?: true;
	/** Whole °C of its bed: what it is set to; or, as long as it is set to nothing, what it has. */
	bedTarget?: number;
	bed?: number;
	/** What it prints with, and whether a temperature is set for that. */
	material?: string;
	listed?: boolean;
	/** Until the chamber is warm, until drying ends; of `abandoned`: that nobody was connected. */
	minutes?: number;
	/** That the drying cycle which was ended still had. */
	minutesLost?: number;
	/** Until heat goes off, since nobody is connected. */
	minutesAlone?: number;
	/** Why the fan runs although no heat is given. */
	fan?: "runs_on" | "filters";
}

/**
 * - `off`: nothing is switched on
 * - `fault`: a fault keeps the heater off
 * - `fan_only`: a person wants the fan and no heat
 * - `no_printer`: auto follows a printer, and none is bound
 * - `printer_offline`: auto follows a printer that does not answer
 * - `bed_cold`: auto waits for the bed to reach its threshold
 * - `filament_cold`: auto follows the filament, which wants no warm chamber
 * - `no_job`: auto follows the filament of a print, and nothing is printing
 * - `target_zero`: the target is 0
 * - `heating`: on the way to the target
 * - `holding`: at the target
 * - `above_target`: warmer than the target
 * - `drying`: a drying cycle runs
 * - `drying_done`: the last drying cycle ran to its end
 * - `element_hot`: the element is at its limit and rests
 * - `abandoned`: nobody was there for longer than the dead man's time
 * - `updating`: a new firmware is being received
 * - `no_reading`: the first good reading of both sensors is still to come
 */
export type ReasonCode =
	| "off"
	| "fault"
	| "fan_only"
	| "no_printer"
	| "printer_offline"
	| "bed_cold"
	| "filament_cold"
	| "no_job"
	| "target_zero"
	| "heating"
	| "holding"
	| "above_target"
	| "drying"
	| "drying_done"
	| "element_hot"
	| "abandoned"
	| "updating"
	| "no_reading";
