// What Culm knows of a printer, whoever made it. An absent field means unknown or not there; never 0 in its place.

import type { AirDuctMode, LightName, PrinterCapabilities } from "./capabilities";

export type PrinterVendor = "bambu" | "anycubic";
export type LinkStatus = "offline" | "connecting" | "online" | "stale";
export type LinkError =
	| "unreachable"
	| "wrong_access_code"
	| "wrong_serial"
	| "untrusted_certificate"
	| "certificate_changed"
	| "too_many_clients"
	/** The printer listens to its maker's cloud alone. */
	| "lan_mode_off";
/**
 * - `read_only`: the printer takes no commands from us
 * - `none`: this device is built without commands
 */
export type ControlStatus = "full" | "read_only" | "none" | "unknown";
export type JobStatus = "idle" | "preparing" | "printing" | "paused" | "finished" | "failed" | "unknown";

export interface PrinterState {
	id: string;
	vendor: PrinterVendor;
	/** As people call it: "P1S", never a raw code. */
	model: string;
	name: string;
	serial: string;
	host: string;
	/** Of the printer, such as "01.08.02.00". */
	firmware?: string;
	/** `live`: by a connection that stays. `polled`: it is looked at now and then, and `link` is how the last look ended. */
	watch: "live" | "polled";
	/** From one look at a polled printer to the next. */
	lookSeconds?: number;
	/**
	 * When what is shown was last true, in seconds of the device's uptime: of a polled printer, and of a live one that
	 * is not online. A live one that is online says something every few seconds.
	 */
	heardAtSeconds?: number;
	link: LinkStatus;
	linkError?: LinkError;
	/** What is wrong with the link and what to do, in words. There when `linkError` is. */
	linkHelp?: string;
	/** The certificate that was refused, for a person to compare before pinning it. SHA-256 in 64 hex digits. */
	linkCertificate?: { commonName: string; sha256: string };
	control: ControlStatus;
	capabilities: PrinterCapabilities;
	job: JobState;
	/** 0 = the right or only one, 1 = the left one. */
	nozzles: NozzleState[];
	bed: Temperature;
	chamber?: Temperature;
	fans: FanSpeeds;
	/** What its air ducts are set to. */
	airDuct?: AirDuctMode;
	/** Whether they are on. Of some the printer never says it. */
	lights: { [Name in LightName]?: boolean };
	door?: "open" | "closed";
	filament: FilamentState;
	faults: Fault[];
}

export interface JobState {
	state: JobStatus;
	/** Of a job that failed because a person ended it. */
	cancelled?: true;
	name?: string;
	/** 0–100 */
	percent?: number;
	remainingMinutes?: number;
	/**
	 * When it will be done, to the minute: ISO 8601 in UTC. Counted from the moment when the printer said how long it
	 * takes. Absent while a job is paused, and as long as the device does not know the time.
	 */
	finishTime?: string;
	layer?: number;
	totalLayers?: number;
	/** Only while a job is under way. */
	stage?: { id: number; name: string };
	/** 1 silent, 2 standard, 3 sport, 4 ludicrous */
	speedLevel?: 1 | 2 | 3 | 4;
	/** Another one for each job, also of the same file; absent when the printer says nothing that tells jobs apart. */
	key?: string;
	/** What the whole job takes of each slot, by its slicer; absent as long as that is not known. */
	filament?: readonly JobFilament[];
	/** Why it is not, in words. */
	filamentHelp?: string;
}

/** What a job takes of one slot: by its slicer as a whole, or as the printer has measured it up to now. */
export interface JobFilament {
	/** See `globalTray` in `spools/slot-map.ts`. */
	tray: number;
	/** The whole job's, by its slicer. */
	grams?: number;
	/** Up to now, measured by the printer. */
	usedLengthMm?: number;
}

/** °C */
export interface Temperature {
	current?: number;
	/** 0 = not heating */
	target?: number;
}

export interface NozzleState extends Temperature {
	diameterMm?: number;
	/** Material: "stainless_steel", "hardened_steel", "tungsten_carbide", or what the printer calls it. */
	type?: string;
	active: boolean;
}

/** Percent, 0–100 */
export interface FanSpeeds {
	part?: number;
	aux?: number;
	aux2?: number;
	chamber?: number;
}

export interface FilamentState {
	units: FilamentUnit[];
	external: FilamentSlot[];
	active?: { unit: number; slot: number } | "external";
	/** Whether the printer measures what is left on spools with a tag; absent when it does not say. */
	tracksRemaining?: boolean;
}

export type FilamentUnitKind = "ams" | "ams_lite" | "ams_2_pro" | "ams_ht" | "ace";

export interface FilamentUnit {
	id: number;
	kind: FilamentUnitKind;
	/** Of a printer with two: the one that it feeds. */
	nozzle?: 0 | 1;
	humidityPercent?: number;
	/** 1 wet … 5 dry */
	humidityLevel?: number;
	/** °C */
	temperature?: number;
	/** Minutes of drying left; 0 = not drying. */
	dryingMinutes?: number;
	slots: FilamentSlot[];
}

export interface FilamentSlot {
	id: number;
	/** `unknown`: what is on the spool is not known; outside of a unit also whether there is one. */
	state: "empty" | "unknown" | "loaded";
	material?: string;
	name?: string;
	/** RRGGBBAA, upper-case hex */
	color?: string;
	remainPercent?: number;
	/** Of the spool's own tag, 32 hex digits. */
	spoolUuid?: string;
	/** Its tag is being read, or waits to be: what is said of it may be another spool's. */
	isReading?: true;
	/** g that were on the spool when it was new, by its tag. */
	fullGrams?: number;
	/** °C */
	nozzleMin?: number;
	nozzleMax?: number;
	/** Spoolman's number of the spool. */
	spoolId?: number;
}

export interface Fault {
	/** As the vendor writes it: "0300_400C", "HMS_0C00_0300_0003_0007". */
	code: string;
	severity: "fatal" | "serious" | "common" | "info";
	/** The part of the printer that reports it: "Toolhead", "AMS B, slot 2". */
	module: string;
	/** What it means and what to do; of a code without a text of its own, whose it is. Never empty. */
	text: string;
	/** Where more is said about it. */
	url?: string;
	/** What can be done from here, as things are now; the best one first. */
	actions: readonly FaultAction[];
}

/**
 * - `resume`: goes on with the paused job
 * - `retry`: repeats the step of loading or unloading that failed
 * - `done`: tells the printer that the step was done by hand
 * - `ignore`: goes on although the printer doubts
 * - `stop`: ends the job
 * - `dismiss`: takes the message away
 */
export type FaultAction = "resume" | "retry" | "done" | "ignore" | "stop" | "dismiss";
