// Commands of the section `print` that concern the job: start, pause, stop, speed, options, calibration.

import { type CommandFields, type CommandTable, RefusedCommand } from "./command-fields";
import { hasSlot, type Machine, printErrors, type SpeedLevel } from "./machine";
import { changeByHand, pausePrintJob, resumePrintJob, startPrintJob, stopPrintJob } from "./machine-run";
import { isActive, isUnderWay, planCalibration, planPrint } from "./print-job";
import { externalUnit, type TrayAddress, trayFromFlat } from "./spools";

export const jobCommands: CommandTable = {
	pause: {
		run(machine) {
			if (!isUnderWay(machine.job)) throw new RefusedCommand("nothing is being printed");
			return { machine: pausePrintJob(machine) };
		},
	},
	resume: {
		run(machine) {
			if (machine.job.status !== "paused") throw new RefusedCommand("nothing is paused");
			return { machine: resumePrintJob(machine) };
		},
	},
	stop: {
		run(machine) {
			if (!isActive(machine.job)) throw new RefusedCommand("nothing is being printed");
			return { machine: stopPrintJob(machine) };
		},
	},
	print_speed: {
		run(machine, fields) {
			const level = speedLevels.get(fields.text("param"));
			if (level === undefined) throw new RefusedCommand("param must be 1, 2, 3 or 4");
			return { machine: { ...machine, speedLevel: level } };
		},
	},
	skip_objects: {
		run(machine, fields) {
			if (!isActive(machine.job)) throw new RefusedCommand("nothing is being printed");
			const objects = fields.numbers("obj_list");
			if (objects === undefined) throw new RefusedCommand("obj_list is missing");
			const skippedObjects = [...new Set([...machine.skippedObjects, ...objects])];
			return { machine: { ...machine, skippedObjects } };
		},
	},
	clean_print_error: { run: (machine) => ({ machine: { ...machine, printError: 0 } }) },
	ignore: { run: (machine) => ({ machine: { ...resumePrintJob(machine), printError: 0 } }) },
	idle_ignore: { run: (machine) => ({ machine: { ...machine, printError: 0 } }) },
	buzzer_ctrl: { run: (machine) => ({ machine }) },
	project_file: {
		run(machine, fields) {
			if (isActive(machine.job)) {
				return { machine: { ...machine, printError: printErrors.busy }, reply: busy };
			}
			const plan = planPrint({
				name: fields.optionalText("subtask_name") || fields.optionalText("file") || "unnamed",
				file: fields.text("param"),
				filaments: mappedFilaments(machine, fields),
				levelBed: fields.optionalFlag("bed_leveling") ?? true,
				calibrateVibration: fields.optionalFlag("vibration_cali") ?? false,
			});
			return { machine: startPrintJob(machine, plan) };
		},
	},
	gcode_file: {
		run(machine, fields) {
			const path = fields.text("param");
			if (path.endsWith("filament_unload.gcode")) {
				return { machine: changeByHand(machine, undefined, unloadC) };
			}
			if (isActive(machine.job)) {
				return { machine: { ...machine, printError: printErrors.busy }, reply: busy };
			}
			if (!path.endsWith(".gcode")) throw new RefusedCommand("param must name a .gcode file");
			const calibration = path.includes("auto_cali") ? planCalibration(0b110) : undefined;
			const name = path.slice(path.lastIndexOf("/") + 1, -".gcode".length);
			const print = planPrint({ name, file: path, filaments: defaultFilaments(machine) });
			return { machine: startPrintJob(machine, calibration ?? print) };
		},
	},
	calibration: {
		run(machine, fields) {
			if (isActive(machine.job)) throw new RefusedCommand("a job is under way");
			const plan = planCalibration(fields.optionalNumber("option") ?? 0b110);
			if (plan === undefined) throw new RefusedCommand("option asks for nothing");
			return { machine: startPrintJob(machine, plan) };
		},
	},
	print_option: { run: (machine, fields) => ({ machine: withPrintOptions(machine, fields) }) },
	set_against_continued_heating_mode: { run: (machine) => ({ machine }) },
	refresh_nozzle: { run: (machine) => ({ machine }) },
	close_air_filt: { run: (machine) => ({ machine }) },
};

/**
 * The filaments of a job that names none: up to four slots that hold a spool, the nozzles in turn;
 * the external spool when there are none.
 */
export function defaultFilaments(machine: Machine): readonly TrayAddress[] {
	const byNozzle = machine.nozzles.map((_, nozzle) =>
		machine.units
			.filter((unit) => unit.nozzle === nozzle)
			.flatMap(({ id, slots }) =>
				slots.flatMap((spool, slot) => (spool === undefined ? [] : [{ unit: id, slot }])),
			),
	);
	const perNozzle = 4 / byNozzle.length;
	const found = Array.from({ length: perNozzle }, (_, index) => byNozzle.map((trays) => trays[index]))
		.flat()
		.filter((tray) => tray !== undefined);
	return found.length === 0 ? [external] : found;
}

const external: TrayAddress = { unit: externalUnit, slot: 0 };
const unloadC = 220;
const speedLevels: ReadonlyMap<string, SpeedLevel> = new Map([
	["1", 1],
	["2", 2],
	["3", 3],
	["4", 4],
]);
const busy = { result: "fail", reason: "the printer is busy", err_code: printErrors.busy };

/** `ams_mapping` has the flat slot number of each filament; -1 stands for one the plate does not use. */
function mappedFilaments(machine: Machine, fields: CommandFields): readonly (TrayAddress | undefined)[] {
	if (fields.optionalFlag("use_ams") === false) return [external];
	const mapping = fields.numbers("ams_mapping");
	if (mapping === undefined) return defaultFilaments(machine);
	const trays = mapping.map((flat) => {
		if (flat < 0) return undefined;
		const tray = trayFromFlat(flat);
		if (tray === undefined || !hasSlot(machine, tray)) {
			throw new RefusedCommand(`ams_mapping names slot ${flat}, which is not there`);
		}
		return tray;
	});
	return trays.every((tray) => tray === undefined) ? [external] : trays;
}

/** Options with levels; no report has them. */
const levelOptions = ["nozzle_blob_detect_v2", "air_purification"];

function withPrintOptions(machine: Machine, fields: CommandFields): Machine {
	const { options } = machine;
	for (const name of levelOptions) {
		const level = fields.optionalNumber(name) ?? 0;
		if (![0, 1, 2].includes(level)) throw new RefusedCommand(`${name} must be 0, 1 or 2`);
	}
	return {
		...machine,
		options: {
			autoRecovery: fields.optionalFlag("auto_recovery") ?? options.autoRecovery,
			autoSwitchFilament: fields.optionalFlag("auto_switch_filament") ?? options.autoSwitchFilament,
			airPrintDetect: fields.optionalFlag("air_print_detect") ?? options.airPrintDetect,
			tangleDetect: fields.optionalFlag("filament_tangle_detect") ?? options.tangleDetect,
			blobDetect: fields.optionalFlag("nozzle_blob_detect") ?? options.blobDetect,
			sound: fields.optionalFlag("sound_enable") ?? options.sound,
		},
	};
}
