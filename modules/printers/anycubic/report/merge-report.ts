// Applies one report to what is known of a printer. Nothing here throws: what does not fit is left out.

import { type Envelope, type EnvelopeRefusal, isOk, readEnvelope } from "../envelope";
import type { AnycubicReport, HeatReport } from "./anycubic-report";
import { mergeBoxes } from "./merge-boxes";
import { isJobUnderWay, mergeBusy, mergeJob, nameOf } from "./merge-job";
import { Section, type Sections } from "./sections";
import { spoolColor } from "./spool-color";
import { between, flag, isObject, plainText, type Values, wholeBetween } from "./values";
import { wantedKeys } from "./wanted-keys";

const MAX_WORD = 64;
/** Entries of the list of lights; the rest is left out. */
const MOST_LIGHTS = 8;
const MAX_LIGHT_KIND = 15;

/** Of `info`: the word that `project.pause` stands for. 0 is for a job that goes on. */
const pauseWords: readonly (string | undefined)[] = Object.freeze([
	undefined,
	"paused",
	"pausing",
	"resuming",
	"stopping",
]);

export type ReadReport =
	/** `changed`: what may be different now. `envelope` is for whoever waits for an answer. */
	| { readonly ok: true; readonly changed: Sections; readonly envelope: Envelope }
	| { readonly ok: false; readonly refusal: EnvelopeRefusal };

/**
 * `type`: the report's, by its topic. Reports that say nothing of the state are read too, for those who wait for an
 * answer, but of them only the envelope is.
 */
export function takeReport(report: AnycubicReport, type: string, text: string, modelId: string): ReadReport {
	const keys = wantedKeys(type);
	const envelope = readEnvelope(text, keys ?? ENVELOPE_ONLY);
	if (typeof envelope === "string") return { ok: false, refusal: envelope };
	let changed: Sections = keys ? mergeReport(report, type, envelope, modelId) : Section.none;
	// Whoever speaks is there; that he is not, another one says.
	if (type !== "lastWill" && report.isOnline === false) {
		report.isOnline = true;
		changed |= Section.online;
	}
	return { ok: true, changed, envelope };
}

const ENVELOPE_ONLY: readonly string[] = Object.freeze(["action", "msgid", "state", "code", "msg"]);

export function mergeReport(
	report: AnycubicReport,
	type: string,
	envelope: Envelope,
	modelId: string,
): Sections {
	const { state = "", action, data } = envelope;
	if (type === "print") return mergePrint(report, envelope, modelId);
	if (type === "ota") return mergeFirmware(report, envelope);
	if (!isOk(envelope)) return Section.none;
	switch (type) {
		case "lastWill":
			return mergeOnline(report, state);
		case "status":
			return mergeFree(report, state);
		case "tempature":
			return mergeHeat(report, data);
		case "fan":
			return mergeFans(report, data);
		case "light":
			return mergeLights(report, data);
		case "peripherie":
			return mergeParts(report, data);
		case "info":
			return mergeInfo(report, data, modelId);
		case "multiColorBox":
			return mergeBoxes(report, data, modelId, action === "getInfo") ? Section.filament : Section.none;
		case "extfilbox":
			return mergeExternal(report, data);
		default:
			return Section.none;
	}
}

function mergeOnline(report: AnycubicReport, state: string): Sections {
	if (state === "") return Section.none;
	report.isOnline = state === "online";
	if (!report.isOnline) report.isBehind = true;
	return Section.online;
}

function mergeFree(report: AnycubicReport, state: unknown): Sections {
	return state === "free" || state === "busy" ? mergeBusy(report, state === "busy") : Section.none;
}

function mergePrint(report: AnycubicReport, envelope: Envelope, modelId: string): Sections {
	const { state = "", action, code, msg, data } = envelope;
	if (state !== "updated") return mergeJob(report, { modelId, state, action, code, msg, data });
	if (!isOk(envelope)) return Section.none;
	const settings = isObject(data.settings) ? data.settings : {};
	return (
		mergeHeat(report, data) |
		mergeHeat(report, settings) |
		mergeFans(report, settings) |
		mergeSpeed(report, settings)
	);
}

function mergeInfo(report: AnycubicReport, data: Values, modelId: string): Sections {
	const { temp, version, project } = data;
	const firmware = plainText(version, MAX_WORD);
	let changed = mergeFans(report, data) | mergeSpeed(report, data);
	if (isObject(temp)) changed |= mergeHeat(report, temp);
	if (firmware) {
		report.firmware = firmware;
		changed |= Section.firmware;
	}
	if (data.state !== "free" && isObject(project)) {
		const pause = pauseWords[wholeBetween(0, project.pause, 4) ?? 0];
		const said = plainText(project.state, MAX_WORD) ?? "";
		// Settings that were changed say nothing of whether it goes on.
		const state = pause ?? (said === "updated" && report.job ? "printing" : said);
		changed |= mergeJob(report, { modelId, state, action: "", data: project });
	}
	return changed | mergeLast(report, data, modelId) | mergeFree(report, data.state);
}

