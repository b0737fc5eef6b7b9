// Commands about filament: load, unload, describe, dry, pressure advance, and the units' own options and steps.

import { failed } from "../../command";
import { decimal, flag, optional, place, type SpoolPlace, text, whole, word } from "../../commands/fields";
import { isAtLeast } from "../../commands/firmware-version";
import { atRest, withinLimit } from "../../commands/job-guards";
import { type CommandContext, type CommandTable, entry, type Guard, gcode, print } from "./entry";
import {
	activeNozzle,
	describable,
	editableNow,
	notRunning,
	placeExists,
	slotAt,
	spoolInPlace,
} from "./guards";
import { flatSlot, unitAndSlot, unitOf } from "./slot-numbers";

/** Stands for "out of the nozzle" where a slot is named. */
const NO_SLOT = 255;
/** The printer takes what it knows of the spool. */
const BY_ITSELF = -1;
/** °C for a spool of which nothing is known: hot enough for most, too hot for none. */
const UNLOAD_AT = 220;
const HOTTEST = 1_000;

/** °C, and hours, that the units with a dryer take. */
export const DRY_FROM = 45;
export const DRY_TO = Object.freeze({ ams_2_pro: 65, ams_ht: 85 } as const);
export const LONGEST_DRYING = 24;
/** °C below which a spool is taken to be cool again after drying. */
const COOLED_DOWN = 35;

/** The first firmware that reads a tag again by a command of its own, by the beginning of the model's name. */
const since = (model: string, ...version: number[]) =>
	Object.freeze([model, Object.freeze(version)] as const);
const RFID_COMMAND_SINCE = Object.freeze([since("A1", 1, 6), since("P1", 1, 8, 1), since("X1C", 1, 9)]);

const inUnit: Guard<{ readonly spool: SpoolPlace }> = ({ spool }) =>
	typeof spool === "string"
		? failed("not_supported", "Only a unit can read a spool's tag, not the holder outside.")
		: undefined;

interface Setting {
	readonly color: string;
	readonly nozzleMin: number;
	readonly nozzleMax: number;
}

