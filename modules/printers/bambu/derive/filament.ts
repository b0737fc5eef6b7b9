import { known } from "../../known";
import type { FilamentSlot, FilamentState, FilamentUnit, FilamentUnitKind } from "../../printer-state";
import { hexBit } from "../hex-bits";
import type { AmsReport, ModuleReport, PrintReport, TrayReport } from "../report-schema";
import { A2L_UNIT, FIRST_HT_UNIT, trayExistBit, unitExistBit } from "../unit-bits";
import { activeExtruder } from "./nozzles";

type UnitReport = NonNullable<AmsReport["ams"]>[number];

/** By the lowest digit of a unit's `info`. 5 was seen for the unit built into the A2L. */
const kindsByInfo: readonly (FilamentUnitKind | undefined)[] = Object.freeze([
	undefined,
	"ams",
	"ams_lite",
	"ams_2_pro",
	"ams_ht",
	"ams_lite",
]);

/** By the name of the unit's module in `get_version`, for firmware that sends no `info`. */
const kindsByModule: ReadonlyMap<string, FilamentUnitKind> = new Map([
	["ams", "ams"],
	["ams_f1", "ams_lite"],
	["n3f", "ams_2_pro"],
	["n3s", "ams_ht"],
]);

/** Tray states in which nothing is there, or (10) only the memory of what was. */
const EMPTY_TRAY_STATES: readonly (number | undefined)[] = Object.freeze([0, 8, 10]);

/** Bit of `home_flag`: the printer estimates how much is left on a spool. */
const REMAIN_TRACKING = 7;

/** Of `tray_now`. */
const EXTERNAL_TRAY = 254;
const NO_TRAY = 255;
/** Of `snow`: its high byte for the external spools of the right and the left nozzle. */
const EXTERNAL_UNITS: readonly number[] = Object.freeze([0xff, 0xfe]);

export function deriveFilament(print: PrintReport, modules: readonly ModuleReport[]): FilamentState {
	const ams = print.ams ?? {};
	const tracking = ams.calibrate_remain_flag ?? ((print.home_flag ?? 0) & (1 << REMAIN_TRACKING)) !== 0;
	return known<FilamentState>({
		units: byId(ams.ams ?? []).map((unit) => deriveUnit(unit, ams, modules, tracking)),
		external: deriveExternal(print),
		active: deriveActive(print),
	});
}

function deriveUnit(
	unit: UnitReport & { id: number },
	ams: AmsReport,
	modules: readonly ModuleReport[],
	tracking: boolean,
): FilamentUnit {
	const kind = unitKind(unit, modules);
	// An AMS Lite sends values for sensors and a dryer that it does not have; old firmware sends 0 °C for "not measured".
	const measured = kind !== "ams_lite";
	const temperature = unit.temp === 0 && unit.humidity_raw === undefined ? undefined : unit.temp;
	return known<FilamentUnit>({
		id: unit.id,
		kind,
		humidityPercent: measured ? unit.humidity_raw : undefined,
		// 0 stands for "not given".
		humidityLevel: measured && unit.humidity !== 0 ? unit.humidity : undefined,
		temperature: measured ? temperature : undefined,
		dryingMinutes: measured ? unit.dry_time : undefined,
		slots: byId(unit.tray ?? []).map((tray) => deriveSlot(tray, unit.id, kind, ams, tracking)),
	});
}

function unitKind(
	{ id, info }: { id: number; info?: string },
	modules: readonly ModuleReport[],
): FilamentUnitKind {
	const fromInfo = info && kindsByInfo[Number.parseInt(info.slice(-1), 16)];
	if (fromInfo) return fromInfo;
	for (const { name = "" } of modules) {
		const [type = "", number] = name.split("/");
		const kind = kindsByModule.get(type);
		if (kind && Number(number) === id) return kind;
	}
	return id >= FIRST_HT_UNIT ? "ams_ht" : "ams";
}

