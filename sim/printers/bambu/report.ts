// The full status report of a machine, field by field as printers send it.

import { withBits, withHexBits } from "./bit-fields";
import { amsStatus } from "./filament-change";
import type { JsonObject, JsonValue } from "./json";
import { type Machine, machineStage, speedPercent } from "./machine";
import {
	gcodeState,
	isActive,
	isUnderWay,
	jobLayer,
	jobPercent,
	jobPreparePercent,
	jobRemainingMinutes,
	jobStages,
} from "./print-job";
import { amsReport, externalReport } from "./report-ams";
import { deviceReport } from "./report-device";
import { canDry, packedTray, unmapped } from "./spools";

/**
 * Everything below `print`, without `command`, `msg` and `sequence_id`. The set of keys is the same in each
 * report of a machine, except within trays: a delta cannot say that a key is gone.
 */
export function fullReport(machine: Machine): JsonObject {
	const shared = sharedReport(machine);
	return machine.model.dialect === "compact"
		? { ...shared, ...compactReport(machine) }
		: { ...shared, ...extendedReport(machine) };
}

/** The modules of `get_version`: firmware, boards, and the units for filament. */
export function versionReport({ model, serial, units }: Machine): JsonObject {
	const unitModules = { ams: "ams", ams_lite: "ams_f1", ams_2_pro: "n3f", ams_ht: "n3s" };
	const unitNames = { ams: "AMS", ams_lite: "AMS Lite", ams_2_pro: "AMS 2 Pro", ams_ht: "AMS HT" };
	const unitBoards = { ams: "AMS08", ams_lite: "AMS_F102", ams_2_pro: "N3F05", ams_ht: "N3S05" };
	const unitSerials = { ams: "006", ams_lite: "03C", ams_2_pro: "19C", ams_ht: "19F" };
	const entry = (fields: Record<string, JsonValue>): JsonObject => ({
		loader_ver: "00.00.00.00",
		product_name: "",
		visible: false,
		flag: 0,
		...fields,
	});
	return {
		module: [
			entry({
				name: "ota",
				sw_ver: model.firmware,
				hw_ver: model.dialect === "compact" ? "OTA" : "N/A",
				sn: serial,
				product_name: model.productName,
				visible: true,
				flag: 3,
			}),
			...model.modules.map((module) =>
				entry({
					name: module.name,
					sw_ver: module.softwareVersion,
					hw_ver: module.hardwareVersion,
					loader_ver: module.loaderVersion,
					// The board that runs the firmware carries the printer's serial number.
					sn: module.name === "esp32" || module.name === "ap" ? serial : "N/A",
				}),
			),
			...units.map(({ id, kind }) =>
				entry({
					name: `${unitModules[kind]}/${id}`,
					sw_ver: kind === "ams" || kind === "ams_lite" ? "00.00.06.49" : "02.00.19.67",
					hw_ver: unitBoards[kind],
					sn: `${unitSerials[kind]}00A${String(id).padStart(9, "0")}`,
					product_name: `${unitNames[kind]} (${(id % 128) + 1})`,
					visible: true,
				}),
			),
		],
		...(model.dialect === "compact" ? { result: "success", reason: "" } : {}),
	};
}

