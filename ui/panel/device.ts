// The panel's only door to the firmware: what it can show, and everything that it can ask for. Types only.
//
// Nothing here throws, and no promise rejects: a refusal is data. Its `code` is of a closed union, for a panel in another
// language; its `message` says in English what is wrong and what to do.

import type { BreathState } from "../../modules/breath/breath-state";
import type { DryingPreset } from "../../modules/breath/drying";
import type { FaultCode } from "../../modules/breath/heater/faults";
import type { FoundHeater } from "../../modules/breath/remote/heater-finder";
import type { RemoteBreathState, RemoteRefusal } from "../../modules/breath/remote/remote-breath-state";
import type { RemoteChanges } from "../../modules/breath/remote/wish-frames";
import type { BreathChanges } from "../../modules/breath/wishes";
import type { DeviceState } from "../../modules/device-state";
import type { Timer } from "../../modules/platform/clock";
import type { WifiNetwork } from "../../modules/platform/wifi";
import type { CameraStatus } from "../../modules/printers/camera";
import type { CameraRefusal } from "../../modules/printers/cameras";
import type { CommandRefusal } from "../../modules/printers/command";
import type { FinishedJob } from "../../modules/printers/history/finished-job";
import type { PrinterBookErrorCode } from "../../modules/printers/printer-book";
import type { FilePlace, PrinterFile } from "../../modules/printers/printer-files";
import type { PrinterWay } from "../../modules/printers/printer-makers";
import type { FoundPrinter } from "../../modules/printers/printer-search";
import type { PrinterVendor } from "../../modules/printers/printer-state";
import type { PrinterStateKey } from "../../modules/printers/printer-store";
import type { HeldTag } from "../../modules/spools/filament-tag";
import type { TagFailureCode } from "../../modules/spools/filament-tags";
import type { SpoolAction, SpoolFailureCode, SpoolQuery } from "../../modules/spools/spools";
import type {
	ShownSpool,
	SpoolmanStatus,
	SpoolSlot,
	SpoolSlotStatus,
	SpoolsState,
} from "../../modules/spools/spools-state";
import type { PrinterCommand } from "./commands";

export type { PrinterCommand, SpoolPlace } from "./commands";
export type {
	BreathChanges,
	BreathState,
	CameraRefusal,
	CameraStatus,
	CommandRefusal,
	DeviceState,
	DryingPreset,
	FaultCode,
	FilePlace,
	FinishedJob,
	FoundHeater,
	FoundPrinter,
	HeldTag,
	PrinterFile,
	PrinterStateKey,
	PrinterVendor,
	PrinterWay,
	RemoteBreathState,
	RemoteChanges,
	RemoteRefusal,
	ShownSpool,
	SpoolAction,
	SpoolFailureCode,
	SpoolmanStatus,
	SpoolQuery,
	SpoolSlot,
	SpoolSlotStatus,
	SpoolsState,
	Timer,
	WifiNetwork,
};

export interface PanelDevice {
	/**
	 * Everything that can be shown, as it is now: what `GET /api/state` answers. What is in it never changes; parts that
	 * have not changed since the last call are the same objects, so that they can be compared by `===`.
	 */
	state(): DeviceState;
	/**
	 * Calls back when something of the state, the jobs or the preferences has changed: a moment after the first of several
	 * changes, with all of them at once, and never before this returns. The returned function ends that.
	 */
	onChange(listener: (change: DeviceChange) => void): () => void;
	/** Somebody has touched the screen: the heater is not alone. Cheap; to be called at the beginning of each touch. */
	touched(): void;

	readonly facts: PanelFacts;
	readonly clock: PanelClock;
	readonly printers: PanelPrinters;
	/** On the printers that tell of their files: those with `filesIn` in their capabilities. */
	readonly files: PanelFiles;
	readonly camera: PanelCamera;
	readonly jobs: PanelJobs;
	readonly wifi: PanelWifi;
	/** Of the chamber heater; absent on a device without one. */
	readonly heater?: PanelHeater;
	/** Of a chamber heater on the network; absent on a device with one of its own. */
	readonly remoteHeater?: PanelRemoteHeater;
	/** Absent on a device that does not keep track of spools. */
	readonly spools?: PanelSpools;
	/** Of tags that describe filament; absent on a device that takes none. */
	readonly filamentTag?: PanelTag;
	readonly preferences: PanelPreferences;
	readonly display: PanelDisplay;
	readonly system: PanelSystem;
}

