// What can happen that is worth remembering.

/**
 * The two numbers `a` and `b` that an event may carry are whole and from -32,768 to 32,767:
 *
 * - `started`: the firmware began; a: place in {@link START_CAUSES}
 * - `turned_on`: auto or always-on began; a: place in {@link MODES}
 * - `turned_off`: what ran was stopped
 * - `mode_changed`: a: place in {@link MODES}
 * - `target_changed`, `bed_threshold_changed`, `filter_threshold_changed`: a: °C before, b: °C now
 * - `drying_changed`, `drying_started`: a: °C, b: hours
 * - `drying_stopped`: a: minutes that were left
 * - `drying_done`: a cycle ran to its end
 * - `fan_on`, `fan_off`: the fan alone
 * - `fault`, `fault_cleared`: a: place in `FAULT_CODES`
 * - `abandoned`: the dead man's timer; a: minutes that nobody was there, b: minutes that a drying cycle still had
 * - `heater_missing`: the board's hardware cannot be set up
 * - `printer_bound`, `printer_unbound`: a: slot
 * - `printer_online`, `printer_lost`: the link to the printer that auto follows
 * - `update_started`, `update_done`
 * - `wifi_joined`, `wifi_lost`, `wifi_refused`: the last is a wrong password of the network
 * - `access_point_opened`, `access_point_closed`
 * - `password_changed`, `password_wrong`: of the device; b of the latter: how often in a row
 * - `update_failed`; b: how often in a row
 * - `restart_asked`, `factory_reset`
 * - `spoolman_reached`, `spoolman_lost`
 * - `spool_write_refused`: Spoolman does not take what was used; a: spool, b: HTTP status
 * - `spool_not_counted`: what was used of it is not written; a: spool, b: g
 * - `spool_differs`: printer and Spoolman do not agree; a: spool, b: percent of a full one by the printer
 */
export type EventCode = (typeof EVENT_CODES)[number];

export const EVENT_CODES = Object.freeze([
	"started",
	"turned_on",
	"turned_off",
	"mode_changed",
	"target_changed",
	"bed_threshold_changed",
	"filter_threshold_changed",
	"drying_changed",
	"drying_started",
	"drying_stopped",
	"drying_done",
	"fan_on",
	"fan_off",
	"fault",
	"fault_cleared",
	"abandoned",
	"heater_missing",
	"printer_bound",
	"printer_unbound",
	"printer_online",
	"printer_lost",
	"update_started",
	"update_done",
	"update_failed",
	"wifi_joined",
	"wifi_lost",
	"wifi_refused",
	"access_point_opened",
	"access_point_closed",
	"password_changed",
	"password_wrong",
	"restart_asked",
	"factory_reset",
	"spoolman_reached",
	"spoolman_lost",
	"spool_write_refused",
	"spool_not_counted",
	"spool_differs",
] as const);

export const MODES = Object.freeze(["auto", "always_on", "drying"] as const);

/** Why the firmware began; `unknown` where the host does not tell. */
export const START_CAUSES = Object.freeze([
	"unknown",
	"power",
	"restart",
	"update",
	"watchdog",
	"crash",
	"brownout",
] as const);

/**
 * How an event that follows the same event of the same asker is joined with it instead of taking a record of its own:
 *
 * - `last`: a slider sends every value on its way; `a` of the first and `b` of the last are kept
 * - `both`: likewise, and only the last ones count
 * - `count`: `b` says how often; who tries again and again must not push everything else out of the log
 */
export type EventMerge = "last" | "both" | "count";

export function mergeOf(event: EventCode): EventMerge | undefined {
	switch (event) {
		case "target_changed":
		case "bed_threshold_changed":
		case "filter_threshold_changed":
			return "last";
		case "mode_changed":
		case "drying_changed":
			return "both";
		case "password_wrong":
		case "wifi_refused":
		case "update_failed":
			return "count";
		default:
			return undefined;
	}
}
