// The command that starts a job: from the printer's memory, from a stick in it, or from an address that it fetches a file from.

import { type CommandFailure, failed } from "../../command";
import { flag, name, optional, places, type SpoolPlace, text, whole, word } from "../../commands/fields";
import { atRest } from "../../commands/job-guards";
import type { FilamentSlot } from "../../printer-state";
import { BOX_SLOTS } from "../models";
import {
	type CommandContext,
	type CommandTable,
	CURRENT_TASK,
	entry,
	type Guard,
	isSeries2,
	type Message,
	print,
} from "./entry";
import { fileFits } from "./file-commands";
import { type FilePath, MAX_PATH_LENGTH, readFilePath } from "./file-path";
import { MAX_URL_LENGTH, urlProblem } from "./file-url";
import { notBusy, unitOf } from "./guards";

/** What a fetched file, one in memory and one on a stick are to the printer. */
const FETCHED = 0;
const KEPT = Object.freeze({ local: 1, usb: 2 } as const);
/** The printer's own slicer and cloud send nothing else for a single job. */
const TASK_MODE = 1;
/** Bytes; the printer reads a signed number of 32 bits. */
const MAX_SIZE = 0x7fffffff;
const MD5_LENGTH = 32;
const HEX_DIGITS = "0123456789abcdef";
const MAX_FILAMENTS = 16;
/** A number of a task that the printer has not seen, from this one on. */
const FIRST_TASK = 100_000_000;
const TASKS = 900_000_000;

/** What a printer says when it has begun, in any of its steps. */
const BEGUN: readonly string[] = Object.freeze([
	"downloading",
	"checking",
	"preheating",
	"auto_leveling",
	"vibrating",
	"flow_calibrating",
	"printing",
]);

interface Start {
	readonly file: string;
	readonly place?: "local" | "usb";
	readonly url?: string;
	readonly sizeBytes?: number;
	readonly md5?: string;
	readonly patched?: boolean;
	readonly spools?: readonly (SpoolPlace | null)[];
	readonly levelBed?: boolean;
	readonly calibrateFlow?: boolean;
	readonly calibrateVibration?: boolean;
}

const NOT_FETCHED_HERE = failed(
	"not_supported",
	"This printer does not fetch files. Put the file on it first, and start it there.",
);
const NOT_TOGETHER = failed(
	"bad_field",
	'A file is at "place" or at "url", not at both; "sizeBytes", "md5" and "patched" belong to "url".',
);
const URL_NEEDS = failed("bad_field", 'With "url", "sizeBytes" and "md5" have to be there too.');
const NOT_A_DIGEST = failed("bad_field", '"md5" has to be 32 hex digits.');
const NO_STEPS = failed(
	"not_supported",
	"Printers of the Kobra 2 series take the steps before a print, and the spool, as set on their screen.",
);
const NO_MIX = failed(
	"not_supported",
	"A job takes its spools from the unit or from outside, not from both.",
);
const EMPTY = failed("wrong_state", "One of these slots is empty. Put a spool in first.");

const sourceFits: Guard<Start> = ({ place, url, sizeBytes, md5, patched }, context) => {
	if (url === undefined)
		return sizeBytes === undefined && md5 === undefined && patched === undefined ? undefined : NOT_TOGETHER;
	if (place !== undefined) return NOT_TOGETHER;
	if (!isSeries2(context)) return NOT_FETCHED_HERE;
	if (sizeBytes === undefined || md5 === undefined) return URL_NEEDS;
	if (!isDigest(md5)) return NOT_A_DIGEST;
	return urlProblem(url, { firmware: context.state.firmware, isPatched: patched === true });
};

const stepsTaken: Guard<Start> = ({ spools, levelBed, calibrateFlow, calibrateVibration }, context) => {
	const hasSteps = spools ?? levelBed ?? calibrateFlow ?? calibrateVibration;
	return isSeries2(context) && hasSteps !== undefined ? NO_STEPS : undefined;
};

const spoolsThere: Guard<Start> = ({ spools = [] }, context) => {
	const used = spools.filter((spool) => spool !== null);
	if (used.some((spool) => typeof spool === "string") && used.some((spool) => typeof spool !== "string"))
		return NO_MIX;
	for (const spool of used) {
		const problem = spoolProblem(spool, context);
		if (problem) return problem;
	}
	return undefined;
};

