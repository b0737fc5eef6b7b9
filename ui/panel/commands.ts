// What the panel can ask of a printer: the commands of the HTTP interface with their fields. Types only.

import type { AirDuctMode, LightName } from "../../modules/printers/capabilities";
import type { FilePlace } from "../../modules/printers/printer-files";

/** A tray of a unit, or the spool outside of all units. The left one is that of the left of two nozzles. */
export type SpoolPlace = { readonly unit: number; readonly slot: number } | "external" | "external_left";

/** 0 is the right or only nozzle, 1 the left one; without it that in use. */
type OfNozzle = { readonly nozzle?: 0 | 1 };
type OfSpool = { readonly spool: SpoolPlace };
/** A path without a slash before it: "vase.gcode", "models/vase.gcode". */
type OfFile = { readonly place: FilePlace; readonly file: string };
/** The firmware asks for it where something cannot be undone: set it when a person has confirmed. */
type Confirmed = { readonly confirm: true };

export type PrinterCommand =
	// Job
	| { readonly command: "pause" | "resume" }
	| ({ readonly command: "stop" } & Confirmed)
	/** Of a printer that tells of its files. */
	| ({ readonly command: "start" } & OfFile)
	| ({ readonly command: "delete_file" } & OfFile & Confirmed)
	/** 1 silent, 2 standard, 3 sport, 4 ludicrous */
	| { readonly command: "speed"; readonly level: 1 | 2 | 3 | 4 }
	// Faults; which of them fit is said by `Fault.actions`.
	| { readonly command: "clear_error" | "dismiss_dialog" | "ignore_error" }
	| { readonly command: "ams_control"; readonly step: "resume" | "reset" | "pause" | "done" }
	// Heat and air; °C and percent, 0 is off
	| ({ readonly command: "nozzle_temperature"; readonly target: number } & OfNozzle)
	| { readonly command: "bed_temperature" | "chamber_temperature"; readonly target: number }
	| { readonly command: "fan"; readonly fan: "part" | "aux" | "aux2" | "chamber"; readonly percent: number }
	| { readonly command: "air_duct"; readonly mode: AirDuctMode }
	// Motion; mm
	| { readonly command: "home" }
	/** `MotionFacts.jogSteps`; more Z is more room between nozzle and bed. */
	| { readonly command: "jog"; readonly axis: "x" | "y" | "z"; readonly distance: number }
	/** Less than 0 pulls back. */
	| ({ readonly command: "extrude"; readonly distance: number } & OfNozzle)
	| { readonly command: "active_extruder"; readonly nozzle: 0 | 1 }
	// Filament
	| ({ readonly command: "load" } & OfSpool)
	| ({ readonly command: "unload" } & Confirmed)
	| ({
			readonly command: "filament_setting";
			readonly material: string;
			readonly filamentId: string;
			/** RRGGBB or RRGGBBAA */
			readonly color: string;
			/** °C */
			readonly nozzleMin: number;
			readonly nozzleMax: number;
	  } & OfSpool)
	| ({ readonly command: "read_tag" } & OfSpool)
	/** °C */
	| {
			readonly command: "dry_start";
			readonly unit: number;
			readonly material: string;
			readonly target: number;
			readonly hours: number;
			readonly rotate?: boolean;
	  }
	| { readonly command: "dry_stop"; readonly unit: number }
	// Light; without a name, that of the chamber
	| { readonly command: "light"; readonly light?: LightName; readonly mode: "on" | "off" | "flashing" };

export type PrinterCommandName = PrinterCommand["command"];
