// Commands about the job and what the printer says of it: start, pause, stop, speed, options, calibration, errors.

import { failed } from "../../command";
import {
	flag,
	name,
	numbers,
	optional,
	places,
	type SpoolPlace,
	whole,
	word,
	words,
} from "../../commands/fields";
import { atRest, jobPaused, jobRunning, jobUnderWay } from "../../commands/job-guards";
import { hex32 } from "../hex-bits";
import { type CommandContext, type CommandTable, entry, type Guard, print, system, unacked } from "./entry";
import { errorShown, placeProblem, slotAt } from "./guards";
import { flatSlot, unitAndSlot } from "./slot-numbers";

/** Ids of objects and jobs are signed 32-bit numbers in the printer. */
const MAX_ID = 0x7fffffff;
/** More than the slicer lets a person skip. */
const MAX_OBJECTS = 64;
const MAX_PATH_LENGTH = 200;
const MAX_PLATE = 99;
const MAX_FILAMENTS = 32;

/** Bits of `option`. */
const CALIBRATIONS = Object.freeze({
	lidar: 0,
	bed_level: 1,
	vibration: 2,
	motor_noise: 3,
	nozzle_offset: 4,
	hot_bed_level: 5,
	clump_position: 6,
} as const);

/** Options that are on or off. */
const SWITCHES = Object.freeze([
	"auto_recovery",
	"auto_switch_filament",
	"air_print_detect",
	"filament_tangle_detect",
	"nozzle_blob_detect",
	"sound_enable",
] as const);
/** Options with the levels 0, 1 and 2. */
const LEVELS = Object.freeze(["nozzle_blob_detect_v2", "air_purification"] as const);

/** What a step may be set to when a job starts: the slicer's 0 off, 1 on, 2 if the printer finds it due. */
const OFF = 0;
const ON = 1;
const AUTO = 2;

const EXTERNAL_ONLY: readonly (SpoolPlace | null)[] = Object.freeze(["external"] as const);

interface Start {
	readonly file: string;
	readonly spools?: readonly (SpoolPlace | null)[];
}

const startable: Guard<Start> = ({ file }) => {
	const isPath =
		!file.startsWith("/") && !file.includes("..") && !file.includes("\\") && !file.includes("//");
	if (isPath && file.toLowerCase().endsWith(".3mf") && file.length > ".3mf".length) return undefined;
	return failed(
		"bad_field",
		'"file" has to be the path of a sliced .3mf file on the printer\'s storage, such as "cache/name.gcode.3mf".',
	);
};

const spoolsThere: Guard<Start> = ({ spools = [] }, context) => {
	for (const spool of spools) {
		const problem = spool === null ? undefined : placeProblem(spool, context);
		if (problem) return problem;
		if (spool !== null && slotAt(spool, context)?.state === "empty")
			return failed("wrong_state", "One of these slots is empty. Put a spool in first.");
	}
	return undefined;
};

const calibrationsThere: Guard<{ readonly steps: readonly (keyof typeof CALIBRATIONS)[] }> = (
	{ steps },
	{ state, capabilities },
) => {
	if (steps.includes("lidar") && !state.model.startsWith("X1"))
		return failed("not_supported", "This printer has no lidar.");
	if (steps.includes("nozzle_offset") && capabilities.nozzles === 1)
		return failed("not_supported", "This printer has one nozzle, so there is no offset between nozzles.");
	return undefined;
};

interface PrintOption {
	readonly option: (typeof SWITCHES)[number] | (typeof LEVELS)[number];
	readonly on?: boolean;
	readonly level?: number;
}

const optionValue: Guard<PrintOption> = ({ option, on, level }) => {
	const isLevel = LEVELS.includes(option as (typeof LEVELS)[number]);
	if (isLevel ? level !== undefined && on === undefined : on !== undefined && level === undefined)
		return undefined;
	return failed("bad_field", `For ${option}, ${isLevel ? '"level"' : '"on"'} has to be there, and it alone.`);
};

