// The whole printer as one value, and the simple changes to it. No clock, no chance, no I/O.

import type { FilamentChange } from "./filament-change";
import { exampleSerial, type PrinterModel } from "./models";
import { gcodeState, type Job, jobStage, noJob, stages } from "./print-job";
import {
	type AmsUnit,
	externalUnit,
	filledSlots,
	plainSpool,
	type Spool,
	sameTray,
	type TrayAddress,
} from "./spools";
import type { TagRead } from "./tag-reads";
import type { Heater } from "./thermal-model";

export type SpeedLevel = 1 | 2 | 3 | 4;
/** `aux2`: a second one, of some models with air ducts. */
export type FanName = "part" | "aux" | "aux2" | "chamber";
export type LightMode = "on" | "off" | "flashing";

export interface HmsEntry {
	readonly attr: number;
	readonly code: number;
}

export interface CalibrationProfile {
	readonly index: number;
	readonly name: string;
	readonly filamentId: string;
	readonly nozzleDiameter: string;
	readonly k: string;
}

export interface PrinterOptionFlags {
	readonly autoRecovery: boolean;
	readonly autoSwitchFilament: boolean;
	readonly airPrintDetect: boolean;
	readonly tangleDetect: boolean;
	readonly blobDetect: boolean;
	readonly sound: boolean;
}

export interface DetectorFlags {
	readonly firstLayer: boolean;
	readonly spaghetti: boolean;
	readonly plateMarker: boolean;
	readonly monitoring: boolean;
	readonly halt: boolean;
	readonly sensitivity: string;
}

export interface Machine {
	readonly model: PrinterModel;
	readonly serial: string;
	readonly name: string;
	readonly accessCode: string;
	/** Signed commands only: Developer Mode is off. */
	readonly secured: boolean;
	readonly job: Job;
	/** Of the last one; counts them. */
	readonly jobNumber: number;
	readonly change: FilamentChange | undefined;
	/** 0 = right or only. */
	readonly nozzles: readonly Heater[];
	readonly bed: Heater;
	readonly chamber: Heater;
	readonly roomC: number;
	/** 0–255 */
	readonly fans: Readonly<Record<FanName, number>>;
	readonly airDuctMode: number;
	readonly lights: Readonly<Record<string, LightMode>>;
	readonly units: readonly AmsUnit[];
	/** The external spool of each nozzle. */
	readonly external: readonly (Spool | undefined)[];
	/** What is in each nozzle. */
	readonly loaded: readonly (TrayAddress | undefined)[];
	/** What was in it before. */
	readonly previous: readonly (TrayAddress | undefined)[];
	readonly activeNozzle: number;
	/** Spools whose tag is being read, or was not yet. */
	readonly tagReads: readonly TagRead[];
	/** Counts changes of the units' contents. */
	readonly amsVersion: number;
	readonly amsOptions: {
		readonly readOnInsert: boolean;
		readonly readAtStart: boolean;
		readonly trackRemaining: boolean;
	};
	readonly speedLevel: SpeedLevel;
	readonly homed: boolean;
	readonly printError: number;
	readonly hms: readonly HmsEntry[];
	readonly skippedObjects: readonly number[];
	readonly options: PrinterOptionFlags;
	readonly detectors: DetectorFlags;
	readonly camera: { readonly record: boolean; readonly timelapse: boolean; readonly resolution: string };
	readonly calibrations: readonly CalibrationProfile[];
	readonly nozzleDiameter: string;
	readonly nozzleType: string;
	readonly wifiDbm: number;
	/** Milliseconds since 1970 at power-on; 0 when unknown. */
	readonly startedAtMs: number;
	/** Simulated time not yet worked off. */
	readonly leftoverMs: number;
}

/** Codes of `print_error`. */
export const printErrors = {
	/** 0300_400C */
	cancelled: 50348044,
	/** 0500_4004 */
	busy: 0x05004004,
} as const;

/** HMS 0500_0500_0001_0007: a command could not be verified. */
export const unverifiedCommand: HmsEntry = { attr: 0x05000500, code: 0x00010007 };

export const fansOff: Readonly<Record<FanName, number>> = { part: 0, aux: 0, aux2: 0, chamber: 0 };

const speedPercents: Readonly<Record<SpeedLevel, number>> = { 1: 50, 2: 100, 3: 124, 4: 166 };

export interface MachineOptions {
	readonly model: PrinterModel;
	readonly serial?: string;
	readonly accessCode?: string;
	readonly name?: string;
	readonly units?: readonly AmsUnit[];
	readonly startedAtMs?: number;
}