/** What has changed since the listener was called last. */
export interface DeviceChange {
	/** Of printers that stay where they are: what has changed of their state, by their id. */
	readonly printers: ReadonlyMap<string, ReadonlySet<PrinterStateKey>>;
	/** Printers were added, forgotten or put into another order. */
	readonly list: boolean;
	/** `DeviceState.breath`, `DeviceState.remoteBreath` or {@link PanelHeater.options}. */
	readonly heater: boolean;
	/** `DeviceState.spools`, `DeviceState.filamentTag` or {@link PanelSpools.setup}. */
	readonly spools: boolean;
	readonly wifi: boolean;
	readonly update: boolean;
	/** {@link PanelJobs.list} */
	readonly jobs: boolean;
	/** {@link PanelPreferences.get}, whoever has changed them. */
	readonly preferences: boolean;
}

export interface Refusal<Code extends string = string> {
	readonly ok: false;
	readonly code: Code;
	readonly message: string;
}

export type Outcome<Value, Code extends string = string> =
	| { readonly ok: true; readonly value: Value }
	| Refusal<Code>;

/** Of what has no answer but that it was done. */
export type Done<Code extends string = string> = { readonly ok: true } | Refusal<Code>;

// Printers.

export interface PanelPrinters {
	/**
	 * Somebody looks at that printer: it keeps a connection until the returned function is called, at the cost of another
	 * one's if need be. Whoever calls it last is the one. An id that is not set up is nothing.
	 */
	attend(id: string): () => void;
	/**
	 * Resolves when the printer has done it, or has refused it, or has not answered in time (15 s at most after it is
	 * connected; until then it is pending).
	 */
	command(id: string, command: PrinterCommand): Promise<Done<CommandRefusal | "not_found">>;
	/**
	 * Why that command would be refused at this moment without being sent; `undefined` when it would be sent. For what is
	 * to be greyed, with the reason. What has to be confirmed is looked at as if it were.
	 */
	refusal(id: string, command: PrinterCommand): Refusal<CommandRefusal | "not_found"> | undefined;
	/** Listens for 11 s, since some printers tell of themselves every ten seconds. Also those that are set up already. */
	scan(): Promise<Outcome<readonly FoundPrinter[], "unavailable">>;
	/** Without a serial number the printer is asked who it is, which takes up to 15 s. */
	add(fields: NewPrinter): Promise<AddOutcome>;
	/** What is stored of a printer, for a form; `undefined` when there is no such printer. */
	entry(id: string): PrinterEntry | undefined;
	/** What is left out stays as it is. The id is another one when the serial number is. */
	edit(id: string, fields: PrinterFields): Outcome<{ readonly id: string }, PrinterBookErrorCode>;
	forget(id: string): Done<PrinterBookErrorCode>;
	/** Those that are not named follow in the order that they have. */
	reorder(ids: readonly string[]): Done<PrinterBookErrorCode>;
	/**
	 * Trusts the certificate that the printer's link refused (`PrinterState.linkCertificate`). `sha256` is what the person
	 * was shown: if it is no longer the one that is refused, it is `changed`.
	 */
	trust(id: string, sha256: string): Done<"not_found" | "changed">;
}

export type AddOutcome =
	| { readonly ok: true; readonly value: { readonly id: string } }
	| (Refusal<PrinterBookErrorCode> & {
			/** That was refused, for a person to compare; with its `sha256` as `pinnedSha256` it is trusted. */
			readonly certificate?: { readonly commonName: string; readonly sha256: string };
	  });

export interface PrinterFields {
	/** IP address or host name. */
	readonly host?: string;
	readonly serial?: string;
	readonly accessCode?: string;
	/** "" makes one from model and serial number. */
	readonly name?: string;
	readonly port?: number;
	/** 64 hex digits in lower case; "" for none. */
	readonly pinnedSha256?: string;
	/** Before others it gets one of the connections that stay, where there are fewer of these than printers. */
	readonly live?: boolean;
}

/** How it is reached is said by the vendor, and where one's printers are reached in two ways, by the way. */
export type NewPrinter =
	| (PrinterFields & { readonly host: string; readonly accessCode: string })
	/** In its LAN mode: it says itself who it is. */
	| (PrinterFields & { readonly vendor: "anycubic"; readonly way: "lan"; readonly host: string })
	/** One that the search has found there. */
	| (PrinterFields & { readonly vendor: "anycubic"; readonly way: "broker"; readonly serial: string });

