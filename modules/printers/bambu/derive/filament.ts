import type { PrinterCapabilities } from "../../capabilities";
import type { FilamentSlot, FilamentState, FilamentUnit, FilamentUnitKind } from "../../printer-state";
import { hexBit } from "../hex-bits";
import { Section } from "../report-fields";
import type { ReportChanges } from "../report-merge";
import type { AmsReport, ModuleReport, PrintReport, TrayReport, UnitReport } from "../report-schema";
import { A2L_UNIT, FIRST_HT_UNIT, trayExistBit, unitExistBit } from "../unit-bits";
import { activeExtruder } from "./nozzles";

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
const MEASURES_REST = 1 << 7;

/** Of `tray_now`. */
const EXTERNAL_TRAY = 254;
const NO_TRAY = 255;
/** Of `snow`: its high byte for the external spools of the right and the left nozzle. */
const EXTERNAL_UNITS: readonly number[] = Object.freeze([0xff, 0xfe]);

/** What did not change is that of `before`: units have much to say, and mostly one thing of it changes. */
export function deriveFilament(
	printer: FilamentSource,
	changes: ReportChanges,
	before: FilamentState,
): FilamentState {
	const { changed } = changes;
	const { print } = printer;
	const filament: FilamentState = { ...before };
	if (changed & Section.filament) {
		filament.units = deriveUnits(printer);
		const tracks = printer.spoolDetails ? tracksRemaining(print) : undefined;
		if (tracks !== undefined) filament.tracksRemaining = tracks;
		else delete filament.tracksRemaining;
	} else if (changed & (Section.units | Section.trays))
		filament.units = deriveUnits({ ...printer, changes }, before.units);
	if (changed & Section.externalSpools) filament.external = deriveExternal(print);
	if (changed & Section.activeSpool) {
		const active = deriveActive(print);
		if (active) filament.active = active;
		else delete filament.active;
	}
	return filament;
}

/** What filament is described by. */
export interface FilamentSource {
	print: PrintReport;
	modules: readonly ModuleReport[];
	capabilities: PrinterCapabilities;
	/** See `Platform.spoolDetails`. */
	spoolDetails: boolean;
}

/** Without `changes`, all units are described anew. */
interface Source extends FilamentSource {
	changes?: ReportChanges;
}

/** `before` has the same units in the same order, if it has any. */
function deriveUnits(source: Source, before: readonly FilamentUnit[] = []): FilamentUnit[] {
	const { ams: reports = [] } = source.print.ams ?? {};
	return reports.map((report, index) => {
		const known = before[index];
		return known && !source.changes?.entries.includes(report) ? known : deriveUnit(report, source, known);
	});
}

function deriveUnit(report: UnitReport, source: Source, before: FilamentUnit | undefined): FilamentUnit {
	const { id, humidity_raw, humidity, temp, dry_time } = report;
	const kind = unitKind(report, source.modules);
	const unit: FilamentUnit = { id, kind, slots: [] };
	const nozzle = source.capabilities.nozzles === 2 ? unitNozzle(report) : undefined;
	if (nozzle !== undefined) unit.nozzle = nozzle;
	// An AMS Lite sends values for sensors and a dryer that it does not have.
	if (kind !== "ams_lite") {
		if (humidity_raw !== undefined) unit.humidityPercent = humidity_raw;
		// 0 stands for "not given".
		if (humidity) unit.humidityLevel = humidity;
		// Old firmware sends 0 °C for "not measured".
		if (temp !== undefined && !(temp === 0 && humidity_raw === undefined)) unit.temperature = temp;
		if (dry_time !== undefined) unit.dryingMinutes = dry_time;
	}
	if (before && !(source.changes && source.changes.changed & Section.trays)) unit.slots = before.slots;
	else unit.slots = deriveSlots(report, kind, source, before?.slots);
	return unit;
}

