// The `ams` block of a status report, and the trays outside of it.

import type { JsonObject, JsonValue } from "./json";
import type { Machine } from "./machine";
import {
	type AmsKind,
	type AmsUnit,
	builtInUnit,
	canDry,
	externalUnit,
	flatTray,
	type Spool,
	type TrayAddress,
	trayBit,
	unitBit,
	unknownSpool,
} from "./spools";
import { readOf } from "./tag-reads";

const noUuid = "0".repeat(32);
const noChip = "0".repeat(16);
const noXcam = "0".repeat(24);

const kindNumbers: Readonly<Record<AmsKind, number>> = { ams: 1, ams_lite: 2, ams_2_pro: 3, ams_ht: 4 };

export function amsReport(machine: Machine): JsonObject {
	const { units, model, change, amsOptions } = machine;
	const extended = model.dialect === "extended";
	const unitBits = units.reduce((bits, { id }) => bits | (1 << unitBit(id)), 0).toString(16);
	const full = units.flatMap(({ id, slots }) =>
		slots.flatMap((spool, slot) => (spool === undefined ? [] : [{ unit: id, slot }])),
	);
	const trayBits = bitsOf(full);
	const loaded = machine.loaded[machine.activeNozzle];
	return {
		ams: units.map((unit) => unitReport(machine, unit)),
		ams_exist_bits: unitBits,
		...(extended ? { ams_exist_bits_raw: unitBits, cali_id: 255, cali_stat: 0, unbind_ams_stat: 0 } : {}),
		tray_exist_bits: trayBits,
		tray_is_bbl_bits: trayBits,
		tray_tar: trayNumber(machine, change === undefined ? loaded : change.to),
		tray_now: trayNumber(machine, loaded),
		tray_pre: trayNumber(machine, machine.previous[machine.activeNozzle]),
		tray_read_done_bits: bitsOf(full.filter((tray) => readOf(machine, tray) === undefined)),
		tray_reading_bits: bitsOf(full.filter((tray) => readOf(machine, tray)?.remainingMs !== undefined)),
		version: machine.amsVersion,
		insert_flag: amsOptions.readOnInsert,
		power_on_flag: amsOptions.readAtStart,
		calibrate_remain_flag: amsOptions.trackRemaining,
	};
}

/** `vt_tray` and `vir_slot`, those of the two that the model sends. */
export function externalReport({ model, external }: Machine): JsonObject {
	const { vtTray, slotIds } = model.externalSpool;
	// On two nozzles 255 is the right one and 254 the left one; older printers call their only one 254.
	const spoolOf = (id: string): Spool | undefined => external[slotIds.length > 1 && id === "254" ? 1 : 0];
	const vtId = slotIds.length === 0 ? "254" : "255";
	return {
		...(vtTray ? { vt_tray: externalTray(model.dialect, vtId, external[0]) } : {}),
		...(slotIds.length > 0
			? { vir_slot: slotIds.map((id) => externalTray(model.dialect, id, spoolOf(id))) }
			: {}),
	};
}

/** Hex digits. */
function bitsOf(trays: readonly TrayAddress[]): string {
	return trays.reduce((bits, tray) => bits | (1 << trayBit(tray)), 0).toString(16);
}

/** A tray of a unit. An empty one is its id, on some models with a state, and nothing else. */
function trayReport(machine: Machine, unit: AmsUnit, slot: number): JsonObject {
	const { dialect, emptySlotState } = machine.model;
	const id = String(slot);
	const there = unit.slots[slot];
	if (there === undefined) return emptySlotState === undefined ? { id } : { id, state: emptySlotState };
	const spool = readOf(machine, { unit: unit.id, slot })?.isNew ? unknownSpool() : there;
	return {
		...spoolReport(dialect, id, spool),
		state: dialect === "compact" ? 3 : spool.material === "" ? 9 : 11,
		remain: remaining(machine, unit, spool),
		total_len: 330_000,
		ctype: 0,
		cols: [spool.color],
	};
}