const setting: Guard<Setting> = ({ color, nozzleMin, nozzleMax }, { capabilities }) => {
	if (!/^([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(color))
		return failed("bad_field", '"color" has to be 6 or 8 hex digits: RRGGBB or RRGGBBAA.');
	if (nozzleMin > nozzleMax) return failed("out_of_range", '"nozzleMin" must not be above "nozzleMax".');
	return withinLimit(nozzleMax, capabilities.maxNozzle, "the nozzle");
};

/** Units without a dryer, and printers that take the command and do nothing. */
const canDry: Guard<{ readonly unit: number }> = ({ unit: id }, { state, capabilities }) => {
	const unit = state.filament.units.find((other) => other.id === id);
	if (!unit) return failed("not_supported", `The printer has no unit ${id}.`);
	if (unit.kind !== "ams_2_pro" && unit.kind !== "ams_ht")
		return failed("not_supported", "That unit has no dryer.");
	return capabilities.drying
		? undefined
		: failed("not_supported", "This printer does not let others start its dryer. Use its screen.");
};

const dryLimit: Guard<{ readonly unit: number; readonly target: number }> = ({ unit, target }, { state }) => {
	const kind = state.filament.units.find(({ id }) => id === unit)?.kind;
	const limit = kind === "ams_ht" ? DRY_TO.ams_ht : DRY_TO.ams_2_pro;
	return target >= DRY_FROM && target <= limit
		? undefined
		: failed("out_of_range", `That unit dries at ${DRY_FROM} to ${limit} °C.`);
};

interface PressureAdvance {
	readonly spool: SpoolPlace;
	readonly profile?: number;
	readonly filamentId?: string;
	readonly nozzleDiameter?: string;
	readonly k?: number;
}

/** Printers that report a version of their table choose a line of it; older ones keep one number a spool. */
const pressureAdvance: Guard<PressureAdvance> = (values, context) => {
	const { profile, filamentId, k } = values;
	if (context.print.cali_version === undefined)
		return k !== undefined && profile === undefined
			? undefined
			: failed("bad_field", 'This printer has no profiles: send "k", and no "profile".');
	if (profile === undefined || filamentId === undefined || k !== undefined)
		return failed("bad_field", 'This printer has profiles: send "profile" and "filamentId", and no "k".');
	return diameterOf(values, context) === undefined
		? failed("bad_field", 'The printer has not said its nozzle\'s diameter: send "nozzleDiameter".')
		: undefined;
};

interface AmsOptions {
	readonly readOnInsert?: boolean;
	readonly readAtStart?: boolean;
	readonly trackRemaining?: boolean;
}

const someOption: Guard<AmsOptions> = (values, context) => {
	if (Object.keys(values).length === 0) return failed("bad_field", "No option is given.");
	return Object.values(amsOptions(values, context)).includes(undefined)
		? failed(
				"bad_field",
				'The printer has not said how its options are: send "readOnInsert", "readAtStart" and "trackRemaining".',
			)
		: undefined;
};

interface Step {
	readonly step: string;
	readonly confirm?: boolean;
}

const abortConfirmed: Guard<Step> = ({ step, confirm }) =>
	step === "abort" && confirm !== true
		? failed("not_confirmed", 'This ends the job. Send "confirm": true if that is meant.')
		: undefined;

const resetAtRest: Guard<Step> = (values, context) =>
	values.step === "reset" ? atRest(values, context) : undefined;

export const filamentCommands: CommandTable = Object.freeze({
	load: entry({
		fields: { spool: place },
		guards: [placeExists, spoolInPlace, notRunning],
		build: ({ spool }, context) => print("ams_change_filament", loadFields(spool, context)),
	}),
	unload: entry({
		fields: {},
		confirm: true,
		guards: [notRunning],
		build: (_values, context) => {
			const { active } = context.state.filament;
			if (active === undefined || active === "external") {
				if (hasLegacyUnload(context)) return print("unload_filament");
			}
			const spool = active ?? "external";
			const temperature = slotAt(spool, context)?.nozzleMax ?? UNLOAD_AT;
			return print("ams_change_filament", {
				ams_id: unitOf(spool),
				slot_id: NO_SLOT,
				target: NO_SLOT,
				curr_temp: temperature,
				tar_temp: temperature,
			});
		},
	}),
	filament_setting: entry({
		fields: {
			spool: place,
			/** "PLA" */
			material: text(1, 32),
			/** Of the slicer's profile: "GFA00". */
			filamentId: text(1, 16),
			settingId: optional(text(0, 32)),
			color: text(6, 8),
			nozzleMin: whole(1, HOTTEST),
			nozzleMax: whole(1, HOTTEST),
		},
		guards: [setting, placeExists, spoolInPlace, describable, editableNow],
		build: ({ spool, material, filamentId, settingId = "", color, nozzleMin, nozzleMax }) =>
			print("ams_filament_setting", {
				ams_id: unitOf(spool),
				slot_id: typeof spool === "string" ? 0 : spool.slot,
				// Here it counts within the unit; 254 stands for both spools outside.
				tray_id: typeof spool === "string" ? 254 : spool.slot,
				tray_info_idx: filamentId,
				setting_id: settingId,
				tray_color: color.length === 6 ? `${color.toUpperCase()}FF` : color.toUpperCase(),
				nozzle_temp_min: nozzleMin,
				nozzle_temp_max: nozzleMax,
				tray_type: material,
			}),
	}),
	read_tag: entry({
		fields: { spool: place },
		guards: [inUnit, placeExists, spoolInPlace, atRest],
		build: ({ spool }, { state }) => {
			if (typeof spool === "string") return [];
			const version = RFID_COMMAND_SINCE.find(([model]) => state.model.startsWith(model))?.[1];
			return version === undefined || isAtLeast(state.firmware, version)
				? print("ams_get_rfid", { ams_id: spool.unit, slot_id: spool.slot })
				: gcode(`M620 R${flatSlot(spool)}\n`);
		},
	}),
	/** `target` in °C. */
	dry_start: entry({
		fields: {
			unit: whole(0, 255),
			material: text(1, 32),
			target: whole(0, HOTTEST),
			hours: whole(1, LONGEST_DRYING),
			rotate: optional(flag),
		},
		guards: [canDry, dryLimit],
		build: ({ unit, material, target, hours, rotate = false }) =>
			print("ams_filament_drying", {
				ams_id: unit,
				mode: 1,
				filament: material,
				temp: target,
				duration: hours,
				humidity: 0,
				rotate_tray: rotate,
				cooling_temp: COOLED_DOWN,
				close_power_conflict: false,
			}),
	}),
	dry_stop: entry({
		fields: { unit: whole(0, 255) },
		guards: [canDry],
		build: ({ unit }) =>
			print("ams_filament_drying", {
				ams_id: unit,
				mode: 0,
				filament: "",
				temp: 0,
				duration: 0,
				humidity: 0,
				rotate_tray: false,
				cooling_temp: 0,
				close_power_conflict: false,
			}),
	}),
	/** `profile` is the number in the printer's table, −1 its own default. */
	pressure_advance: entry({
		fields: {
			spool: place,
			profile: optional(whole(-1, 10_000)),
			filamentId: optional(text(1, 16)),
			nozzleDiameter: optional(word("0.2", "0.4", "0.6", "0.8")),
			k: optional(decimal(0, 2)),
		},
		guards: [pressureAdvance, placeExists, spoolInPlace, editableNow],
		build: (values, context) => {
			const { spool, profile, filamentId, k } = values;
			if (profile === undefined)
				return print("extrusion_cali_set", {
					tray_id: typeof spool === "string" ? 254 : flatSlot(spool),
					k_value: k,
					n_coef: LEGACY_N,
				});
			return print("extrusion_cali_sel", {
				tray_id: typeof spool === "string" ? unitOf(spool) : flatSlot(spool),
				...unitAndSlot(spool),
				cali_idx: profile,
				filament_id: filamentId,
				nozzle_diameter: diameterOf(values, context),
			});
		},
	}),
	/** What is not given stays as it is. */
	ams_options: entry({
		fields: { readOnInsert: optional(flag), readAtStart: optional(flag), trackRemaining: optional(flag) },
		guards: [someOption],
		build: (values, context) => print("ams_user_setting", { ams_id: -1, ...amsOptions(values, context) }),
	}),
	/** What the printer's own buttons do when a change of filament got stuck. */
	ams_control: entry({
		fields: { step: word("resume", "reset", "pause", "done", "abort"), confirm: optional(flag) },
		guards: [abortConfirmed, resetAtRest],
		build: ({ step }) => print("ams_control", { param: step }),
	}),
});

/** Of the old form of pressure advance, where no printer uses another value. */
const LEGACY_N = 1.4;

function loadFields(spool: SpoolPlace, context: CommandContext): Readonly<Record<string, unknown>> {
	if (typeof spool !== "string")
		return {
			ams_id: spool.unit,
			slot_id: spool.slot,
			target: flatSlot(spool),
			curr_temp: BY_ITSELF,
			tar_temp: BY_ITSELF,
		};
	if (context.capabilities.nozzles === 1)
		return { ams_id: 255, slot_id: 254, target: 254, curr_temp: BY_ITSELF, tar_temp: BY_ITSELF };
	// With two nozzles the printer does not look up the temperatures of a spool outside.
	const nozzle = spool === "external" ? 0 : 1;
	return {
		...unitAndSlot(spool),
		target: unitOf(spool),
		curr_temp: Math.round(context.state.nozzles[nozzle]?.current ?? 0),
		tar_temp: slotAt(spool, context)?.nozzleMax ?? UNLOAD_AT,
	};
}

/** Older firmware of enclosed models; printers whose toolhead moves in Z never knew it. */
function hasLegacyUnload({ print: report, capabilities }: CommandContext): boolean {
	return report.fun === undefined && capabilities.bedMovesInZ;
}

/** Of the nozzle that this spool feeds, as far as the printer tells. */
function diameterOf(
	{ nozzleDiameter, spool }: Pick<PressureAdvance, "nozzleDiameter" | "spool">,
	context: CommandContext,
): string | undefined {
	return nozzleDiameter ?? context.state.nozzles[fedNozzle(spool, context)]?.diameterMm?.toFixed(1);
}

function fedNozzle(spool: SpoolPlace, context: CommandContext): number {
	if (typeof spool === "string") return spool === "external" ? 0 : 1;
	const unit = context.state.filament.units.find(({ id }) => id === spool.unit);
	return unit?.nozzle ?? activeNozzle(context);
}

function amsOptions(
	{ readOnInsert, readAtStart, trackRemaining }: AmsOptions,
	{ print: { ams } }: CommandContext,
) {
	return {
		startup_read_option: readAtStart ?? ams?.power_on_flag,
		tray_read_option: readOnInsert ?? ams?.insert_flag,
		calibrate_remain_flag: trackRemaining ?? ams?.calibrate_remain_flag,
	};
}
