// What a status page shows of a printer, read from its own report.

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json";

/** °C */
export interface StatusTemperature {
	readonly current: number;
	readonly target: number;
}

export interface StatusSlot {
	readonly id: number;
	readonly loaded: boolean;
	readonly material: string;
	/** RRGGBBAA */
	readonly color: string;
	/** -1 = the printer does not know. */
	readonly remainPercent: number;
}

export interface PrinterStatus {
	readonly job: {
		/** As the printer says it: "IDLE", "PREPARE", "RUNNING", "PAUSE", "FINISH", "FAILED". */
		readonly state: string;
		readonly name: string;
		readonly percent: number;
		readonly layer: number;
		readonly totalLayers: number;
		readonly remainingMinutes: number;
		readonly stage: number;
		/** 1 silent, 2 standard, 3 sport, 4 ludicrous */
		readonly speedLevel: number;
	};
	/** 0 = right or only, 1 = left. */
	readonly nozzles: readonly StatusTemperature[];
	readonly bed: StatusTemperature;
	/** `undefined` when the printer does not measure it. */
	readonly chamber: StatusTemperature | undefined;
	readonly lights: Readonly<Record<string, string>>;
	readonly units: readonly { readonly id: number; readonly slots: readonly StatusSlot[] }[];
	/** `tray_now` */
	readonly activeTray: string;
	/** "0300_400C", "HMS_0500_0500_0001_0007" */
	readonly faults: readonly string[];
}

/** `print` is a full report, what is below that key. Fields it lacks become 0 or "". */
export function statusOf(print: JsonObject): PrinterStatus {
	const ams = objectIn(print, "ams");
	return {
		job: {
			state: textIn(print, "gcode_state"),
			name: textIn(print, "subtask_name"),
			percent: numberIn(print, "mc_percent"),
			layer: numberIn(print, "layer_num"),
			totalLayers: numberIn(print, "total_layer_num"),
			remainingMinutes: numberIn(print, "mc_remaining_time"),
			stage: numberIn(print, "stg_cur"),
			speedLevel: numberIn(print, "spd_lvl"),
		},
		nozzles: nozzlesOf(print),
		bed: { current: numberIn(print, "bed_temper"), target: numberIn(print, "bed_target_temper") },
		chamber: chamberOf(print),
		lights: Object.fromEntries(
			listIn(print, "lights_report").map((light) => [textIn(light, "node"), textIn(light, "mode")]),
		),
		units: listIn(ams, "ams").map((unit) => ({
			id: Number(textIn(unit, "id")),
			slots: listIn(unit, "tray").map(slotOf),
		})),
		activeTray: textIn(ams, "tray_now"),
		faults: faultsOf(print),
	};
}

function nozzlesOf(print: JsonObject): readonly StatusTemperature[] {
	const extruders = listIn(objectIn(objectIn(print, "device"), "extruder"), "info");
	if (extruders.length > 1) return extruders.map((extruder) => unpack(numberIn(extruder, "temp")));
	return [{ current: numberIn(print, "nozzle_temper"), target: numberIn(print, "nozzle_target_temper") }];
}

function chamberOf(print: JsonObject): StatusTemperature | undefined {
	const { temp } = objectIn(objectIn(objectIn(print, "device"), "ctc"), "info");
	return typeof temp === "number" ? unpack(temp) : undefined;
}

function slotOf(tray: JsonObject): StatusSlot {
	return {
		id: Number(textIn(tray, "id")),
		loaded: tray.tray_type !== undefined,
		material: textIn(tray, "tray_type"),
		color: textIn(tray, "tray_color"),
		remainPercent: typeof tray.remain === "number" ? tray.remain : -1,
	};
}

function faultsOf(print: JsonObject): readonly string[] {
	const error = numberIn(print, "print_error");
	const entries = listIn(print, "hms").map(
		(entry) => `HMS_${words(numberIn(entry, "attr"))}_${words(numberIn(entry, "code"))}`,
	);
	return error === 0 ? entries : [words(error), ...entries];
}

/** Two groups of four hex digits. */
function words(value: number): string {
	const digits = (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
	return `${digits.slice(0, 4)}_${digits.slice(4)}`;
}

function unpack(temperature: number): StatusTemperature {
	return { current: temperature & 0xffff, target: temperature >>> 16 };
}

function valueIn(object: JsonObject, key: string): JsonValue | undefined {
	return Object.hasOwn(object, key) ? object[key] : undefined;
}

function objectIn(object: JsonObject, key: string): JsonObject {
	const value = valueIn(object, key);
	return isJsonObject(value) ? value : {};
}

function listIn(object: JsonObject, key: string): readonly JsonObject[] {
	const value = valueIn(object, key);
	return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function textIn(object: JsonObject, key: string): string {
	const value = valueIn(object, key);
	return typeof value === "string" ? value : "";
}

function numberIn(object: JsonObject, key: string): number {
	const value = valueIn(object, key);
	return typeof value === "number" ? value : 0;
}