export const jobCommands: CommandTable = Object.freeze({
	pause: entry({ fields: {}, guards: [jobRunning], build: () => print("pause", { param: "" }) }),
	resume: entry({ fields: {}, guards: [jobPaused], build: () => print("resume", { param: "" }) }),
	stop: entry({
		fields: {},
		confirm: true,
		guards: [jobUnderWay],
		build: () => print("stop", { param: "" }),
	}),
	/** 1 silent, 2 standard, 3 sport, 4 ludicrous */
	speed: entry({
		fields: { level: whole(1, 4) },
		guards: [],
		build: ({ level }) => print("print_speed", { param: String(level) }),
	}),
	skip_objects: entry({
		fields: { objects: numbers(MAX_ID, MAX_OBJECTS) },
		guards: [jobUnderWay],
		build: ({ objects }) => print("skip_objects", { obj_list: [...new Set(objects)] }),
	}),
	start: entry({
		fields: {
			file: name(MAX_PATH_LENGTH),
			plate: optional(whole(1, MAX_PLATE)),
			/** Of each filament of the plate, in order; without it all is printed from the external spool. */
			spools: optional(places(MAX_FILAMENTS)),
			levelBed: optional(flag),
			calibrateFlow: optional(flag),
			calibrateVibration: optional(flag),
			inspectFirstLayer: optional(flag),
			timelapse: optional(flag),
		},
		beginsJob: true,
		guards: [startable, spoolsThere, atRest],
		build: ({ file, plate = 1, spools = EXTERNAL_ONLY, ...steps }, { state }) => {
			const fileName = file.slice(file.lastIndexOf("/") + 1);
			return print("project_file", {
				param: `Metadata/plate_${plate}.gcode`,
				project_id: "0",
				profile_id: "0",
				task_id: "0",
				subtask_id: "0",
				subtask_name: titleOf(fileName),
				file: fileName,
				url: storageUrl(state.model, file),
				md5: "from_sd_card",
				bed_type: "auto",
				bed_leveling: steps.levelBed ?? true,
				flow_cali: steps.calibrateFlow ?? false,
				vibration_cali: steps.calibrateVibration ?? true,
				layer_inspect: steps.inspectFirstLayer ?? false,
				timelapse: steps.timelapse ?? false,
				use_ams: spools.some((spool) => typeof spool === "object" && spool !== null),
				ams_mapping: spools.map((spool) => (spool === null ? -1 : mappedSlot(spool))),
				ams_mapping2: spools.map((spool) =>
					spool === null ? { ams_id: 255, slot_id: 255 } : unitAndSlot(spool),
				),
				auto_bed_leveling: threeWays(steps.levelBed),
				extrude_cali_flag: threeWays(steps.calibrateFlow),
				nozzle_offset_cali: AUTO,
				cfg: "0",
			});
		},
	}),
	calibration: entry({
		fields: { steps: words(...(Object.keys(CALIBRATIONS) as (keyof typeof CALIBRATIONS)[])) },
		beginsJob: true,
		guards: [calibrationsThere, atRest],
		build: ({ steps }) =>
			print("calibration", { option: steps.reduce((bits, step) => bits | (1 << CALIBRATIONS[step]), 0) }),
	}),
	print_option: entry({
		fields: {
			option: word(...SWITCHES, ...LEVELS),
			on: optional(flag),
			level: optional(whole(0, 2)),
		},
		guards: [optionValue],
		build: ({ option, on, level }) =>
			print("print_option", {
				[option]: on ?? level,
				...(option === "auto_recovery" && { option: on ? 1 : 0 }),
			}),
	}),
	clear_error: entry({
		fields: {},
		guards: [errorShown],
		build: (_values, context) =>
			unacked([
				...print("clean_print_error", {
					subtask_id: context.print.subtask_id || "0",
					print_error: context.print.print_error ?? 0,
				}),
				...closeDialog(context),
			]),
	}),
	dismiss_dialog: entry({
		fields: {},
		guards: [errorShown],
		build: (_values, context) => unacked(closeDialog(context)),
	}),
	/** Goes on in spite of the error. */
	ignore_error: entry({
		fields: {},
		guards: [errorShown],
		build: (values, context) => {
			const err = String((context.print.print_error ?? 0) >>> 0);
			return unacked(
				jobUnderWay(values, context) === undefined
					? print("ignore", { err, param: "reserve", job_id: context.print.job_id || "0" })
					: print("idle_ignore", { err, type: 0 }),
			);
		},
	}),
});

function closeDialog({ print: { print_error = 0 } }: CommandContext) {
	return system("uiop", {
		name: "print_error",
		action: "close",
		source: 1,
		type: "dialog",
		err: hex32(print_error),
	});
}

function titleOf(fileName: string): string {
	const title = fileName.slice(0, -".3mf".length);
	return title.toLowerCase().endsWith(".gcode") ? title.slice(0, -".gcode".length) : title;
}

/** X1, P1 and A1 printers keep files on a card, the newer ones on a stick; others find them by their FTP name. */
function storageUrl(model: string, file: string): string {
	if (model.startsWith("X1") || model.startsWith("P1") || model === "A1" || model === "A1 mini")
		return `file:///sdcard/${file}`;
	if (model.startsWith("P2") || model.startsWith("H2") || model.startsWith("X2"))
		return `file:///media/usb0/${file}`;
	return `ftp:///${file}`;
}

/** A spool outside of all units has no number here. */
function mappedSlot(spool: SpoolPlace): number {
	return typeof spool === "string" ? -1 : flatSlot(spool);
}

function threeWays(wanted: boolean | undefined): number {
	if (wanted === undefined) return AUTO;
	return wanted ? ON : OFF;
}