export const startCommand: CommandTable = Object.freeze({
	/**
	 * `file` is a path; with `url` the name under which the printer keeps what it fetches from there.
	 * `spools`: of each filament of the job, in order; without it all is printed as set on the printer.
	 */
	start: entry({
		fields: {
			file: name(MAX_PATH_LENGTH),
			/** `local` if left out. */
			place: optional(word("local", "usb")),
			url: optional(text(1, MAX_URL_LENGTH)),
			sizeBytes: optional(whole(1, MAX_SIZE)),
			md5: optional(text(MD5_LENGTH, MD5_LENGTH)),
			patched: optional(flag),
			spools: optional(places(MAX_FILAMENTS)),
			levelBed: optional(flag),
			calibrateFlow: optional(flag),
			calibrateVibration: optional(flag),
		},
		beginsJob: true,
		guards: [fileFits, sourceFits, stepsTaken, spoolsThere, notBusy, atRest],
		build: (values, context) => print("start", startData(values, context), ...BEGUN),
	}),
});

function startData(values: Start, context: CommandContext): Message["data"] {
	const path = readFilePath(values.file);
	if ("ok" in path) return null;
	if (values.url !== undefined)
		return {
			taskid: newTask(context),
			url: values.url,
			filename: path.name,
			filesize: values.sizeBytes,
			md5: values.md5?.toLowerCase(),
			filetype: FETCHED,
			task_mode: TASK_MODE,
		};
	return {
		taskid: newTask(context),
		...keptFile(path, values.file, context),
		filetype: KEPT[values.place ?? "local"],
		task_mode: TASK_MODE,
		...(values.spools && { ams_settings: spoolSettings(values.spools, context) }),
		...taskSettings(values),
	};
}

/** The Kobra 2 takes the folder apart from the name, the others as a part of it. */
function keptFile({ folder, name }: FilePath, whole: string, context: CommandContext) {
	return isSeries2(context) ? { filename: name, filepath: folder } : { filename: whole, filepath: "/" };
}

function newTask(context: CommandContext): string {
	return isSeries2(context) ? String(FIRST_TASK + Math.floor(context.random() * TASKS)) : CURRENT_TASK;
}

function taskSettings({ levelBed, calibrateFlow, calibrateVibration }: Start) {
	const settings = {
		...(levelBed !== undefined && { auto_leveling: levelBed ? 1 : 0 }),
		...(calibrateVibration !== undefined && { vibration_compensation: calibrateVibration ? 1 : 0 }),
		...(calibrateFlow !== undefined && { flow_calibration: calibrateFlow ? 1 : 0 }),
	};
	return Object.keys(settings).length > 0 ? { task_settings: settings } : {};
}

function spoolSettings(spools: readonly (SpoolPlace | null)[], context: CommandContext) {
	const mapping: object[] = [];
	for (const [index, spool] of spools.entries()) {
		if (spool === null || typeof spool === "string") continue;
		const slot = slotAt(spool, context);
		const color = colorOf(slot);
		mapping.push({
			paint_index: index,
			ams_index: spool.unit * BOX_SLOTS + spool.slot,
			paint_color: color,
			ams_color: color,
			material_type: slot?.material ?? "",
		});
	}
	return { use_ams: mapping.length > 0, ams_box_mapping: mapping };
}

function spoolProblem(spool: SpoolPlace, context: CommandContext): CommandFailure | undefined {
	if (spool === "external") return undefined;
	const slot = slotAt(spool, context);
	if (slot) return slot.state === "empty" ? EMPTY : undefined;
	return failed(
		"not_supported",
		spool === "external_left"
			? "This printer has one nozzle."
			: `The printer has no slot ${spool.slot} in a unit ${spool.unit}.`,
	);
}

function slotAt(spool: SpoolPlace, context: CommandContext): FilamentSlot | undefined {
	return typeof spool === "string"
		? undefined
		: unitOf(spool.unit, context)?.slots.find(({ id }) => id === spool.slot);
}

/** Red, green, blue, opacity; white where the printer has not said it. */
function colorOf(slot: FilamentSlot | undefined): readonly number[] {
	const hex = slot?.color ?? "FFFFFFFF";
	return [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function isDigest(md5: string): boolean {
	for (const character of md5.toLowerCase()) if (!HEX_DIGITS.includes(character)) return false;
	return true;
}