function sharedReport(machine: Machine): JsonObject {
	const { job, model, change } = machine;
	const nozzle = machine.nozzles[machine.activeNozzle];
	const active = isActive(job);
	const isReadingTag = machine.tagReads.some(({ remainingMs }) => remainingMs !== undefined);
	const degrees = model.dialect === "compact" ? thirtySeconds : Math.round;
	return {
		nozzle_temper: degrees(nozzle?.currentC ?? 0),
		nozzle_target_temper: nozzle?.targetC ?? 0,
		bed_temper: degrees(machine.bed.currentC),
		bed_target_temper: machine.bed.targetC,
		...(model.chamber === "dummy" ? { chamber_temper: 5 } : {}),
		...(model.chamber === "both" ? { chamber_temper: Math.round(machine.chamber.currentC) } : {}),
		mc_print_stage: active ? "2" : "1",
		mc_print_sub_stage: 0,
		...fanReport(machine),
		mc_percent: jobPercent(job),
		mc_remaining_time: jobRemainingMinutes(job, speedPercent(machine)),
		ams_status: isReadingTag && change === undefined ? readingTag : amsStatus(change, isUnderWay(job)),
		ams_rfid_status: isReadingTag ? 1 : 0,
		hw_switch_state: machine.loaded[machine.activeNozzle] === undefined ? 0 : 1,
		spd_mag: speedPercent(machine),
		spd_lvl: machine.speedLevel,
		print_error: machine.printError,
		wifi_signal: `${machine.wifiDbm}dBm`,
		gcode_state: gcodeState(job),
		gcode_file_prepare_percent: String(jobPreparePercent(job)),
		queue_number: 0,
		queue_total: 0,
		queue_est: 0,
		queue_sts: 0,
		...jobIds(machine),
		subtask_name: job.plan?.name ?? "",
		stg: active ? [...jobStages(job)] : [],
		stg_cur: machineStage(machine),
		home_flag: homeFlag(machine),
		sdcard: true,
		force_upgrade: false,
		layer_num: jobLayer(job),
		total_layer_num: job.plan?.totalLayers ?? 0,
		s_obj: [...machine.skippedObjects],
		nozzle_diameter: machine.nozzleDiameter,
		nozzle_type: machine.nozzleType,
		cali_version: 0,
		hms: machine.hms.map(({ attr, code }) => ({ attr, code })),
		ams: amsReport(machine),
		...externalReport(machine),
		lights_report: Object.entries(machine.lights).map(([node, mode]) => ({ node, mode })),
	};
}

function compactReport(machine: Machine): JsonObject {
	const { job, detectors, camera } = machine;
	const active = isActive(job);
	return {
		upgrade_state: {
			sequence_id: 0,
			progress: "",
			status: "IDLE",
			consistency_request: false,
			dis_state: 0,
			err_code: 0,
			force_upgrade: false,
			message: "0%, 0B/s",
			module: "",
			new_version_state: 2,
			cur_state_code: active ? 1 : 0,
			idx2: 1,
			new_ver_list: [],
		},
		ipcam: {
			ipcam_dev: "1",
			ipcam_record: camera.record ? "enable" : "disable",
			timelapse: camera.timelapse ? "enable" : "disable",
			resolution: camera.resolution,
			tutk_server: "disable",
			mode_bits: 3,
		},
		upload: { status: "idle", progress: 0, message: "" },
		net: { conf: 0, info: [{ ip: loopback, mask: 16777215 }] },
		xcam: { buildplate_marker_detector: detectors.plateMarker },
		lifecycle: "product",
		profile_id: "0",
		gcode_file: active ? (job.plan?.file ?? "") : "",
		print_type: printType(machine, "idle"),
		mc_print_line_number: "0",
		mess_production_state: "active",
		filam_bak: [],
		k: "0.0200",
		flag3: machine.model.bits.flag3,
		online: { ahb: false, rfid: false, version: 1 },
	};
}

