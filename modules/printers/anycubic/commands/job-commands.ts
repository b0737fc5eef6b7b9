// Commands about the job under way, and those that change what it is printed with.

import { failed } from "../../command";
import { decimal, optional, text, whole, word } from "../../commands/fields";
import { jobPaused, jobRunning, jobUnderWay, nozzleExists, withinLimit } from "../../commands/job-guards";
import {
	type CommandContext,
	type CommandTable,
	entry,
	type Guard,
	type Message,
	print,
	taskOf,
} from "./entry";
import { busyWithJob, whilePrinting } from "./guards";

/** °C that no printer reaches; the model's own limit is lower. */
const HOTTEST = 1_000;
/** mm. How far the printer itself would go is not known; more than this would be a mistake. */
const MAX_Z_COMPENSATION = 1;
const FASTEST = 3;
const MAX_TASK_LENGTH = 40;
const DIGITS = "0123456789";
/** Asks for the settings of whatever is printed. */
const WHICHEVER = "0";

const FANS = Object.freeze({
	part: "fan_speed_pct",
	aux: "aux_fan_speed_pct",
	chamber: "box_fan_level",
} as const);

const nozzleLimit: Guard<{ readonly target: number }> = ({ target }, { capabilities }) =>
	withinLimit(target, capabilities.maxNozzle, "the nozzle");

const bedLimit: Guard<{ readonly target: number }> = ({ target }, { capabilities }) =>
	withinLimit(target, capabilities.maxBed, "the bed");

const fanExists: Guard<{ readonly fan: "part" | "aux" | "aux2" | "chamber" }> = (
	{ fan },
	{ capabilities },
) => {
	const isThere =
		fan === "part" ||
		(fan === "aux" && capabilities.auxFan) ||
		(fan === "chamber" && capabilities.chamberFan);
	return isThere ? undefined : failed("not_supported", "This printer does not have that fan.");
};

const speedExists: Guard<{ readonly level: number }> = ({ level }) =>
	level <= FASTEST
		? undefined
		: failed("not_supported", "This printer has the speeds 1 (silent), 2 (standard) and 3 (sport).");

const tasksFit: Guard<{ readonly task: string; readonly localTask: string }> = ({ task, localTask }) =>
	isTask(task) && isTask(localTask)
		? undefined
		: failed("bad_field", '"task" and "localTask" have to be numbers of tasks, as the printer names them.');

export const jobCommands: CommandTable = Object.freeze({
	pause: entry({
		fields: {},
		guards: [busyWithJob, jobRunning],
		build: (_values, context) => print("pause", { taskid: taskOf(context) }, "pausing", "paused"),
	}),
	resume: entry({
		fields: {},
		guards: [jobPaused],
		build: (_values, context) =>
			print("resume", { taskid: taskOf(context) }, "resuming", "resumed", "printing"),
	}),
	stop: entry({
		fields: {},
		confirm: true,
		guards: [busyWithJob, jobUnderWay],
		build: (_values, context) => print("stop", { taskid: taskOf(context) }, ...STOPPED),
	}),
	/** What `stop` does, by the word that some firmware knows instead. */
	cancel: entry({
		fields: {},
		confirm: true,
		guards: [busyWithJob, jobUnderWay],
		build: (_values, context) => print("cancel", { taskid: taskOf(context) }, ...STOPPED),
	}),
	/** 1 silent, 2 standard, 3 sport */
	speed: entry({
		fields: { level: whole(1, 4) },
		guards: [speedExists, whilePrinting],
		build: ({ level }, context) => update({ print_speed_mode: level }, context),
	}),
	/** °C */
	nozzle_temperature: entry({
		fields: { target: whole(0, HOTTEST), nozzle: optional(whole(0, 1)) },
		guards: [nozzleExists, nozzleLimit, whilePrinting],
		build: ({ target }, context) => update({ target_nozzle_temp: target }, context),
	}),
	/** °C */
	bed_temperature: entry({
		fields: { target: whole(0, HOTTEST) },
		guards: [bedLimit, whilePrinting],
		build: ({ target }, context) => update({ target_hotbed_temp: target }, context),
	}),
	fan: entry({
		fields: { fan: word("part", "aux", "chamber", "aux2"), percent: whole(0, 100) },
		guards: [fanExists, whilePrinting],
		build: ({ fan, percent }, context) => update({ [FANS[fan === "aux2" ? "aux" : fan]]: percent }, context),
	}),
	/** Of the height of the nozzle, in mm; up is positive. */
	z_compensation: entry({
		fields: { distance: decimal(-MAX_Z_COMPENSATION, MAX_Z_COMPENSATION) },
		guards: [whilePrinting],
		// The printer reports it as a text, and takes one.
		build: ({ distance }, context) =>
			update({ z_comp: (Math.round(distance * 100) / 100 || 0).toFixed(2) }, context),
	}),
	/** What the job is printed with now, which comes as a report. */
	query_settings: entry({
		fields: {},
		guards: [whilePrinting],
		build: () => ({
			type: "print",
			action: "update",
			data: { taskid: WHICHEVER },
			answer: { states: ["updated"] },
		}),
	}),
	/** Gives a job that was started at the printer the number that a cloud has for it. */
	transfer_local_task: entry({
		fields: { task: text(1, MAX_TASK_LENGTH), localTask: text(1, MAX_TASK_LENGTH) },
		guards: [tasksFit, busyWithJob, jobUnderWay],
		build: ({ task, localTask }) => ({
			type: "print",
			action: "localtasktrans",
			data: { taskid: task, localtask: localTask },
			answer: {},
		}),
	}),
});

/** The printers write it with one p. */
const STOPPED: readonly string[] = Object.freeze(["stopping", "stoped", "stopped"]);

function update(settings: Readonly<Record<string, number | string>>, context: CommandContext): Message {
	return {
		type: "print",
		action: "update",
		data: { taskid: taskOf(context), settings },
		answer: { states: ["updated"] },
	};
}

/** Digits, or those of a number below zero, as for a job that has none. */
function isTask(task: string): boolean {
	const digits = task.startsWith("-") ? task.slice(1) : task;
	if (digits === "") return false;
	for (const character of digits) if (!DIGITS.includes(character)) return false;
	return true;
}