/** Of the last job only the end of the one that we know is of use. */
function mergeLast(report: AnycubicReport, { state, last_project: last }: Values, modelId: string): Sections {
	if (state !== "free" || !isJobUnderWay(report) || !isObject(last)) return Section.none;
	const word = plainText(last.state, MAX_WORD);
	const isEnd = word === "finished" || word === "stoped" || word === "failed";
	const isOurs = report.job?.name !== undefined && nameOf(last) === report.job.name;
	return isEnd && isOurs ? mergeJob(report, { modelId, state: word, action: "", data: last }) : Section.none;
}

function mergeHeat(report: AnycubicReport, data: Values): Sections {
	let changed: Sections = Section.none;
	if (setHeat(report.nozzle, data.curr_nozzle_temp, data.target_nozzle_temp)) changed |= Section.nozzle;
	if (setHeat(report.bed, data.curr_hotbed_temp, data.target_hotbed_temp)) changed |= Section.bed;
	if (setHeat(report.chamber, data.curr_chamber_temp, data.target_chamber_temp)) changed |= Section.chamber;
	return changed;
}

/** A target below zero, as some say when there is none, is none. */
function setHeat(heat: HeatReport, current: unknown, target: unknown): boolean {
	const now = between(-60, current, 600);
	const goal = between(0, target, 600);
	const isChanged =
		(now !== undefined && now !== heat.current) || (goal !== undefined && goal !== heat.target);
	if (now !== undefined) heat.current = now;
	if (goal !== undefined) heat.target = goal;
	return isChanged;
}

function mergeFans({ fans }: AnycubicReport, data: Values): Sections {
	const part = between(0, data.fan_speed_pct, 100);
	const aux = between(0, data.aux_fan_speed_pct, 100);
	const chamber = between(0, data.box_fan_level, 100);
	if (part !== undefined) fans.part = part;
	if (aux !== undefined) fans.aux = aux;
	if (chamber !== undefined) fans.chamber = chamber;
	return part === undefined && aux === undefined && chamber === undefined ? Section.none : Section.fans;
}

function mergeSpeed(report: AnycubicReport, { print_speed_mode }: Values): Sections {
	const mode = wholeBetween(1, print_speed_mode, 3);
	if (mode === undefined) return Section.none;
	report.speedMode = mode as 1 | 2 | 3;
	return Section.job;
}

function mergeLights({ lights }: AnycubicReport, data: Values): Sections {
	const entries = Array.isArray(data.lights) ? data.lights.slice(0, MOST_LIGHTS) : [data];
	let changed: Sections = Section.none;
	for (const entry of entries) {
		if (!isObject(entry)) continue;
		const kind = wholeBetween(1, entry.type, MAX_LIGHT_KIND);
		const isOn = flag(entry.status);
		if (kind === undefined || isOn === undefined) continue;
		lights.set(kind, isOn);
		changed = Section.lights;
	}
	return changed;
}

function mergeParts(report: AnycubicReport, data: Values): Sections {
	const camera = flag(data.camera);
	const box = flag(data.multiColorBox);
	const usb = flag(data.udisk);
	if (camera !== undefined) report.parts.camera = camera;
	if (usb !== undefined) report.parts.usb = usb;
	if (box === undefined) return Section.none;
	report.parts.box = box;
	if (!box) report.boxes = [];
	return Section.filament;
}

function mergeFirmware(report: AnycubicReport, envelope: Envelope): Sections {
	const { action, state = "", data } = envelope;
	if (action === "update") return mergeUpdate(report, state, data);
	const firmware = plainText(data.firmware_version, MAX_WORD);
	if (!firmware || !isOk(envelope)) return Section.none;
	report.firmware = firmware;
	return Section.firmware;
}

function mergeUpdate(report: AnycubicReport, state: string, data: Values): Sections {
	const isFailed = state === "download-failed" || state === "update-failed";
	const isUnderWay = state === "start" || state === "downloading" || state === "updating";
	if (!isFailed && !isUnderWay) {
		if (!report.update) return Section.none;
		delete report.update;
		return Section.faults;
	}
	const percent = between(0, state === "updating" ? data.current_progress : data.progress, 100);
	report.update = percent === undefined || isFailed ? { isFailed } : { isFailed, percent };
	return Section.faults;
}

function mergeExternal(report: AnycubicReport, data: Values): Sections {
	const material = plainText(data.type, MAX_WORD);
	const color = spoolColor(data.color);
	const isLoaded = flag(data.loaded);
	if (material === undefined && color === undefined && isLoaded === undefined) return Section.none;
	const external = { ...report.external };
	if (material) external.material = material;
	if (color !== undefined) external.color = color;
	if (isLoaded !== undefined) external.isLoaded = isLoaded;
	report.external = external;
	return Section.filament;
}