/** The access code is not among them: it can be written and never read. */
export interface PrinterEntry {
	readonly host: string;
	readonly serial: string;
	/** As a person entered it; "" when it is made from model and serial number. */
	readonly name: string;
	readonly port: number;
	/** "": none. */
	readonly pinnedSha256: string;
	readonly live: boolean;
	readonly vendor: PrinterVendor;
	readonly way: PrinterWay;
}

// Files on printers. Starting and deleting them are commands.

export interface PanelFiles {
	/** Those of a folder, such as "/" or "/models"; the newest first, 200 at most. Pending until the printer has told them. */
	list(
		printerId: string,
		place: FilePlace,
		folder: string,
	): Promise<Outcome<readonly PrinterFile[], CommandRefusal | "not_found">>;
}

// Camera.

export interface PanelCamera {
	/** Why nobody could watch at this moment; `undefined` when somebody could. */
	refusal(printerId: string): Refusal<CameraRefusal> | undefined;
	/**
	 * Watches until `stop`, after which nothing is called. Nothing is called before it returns. One camera is watched at a
	 * time on the whole device, the page included.
	 */
	watch(
		printerId: string,
		viewer: CameraViewer,
	): { readonly ok: true; stop(): void } | Refusal<CameraRefusal>;
	/**
	 * Makes a picture of a JPEG, a little at a time; `undefined` when it cannot be read. Calls back once, and not before
	 * it returns; the returned function ends it, and nothing is called back then.
	 */
	decode(jpeg: Uint8Array, room: PictureRoom, onEnd: (picture: Picture | undefined) => void): () => void;
}

/** Shrunk by a whole number until it fits; a narrow edge may be cut off for that. */
export interface PictureRoom {
	readonly width: number;
	readonly height: number;
	/** Of a picture that is not needed any more: taken for the new one if it has the same size, even if that ends badly. */
	readonly into?: Picture | undefined;
}

export interface Picture {
	readonly width: number;
	readonly height: number;
	/** RGB565, little endian, row by row without gaps. */
	readonly pixels: Uint8Array;
}

export interface CameraViewer {
	/** Asked when a picture begins to come; no lets it pass: so there is never more than one in memory. */
	isReady(): boolean;
	/** A whole JPEG, which is the viewer's from then on. */
	onPicture(jpeg: Uint8Array): void;
	/** Connecting, live, or why not; it goes on trying by itself. */
	onStatus(status: CameraStatus): void;
	/** The printer was forgotten or set up anew. Nothing more comes. */
	onGone(): void;
}

// Jobs.

export interface PanelJobs {
	/** Jobs that have ended, newest first, 50 at most. Read from storage each time: keep it while it is shown. */
	list(): readonly FinishedJob[];
	clear(): Promise<Done<"not_stored">>;
}

// Wi-Fi. What it is doing is in `DeviceState.wifi`.

export interface PanelWifi {
	/** Strongest first. Takes seconds; `DeviceState.wifi.scanning` meanwhile. */
	scan(): Promise<Outcome<readonly WifiNetwork[], "unavailable">>;
	/** "" as the password of an open network. What becomes of it is seen in `DeviceState.wifi.station`. */
	join(network: { readonly ssid: string; readonly password: string }): Done<"bad_field">;
	/** Leaves the network and forgets its password; the device opens its own. */
	forget(): void;
}

// Chamber heater. What it is doing is in `DeviceState.breath`.

export interface PanelHeater {
	/** Takes what it can, within the limits; off counts before this returns. Returns what came of it. */
	change(changes: BreathChanges): BreathState;
	clearFault(): Promise<Done<"fault_remains" | "not_stored">>;
	readonly history: HeaterHistory;
	/** What of its settings is not in its state. */
	options(): HeaterOptions;
	setOptions(options: Partial<HeaterOptions>): Done<"bad_field" | "not_found">;
}

/** The last four hours, a sample each 30 s. Nothing is allocated by reading it. 0 is the oldest sample. */
export interface HeaterHistory {
	readonly intervalSeconds: number;
	/** Samples that there are; at most `most`, and then the oldest one goes with each new one. */
	readonly length: number;
	readonly most: number;
	/** Samples that there ever were: it counts up with each new one. */
	readonly count: number;
	/** °C, to a tenth; NaN where there was no good reading, or no sample. */
	chamber(index: number): number;
	/** °C that were aimed at; 0 is no heat. */
	target(index: number): number;
}

