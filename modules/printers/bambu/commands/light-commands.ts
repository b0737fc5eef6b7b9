// Lights: what every firmware takes from everybody.

import type { LightName } from "../../capabilities";
import { failed } from "../../command";
import { optional, word } from "../../commands/fields";
import { type CommandTable, entry, type Guard, system } from "./entry";

const NODES: Readonly<Record<LightName, string>> = Object.freeze({
	chamber: "chamber_light",
	chamber_2: "chamber_light2",
	work: "work_light",
	heatbed: "heatbed_light",
});

const lightExists: Guard<{ readonly light?: LightName }> = ({ light = "chamber" }, { capabilities }) =>
	capabilities.lights.includes(light)
		? undefined
		: failed("not_supported", `The lights of this printer are: ${capabilities.lights.join(", ")}.`);

export const lightCommands: CommandTable = Object.freeze({
	/** Without a name, that of the chamber. */
	light: entry({
		fields: {
			light: optional(word("chamber", "chamber_2", "work", "heatbed")),
			mode: word("on", "off", "flashing"),
		},
		inReadOnly: true,
		guards: [lightExists],
		// The times are of flashing only, but firmware wants all of them at any time.
		build: ({ light = "chamber", mode }) =>
			system("ledctrl", {
				led_node: NODES[light],
				led_mode: mode,
				led_on_time: 500,
				led_off_time: 500,
				loop_times: 1,
				interval_time: 0,
			}),
	}),
});
