// Which keys of a Bambu printer's messages Culm wants, of which type, and what depends on each of them.
// Keys and types as seen on the wire in reports of A1, P1P, P2S, X1C and H2D printers.

import {
	bits,
	byId,
	decimal,
	type Field,
	type Fields,
	type FieldValues,
	fieldNames,
	flag,
	hexBit,
	type IgnoredField,
	ignored,
	ignoredNames,
	list,
	number,
	numbers,
	object,
	Section,
	type Sections,
	text,
} from "./report-fields";

const { job, jobName, nozzles, nozzleTemperatures, bed, chamber, fans, lights, faults, control, model } =
	Section;
const { none, door, capabilities } = Section;
const { filament, units, trays, externalSpools, activeSpool } = Section;

/** Of files and jobs. */
const NAME_LENGTH = 256;

/** Of filaments of a plate: more than the slicer takes. */
const MAX_FILAMENTS = 32;

/** Of a spool, its unit or the air ducts: kept where there is room for it, of use by its presence alone where there is none. */
type Detail = <F extends Field>(field: F) => F | IgnoredField;
/** Of use as a whole, where there is room for it; not even known where there is none. */
type Extra = <F extends Fields>(fields: F) => F;

/**
 * One spool's place: in a unit, or the holder outside. The ignored keys may come alone in a delta;
 * a parser that dropped them would make such an entry look like an empty tray.
 */
const tray = (sections: Sections, detail: Detail) => ({
	state: number(sections),
	tray_type: text(sections),
	tray_sub_brands: detail(text(sections)),
	tray_color: detail(text(sections)),
	tray_uuid: detail(text(sections)),
	nozzle_temp_min: detail(decimal(sections)),
	nozzle_temp_max: detail(decimal(sections)),
	remain: detail(decimal(sections)),
	tray_weight: detail(decimal(sections)),
	bed_temp: ignored,
	bed_temp_type: ignored,
	cali_idx: ignored,
	cols: ignored,
	ctype: ignored,
	drying_temp: ignored,
	drying_time: ignored,
	k: ignored,
	n: ignored,
	remain_g: ignored,
	setting_id: ignored,
	tag_uid: ignored,
	total_len: ignored,
	tray_diameter: ignored,
	tray_id_name: ignored,
	tray_info_idx: ignored,
	tray_temp: ignored,
	tray_time: ignored,
	xcam_info: ignored,
});

const unit = (detail: Detail) => ({
	/** Hex: bits 0–3 say which kind of unit, 8–11 which nozzle it feeds. */
	info: text(filament),
	humidity: detail(decimal(units)),
	humidity_raw: detail(decimal(units)),
	temp: detail(decimal(units)),
	dry_time: detail(number(units)),
	tray: byId(filament, tray(trays, detail), { clearsWhenBare: true }),
});

const ams = (detail: Detail, extra: Extra) =>
	object({
		/** Four units and eight AMS HT are the most that a printer takes. */
		ams: byId(filament, unit(detail), { maxEntries: 16 }),
		ams_exist_bits: text(filament),
		tray_exist_bits: text(filament),
		tray_now: text(activeSpool),
		calibrate_remain_flag: flag(filament),
		insert_flag: flag(filament),
		power_on_flag: flag(none),
		...extra({ tray_reading_bits: text(filament), tray_read_done_bits: text(filament) }),
	});

/** Sent by printers of 2025 and later, and by X1 with recent firmware. Temperatures are packed here. */
const device = (detail: Detail) =>
	object({
		extruder: object({
			state: number(nozzles | activeSpool),
			info: byId(nozzles | activeSpool, {
				temp: number(nozzleTemperatures),
				snow: number(activeSpool),
			}),
		}),
		nozzle: object({
			info: byId(nozzles, { diameter: decimal(nozzles), type: text(nozzles) }),
		}),
		bed: object({ info: object({ temp: number(bed) }) }),
		ctc: object({ info: object({ temp: number(chamber) }) }),
		airduct: object({
			modeCur: detail(number(fans)),
			modeList: detail(list(capabilities | fans, { modeId: number(capabilities | fans) })),
			parts: byId(fans, { state: number(fans) }, { maxEntries: 16 }),
		}),
	});

