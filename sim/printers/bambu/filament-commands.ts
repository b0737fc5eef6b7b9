// Commands of the section `print` that concern filament: load, unload, describe, dry, pressure advance.

import { type CommandFields, type CommandTable, RefusedCommand } from "./command-fields";
import type { JsonObject } from "./json";
import { type CalibrationProfile, hasSlot, type Machine, spoolIn, withSpool, withUnit } from "./machine";
import { changeByHand, resumePrintJob, stopPrintJob } from "./machine-run";
import { isUnderWay } from "./print-job";
import { canDry, externalUnit, type Spool, type TrayAddress, trayFromFlat } from "./spools";
import { withTagRead } from "./tag-reads";

export const filamentCommands: CommandTable = {
	ams_change_filament: {
		run(machine, fields) {
			if (isUnderWay(machine.job)) throw new RefusedCommand("a job is under way");
			const tray = changeTarget(machine, fields);
			if (tray === undefined) return { machine: changeByHand(machine, undefined, unloadC) };
			const spool = spoolIn(machine, tray);
			if (spool === undefined) throw new RefusedCommand("there is no spool in that slot");
			const wantedC = fields.optionalNumber("tar_temp") ?? -1;
			return { machine: changeByHand(machine, tray, wantedC > 0 ? wantedC : spool.nozzleMaxC || unloadC) };
		},
	},
	unload_filament: {
		run(machine) {
			if (isUnderWay(machine.job)) throw new RefusedCommand("a job is under way");
			return { machine: changeByHand(machine, undefined, unloadC) };
		},
	},
	ams_filament_setting: {
		run(machine, fields) {
			const tray = settingTarget(machine, fields);
			const spool = spoolIn(machine, tray);
			if (spool === undefined) throw new RefusedCommand("there is no spool in that slot");
			if (spool.tag !== undefined) throw new RefusedCommand("the spool describes itself by its tag");
			return { machine: withSpool(machine, tray, describedSpool(spool, fields)) };
		},
	},
	ams_user_setting: {
		run(machine, fields) {
			const { amsOptions } = machine;
			return {
				machine: {
					...machine,
					amsOptions: {
						readOnInsert: fields.optionalFlag("tray_read_option") ?? amsOptions.readOnInsert,
						readAtStart: fields.optionalFlag("startup_read_option") ?? amsOptions.readAtStart,
						trackRemaining: fields.optionalFlag("calibrate_remain_flag") ?? amsOptions.trackRemaining,
					},
				},
			};
		},
	},
	ams_control: {
		run(machine, fields) {
			const step = fields.text("param");
			if (!["resume", "reset", "pause", "done", "abort"].includes(step)) {
				throw new RefusedCommand("param names no step");
			}
			if (step === "abort") return { machine: stopPrintJob(machine) };
			return { machine: step === "resume" || step === "done" ? resumePrintJob(machine) : machine };
		},
	},
	ams_get_rfid: {
		run(machine, fields) {
			const tray = { unit: fields.number("ams_id"), slot: fields.number("slot_id") };
			if (!hasSlot(machine, tray)) throw new RefusedCommand("there is no such slot");
			return { machine: withTagRead(machine, tray) };
		},
	},
	ams_filament_drying: { run: (machine, fields) => ({ machine: withDrying(machine, fields) }) },
	auto_stop_ams_dry: {
		run: (machine) => ({
			machine: { ...machine, units: machine.units.map(({ drying: _, ...unit }) => unit) },
		}),
	},
	ams_reset: { run: (machine) => ({ machine }) },
	extrusion_cali_get: {
		run(machine, fields) {
			const filamentId = fields.optionalText("filament_id") ?? "";
			const found = machine.calibrations.filter(
				(profile) => filamentId === "" || profile.filamentId === filamentId,
			);
			if (found.length === 0) return { machine, reply: { filaments: [], ...notFound } };
			return { machine, reply: { filaments: found.map(calibrationReport) } };
		},
	},
	extrusion_cali_sel: {
		run(machine, fields) {
			const tray = settingTarget(machine, fields);
			const spool = spoolIn(machine, tray);
			const calibration = fields.number("cali_idx");
			const profile = machine.calibrations.find(({ index }) => index === calibration);
			if (spool === undefined) throw new RefusedCommand("there is no spool in that slot");
			if (profile === undefined && calibration !== -1) return { machine, reply: notFound };
			const k = profile === undefined ? 0.02 : Number(profile.k);
			return { machine: withSpool(machine, tray, { ...spool, calibration, k }) };
		},
	},
	extrusion_cali_set: {
		run(machine, fields) {
			// The old form is of one spool, and has no table.
			const flat = fields.optionalNumber("tray_id");
			if (flat !== undefined) return { machine: withOwnK(machine, flat, fields.number("k_value")) };
			const calibrations = fields.objects("filaments").reduce(withCalibration, machine.calibrations);
			return { machine: { ...machine, calibrations } };
		},
	},
	extrusion_cali_del: {
		run(machine, fields) {
			const index = fields.number("cali_idx");
			const calibrations = machine.calibrations.filter((profile) => profile.index !== index);
			if (calibrations.length === machine.calibrations.length) return { machine, reply: notFound };
			return { machine: { ...machine, calibrations } };
		},
	},
};

