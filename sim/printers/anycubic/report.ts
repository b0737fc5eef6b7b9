// What a Kobra says of itself: the messages, and how they go over the wire.

import type { JsonObject, JsonValue } from "../bambu/json";
import type { BoxSlot, FilamentBox } from "./filament-box";
import { updatePercent } from "./firmware-update";
import { isBusy, type Machine, speedPercent } from "./machine";
import {
	failures,
	isActive,
	type Job,
	jobElapsedMinutes,
	jobLayer,
	jobPercent,
	jobRemainingMinutes,
	jobUsedMm,
} from "./print-job";

/** `type` is also the topic's. */
export interface Report {
	readonly type: string;
	readonly action: string;
	readonly state: string;
	/** 200 unless something went wrong. */
	readonly code?: number;
	readonly msg?: string;
	readonly data?: JsonValue;
}

/** Slashes are escaped, as both sides of this protocol do. */
export function reportText(report: Report, msgid: string, timestampMs: number): string {
	const { type, action, state, code = 200, msg = "", data = null } = report;
	return wireText({ type, action, msgid, state, timestamp: timestampMs, code, msg, data });
}

export function wireText(message: JsonObject): string {
	// In JSON there are slashes only inside of strings.
	return JSON.stringify(message).replaceAll("/", "\\/");
}

export function statusReport(machine: Machine): Report {
	return { type: "status", action: "workReport", state: isBusy(machine) ? "busy" : "free" };
}

export function lastWillReport(state: "online" | "offline"): Report {
	return { type: "lastWill", action: "onlineReport", state };
}

export function temperatureReport(machine: Machine): Report {
	return { type: "tempature", action: "auto", state: "done", data: temperatures(machine) };
}

export function fanReport(machine: Machine): Report {
	return { type: "fan", action: "auto", state: "done", data: fanData(machine) };
}

export function lightReport({ lights }: Machine): Report {
	const data = {
		lights: lights.map(({ type, isOn, brightness }) => ({ type, status: isOn ? 1 : 0, brightness })),
	};
	return { type: "light", action: "report", state: "done", data };
}

/** What is to be said of the job. */
export function printReport(machine: Machine, job: Job): Report {
	const { phase, action, failure, taskId } = job;
	const report = { type: "print", action, state: phase } as const;
	switch (phase) {
		case "downloading":
			return { ...report, data: { taskid: taskId, progress: jobPercent(job) } };
		case "checking":
			return { ...report, data: { taskid: taskId } };
		case "failed":
			return { ...report, ...failure, data: { taskid: taskId, filename: job.fileName } };
		default:
			return { ...report, data: printData(machine, job) };
	}
}

export function settingsReport(machine: Machine): Report {
	const { job, nozzle, bed, fans, model } = machine;
	const settings = {
		target_nozzle_temp: nozzle.targetC,
		target_hotbed_temp: bed.targetC,
		fan_speed_pct: fans.part,
		...(model.way === "lan" && { aux_fan_speed_pct: fans.aux, box_fan_level: fans.box }),
		print_speed_mode: machine.speedMode,
		print_speed_pct: speedPercent(machine),
		z_comp: machine.zOffset,
	};
	const data = {
		taskid: isActive(job) ? job.taskId : "0",
		localtask: isActive(job) ? job.localTask : "",
		curr_hotbed_temp: Math.round(bed.currentC),
		curr_nozzle_temp: Math.round(nozzle.currentC),
		settings,
	};
	return { type: "print", action: "update", state: "updated", data };
}

export function updateReport(machine: Machine): Report | undefined {
	const { update } = machine;
	if (update === undefined) return undefined;
	const percent = updatePercent(update);
	const data: JsonObject =
		update.phase === "updating"
			? { current_progress: percent }
			: update.phase === "downloading"
				? { progress: percent }
				: {};
	const failure = update.phase === "download-failed" ? failures.download : {};
	return { type: "ota", action: "update", state: update.phase, ...failure, data };
}

export function versionReport({ firmware, model, deviceId }: Machine): Report {
	const data = {
		firmware_version: firmware,
		device_unionid: deviceId,
		machine_version: "1.1.0",
		peripheral_version: model.boxId === undefined ? "" : "1.0.8",
		model_id: model.id,
	};
	return { type: "ota", action: "reportVersion", state: "done", data };
}

export function peripheralReport({ box, model }: Machine): Report {
	const data = { camera: model.way === "lan" ? 1 : 0, multiColorBox: box ? 1 : 0, udisk: 1 };
	return { type: "peripherie", action: "query", state: "done", data };
}