function deriveSlots(
	{ id, tray: reports = [] }: UnitReport,
	kind: FilamentUnitKind,
	source: Source,
	before: readonly FilamentSlot[] = [],
): FilamentSlot[] {
	const { print, changes } = source;
	return reports.map((report, index) => {
		const known = before[index];
		return known && !changes?.entries.includes(report) ? known : deriveSlot(report, id, kind, print);
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

/** `undefined` for a unit that is not bound to one, or to both. */
function unitNozzle({ info = "" }: UnitReport): 0 | 1 | undefined {
	const nozzle = info[info.length - 3];
	if (nozzle === "0") return 0;
	return nozzle === "1" ? 1 : undefined;
}

function deriveSlot(
	tray: TrayReport,
	unit: number,
	kind: FilamentUnitKind,
	print: PrintReport,
): FilamentSlot {
	const { ams = {} } = print;
	const state = slotState(tray, unit, ams);
	if (state === "empty") return { id: tray.id, state };
	const slot = describeSpool(tray, state);
	if (isReading(tray, unit, ams)) slot.isReading = true;
	const { remain = -1 } = tray;
	// −1 is "unknown"; without a tag the printer cannot know; 0 without tracking only means "not measured".
	const meaningful = remain > 0 || (remain === 0 && tracksRemaining(print) === true);
	if (slot.spoolUuid && kind !== "ams_lite" && meaningful && remain <= 100) slot.remainPercent = remain;
	return slot;
}

function tracksRemaining({ ams = {}, home_flag }: PrintReport): boolean | undefined {
	if (ams.calibrate_remain_flag !== undefined) return ams.calibrate_remain_flag;
	return home_flag === undefined ? undefined : (home_flag & MEASURES_REST) !== 0;
}

/** Bits that deny the unit itself do not describe its trays. */
function isDescribed(unit: number, { ams_exist_bits = "" }: AmsReport): boolean {
	return hexBit(ams_exist_bits, unitExistBit(unit));
}

function isReading(tray: TrayReport, unit: number, ams: AmsReport): boolean {
	const { tray_reading_bits = "", tray_read_done_bits: done, insert_flag } = ams;
	if (!isDescribed(unit, ams)) return false;
	const bit = trayExistBit(unit, tray.id);
	// A printer that is told not to read spools when they are put in never will be done with this one.
	const isDone = !done || hexBit(done, bit) || insert_flag === false;
	return hexBit(tray_reading_bits, bit) || !isDone;
}

function slotState(tray: TrayReport, unit: number, ams: AmsReport): FilamentSlot["state"] {
	if (EMPTY_TRAY_STATES.includes(tray.state)) return "empty";
	if (
		isDescribed(unit, ams) &&
		ams.tray_exist_bits !== undefined &&
		!hexBit(ams.tray_exist_bits, trayExistBit(unit, tray.id))
	)
		return "empty";
	if (tray.tray_type) return "loaded";
	return tray.tray_type === undefined && tray.state === undefined ? "empty" : "unknown";
}

function describeSpool(tray: TrayReport, state: FilamentSlot["state"]): FilamentSlot {
	const slot: FilamentSlot = { id: tray.id, state };
	const digits = color(tray.tray_color);
	if (tray.tray_type) slot.material = tray.tray_type;
	if (tray.tray_sub_brands) slot.name = tray.tray_sub_brands;
	if (digits) slot.color = digits;
	if (tray.tray_weight && tray.tray_weight > 0) slot.fullGrams = tray.tray_weight;
	if (tray.nozzle_temp_min) slot.nozzleMin = tray.nozzle_temp_min;
	if (tray.nozzle_temp_max) slot.nozzleMax = tray.nozzle_temp_max;
	// A tag's id is never all zeros.
	if (tray.tray_uuid && Number.parseInt(tray.tray_uuid, 16) !== 0) slot.spoolUuid = tray.tray_uuid;
	return slot;
}

function color(digits = ""): string | undefined {
	// All zeros, wholly transparent black, is what printers send for "never set".
	const isColor = digits.trim().length === 8 && digits.length === 8 && Number(`0x${digits}`) > 0;
	return isColor ? digits.toUpperCase() : undefined;
}

/** The spool holders outside of any unit. Whether a spool hangs there is not reported, only what was entered. */
function deriveExternal({ vir_slot, vt_tray }: PrintReport): FilamentSlot[] {
	const trays = vir_slot ?? (vt_tray && hasId(vt_tray) ? [vt_tray] : []);
	return trays.map((tray) => describeSpool(tray, tray.tray_type ? "loaded" : "unknown"));
}

function hasId<T extends { id?: number }>(tray: T): tray is T & { id: number } {
	return tray.id !== undefined;
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