function deriveSlot(
	tray: TrayReport & { id: number },
	unit: number,
	kind: FilamentUnitKind,
	ams: AmsReport,
	tracking: boolean,
): FilamentSlot {
	const state = slotState(tray, unit, ams);
	if (state === "empty") return { id: tray.id, state };
	const slot = describeSpool(tray, state);
	const { remain = -1 } = tray;
	// −1 is "unknown"; without a tag the printer cannot know; 0 without tracking only means "not measured".
	const meaningful = remain > 0 || (remain === 0 && tracking);
	if (slot.spoolUuid && kind !== "ams_lite" && meaningful && remain <= 100) slot.remainPercent = remain;
	return slot;
}

function slotState(tray: TrayReport & { id: number }, unit: number, ams: AmsReport): FilamentSlot["state"] {
	if (EMPTY_TRAY_STATES.includes(tray.state)) return "empty";
	// Bits that deny the unit itself do not describe its trays.
	const described = hexBit(ams.ams_exist_bits ?? "", unitExistBit(unit));
	if (
		described &&
		ams.tray_exist_bits !== undefined &&
		!hexBit(ams.tray_exist_bits, trayExistBit(unit, tray.id))
	)
		return "empty";
	if (tray.tray_type) return "loaded";
	return tray.tray_type === undefined && tray.state === undefined ? "empty" : "unknown";
}

function describeSpool(tray: TrayReport & { id: number }, state: FilamentSlot["state"]): FilamentSlot {
	return known<FilamentSlot>({
		id: tray.id,
		state,
		material: tray.tray_type || undefined,
		name: tray.tray_sub_brands || undefined,
		color: color(tray.tray_color),
		nozzleMin: tray.nozzle_temp_min || undefined,
		nozzleMax: tray.nozzle_temp_max || undefined,
		// A tag's id is never all zeros.
		spoolUuid: /^0*$/.test(tray.tray_uuid ?? "") ? undefined : tray.tray_uuid,
	});
}

function color(value: string | undefined): string | undefined {
	const digits = /^[0-9A-Fa-f]{8}$/.test(value ?? "") ? value?.toUpperCase() : undefined;
	// All zeros, wholly transparent black, is what printers send for "never set".
	return digits === "00000000" ? undefined : digits;
}

/** The spool holders outside of any unit. Whether a spool hangs there is not reported, only what was entered. */
function deriveExternal(print: PrintReport): FilamentSlot[] {
	const trays = print.vir_slot ?? (print.vt_tray ? [print.vt_tray] : []);
	return byId(trays).map((tray) => describeSpool(tray, tray.tray_type ? "loaded" : "unknown"));
}

function deriveActive(print: PrintReport): FilamentState["active"] {
	const extruders = print.device?.extruder?.info;
	if (!extruders || extruders.length === 0) return activeTray(print.ams?.tray_now);
	// With two nozzles `tray_now` is wrong; each one says for itself what is in it.
	const active = extruders.length === 1 ? extruders[0]?.id : activeExtruder(print.device);
	const now = extruders.find(({ id }) => id === active)?.snow;
	if (now === undefined) return undefined;
	const unit = (now >>> 8) & 0xff;
	const slot = now & 0xff;
	if (slot === 0xff) return undefined;
	return EXTERNAL_UNITS.includes(unit) ? "external" : { unit, slot };
}

function activeTray(trayNow: string | undefined): FilamentState["active"] {
	if (!trayNow || !/^\d{1,3}$/.test(trayNow)) return undefined;
	const tray = Number(trayNow);
	if (tray === NO_TRAY) return undefined;
	if (tray === EXTERNAL_TRAY) return "external";
	if (tray < 16) return { unit: tray >>> 2, slot: tray & 3 };
	const firstOfA2l = A2L_UNIT * 4;
	if (tray >= firstOfA2l && tray < firstOfA2l + 4) return { unit: A2L_UNIT, slot: tray - firstOfA2l };
	return { unit: tray, slot: 0 };
}

function byId<T extends { id?: number }>(entries: readonly T[]): (T & { id: number })[] {
	return entries
		.filter((entry): entry is T & { id: number } => entry.id !== undefined)
		.sort((a, b) => a.id - b.id);
}