function extendedReport(machine: Machine): JsonObject {
	const { job, model, detectors, camera, options, amsOptions, lights, secured } = machine;
	const percent = jobPercent(job);
	const remaining = jobRemainingMinutes(job, speedPercent(machine));
	const active = isActive(job);
	const cfg = withHexBits(model.bits.cfg, {
		0: amsOptions.readOnInsert,
		1: amsOptions.readAtStart,
		3: camera.record,
		4: camera.resolution === "1080p",
		5: camera.timelapse,
		7: lights.chamber_light === "on",
		8: (machine.speedLevel & 1) !== 0,
		9: (machine.speedLevel & 2) !== 0,
		10: (machine.speedLevel & 4) !== 0,
		12: detectors.firstLayer,
		15: detectors.monitoring,
		16: options.autoRecovery,
		17: amsOptions.trackRemaining,
		18: options.autoSwitchFilament,
		22: options.sound,
		23: options.tangleDetect,
		24: options.blobDetect,
	});
	return {
		"3D": { layer_num: jobLayer(job), total_layer_num: job.plan?.totalLayers ?? 0 },
		...(model.nozzles === 2 ? { "2D": laserJob, ctt: machine.chamber.targetC, maintain: 3 } : {}),
		ap_err: 0,
		aux: model.bits.aux,
		aux_part_fan: model.fans.aux,
		batch_id: 0,
		canvas_id: 0,
		care: [{ id: "ls", info: "1864" }],
		cfg,
		design_id: "",
		device: deviceReport(machine),
		err: "0",
		fail_reason: String(job.status === "failed" ? machine.printError : 0),
		file: job.plan?.file ?? "",
		fun: withHexBits(model.functions ?? "0", { 29: secured }),
		// Bit 5: drying starts when told.
		fun2: machine.units.some(({ kind }) => canDry(kind)) ? "21" : "1",
		gcode_file: job.plan?.file ?? "",
		info: { temp: Math.round(machine.chamber.currentC) },
		ipcam: {
			agora_service: "disable",
			brtc_service: "enable",
			bs_state: 0,
			cap_pic_enable: "enable",
			ipcam_dev: "1",
			ipcam_record: camera.record ? "enable" : "disable",
			laser_preview_res: 5,
			mode_bits: 2,
			resolution: camera.resolution,
			rtsp_url: "disable",
			timelapse: camera.timelapse ? "enable" : "disable",
			tl_store_hpd_type: 2,
			tl_store_path_type: 2,
			tutk_server: "disable",
		},
		job: {
			cur_stage: { idx: 0, state: active ? 2 : 0 },
			stage: [
				{
					clock_in: false,
					color: machine.nozzles.map(() => ""),
					diameter: machine.nozzles.map(() => Number(machine.nozzleDiameter)),
					est_time: 0,
					heigh: 0,
					idx: 0,
					platform: "",
					print_then: false,
					proc_list: [],
					tool: machine.nozzles.map(() => model.nozzleType.code),
					type: 2,
				},
			],
		},
		job_attr: 18,
		lan_task_id: "0",
		mapping: (job.plan?.filaments ?? []).map(({ tray }) =>
			tray === undefined ? unmapped : packedTray(tray),
		),
		mc_action: 0,
		mc_err: 0,
		mc_print_error_code: "0",
		mc_stage: active ? 2 : 1,
		model_id: "",
		net: {
			conf: 16,
			info: [
				{ ip: loopback, mask: 16777215 },
				{ ip: 0, mask: 0 },
			],
		},
		online: { ahb: true, ext: false, version: 8 },
		percent,
		plate_cnt: 1,
		plate_id: 1,
		plate_idx: 1,
		prepare_per: jobPreparePercent(job),
		print_gcode_action: 0,
		print_real_action: 0,
		print_type: printType(machine, ""),
		profile_id: "",
		queue: 0,
		remain_time: remaining,
		stat: model.bits.stat,
		state: jobStateNumbers[gcodeState(job)] ?? 0,
		stg_cd: 0,
		t_utc: machine.startedAtMs,
		upgrade_state: {
			ahb_new_version_number: "",
			ams_new_version_number: "",
			consistency_request: false,
			dis_state: 0,
			err_code: 0,
			ext_new_version_number: "",
			force_upgrade: false,
			idx: 1,
			idx2: 1,
			lower_limit: "00.00.00.00",
			message: "",
			module: "",
			new_version_state: 2,
			ota_new_version_number: "",
			progress: "0",
			sequence_id: 0,
			sn: machine.serial,
			status: "IDLE",
		},
		upload: {
			file_size: 0,
			finish_size: 0,
			message: "Good",
			oss_url: "",
			progress: 0,
			sequence_id: "0903",
			speed: 0,
			status: "idle",
			task_id: "",
			time_remaining: 0,
			trouble_id: "",
		},
		ver: "20010",
		xcam: {
			allow_skip_parts: false,
			buildplate_marker_detector: detectors.plateMarker,
			cfg: 374487,
			first_layer_inspector: detectors.firstLayer,
			halt_print_sensitivity: detectors.sensitivity,
			print_halt: detectors.halt,
			printing_monitor: detectors.monitoring,
			spaghetti_detector: detectors.spaghetti,
		},
		xcam_status: "0",
	};
}

