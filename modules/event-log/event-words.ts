// An event as a sentence for a person.

import { FAULT_CODES, faultWords } from "../breath/fault-words";
import { type Asker, askerWords } from "./asker";
import { type EventCode, MODES, START_CAUSES } from "./event-codes";
import { hoursAndMinutes } from "./hours-and-minutes";

const MODE_WORDS: Readonly<Record<(typeof MODES)[number], string>> = Object.freeze({
	auto: "auto",
	always_on: "always on",
	drying: "drying",
});

const START_WORDS: Readonly<Record<(typeof START_CAUSES)[number], string>> = Object.freeze({
	unknown: "",
	power: ": the power came on",
	restart: ": somebody asked for a restart",
	update: ": after an update",
	watchdog: ": the watchdog found it stuck",
	crash: ": it had crashed",
	brownout: ": the supply voltage was too low",
});

/** The asker is named where a person or a program was behind it. */
export function eventText(event: EventCode, by: Asker | undefined, a: number, b: number): string {
	const text = plainText(event, a, b);
	return by === undefined || by === "firmware" ? text : `${text}, ${askerWords(by)}`;
}

function plainText(event: EventCode, a: number, b: number): string {
	switch (event) {
		case "started":
			return `Started${START_WORDS[START_CAUSES[a] ?? "unknown"]}`;
		case "turned_on":
			return `Turned on: ${modeWords(a)}`;
		case "turned_off":
			return "Turned off";
		case "mode_changed":
			return `Mode: ${modeWords(a)}`;
		case "target_changed":
			return `Target ${a} → ${b} °C`;
		case "bed_threshold_changed":
			return `Bed that starts heating ${a} → ${b} °C`;
		case "filter_threshold_changed":
			return `Bed that starts the filter ${a} → ${b} °C`;
		case "drying_changed":
			return `Drying set to ${a} °C for ${b} h`;
		case "drying_started":
			return `Drying started: ${a} °C for ${b} h`;
		case "drying_stopped":
			return `Drying stopped ${hoursAndMinutes(a)} before its end`;
		case "drying_done":
			return "Drying done";
		case "fan_on":
			return "Fan on, without heat";
		case "fan_off":
			return "Fan off";
		case "fault":
			return `Fault: ${faultText(a)}`;
		case "fault_cleared":
			return `Fault cleared: ${faultText(a)}`;
		case "abandoned":
			return b === 0
				? `Turned off: nobody was connected for ${hoursAndMinutes(a)}`
				: `Drying stopped ${hoursAndMinutes(b)} before its end: nobody was connected for ${hoursAndMinutes(a)}`;
		case "heater_missing":
			return "The heater's hardware does not answer: no heat";
		case "printer_bound":
			return "Printer set up";
		case "printer_unbound":
			return "Printer forgotten";
		case "printer_online":
			return "Printer connected";
		case "printer_lost":
			return "Printer lost";
		case "update_started":
			return "Update begun";
		case "update_done":
			return "Update taken in";
		case "update_failed":
			return `Update failed${times(b)}`;
		case "wifi_joined":
			return "Wi-Fi joined";
		case "wifi_lost":
			return "Wi-Fi lost";
		case "wifi_refused":
			return `The Wi-Fi refuses the password${times(b)}`;
		case "access_point_opened":
			return "Own Wi-Fi network opened";
		case "access_point_closed":
			return "Own Wi-Fi network closed";
		case "password_changed":
			return "Device password changed";
		case "password_wrong":
			return `Wrong device password${times(b)}`;
		case "restart_asked":
			return "Restart asked for";
		case "factory_reset":
			return "All settings wiped";
		case "spoolman_reached":
			return "Spoolman reached";
		case "spoolman_lost":
			return "Spoolman lost";
		case "spool_write_refused":
			return `Spoolman refuses the use of spool ${a} (status ${b})`;
		case "spool_not_counted":
			return `Not counted on spool ${a}: ${b} g`;
		case "spool_differs":
			return `Spool ${a}: the printer says ${b} %, Spoolman another weight`;
	}
}

function modeWords(place: number): string {
	const mode = MODES[place];
	return mode === undefined ? "unknown" : MODE_WORDS[mode];
}

function faultText(place: number): string {
	const code = FAULT_CODES[place];
	return code === undefined ? "unknown" : faultWords(code).text;
}

function times(count: number): string {
	return count > 1 ? `, ${count} times` : "";
}