const unloadC = 220;
const notFound = { result: "fail", reason: "Not find" };

/** `slot_id` 255 unloads; unit 255 or target 254 is the external spool. */
function changeTarget(machine: Machine, fields: CommandFields): TrayAddress | undefined {
	const target = fields.number("target");
	const slot = fields.optionalNumber("slot_id");
	const unit = fields.optionalNumber("ams_id");
	if (slot === 255 || (slot === undefined && target === 255)) return undefined;
	if (unit === 255 || target === 254) {
		// On two nozzles unit 254 is the left one's spool.
		const left = unit === 254 ? machine.external.length - 1 : 0;
		const nozzle = fields.optionalNumber("extruder_id") ?? left;
		return requireSlot(machine, { unit: externalUnit, slot: nozzle });
	}
	const tray = unit === undefined ? trayFromFlat(target) : { unit, slot: unit >= 128 ? 0 : (slot ?? 0) };
	if (tray === undefined) throw new RefusedCommand("target names no slot");
	return requireSlot(machine, tray);
}

/** A slot named by unit and slot within it; the external spool is unit 255 (254 the left one's). */
function settingTarget(machine: Machine, fields: CommandFields): TrayAddress {
	const unit = fields.number("ams_id");
	const slot = fields.optionalNumber("slot_id") ?? fields.number("tray_id");
	if (unit === 255) return requireSlot(machine, { unit: externalUnit, slot: 0 });
	if (unit === 254) return requireSlot(machine, { unit: externalUnit, slot: machine.external.length - 1 });
	return requireSlot(machine, { unit, slot: unit >= 128 ? 0 : slot });
}

function requireSlot(machine: Machine, tray: TrayAddress): TrayAddress {
	if (!hasSlot(machine, tray)) throw new RefusedCommand("there is no such slot");
	return tray;
}

function describedSpool(spool: Spool, fields: CommandFields): Spool {
	const color = fields.text("tray_color").toUpperCase();
	if (!/^[0-9A-F]{8}$/.test(color)) throw new RefusedCommand("tray_color must be RRGGBBAA");
	return {
		...spool,
		material: fields.text("tray_type"),
		profileId: fields.text("tray_info_idx"),
		color,
		nozzleMinC: fields.number("nozzle_temp_min"),
		nozzleMaxC: fields.number("nozzle_temp_max"),
	};
}

function withDrying(machine: Machine, fields: CommandFields): Machine {
	const unit = machine.units.find(({ id }) => id === fields.number("ams_id"));
	if (unit === undefined) throw new RefusedCommand("there is no such unit");
	if (unit.kind === "ams_lite") throw new RefusedCommand("the unit cannot dry");
	// P1 printers take the command and do nothing.
	if (machine.model.dialect === "compact") return machine;
	if (!canDry(unit.kind)) throw new RefusedCommand("the unit cannot dry");
	if (fields.number("mode") === 0) return withUnit(machine, unit.id, ({ drying: _, ...idle }) => idle);
	const temperatureC = fields.number("temp");
	const hours = fields.number("duration");
	const limitC = unit.kind === "ams_ht" ? 85 : 65;
	if (temperatureC < 35 || temperatureC > limitC) throw new RefusedCommand(`temp must be 35 to ${limitC}`);
	if (hours < 1 || hours > 48) throw new RefusedCommand("duration must be 1 to 48 hours");
	const filament = fields.optionalText("filament") ?? "";
	const drying = { filament, temperatureC, hours, remainingMs: hours * 3_600_000 };
	return withUnit(machine, unit.id, (idle) => ({ ...idle, drying }));
}

function withOwnK(machine: Machine, flat: number, k: number): Machine {
	const tray = trayFromFlat(flat);
	const spool = tray && spoolIn(machine, tray);
	if (tray === undefined || spool === undefined) throw new RefusedCommand("tray_id names no spool");
	return withSpool(machine, tray, { ...spool, k });
}

function calibrationReport(profile: CalibrationProfile): JsonObject {
	return {
		cali_idx: profile.index,
		filament_id: profile.filamentId,
		name: profile.name,
		k_value: profile.k,
		n_coef: "0.000000",
		nozzle_diameter: profile.nozzleDiameter,
		setting_id: "",
	};
}

function withCalibration(
	profiles: readonly CalibrationProfile[],
	fields: JsonObject,
): readonly CalibrationProfile[] {
	const text = (name: string, otherwise: string): string => {
		const value = fields[name];
		return typeof value === "string" ? value : otherwise;
	};
	const used = profiles.reduce((highest, { index }) => Math.max(highest, index), -1);
	const index = typeof fields.cali_idx === "number" ? fields.cali_idx : used + 1;
	const k = text("k_value", "");
	if (k === "" || !Number.isFinite(Number(k)))
		throw new RefusedCommand("k_value must be a number in a string");
	const profile: CalibrationProfile = {
		index,
		name: text("name", ""),
		filamentId: text("filament_id", ""),
		nozzleDiameter: text("nozzle_diameter", "0.4"),
		k,
	};
	return [...profiles.filter((old) => old.index !== index), profile];
}
