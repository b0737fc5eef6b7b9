// Which keys of a Bambu printer's messages Culm wants, of which type, and what depends on each of them.
// Keys and types as seen on the wire in reports of A1, P1P, P2S, X1C and H2D printers.

import {
	byId,
	decimal,
	type FieldValues,
	fieldNames,
	flag,
	ignored,
	list,
	number,
	object,
	Section,
	text,
} from "./report-fields";

const { job, nozzles, bed, chamber, fans, lights, filament, faults, control, model } = Section;

/** Of files and jobs. */
const NAME_LENGTH = 256;

/**
 * One spool's place: in a unit, or the holder outside. The ignored keys may come alone in a delta;
 * a parser that dropped them would make such an entry look like an empty tray.
 */
const tray = {
	id: decimal(filament),
	state: number(filament),
	tray_type: text(filament),
	tray_sub_brands: text(filament),
	tray_color: text(filament),
	tray_uuid: text(filament),
	nozzle_temp_min: decimal(filament),
	nozzle_temp_max: decimal(filament),
	remain: decimal(filament),
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
	tray_weight: ignored,
	xcam_info: ignored,
};

const unit = {
	id: decimal(filament),
	/** Hex: bits 0–3 say which kind of unit. */
	info: text(filament),
	humidity: decimal(filament),
	humidity_raw: decimal(filament),
	temp: decimal(filament),
	dry_time: number(filament),
	tray: byId(filament, tray, { clearsWhenBare: true }),
};

const ams = object({
	/** Four units and eight AMS HT are the most that a printer takes. */
	ams: byId(filament, unit, { maxEntries: 16 }),
	ams_exist_bits: text(filament),
	tray_exist_bits: text(filament),
	tray_now: text(filament),
	calibrate_remain_flag: flag(filament),
});

/** Sent by printers of 2025 and later, and by X1 with recent firmware. Temperatures are packed here. */
const device = object({
	extruder: object({
		state: number(nozzles | filament),
		info: byId(nozzles | filament, { id: decimal(nozzles), temp: number(nozzles), snow: number(filament) }),
	}),
	nozzle: object({
		info: byId(nozzles, { id: decimal(nozzles), diameter: decimal(nozzles), type: text(nozzles) }),
	}),
	bed: object({ info: object({ temp: number(bed) }) }),
	ctc: object({ info: object({ temp: number(chamber) }) }),
	airduct: object({ parts: byId(fans, { id: decimal(fans), state: number(fans) }, { maxEntries: 16 }) }),
});

const print = object({
	command: ignored,
	msg: ignored,

	gcode_state: text(job),
	subtask_name: text(job, NAME_LENGTH),
	gcode_file: text(job, NAME_LENGTH),
	mc_percent: number(job),
	mc_remaining_time: number(job),
	layer_num: number(job),
	total_layer_num: number(job),
	"3D": object({ layer_num: number(job), total_layer_num: number(job) }),
	stg_cur: number(job),
	spd_lvl: number(job),

	nozzle_temper: number(nozzles),
	nozzle_target_temper: number(nozzles),
	nozzle_diameter: decimal(nozzles),
	nozzle_type: text(nozzles),
	bed_temper: number(bed),
	bed_target_temper: number(bed),
	chamber_temper: number(chamber),

	cooling_fan_speed: decimal(fans),
	big_fan1_speed: decimal(fans),
	big_fan2_speed: decimal(fans),
	lights_report: list(lights, { node: text(lights), mode: text(lights) }),

	ams,
	vt_tray: object(tray),
	vir_slot: byId(filament, tray),
	home_flag: number(filament),

	print_error: number(faults),
	hms: list(faults | control, { attr: number(faults), code: number(faults) }),
	fun: text(control),

	device,
});

const info = object({
	command: ignored,
	module: list(model, {
		name: text(model),
		project_name: text(model),
		product_name: text(model),
		hw_ver: text(model),
		sw_ver: text(model),
	}),
});

const message = object({ print, info });

export const reportFields = message.fields;

/** What is known of a printer from its messages so far. */
export type BambuReport = FieldValues<typeof reportFields>;
export type PrintReport = FieldValues<(typeof print)["fields"]>;
export type DeviceReport = FieldValues<(typeof device)["fields"]>;
export type AmsReport = FieldValues<(typeof ams)["fields"]>;
export type TrayReport = FieldValues<typeof tray>;
export type ModuleReport = NonNullable<NonNullable<BambuReport["info"]>["module"]>[number];

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

export const knownSections: ReadonlySet<string> = new Set([...Object.keys(reportFields), ...OTHER_SECTIONS]);

/** For a parser that builds only these keys (XS), so that a report of 36 KB does not fill the heap. */
export const wantedKeys: string[] = [...new Set([...fieldNames(reportFields), ...knownSections])];
Object.freeze(wantedKeys);