export interface HeaterOptions {
	readonly dryingPreset: DryingPreset;
	/** What auto goes by. */
	readonly autoBy: "bed" | "filament";
	/** Id of the printer that auto follows; "" as long as there is none. */
	readonly followedPrinter: string;
}

// Chamber heater on the network. What it says of itself is in `DeviceState.remoteBreath`, absent as long as none is set up.

export interface PanelRemoteHeater {
	/** Resolves when the heater has done it, has refused it, or has not said so in time. */
	change(changes: RemoteChanges): Promise<Done<RemoteRefusal>>;
	/** Listens for some seconds. */
	scan(): Promise<Outcome<readonly FoundHeater[], "unavailable">>;
	/** Where it is looked for; "" when none is set up. */
	place(): HeaterPlace;
	/** "" as the host forgets it. What is left out stays as it is. */
	setPlace(place: Partial<HeaterPlace>): Done<"bad_field">;
}

export interface HeaterPlace {
	/** IP address or host name. */
	readonly host: string;
	readonly port: number;
}

// Spools and Spoolman. What is known of them is in `DeviceState.spools`.

export interface PanelSpools {
	/** One page of Spoolman's spools, the newest first. */
	list(query: SpoolQuery): Promise<Outcome<SpoolList, SpoolFailureCode>>;
	act(action: SpoolAction): Promise<Done<SpoolFailureCode>>;
	/** What of the settings is not in the state. */
	setup(): SpoolsSetup;
	/** What is left out stays as it is. All of it or none. */
	setSetup(changes: SpoolsChanges): Done<"bad_field">;
	readonly limits: {
		/** g */
		readonly lowGrams: NumberLimits;
		readonly url: TextLimits;
		readonly apiKey: TextLimits;
	};
}

export interface SpoolList {
	readonly spools: readonly ShownSpool[];
	/** All that match, when Spoolman says it. */
	readonly total?: number;
}

/** The tag that was read last is in `DeviceState.filamentTag` until a person has said where it belongs. */
export interface PanelTag {
	/** Says to the printer that what the tag says is in that slot; global tray. The tag is held no longer when that is done. */
	give(printerId: string, tray: number): Promise<Done<TagFailureCode>>;
	/** It is held no longer. */
	drop(): void;
}

export interface SpoolsSetup {
	/** As a person pasted it; "" when no Spoolman is set up. */
	readonly url: string;
	/** It can be written and never read. */
	readonly hasApiKey: boolean;
	/** What is written goes by what jobs take, or by what the printer measures. */
	readonly source: "job" | "remain";
	/** A spool with less is low; 0 is never. */
	readonly lowGrams: number;
}

export type SpoolsChanges = Partial<Omit<SpoolsSetup, "hasApiKey">> & {
	/** "": none. */
	readonly apiKey?: string;
};

// Preferences.

export type ThemeName = "dark" | "light";
export type Language = "en" | "zh" | "de";

export interface Preferences {
	/** What people call the device. */
	readonly deviceName: string;
	readonly theme: ThemeName;
	readonly language: Language;
	/** Percent. */
	readonly brightness: number;
	/** Without a touch until the idle screen; 0 is never. */
	readonly sleepMinutes: number;
	/** Also a beginning or ending print and a new fault wake, not a touch alone. */
	readonly wakeOnPrint: boolean;
	readonly sounds: boolean;
	/** What the clock shows, in minutes ahead of UTC. */
	readonly utcOffsetMinutes: number;
}

export interface PanelPreferences {
	/** The same object as long as nothing has changed. */
	get(): Preferences;
	/** All of them or none. Counts at once and is stored a moment later. */
	set(changes: Partial<Preferences>): Done<"bad_field">;
}

// Time, display, the device itself.

export interface PanelClock {
	/** Milliseconds since some fixed moment; never goes back. */
	now(): number;
	/** Milliseconds since 1970 UTC; `undefined` as long as the device has not learnt the time. */
	wallTime(): number | undefined;
	/**
	 * Minutes to add to a time in UTC to get what people's clocks show: `Preferences.utcOffsetMinutes`. (A `Date` knows no
	 * time zone on the device; add these, then use its UTC fields.)
	 */
	utcOffsetMinutes(): number;
	/** Calls back once, after at least `delayMs`, and not before it returns. */
	after(delayMs: number, callback: () => void): Timer;
	/** Calls back every `intervalMs`, the first time after one interval. */
	every(intervalMs: number, callback: () => void): Timer;
}