export function createMachine({ model, ...options }: MachineOptions): Machine {
	const roomC = 22;
	const cold: Heater = { currentC: roomC, targetC: 0 };
	const nozzles = Array.from({ length: model.nozzles }, () => cold);
	return {
		model,
		serial: options.serial ?? exampleSerial(model),
		name: options.name ?? `Virtual ${model.name}`,
		accessCode: options.accessCode ?? "12345678",
		secured: false,
		job: noJob,
		jobNumber: 0,
		change: undefined,
		nozzles,
		bed: cold,
		chamber: cold,
		roomC,
		fans: fansOff,
		airDuctMode: 0,
		lights: model.lights,
		units: options.units ?? defaultUnits(model),
		external: nozzles.map(() => plainSpool({ color: "161616FF" })),
		loaded: nozzles.map(() => undefined),
		previous: nozzles.map(() => undefined),
		activeNozzle: 0,
		tagReads: [],
		amsVersion: 1,
		amsOptions: { readOnInsert: true, readAtStart: false, trackRemaining: true },
		speedLevel: 2,
		homed: false,
		printError: 0,
		hms: [],
		skippedObjects: [],
		options: {
			autoRecovery: true,
			autoSwitchFilament: true,
			airPrintDetect: false,
			tangleDetect: true,
			blobDetect: false,
			sound: true,
		},
		detectors: {
			firstLayer: true,
			spaghetti: true,
			plateMarker: true,
			monitoring: true,
			halt: true,
			sensitivity: "medium",
		},
		camera: { record: false, timelapse: false, resolution: "1080p" },
		calibrations: [],
		nozzleDiameter: "0.4",
		nozzleType: model.nozzleType.flat,
		wifiDbm: -50,
		startedAtMs: options.startedAtMs ?? 0,
		leftoverMs: 0,
	};
}

function defaultUnits(model: PrinterModel): readonly AmsUnit[] {
	return model.units.map(({ id, kind, nozzle }) => ({
		id,
		kind,
		nozzle,
		temperatureC: 26,
		humidity: 22,
		slots: filledSlots(id, kind),
	}));
}

export function speedPercent({ speedLevel }: Machine): number {
	return speedPercents[speedLevel];
}

/** `stg_cur` */
export function machineStage({ job, change, model }: Machine): number {
	if (change !== undefined && job.status !== "paused") {
		return change.to === undefined ? stages.unloading : stages.changingFilament;
	}
	const atBoot = gcodeState(job) === "IDLE";
	// A1 printers say 0 until their first job, and 255 like the P1 afterwards.
	return jobStage(job, model.idleStage === 0 && !atBoot ? 255 : model.idleStage);
}

export function spoolIn(machine: Machine, { unit, slot }: TrayAddress): Spool | undefined {
	if (unit === externalUnit) return machine.external[slot];
	return machine.units.find(({ id }) => id === unit)?.slots[slot];
}

export function hasSlot(machine: Machine, { unit, slot }: TrayAddress): boolean {
	const slots = unit === externalUnit ? machine.external : machine.units.find(({ id }) => id === unit)?.slots;
	return slots !== undefined && Number.isInteger(slot) && slot >= 0 && slot < slots.length;
}

/** Puts a spool into a slot, or takes it out. The machine is unchanged when there is no such slot. */
export function withSpool(machine: Machine, address: TrayAddress, spool: Spool | undefined): Machine {
	if (!hasSlot(machine, address)) return machine;
	if (address.unit === externalUnit) {
		return { ...machine, external: replaced(machine.external, address.slot, spool) };
	}
	return {
		...withUnit(machine, address.unit, (unit) => ({
			...unit,
			slots: replaced(unit.slots, address.slot, spool),
		})),
		// Whatever was to be read there is another spool's.
		tagReads: machine.tagReads.filter(({ tray }) => !sameTray(tray, address)),
		amsVersion: machine.amsVersion + 1,
	};
}

export function withUnit(machine: Machine, id: number, change: (unit: AmsUnit) => AmsUnit): Machine {
	return { ...machine, units: machine.units.map((unit) => (unit.id === id ? change(unit) : unit)) };
}

/** The nozzle a slot feeds. */
export function nozzleOf(machine: Machine, { unit, slot }: TrayAddress): number {
	if (unit === externalUnit) return slot;
	return machine.units.find(({ id }) => id === unit)?.nozzle ?? 0;
}

export function withNozzleTarget(machine: Machine, nozzle: number, targetC: number): Machine {
	const heater = machine.nozzles[nozzle];
	if (heater === undefined) return machine;
	const limited = clampC(targetC, machine.model.limits.nozzleC);
	return { ...machine, nozzles: replaced(machine.nozzles, nozzle, { ...heater, targetC: limited }) };
}

export function withBedTarget(machine: Machine, targetC: number): Machine {
	return { ...machine, bed: { ...machine.bed, targetC: clampC(targetC, machine.model.limits.bedC) } };
}

/** Does nothing on a model without a chamber heater. */
export function withChamberTarget(machine: Machine, targetC: number): Machine {
	return {
		...machine,
		chamber: { ...machine.chamber, targetC: clampC(targetC, machine.model.limits.chamberC) },
	};
}

export function withHms(machine: Machine, entry: HmsEntry): Machine {
	const others = machine.hms.filter(({ attr, code }) => attr !== entry.attr || code !== entry.code);
	return { ...machine, hms: [...others, entry] };
}

export function withoutHms(machine: Machine, entry: HmsEntry): Machine {
	return {
		...machine,
		hms: machine.hms.filter(({ attr, code }) => attr !== entry.attr || code !== entry.code),
	};
}

function clampC(targetC: number, limitC: number): number {
	return Math.min(Math.max(0, Math.round(targetC)), limitC);
}

/** A copy with another item in that place. The engine of the firmware's tests has no `Array.prototype.with`. */
export function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
	return list.map((other, at) => (at === index ? item : other));
}
