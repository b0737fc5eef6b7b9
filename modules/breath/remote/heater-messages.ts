// From a message of a Panda Breath to what is known of it: a pure step, tolerant of everything.

import type { BreathMode } from "../breath-state";
import type { DryingPreset } from "../drying";

/** What the heater has said so far; absent is unknown. Temperatures in °C. */
export interface HeaterReport {
	version?: string;
	mode?: BreathMode;
	on?: boolean;
	target?: number;
	chamber?: number;
	bedThreshold?: number;
	filterThreshold?: number;
	dryingRunning?: boolean;
	dryingTarget?: number;
	dryingHours?: number;
	dryingPreset?: DryingPreset;
	/** Of the drying cycle, at that moment. It is told in snapshots only. */
	remaining?: { seconds: number; atMs: number };
	chamberSensor?: SensorStatus;
	elementSensor?: SensorStatus;
	heaterFault?: true;
	printerConnected?: boolean;
	/** It calls its target `temp`, as the first stock firmware does. */
	usesOldTarget?: true;
}

export type SensorStatus = "good" | "short" | "open";

export interface MessageReading {
	/** The same object when nothing of it is different. */
	report: HeaterReport;
	/** The message holds the whole state; what it leaves out is unknown. */
	isSnapshot: boolean;
	/** What the message spoke of, whether or not it is different. */
	told: readonly (keyof HeaterReport)[];
	/** The heater did not do something because it asks for its password. */
	isLocked: boolean;
	/** The message cannot be read, and says nothing. */
	isGarbage: boolean;
}

export const NOTHING_KNOWN: HeaterReport = Object.freeze({});

/** Snapshots have up to 4 KiB; lists of networks may be longer, and hold nothing for us. */
export const MAX_TEXT_LENGTH = 16 * 1024;
/** Real messages have four levels. A parser that recurses must not be driven out of its stack. */
const MAX_DEPTH = 8;
const MAX_VERSION_LENGTH = 24;
/** What a sensor of a chamber can say. */
const MIN_CELSIUS = -50;
const MAX_CELSIUS = 200;
const MAX_SETTING = 999;
const MAX_SECONDS = 99 * 3600;

/** For a parser that builds only these keys (XS): each foreign name would take memory for good. */
const wantedKeys: string[] = [
	...["settings", "printer", "response", "type", "ok", "state", "fw_version"],
	...["work_on", "work_mode", "set_temp", "temp", "filtertemp", "hotbedtemp"],
	...["custom_temp", "custom_timer", "isrunning", "remaining_seconds", "filament_drying_mode"],
	...["warehouse_temper", "cal_warehouse_temp", "warehouse_sensor_status", "ptc_sensor_status"],
	"ptc_heater_status",
];
Object.freeze(wantedKeys);

type Fields = Readonly<Record<string, unknown>>;

/** `nowMs` is when the message came. Of a field of a wrong type or range, what was known before stays. */
export function readMessage(before: HeaterReport, text: string, nowMs: number): MessageReading {
	const message = parse(text);
	if (!message) return { report: before, isSnapshot: false, told: [], isLocked: false, isGarbage: true };
	const settings = fieldsOf(message.settings);
	const isSnapshot = typeof settings.fw_version === "string";
	const found = readFields(settings, fieldsOf(message.printer), nowMs);
	const report = merge(isSnapshot ? NOTHING_KNOWN : before, found);
	const { type, ok } = fieldsOf(message.response);
	return {
		report: isSame(before, report) ? before : report,
		isSnapshot,
		told: Object.keys(found) as (keyof HeaterReport)[],
		isLocked: type === "locked" && (ok === 0 || ok === false),
		isGarbage: false,
	};
}

/** Whole seconds that the drying cycle still has at that moment. */
export function remainingSeconds(
	{ dryingRunning, remaining }: HeaterReport,
	nowMs: number,
): number | undefined {
	if (!dryingRunning || !remaining) return undefined;
	return Math.max(0, Math.round(remaining.seconds - (nowMs - remaining.atMs) / 1000));
}

