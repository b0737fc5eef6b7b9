// The whole Kobra as one value, and the simple changes to it. No clock, no chance, no I/O.

import type { Heater } from "../bambu/thermal-model";
import { type FilamentBox, filledBox } from "./filament-box";
import { exampleFiles, type Storage } from "./files";
import type { FirmwareUpdate } from "./firmware-update";
import { hasPlainTopics, type KobraModel } from "./models";
import { isActive, type Job } from "./print-job";
import { allSwitchesOff, type KobraSwitches } from "./switches";

/** Silent, standard, sport. */
export type SpeedMode = 1 | 2 | 3;

export interface Light {
	/** 1 head, 2 chamber, 3 camera. */
	readonly type: 1 | 2 | 3;
	readonly isOn: boolean;
	/** Percent. */
	readonly brightness: number;
}

export interface Machine {
	readonly model: KobraModel;
	/** 32 hex digits, as the topics name it. */
	readonly deviceId: string;
	readonly name: string;
	readonly firmware: string;
	/** The last one stays, as the printer's screen shows it. */
	readonly job: Job | undefined;
	readonly update: FirmwareUpdate | undefined;
	readonly nozzle: Heater;
	readonly bed: Heater;
	readonly chamber: Heater;
	readonly roomC: number;
	/** Percent. */
	readonly fans: { readonly part: number; readonly aux: number; readonly box: number };
	readonly speedMode: SpeedMode;
	/** Millimetres, as text: so the printer keeps it. */
	readonly zOffset: string;
	readonly lights: readonly Light[];
	readonly isFilming: boolean;
	readonly box: FilamentBox | undefined;
	readonly storage: Storage;
	readonly wifiDbm: number;
	readonly switches: KobraSwitches;
	/** Simulated time not yet worked off. */
	readonly leftoverMs: number;
}

export interface MachineOptions {
	readonly model: KobraModel;
	readonly deviceId: string;
	readonly name?: string;
	/** Milliseconds since 1970, for the files' dates. */
	readonly nowMs?: number;
}

export const fansOff: Machine["fans"] = { part: 0, aux: 0, box: 0 };

const speedPercents: Readonly<Record<SpeedMode, number>> = { 1: 50, 2: 100, 3: 150 };

export function createMachine({ model, deviceId, name, nowMs = 0 }: MachineOptions): Machine {
	const roomC = 22;
	const cold: Heater = { currentC: roomC, targetC: 0 };
	return {
		model,
		deviceId,
		name: name ?? `Virtual ${model.name}`,
		firmware: model.firmware,
		job: undefined,
		update: undefined,
		nozzle: cold,
		bed: cold,
		chamber: cold,
		roomC,
		fans: fansOff,
		speedMode: 2,
		zOffset: "0.00",
		lights: model.way === "lan" ? [{ type: model.enclosed ? 2 : 1, isOn: false, brightness: 0 }] : [],
		isFilming: false,
		box: model.boxId === undefined ? undefined : filledBox(model.boxId),
		storage: exampleFiles(nowMs),
		wifiDbm: -52,
		switches: allSwitchesOff,
		leftoverMs: 0,
	};
}

export function speedPercent({ speedMode }: Machine): number {
	return speedPercents[speedMode];
}

/** Also without a job: a firmware update, or something at its own screen. */
export function isBusy({ job, update, switches }: Machine): boolean {
	return isActive(job) || update !== undefined || switches.busy;
}

/** Whether commands are taken from `<type>`, and not from `<type>/<action>`. */
export function takesPlainTopics({ model, firmware }: Machine): boolean {
	return model.way === "lan" || hasPlainTopics(firmware);
}

export function withSwitches(machine: Machine, switches: KobraSwitches): Machine {
	const { firmware, oldFirmware } = machine.model;
	if (switches.oldFirmware === machine.switches.oldFirmware) return { ...machine, switches };
	return { ...machine, switches, firmware: switches.oldFirmware ? oldFirmware : firmware };
}

/** Targets beyond what the model can do become the most it can. */
export function withTargets(
	machine: Machine,
	targets: { nozzleC?: number; bedC?: number; chamberC?: number },
): Machine {
	const { limits } = machine.model;
	const set = (heater: Heater, targetC: number | undefined, limitC: number): Heater =>
		targetC === undefined
			? heater
			: { ...heater, targetC: Math.min(Math.max(0, Math.round(targetC)), limitC) };
	return {
		...machine,
		nozzle: set(machine.nozzle, targets.nozzleC, limits.nozzleC),
		bed: set(machine.bed, targets.bedC, limits.bedC),
		chamber: set(machine.chamber, targets.chamberC, limits.chamberC),
	};
}

export function heatersOff(machine: Machine): Machine {
	return { ...withTargets(machine, { nozzleC: 0, bedC: 0, chamberC: 0 }), fans: fansOff };
}
