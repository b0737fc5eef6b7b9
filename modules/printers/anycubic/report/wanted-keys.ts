// Which keys are wanted of which report. On XS nothing else of a report is ever built.

import { ENVELOPE_KEYS } from "../envelope";

const heat = [
	"curr_nozzle_temp",
	"target_nozzle_temp",
	"curr_hotbed_temp",
	"target_hotbed_temp",
	"curr_chamber_temp",
	"target_chamber_temp",
];
const fans = ["fan_speed_pct", "aux_fan_speed_pct", "box_fan_level"];
const job = [
	"taskid",
	"task_id",
	"localtask",
	"filename",
	"progress",
	"curr_layer",
	"total_layers",
	"remain_time",
	"supplies_usage",
];

const wanted: ReadonlyMap<string, readonly string[]> = new Map([
	["status", keys([])],
	["lastWill", keys([])],
	["tempature", keys(heat)],
	["fan", keys(fans)],
	["light", keys(["lights", "type", "status"])],
	["print", keys([...job, ...heat, ...fans, "settings", "print_speed_mode"])],
	[
		"info",
		keys([
			...job,
			...heat,
			...fans,
			"temp",
			"version",
			"project",
			"last_project",
			"pause",
			"print_speed_mode",
		]),
	],
	["ota", keys(["firmware_version", "progress", "current_progress"])],
	["peripherie", keys(["camera", "multiColorBox", "udisk"])],
	[
		"multiColorBox",
		keys([
			"multi_color_box",
			"id",
			"loaded_slot",
			"temp",
			"humidity",
			"drying_status",
			"status",
			"duration",
			"remain_time",
			"slots",
			"index",
			"type",
			"color",
			"color_group",
			"sku",
			"edit_status",
			"consumables_percent",
		]),
	],
	["extfilbox", keys(["type", "color", "loaded"])],
]);

function keys(ofData: readonly string[]): readonly string[] {
	return Object.freeze([...ENVELOPE_KEYS, ...ofData.filter((key) => !ENVELOPE_KEYS.includes(key))]);
}

/** `undefined` for a type that says nothing of the state, such as `wifi`, `video` and `user`. */
export function wantedKeys(type: string): readonly string[] | undefined {
	return wanted.get(type);
}
