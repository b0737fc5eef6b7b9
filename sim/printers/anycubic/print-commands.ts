// Commands about the job: start, pause, resume, stop, and the settings of a running print.

import type { JsonObject } from "../bambu/json";
import { type Command, type CommandOutcome, type CommandTable, ignored } from "./command";
import { numberOf, objectOf, objectsOf, textOf, wholeOf } from "./fields";
import { findFile, type Place, plainFolder, withFile } from "./files";
import { isBusy, type Machine, type SpeedMode, withTargets } from "./machine";
import { withJob } from "./machine-run";
import {
	failures,
	isActive,
	type Job,
	type JobFailure,
	pauseJob,
	resumeJob,
	startJob,
	stopJob,
} from "./print-job";
import { printReport, type Report, settingsReport } from "./report";

/** Means the job under way, to printers that are reached in the LAN. */
const currentTask = "-1";

const start: Command = (machine, { data }, { nowMs }) => {
	const taskId = textOf(data.taskid) ?? "";
	if (isBusy(machine)) return { machine, answers: [refusedStart(taskId, failures.busy)] };
	const fileName = textOf(data.filename) ?? "";
	const url = textOf(data.url) ?? "";
	if (taskId === "" || fileName === "")
		return { machine, answers: [refusedStart(taskId, failures.arguments)] };
	const isFetched = url !== "";
	const sizeBytes = wholeOf(data.filesize, 1, 2 ** 32);
	if (isFetched && (sizeBytes === undefined || !/^[0-9a-f]{32}$/i.test(textOf(data.md5) ?? "")))
		return { machine, answers: [refusedStart(taskId, failures.arguments)] };
	// Some clients name the folder beside the file, others as a part of it.
	const path = plainFolder(`${textOf(data.filepath) ?? "/"}/${fileName}`);
	const folder = plainFolder(path.slice(0, path.lastIndexOf("/")));
	const name = path.slice(path.lastIndexOf("/") + 1);
	// A stick's files have another number; whichever place has it, it is found.
	const places: readonly Place[] = data.filetype === 1 ? ["local", "usb"] : ["usb", "local"];
	if (!isFetched && !places.some((place) => findFile(machine.storage, place, folder, name)))
		return { machine, answers: [refusedStart(taskId, failures.file)] };
	const fetched = {
		folder,
		name,
		sizeBytes: sizeBytes ?? 0,
		writtenSeconds: Math.floor(nowMs / 1000),
		isFolder: false,
	};
	const isLan = machine.model.way === "lan";
	const job = startJob({
		taskId: taskId === currentTask ? String(nowMs) : taskId,
		fileName,
		isFetched,
		calibrates: isLan,
		slot: firstSlot(data),
	});
	const storage = isFetched ? withFile(machine.storage, "local", fetched) : machine.storage;
	return { machine: withJob({ ...machine, storage }, job) };
};

const pause = changingJob(pauseJob, "there is nothing to pause");
const resume = changingJob(resumeJob, "nothing is paused");
const stop = changingJob(stopJob, "there is nothing to stop");

const update: Command = (machine, { data }) => {
	const settings = objectOf(data.settings);
	// Without settings the command asks for them; in the LAN nothing is known to answer that at rest.
	if (Object.keys(settings).length > 0 || machine.model.way === "lan") {
		if (!isActive(machine.job)) return ignored(machine, "settings are taken only while it prints");
		if (textOf(data.taskid) !== "0" && !isMeant(machine, machine.job, data))
			return ignored(machine, "another job is under way");
	}
	const changed = withSettings(machine, settings);
	return { machine: changed, answers: [settingsReport(changed)] };
};

const query: Command = (machine) => {
	const { job } = machine;
	if (isActive(job)) return { machine, answers: [{ ...printReport(machine, job), action: "query" }] };
	if (machine.model.way === "lan") return ignored(machine, "there is no job to tell of");
	return { machine, answers: [{ type: "print", action: "query", state: "done" }] };
};

const getSliceParam: Command = (machine) => {
	const { job } = machine;
	const slice_param = {
		layer_height: 0.2,
		fill_density: 15,
		nozzle_temp: job?.nozzleC ?? 0,
		hotbed_temp: job?.bedC ?? 0,
		total_layers: job?.totalLayers ?? 0,
	};
	const report: Report = { type: "print", action: "getSliceParam", state: "done", data: { slice_param } };
	return { machine, answers: [report] };
};

/** Gives a job that was started at the printer the number it has elsewhere. */
const localTaskTransfer: Command = (machine, { data }) => {
	const { job } = machine;
	const taskId = textOf(data.taskid);
	if (!isActive(job) || job.localTask === "" || taskId === undefined || data.localtask !== job.localTask)
		return ignored(machine, "no such job was started at the printer");
	const body = { taskid: taskId, localtask: job.localTask };
	const report: Report = { type: "print", action: "localtasktrans", state: "done", data: body };
	return { machine: { ...machine, job: { ...job, taskId } }, answers: [report] };
};

export const printCommands: CommandTable = {
	"print/start": start,
	"print/pause": pause,
	"print/resume": resume,
	"print/stop": stop,
	"print/cancel": stop,
	"print/update": update,
	"print/query": query,
	"print/getSliceParam": getSliceParam,
	"print/localtasktrans": localTaskTransfer,
};

function changingJob(change: (job: Job) => Job, otherwise: string): Command {
	return (machine, { data }): CommandOutcome => {
		const { job } = machine;
		if (!isActive(job)) return ignored(machine, otherwise);
		if (!isMeant(machine, job, data)) return ignored(machine, "another job is under way");
		const changed = change(job);
		return changed === job ? ignored(machine, otherwise) : { machine: withJob(machine, changed) };
	};
}

function isMeant({ model }: Machine, job: Job, data: JsonObject): boolean {
	return data.taskid === job.taskId || (model.way === "lan" && data.taskid === currentTask);
}

function refusedStart(taskId: string, failure: JobFailure): Report {
	return { type: "print", action: "start", state: "failed", ...failure, data: { taskid: taskId } };
}

/** Of the filament box: the first that the job's filaments come from; -1 for the spool outside. */
function firstSlot(data: JsonObject): number {
	const settings = objectOf(data.ams_settings);
	if (settings.use_ams === false) return -1;
	const [first] = objectsOf(settings.ams_box_mapping);
	return wholeOf(first?.ams_index, 0, 3) ?? 0;
}

function withSettings(machine: Machine, settings: JsonObject): Machine {
	const nozzleC = numberOf(settings.target_nozzle_temp);
	const bedC = numberOf(settings.target_hotbed_temp);
	const percent = (name: string, before: number): number => wholeOf(settings[name], 0, 100) ?? before;
	const { fans } = machine;
	const isLan = machine.model.way === "lan";
	return {
		...withTargets(machine, {
			...(nozzleC !== undefined && { nozzleC }),
			...(bedC !== undefined && { bedC }),
		}),
		fans: {
			part: percent("fan_speed_pct", fans.part),
			aux: isLan ? percent("aux_fan_speed_pct", fans.aux) : 0,
			box: isLan ? percent("box_fan_level", fans.box) : 0,
		},
		speedMode: (wholeOf(settings.print_speed_mode, 1, 3) as SpeedMode | undefined) ?? machine.speedMode,
		zOffset: zOffsetOf(settings) ?? machine.zOffset,
	};
}

function zOffsetOf({ z_comp }: JsonObject): string | undefined {
	const text = typeof z_comp === "number" ? String(z_comp) : textOf(z_comp);
	return text !== undefined && /^[+-]?\d{1,2}(\.\d{1,3})?$/.test(text) ? text : undefined;
}