/** All of the box. Its climate is told only while it works. */
export function boxReport({ box, job }: Machine): Report {
	const working = isActive(job) || box?.drying !== undefined;
	const whole = box && {
		id: box.id,
		status: 1,
		model_id: box.modelId,
		auto_feed: box.autoFeed ? 1 : 0,
		loaded_slot: box.loadedSlot,
		feed_status: { code: 200, type: -1, current_status: -1, slot_index: -1 },
		...(working && {
			temp: Math.round(box.temperatureC),
			humidity: box.humidityPercent,
			drying_status: dryingData(box),
		}),
		slots: box.slots.map((slot) => slotData(slot, box)),
	};
	return {
		type: "multiColorBox",
		action: "getInfo",
		state: "done",
		data: { multi_color_box: whole ? [whole] : [], head_tools_model: 0 },
	};
}

/** One slot of the box, and nothing else of it. */
export function slotReport(box: FilamentBox, index: number): Report {
	const slot = box.slots[index];
	return slimBoxReport(box, {
		loaded_slot: box.loadedSlot,
		slots: slot === undefined ? [] : [slotData(slot, box)],
	});
}

/** The box's drying, and nothing else of it. */
export function dryingReport(box: FilamentBox): Report {
	return slimBoxReport(box, {
		temp: Math.round(box.temperatureC),
		drying_status: { ...dryingData(box), humidity: box.humidityPercent },
	});
}

/** What LAN printers tell of everything at once. `place` is their address in the network. */
export function infoReport(machine: Machine, place: string): Report {
	const { job, fans, model } = machine;
	const data = {
		printerName: machine.name,
		model: model.name,
		ip: place,
		version: machine.firmware,
		state: isBusy(machine) ? "busy" : "free",
		temp: temperatures(machine),
		print_speed_mode: machine.speedMode,
		fan_speed_pct: fans.part,
		aux_fan_speed_pct: fans.aux,
		box_fan_level: fans.box,
		...(job && { [isActive(job) ? "project" : "last_project"]: projectData(machine, job) }),
		urls: { rtspUrl: `http://${place}:18088/flv` },
		features: { auto_leveling_support: 1, drying_first_support: 1 },
	};
	return { type: "info", action: "query", state: "done", data };
}

function slimBoxReport({ id }: FilamentBox, told: JsonObject): Report {
	const data = { multi_color_box: [{ id, ...told }] };
	return { type: "multiColorBox", action: "report", state: "done", data };
}

function dryingData({ drying }: FilamentBox): JsonObject {
	if (drying === undefined) return { status: 0, target_temp: 0, duration: 0, remain_time: 0 };
	return {
		status: 1,
		target_temp: drying.targetC,
		duration: drying.durationMinutes,
		remain_time: Math.ceil(drying.remainingMs / 60_000),
	};
}

function slotData({ index, type, color, percent, sku }: BoxSlot, { loadedSlot }: FilamentBox): JsonObject {
	return {
		index,
		type,
		color,
		color_group: type === "" ? [] : [[...color, 255]],
		consumables_percent: Math.round(percent),
		status: index === loadedSlot ? 5 : 4,
		edit_status: 0,
		sku,
		icon_type: 0,
	};
}

function temperatures({ nozzle, bed, chamber, model }: Machine): JsonObject {
	return {
		curr_hotbed_temp: Math.round(bed.currentC),
		curr_nozzle_temp: Math.round(nozzle.currentC),
		target_hotbed_temp: bed.targetC,
		target_nozzle_temp: nozzle.targetC,
		...(model.enclosed && {
			curr_chamber_temp: Math.round(chamber.currentC),
			target_chamber_temp: chamber.targetC,
		}),
	};
}

function fanData({ fans, model, job }: Machine): JsonObject {
	if (model.way === "broker") return { fan_speed_pct: fans.part };
	return {
		fan_speed_pct: fans.part,
		aux_fan_speed_pct: fans.aux,
		box_fan_level: fans.box,
		taskid: isActive(job) ? job.taskId : "",
	};
}

function progressData(machine: Machine, job: Job) {
	return {
		filename: job.fileName,
		progress: jobPercent(job),
		curr_layer: jobLayer(job),
		total_layers: job.totalLayers,
		print_time: jobElapsedMinutes(job),
		remain_time: jobRemainingMinutes(job, speedPercent(machine)),
		supplies_usage: jobUsedMm(job),
	};
}

function printData(machine: Machine, job: Job): JsonObject {
	const body = { taskid: job.taskId, ...progressData(machine, job) };
	if (machine.model.way === "broker") return body;
	return { ...body, localtask: job.localTask, slicer: "", source_info: {} };
}

/** `pause` of a project, by the job's phase. */
const pauseNumbers: Readonly<Record<string, number>> = { paused: 1, pausing: 2, resuming: 3, stopping: 4 };

function projectData(machine: Machine, job: Job): JsonObject {
	return {
		...progressData(machine, job),
		state: job.phase,
		pause: pauseNumbers[job.phase] ?? 0,
		task_id: job.taskId,
	};
}
