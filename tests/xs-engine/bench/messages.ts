// The messages of the bench: what the captures hold, and single-field deltas as printers send them.

import { readdirSync, readFileSync } from "node:fs";
import { reportSchema } from "../../../modules/printers/bambu/report-schema";

type Json = Record<string, unknown>;

const folder = new URL("../../fixtures/bambu/", import.meta.url);

export interface Capture {
	name: string;
	versions: Json | undefined;
	full: Json;
}

export function readCaptures(): Capture[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith(".json"))
		.sort()
		.map((file) => {
			const { pushall, get_version } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Record<
				string,
				Json
			>;
			if (!pushall) throw new Error(`${file} has no full report`);
			return { name: file.replace(/\.json$/, ""), versions: get_version, full: pushall };
		});
}

/** The H2D's report with as many filament units as bring it, indented, to the 36 KB that such printers send. */
export function largestReport(captures: readonly Capture[]): Capture {
	const find = (name: string): Json => captures.find((capture) => capture.name === name)?.full ?? {};
	const report = structuredClone(find("h2d")) as { print: { ams: { ams: Json[] } } };
	const spare = (find("x1c-multi-ams") as typeof report).print.ams.ams;
	const units = report.print.ams.ams;
	while (encode(report, 4).length < 36_000) {
		const unit = spare[units.length % spare.length];
		units.push({ ...unit, id: String(units.length) });
	}
	return { name: `h2d with ${units.length} units`, versions: undefined, full: report };
}

export function encode(message: object, indent = 0): Buffer {
	return Buffer.from(JSON.stringify(message, null, indent));
}

/** As a printer sends it: about 130 bytes. */
export function delta(fields: Json): Buffer {
	return encode({ print: { ...fields, command: "push_status", msg: 1, sequence_id: "1725" } });
}

/**
 * One field each, with a value that the captures do not have. Those in lists, whose names have an index, cost more:
 * the entry has to be found, in the report and in what is derived from it.
 */
export const DELTAS: readonly { field: string; fields: Json }[] = [
	{ field: "nozzle_temper", fields: { nozzle_temper: 211.7 } },
	{ field: "bed_temper", fields: { bed_temper: 58.3 } },
	{ field: "mc_percent", fields: { mc_percent: 61 } },
	{ field: "mc_remaining_time", fields: { mc_remaining_time: 77 } },
	{ field: "layer_num", fields: { layer_num: 113 } },
	{ field: "stg_cur", fields: { stg_cur: 14 } },
	{ field: "gcode_state", fields: { gcode_state: "PAUSE" } },
	{ field: "cooling_fan_speed", fields: { cooling_fan_speed: "7" } },
	{ field: "print_error", fields: { print_error: 83935249 } },
	{ field: "device.bed.info.temp", fields: { device: { bed: { info: { temp: 3932223 } } } } },
	{ field: "ams.tray_now", fields: { ams: { tray_now: "2" } } },
	{
		field: "device.extruder.info[0].temp",
		fields: { device: { extruder: { info: [{ id: 0, temp: 3932223 }] } } },
	},
	{ field: "ams.ams[0].humidity", fields: { ams: { ams: [{ id: "0", humidity: "2" }] } } },
	{
		field: "ams.ams[0].tray[1].remain",
		fields: { ams: { ams: [{ id: "0", tray: [{ id: "1", remain: 13 }] }] } },
	},
	{ field: "wifi_signal (not wanted)", fields: { wifi_signal: "-61dBm" } },
];

export interface RecordedMessage {
	bytes: Buffer;
	isFull: boolean;
	/** Wanted values that are other than before. */
	changedFields: number;
}

/** The messages of a recorded print, in order. */
export function readRecording(): RecordedMessage[] {
	const known = new Map<string, unknown>();
	return readFileSync(new URL("a1-print.jsonl", folder), "utf8")
		.trim()
		.split("\n")
		.map((line) => (JSON.parse(line) as { report: { print?: Json } }).report)
		.map((report) => ({
			bytes: encode(report),
			isFull: report.print?.msg === 0,
			changedFields: takeChanges(report, "", known),
		}));
}

const wanted: ReadonlySet<string> = new Set(reportSchema.wantedKeys);
/** In every message, and no part of the state. */
const framing: ReadonlySet<string> = new Set(["command", "msg", "sequence_id"]);

function takeChanges(value: unknown, path: string, known: Map<string, unknown>): number {
	if (typeof value !== "object" || value === null) {
		const isNew = known.get(path) !== value;
		known.set(path, value);
		return isNew ? 1 : 0;
	}
	return Object.entries(value)
		.filter(([key]) => Array.isArray(value) || (wanted.has(key) && !framing.has(key)))
		.reduce((sum, [key, inner]) => sum + takeChanges(inner, `${path}.${key}`, known), 0);
}