const print = (detail: Detail, extra: Extra) =>
	object({
		gcode_state: text(job | faults),
		subtask_name: text(jobName, NAME_LENGTH),
		gcode_file: text(jobName, NAME_LENGTH),
		mc_percent: number(job),
		mc_remaining_time: number(job),
		layer_num: number(job),
		total_layer_num: number(job),
		"3D": object({ layer_num: number(job), total_layer_num: number(job) }),
		stg_cur: number(job),
		spd_lvl: number(job),

		nozzle_temper: number(nozzleTemperatures),
		nozzle_target_temper: number(nozzleTemperatures),
		nozzle_diameter: decimal(nozzles),
		nozzle_type: text(nozzles),
		bed_temper: number(bed),
		bed_target_temper: number(bed),
		chamber_temper: number(chamber),

		cooling_fan_speed: decimal(fans),
		big_fan1_speed: decimal(fans),
		big_fan2_speed: decimal(fans),
		lights_report: list(lights, { node: text(lights), mode: text(lights) }),

		ams: ams(detail, extra),
		vt_tray: object({ id: decimal(externalSpools), ...tray(externalSpools, detail) }),
		vir_slot: byId(externalSpools, tray(externalSpools, detail)),
		/**
		 * 0–2: X, Y and Z are homed. 7: the printer estimates how much is left on a spool. 23: the door of an X1
		 * is open.
		 */
		home_flag: bits({ 0: none, 1: none, 2: none, 7: filament, 23: door }),
		/** The door of other printers. */
		stat: hexBit(door, 23),

		print_error: number(faults | job),
		hms: list(faults | control, { attr: number(faults), code: number(faults) }),
		fun: text(control | capabilities),
		fun2: text(capabilities),

		/** 3: what a spool is may be changed while a job runs. */
		flag3: bits({ 3: none }),
		/** Sent by firmware that has a table of pressure advance. */
		cali_version: number(none),
		subtask_id: text(job),
		job_id: text(job),
		...extra({
			task_id: text(job),
			/** Seconds since 1970, from older firmware. */
			gcode_start_time: text(job),
			/** By filament of the plate: its unit in the high byte, its slot in the low one. */
			mapping: numbers(job, MAX_FILAMENTS),
		}),

		device: device(detail),
	});

const info = object({
	module: list(model, {
		name: text(model),
		project_name: text(model),
		product_name: text(model),
		hw_ver: text(model),
		sw_ver: text(model),
	}),
});

const message = (detail: Detail, extra: Extra) => object({ print: print(detail, extra), info });

/** All other sections that printers send. They are no reason for a warning. */
const OTHER_SECTIONS = [
	"system",
	"pushing",
	"camera",
	"xcam",
	"upgrade",
	"update",
	"security",
	"event",
	"mc_print",
	"liveview",
];

/** Of a section that answers a command. */
const ACK_KEYS = ["sequence_id", "result", "reason", "err_code", "errno"];

/** Of the command that starts a job, which printers repeat for all to hear. */
const START_KEYS = Object.freeze(["param", "file", "use_ams", "ams_mapping", "ams_mapping2"]);
/** Within the last of them. */
const START_SLOT_KEYS = Object.freeze(["ams_id", "slot_id"]);

/** `startKeys`: those of {@link START_KEYS} that are of use. */
function createSchema(detail: Detail, extra: Extra, startKeys: readonly string[]) {
	const { fields } = message(detail, extra);
	const sections = [...Object.keys(fields), ...OTHER_SECTIONS];
	/** The sections, and the keys that say what is in one. */
	const sectionKeys = [...sections, "command", "msg", ...ACK_KEYS, ...startKeys];
	const ignoredKeys = ignoredNames(fields);
	const startSlotKeys = startKeys.length > 0 ? START_SLOT_KEYS : [];
	const used = new Set([...sectionKeys, ...startSlotKeys, ...fieldNames(fields)]);
	const wantedKeys = [...used, ...ignoredKeys];
	const flatKeys = [
		...new Set([...sectionKeys, ...Object.values(fields).flatMap((section) => Object.keys(section.fields))]),
	];
	Object.freeze(wantedKeys);
	Object.freeze(flatKeys);
	return Object.freeze({
		fields,
		knownSections: new Set(sections) as ReadonlySet<string>,
		/** Whose values are wanted. */
		usedKeys: used as ReadonlySet<string>,
		/** Of which only matters that they are there; {@link IGNORED_KEY} is one of them. */
		ignoredKeys: new Set(ignoredKeys) as ReadonlySet<string>,
		/** Both, for a parser that builds only these keys (XS), so that a report does not fill the heap. */
		wantedKeys,
		/** Those of them that a message can have that holds nothing but sections of plain values. */
		flatKeys,
	});
}

/** Everything Culm has a use for. */
export const reportSchema = createSchema(
	(field) => field,
	(fields) => fields,
	START_KEYS,
);
/** Without air ducts, and of spools and units with the material alone: for a board whose memory is short. */
export const shortReportSchema: ReportSchema = createSchema(
	() => ignored,
	() => ({}) as never,
	[],
);

/** Twenty ignored keys say no more of a spool than this one does, and need twenty times the room. */
export const IGNORED_KEY = "k";

export type ReportSchema = typeof reportSchema;
/** What is known of a printer from its messages so far. */
export type BambuReport = FieldValues<ReportSchema["fields"]>;
export type PrintReport = NonNullable<BambuReport["print"]>;
export type DeviceReport = NonNullable<PrintReport["device"]>;
export type AmsReport = NonNullable<PrintReport["ams"]>;
export type UnitReport = NonNullable<AmsReport["ams"]>[number];
export type TrayReport = NonNullable<UnitReport["tray"]>[number];
export type ModuleReport = NonNullable<NonNullable<BambuReport["info"]>["module"]>[number];
