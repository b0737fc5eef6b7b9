// Commands that heat and blow. They may be given at any time: people tune a job that runs.

import { failed } from "../../command";
import { optional, whole, word } from "../../commands/fields";
import { nozzleExists, withinLimit } from "../../commands/job-guards";
import { type CommandContext, type CommandTable, entry, type Guard, gcode, print } from "./entry";
import { activeNozzle } from "./guards";

/** °C that no printer reaches; the model's own limit is lower. */
const HOTTEST = 1_000;

/** The numbers that G-code and the newer command have for the fans. */
const FANS = Object.freeze({ part: 1, aux: 2, chamber: 3, aux2: 10 } as const);

const AIR_DUCT_MODES = Object.freeze(["cooling", "heating", "laser"] as const);

const nozzleLimit: Guard<{ readonly target: number }> = ({ target }, { capabilities }) =>
	withinLimit(target, capabilities.maxNozzle, "the nozzle");

const bedLimit: Guard<{ readonly target: number }> = ({ target }, { capabilities }) =>
	withinLimit(target, capabilities.maxBed, "the bed");

const chamberLimit: Guard<{ readonly target: number }> = ({ target }, { capabilities }) =>
	capabilities.maxChamber > 0
		? withinLimit(target, capabilities.maxChamber, "the chamber")
		: failed("not_supported", "This printer has no chamber heater.");

const fanExists: Guard<{ readonly fan: keyof typeof FANS }> = ({ fan }, { capabilities }) => {
	const isThere =
		fan === "part" ||
		(fan === "aux" && capabilities.auxFan) ||
		(fan === "chamber" && capabilities.chamberFan) ||
		(fan === "aux2" && capabilities.secondAuxFan);
	return isThere ? undefined : failed("not_supported", "This printer does not have that fan.");
};

const airDuctMode: Guard<{ readonly mode: (typeof AIR_DUCT_MODES)[number] }> = (
	{ mode },
	{ capabilities },
) => {
	if (capabilities.airDuct.includes(mode)) return undefined;
	const { airDuct } = capabilities;
	return failed(
		"not_supported",
		airDuct.length === 0
			? "This printer has no air duct."
			: `This printer's air duct can do ${airDuct.join(" and ")}.`,
	);
};

export const heatCommands: CommandTable = Object.freeze({
	/** Without a nozzle, that in use. */
	nozzle_temperature: entry({
		fields: { target: whole(0, HOTTEST), nozzle: optional(whole(0, 1)) },
		guards: [nozzleExists, nozzleLimit],
		build: ({ target, nozzle }, context) =>
			context.capabilities.nozzles === 2
				? print("set_nozzle_temp", {
						extruder_index: nozzle ?? activeNozzle(context),
						target_temp: target,
					})
				: gcode(`M104 S${target}\n`),
	}),
	bed_temperature: entry({
		fields: { target: whole(0, HOTTEST) },
		guards: [bedLimit],
		build: ({ target }, { capabilities }) =>
			capabilities.forms.bedTemperature
				? print("set_bed_temp", { temp: target })
				: gcode(`M140 S${target}\n`),
	}),
	chamber_temperature: entry({
		fields: { target: whole(0, HOTTEST) },
		guards: [chamberLimit],
		build: ({ target }, { capabilities }) =>
			capabilities.forms.chamberTemperature
				? print("set_ctt", { ctt_val: target, temper_check: true })
				: gcode(`M141 S${target}\n`),
	}),
	fan: entry({
		fields: { fan: word("part", "aux", "chamber", "aux2"), percent: whole(0, 100) },
		guards: [fanExists],
		// The newer command takes percent, as the air duct's parts are reported in; G-code takes a byte.
		build: ({ fan, percent }, context) =>
			hasAirDuct(context)
				? print("set_fan", { fan_index: FANS[fan], speed: percent })
				: gcode(`M106 P${FANS[fan]} S${Math.round((percent * 255) / 100)}\n`),
	}),
	air_duct: entry({
		fields: { mode: word(...AIR_DUCT_MODES) },
		guards: [airDuctMode],
		build: ({ mode }) => print("set_airduct", { modeId: AIR_DUCT_MODES.indexOf(mode), submode: -1 }),
	}),
});

/** By what the printer reports, not by its model: older firmware has neither the report nor the command. */
function hasAirDuct({ print: { device } }: CommandContext): boolean {
	return (device?.airduct?.parts ?? []).length > 0;
}