function readFields(settings: Fields, printer: Fields, nowMs: number): HeaterReport {
	const found: HeaterReport = {};
	const put = <K extends keyof HeaterReport>(name: K, value: HeaterReport[K] | undefined): void => {
		if (value !== undefined) found[name] = value;
	};
	const { fw_version: version } = settings;
	if (typeof version === "string") put("version", version.slice(0, MAX_VERSION_LENGTH));
	put("mode", modeOf(settings.work_mode));
	put("on", flag(settings.work_on));
	readTarget(settings, found);
	put("bedThreshold", number(settings.hotbedtemp, 0, MAX_SETTING));
	put("filterThreshold", number(settings.filtertemp, 0, MAX_SETTING));
	put("dryingRunning", flag(settings.isrunning));
	put("dryingTarget", number(settings.custom_temp, 0, MAX_SETTING));
	put("dryingHours", number(settings.custom_timer, 0, MAX_SETTING));
	put("dryingPreset", presetOf(settings.filament_drying_mode));
	const seconds = number(settings.remaining_seconds, 0, MAX_SECONDS);
	put("remaining", seconds === undefined ? undefined : { seconds, atMs: nowMs });
	readSensors(settings, found);
	// Stock pages warn whenever it is there, whatever its value.
	if (settings.ptc_heater_status !== undefined) put("heaterFault", true);
	const state = number(printer.state, 0, MAX_SETTING);
	put("printerConnected", state === undefined ? undefined : state === 3);
	return found;
}

function readTarget(settings: Fields, found: HeaterReport): void {
	const target = number(settings.set_temp, 0, MAX_SETTING);
	const oldTarget = number(settings.temp, 0, MAX_SETTING);
	if (target !== undefined) found.target = target;
	else if (oldTarget !== undefined) {
		found.target = oldTarget;
		found.usesOldTarget = true;
	}
}

function readSensors(settings: Fields, found: HeaterReport): void {
	const chamberSensor = sensorOf(settings.warehouse_sensor_status);
	const elementSensor = sensorOf(settings.ptc_sensor_status);
	if (chamberSensor) found.chamberSensor = chamberSensor;
	if (elementSensor) found.elementSensor = elementSensor;
	// The one with decimals, where there is one.
	const chamber =
		number(settings.cal_warehouse_temp, MIN_CELSIUS, MAX_CELSIUS) ??
		number(settings.warehouse_temper, MIN_CELSIUS, MAX_CELSIUS);
	if (chamber !== undefined) found.chamber = chamber;
}

function merge(before: HeaterReport, found: HeaterReport): HeaterReport {
	const report: HeaterReport = { ...before, ...found };
	// Stock firmware goes on to send numbers for a sensor that has failed.
	if (report.chamberSensor === "short" || report.chamberSensor === "open") delete report.chamber;
	// What is left of one cycle says nothing of the next.
	const isOther = report.dryingRunning !== before.dryingRunning && found.remaining === undefined;
	if (report.dryingRunning !== true || isOther) delete report.remaining;
	return report;
}

function isSame(before: HeaterReport, now: HeaterReport): boolean {
	const names = Object.keys(now) as (keyof HeaterReport)[];
	return names.length === Object.keys(before).length && names.every((name) => before[name] === now[name]);
}

function parse(text: string): Fields | undefined {
	if (text.length > MAX_TEXT_LENGTH || isTooDeep(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text, wantedKeys);
		return isFields(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Counts brackets outside of texts; whether they match is the parser's business. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	let isInText = false;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (isInText) {
			if (code === 0x5c /* \ */) index++;
			else if (code === 0x22) isInText = false;
		} else if (code === 0x22 /* " */) isInText = true;
		else if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
			depth++;
			if (depth > MAX_DEPTH) return true;
		} else if (code === 0x7d || code === 0x5d) depth--;
	}
	return false;
}

function fieldsOf(value: unknown): Fields {
	return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function number(value: unknown, min: number, max: number): number | undefined {
	return typeof value === "number" && value >= min && value <= max ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
	if (value === true || value === 1) return true;
	return value === false || value === 0 ? false : undefined;
}

function modeOf(value: unknown): BreathMode | undefined {
	return value === 1 ? "auto" : value === 2 ? "always_on" : value === 3 ? "drying" : undefined;
}

function presetOf(value: unknown): DryingPreset | undefined {
	return value === 1 ? "pla" : value === 2 ? "petg_abs" : value === 3 ? "custom" : undefined;
}

function sensorOf(value: unknown): SensorStatus | undefined {
	return value === 0 ? "good" : value === 1 ? "short" : value === 2 ? "open" : undefined;
}
