// What a printer can do and how far it may go, whoever made it: what a page offers, and what a command may ask for.

import type { FilePlace } from "./printer-files";

export type AirDuctMode = "cooling" | "heating" | "laser";
export type LightName = "chamber" | "chamber_2" | "work" | "heatbed";

/** Of one printer; never changed in place. */
export interface PrinterCapabilities {
	readonly nozzles: 1 | 2;
	/** °C, as the printer's own limits. */
	readonly maxNozzle: number;
	readonly maxBed: number;
	readonly chamberSensor: boolean;
	/** 0 = it cannot heat its chamber. */
	readonly maxChamber: number;
	readonly auxFan: boolean;
	readonly secondAuxFan: boolean;
	readonly chamberFan: boolean;
	/** [] without air ducts. */
	readonly airDuct: readonly AirDuctMode[];
	/** Those that can be switched; not all of them tell whether they are on. */
	readonly lights: readonly LightName[];
	/** What of it there is to see. `no_room`: nothing on this device, which has no memory for its pictures. */
	readonly camera: "jpeg" | "rtsps" | "none" | "no_room";
	/** Whether it starts and stops the drying of its filament units when told. */
	readonly drying: boolean;
	/** Towards +Z the bed goes down; otherwise the toolhead goes up. */
	readonly bedMovesInZ: boolean;
	readonly doorSensor: boolean;
	/** Whether it homes, moves and feeds filament by lengths when told. */
	readonly motion: boolean;
	/** Whether it loads and unloads spools when told, and is told what they are. */
	readonly loading: boolean;
	/** From 1, the most silent, to this one. */
	readonly fastestSpeed: 3 | 4;
	/** Where it has files that it tells of. */
	readonly filesIn: readonly FilePlace[];
	/** Commands that it takes in a form of their own, which limits them; otherwise they are lines of G-code. */
	readonly forms: CommandForms;
}

export interface CommandForms {
	readonly home: boolean;
	readonly jog: boolean;
	readonly bedTemperature: boolean;
	readonly chamberTemperature: boolean;
}