function unitReport(machine: Machine, unit: AmsUnit): JsonObject {
	const { drying, kind, humidity } = unit;
	return {
		id: String(unit.id),
		humidity: String(humidityLevel(humidity)),
		humidity_raw: String(humidity),
		temp: unit.temperatureC.toFixed(1),
		dry_time: drying === undefined ? 0 : Math.ceil(drying.remainingMs / 60_000),
		info: unitInfo(unit),
		...(machine.model.dialect === "compact" ? { chip_id: chipId(unit), check: 0 } : {}),
		...(canDry(kind)
			? {
					dry_setting: {
						dry_filament: drying?.filament ?? "",
						dry_temperature: drying?.temperatureC ?? 0,
						dry_duration: drying?.hours ?? 0,
					},
				}
			: {}),
		tray: unit.slots.map((_, slot) => trayReport(machine, unit, slot)),
	};
}

/** Hex: bits 0–3 the kind, 4–7 drying, 8–11 the nozzle it feeds, 18–21 its fans. */
function unitInfo({ id, kind, nozzle, drying }: AmsUnit): string {
	const family = canDry(kind) ? 0x2000 : 0x1000;
	const kindNumber = id === builtInUnit ? 5 : kindNumbers[kind];
	const dryingBits = drying === undefined ? 0 : 0x140020;
	return (family | kindNumber | (nozzle << 8) | dryingBits).toString(16);
}

function chipId({ id }: AmsUnit): string {
	return `0000000000000000000000000000${id.toString(16).padStart(3, "0")}`;
}

/** 5 is dry, 1 is wet. */
function humidityLevel(percent: number): number {
	const limits = [18, 24, 26, 28];
	const passed = limits.findIndex((limit) => percent <= limit);
	return passed === -1 ? 1 : 5 - passed;
}

function trayNumber({ model }: Machine, tray: TrayAddress | undefined): string {
	if (tray === undefined) return "255";
	// Printers with two nozzles give the slot within its unit only; the unit is in the `device` block.
	return String(model.nozzles > 1 && tray.unit !== externalUnit ? tray.slot : flatTray(tray));
}

function externalTray(dialect: "compact" | "extended", id: string, spool: Spool | undefined): JsonObject {
	const color = spool?.color ?? "00000000";
	const shared = { ...spoolReport(dialect, id, spool), remain: 0 };
	return dialect === "compact" ? shared : { ...shared, total_len: 330_000, ctype: 0, cols: [color] };
}

/** The fields that trays in units and outside of them share. */
function spoolReport(dialect: "compact" | "extended", id: string, spool: Spool | undefined): JsonObject {
	const tagged = spool?.tag;
	const drying =
		tagged === undefined ? { temperatureC: 0, hours: 0 } : (spool?.drying ?? { temperatureC: 0, hours: 0 });
	const byDialect: Record<string, JsonValue> =
		dialect === "compact"
			? {
					k: spool?.k ?? 0.02,
					n: 1,
					tray_temp: String(drying.temperatureC),
					tray_time: String(drying.hours),
				}
			: { drying_temp: String(drying.temperatureC), drying_time: String(drying.hours) };
	return {
		id,
		...byDialect,
		cali_idx: spool?.calibration ?? -1,
		tag_uid: tagged?.chip ?? noChip,
		tray_id_name: tagged?.variant ?? "",
		tray_info_idx: spool?.profileId ?? "",
		tray_type: spool?.material ?? "",
		tray_sub_brands: spool?.productName ?? "",
		tray_color: spool?.color ?? "00000000",
		tray_weight: tagged === undefined ? "0" : String(spool?.weightGrams ?? 0),
		tray_diameter: tagged === undefined && dialect === "compact" ? "0.00" : "1.75",
		bed_temp_type: "0",
		bed_temp: "0",
		nozzle_temp_max: String(spool?.nozzleMaxC ?? 0),
		nozzle_temp_min: String(spool?.nozzleMinC ?? 0),
		xcam_info: noXcam,
		tray_uuid: tagged?.uuid ?? noUuid,
	};
}

/** Whole percent; -1 for a spool without a tag, of which the printer does not know; 0 where nothing is measured. */
function remaining(
	{ amsOptions }: Machine,
	{ kind }: AmsUnit,
	{ tag, remainingGrams, weightGrams }: Spool,
): number {
	if (!amsOptions.trackRemaining || kind === "ams_lite") return 0;
	return tag === undefined ? -1 : Math.round((100 * remainingGrams) / weightGrams);
}