export interface PanelDisplay {
	/** Whether the board can dim its screen; where not, it can only be drawn dark. */
	readonly isDimmable: boolean;
	/** Percent, 0 to 100; not stored. What is outside is taken for the nearest limit. */
	setBrightness(percent: number): void;
}

export interface PanelSystem {
	/** The device goes down a second later, everything off. */
	restart(): void;
	/** Removes everything that is stored, and restarts. */
	factoryReset(): Promise<Done<"not_stored">>;
	/** For "About"; version, name and host name are in `DeviceState.device`. */
	readonly about: {
		/** "moddable_six" */
		readonly board: string;
		/** Twelve lower-case hex digits. */
		readonly macAddress: string;
		/** Of the device's page: 80 except in a simulator. */
		readonly webPort: number;
	};
}

// What a panel has to know to ask for the right things.

export interface NumberLimits {
	readonly min: number;
	readonly max: number;
}

export interface TextLimits {
	readonly minLength: number;
	readonly maxLength: number;
}

export type FormField =
	| "host"
	| "serial"
	| "accessCode"
	| "printerName"
	| "deviceName"
	| "ssid"
	| "wifiPassword";

export interface PanelFacts {
	readonly languages: readonly Language[];
	readonly themes: readonly ThemeName[];
	/** Printers that there is room for. */
	readonly mostPrinters: number;
	/** Percent and minutes. */
	readonly brightness: NumberLimits;
	readonly sleepMinutes: NumberLimits;
	readonly utcOffsetMinutes: NumberLimits;
	/** Of the texts that a person types. */
	readonly texts: Readonly<Record<FormField, TextLimits>>;
	/** What is wrong with a text for that field, for what stands beside it; `undefined` when nothing is. */
	check(
		field: FormField,
		value: string,
	): Refusal<"missing" | "too_short" | "too_long" | "not_well_formed"> | undefined;
	readonly filament: FilamentFacts;
	readonly motion: MotionFacts;
	readonly heater: HeaterFacts;
}

export interface FilamentFacts {
	/** What a spool can be said to be, in the order in which it is offered. */
	readonly materials: readonly Material[];
	/** Colours that are offered, RRGGBB in upper-case hex. */
	readonly palette: readonly string[];
	/** °C that the dryer of a unit of that kind takes; kinds without one are absent. */
	readonly dryer: {
		readonly ams_2_pro: NumberLimits;
		readonly ams_ht: NumberLimits;
		readonly ace: NumberLimits;
	};
	readonly dryingHours: NumberLimits;
}

export interface Material {
	/** "PETG"; as `material` in `filament_setting`. */
	readonly material: string;
	/** As people read it: "PLA Silk". */
	readonly label: string;
	/** As `filamentId` in `filament_setting`. */
	readonly filamentId: string;
	/** °C, as `nozzleMin` and `nozzleMax`. */
	readonly nozzleMin: number;
	readonly nozzleMax: number;
	/** What a person prints it at: a preset of the keypads, in °C. */
	readonly nozzle: number;
	readonly bed: number;
	/** For a unit's dryer, where it is worth it: °C and hours. */
	readonly drying?: { readonly target: number; readonly hours: number };
}

export interface MotionFacts {
	/** mm that `jog` takes, both ways. */
	readonly jogSteps: readonly number[];
	/** mm that `extrude` takes at most, both ways. */
	readonly mostExtrusion: number;
	/** °C from which filament can be moved. */
	readonly extrudeFrom: number;
}

export interface HeaterFacts {
	/** °C; 0 is no heat. */
	readonly target: NumberLimits;
	readonly bedThreshold: NumberLimits;
	/** 0 is never. */
	readonly filterThreshold: NumberLimits;
	readonly dryingTarget: NumberLimits;
	readonly dryingHours: NumberLimits;
	/** All but `custom`. */
	readonly dryingPresets: readonly {
		readonly name: Exclude<DryingPreset, "custom">;
		/** °C */
		readonly target: number;
		readonly hours: number;
	}[];
}