/** `ams_status` */
const readingTag = 0x200;

/** 127.0.0.1, lowest byte first. */
const loopback = 0x0100007f;

/** `state` of the extended reports; the numbers seen are 0 idle, 4 running, 6 finished. */
const jobStateNumbers: Readonly<Record<string, number>> = {
	IDLE: 0,
	PREPARE: 3,
	RUNNING: 4,
	PAUSE: 5,
	FINISH: 6,
	FAILED: 7,
};

const laserJob: JsonObject = {
	bs: {
		bi: [
			{
				clock_in: false,
				est_time: 0,
				idx: 0,
				print_then: false,
				proc_list: [],
				step_type: 1,
				tool_info: { color: "", diameter: 0.4, id: 8978432 },
				type: 137,
			},
		],
		total_time: 0,
	},
	cond: 14,
	cur_stage: { clock_in_time: 0, idx: 0, left_time: 0, process: 0, state: 0 },
	first_confirm: false,
	makeable: false,
	material: { cur_id_list: [], state: 0, tar_id: "", tar_name: "" },
};

function fanReport({ model, fans, nozzles }: Machine): JsonObject {
	const step = (speed: number): string => String(Math.round((speed * 15) / 255));
	const hot = nozzles.some(({ currentC }) => currentC > 50);
	const { part } = fans;
	// A printer with a part fan only repeats it in place of the others.
	const only = !model.fans.aux && !model.fans.chamber;
	return {
		heatbreak_fan_speed: hot ? "15" : "0",
		cooling_fan_speed: step(part),
		big_fan1_speed: step(only ? part : fans.aux),
		big_fan2_speed: step(only ? part : fans.chamber),
		fan_gear: part | (fans.aux << 8) | (fans.chamber << 16),
	};
}

function homeFlag({ model, homed, options, amsOptions, camera }: Machine): number {
	return withBits(model.bits.homeFlag, {
		0: homed,
		1: homed,
		2: homed,
		4: options.autoRecovery,
		5: camera.record,
		7: amsOptions.trackRemaining,
		10: options.autoSwitchFilament,
		17: options.sound,
		20: options.tangleDetect,
		24: options.blobDetect,
		28: options.airPrintDetect,
	});
}

function printType({ job }: Machine, idle: string): string {
	if (!isActive(job)) return idle;
	if (job.plan?.kind === "calibration") return "system";
	return job.plan?.source ?? "local";
}

/**
 * The cloud gives its jobs numbers. Of jobs from the local network, the P1 and A1 family tells none; the others count them
 * themselves. No start time is told by firmware of these versions.
 */
function jobIds({ model, job: { plan }, jobNumber, startedAtMs }: Machine): JsonObject {
	const isExtended = model.dialect === "extended";
	const id = plan === undefined ? "" : String(Math.floor(startedAtMs / 1000) + jobNumber);
	const [none, noSubtask] = isExtended ? ["0", ""] : ["0", "0"];
	const isCloud = plan?.source === "cloud";
	return {
		project_id: isCloud ? id : none,
		task_id: isCloud || isExtended ? id : none,
		subtask_id: isCloud ? id : noSubtask,
		...(isExtended ? { job_id: isCloud ? id : none } : {}),
	};
}

/** Sensors of P1 and A1 printers are read in steps of 1/32 °C. */
function thirtySeconds(celsius: number): number {
	return Math.round(celsius * 32) / 32;
}
