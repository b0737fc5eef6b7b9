// The state as the protocol's clients know it: five roots of plain fields, one text under 4 KiB.

import type { WifiState } from "../../platform/wifi";
import type { WifiStatus } from "../../wifi/wifi-setup";
import type { BreathState } from "../breath-state";
import type { FaultCode } from "../heater/faults";
import type { HeaterReport } from "../heater-loop";

/**
 * That of the stock firmware whose protocol this is. Not V1.0.4: clients take that for a device that speaks MQTT to
 * Home Assistant. What is less than V1.0.3 they refuse to bind to a Klipper printer.
 */
export const PROTOCOL_VERSION = "V1.0.3";

/** 1 auto, 2 always on, 3 drying. */
export type WorkMode = 1 | 2 | 3;
/** 0 good, 1 short, 2 open. */
export type SensorStatus = 0 | 1 | 2;
/** 0 no, 1 yes. */
export type Bit = 0 | 1;

/** Temperatures in °C. */
export interface SettingsRoot {
	fw_version: string;
	language: string;
	/** 1 Bambu Lab, 2 Klipper. */
	printer_type: 1 | 2;
	work_on: Bit;
	work_mode: WorkMode;
	set_temp: number;
	filtertemp: number;
	hotbedtemp: number;
	/** Of drying. */
	custom_temp: number;
	/** Of drying, in hours. */
	custom_timer: number;
	isrunning: Bit;
	remaining_seconds: number;
	/**
	 * 1 PLA, 2 PETG and ABS, 3 custom. Only while the mode is drying: a client in the field takes its presence for a
	 * change to that mode, whatever `work_mode` says.
	 */
	filament_drying_mode?: 1 | 2 | 3;
	warehouse_sensor_status: SensorStatus;
	ptc_sensor_status: SensorStatus;
	/** Only with a fault: pages warn of the heater whenever it is there, whatever its value. */
	ptc_heater_status?: 1;
	/** Whole; absent without a good reading, for no number would be true. */
	warehouse_temper?: number;
	/** The same with one decimal; clients that know it prefer it. */
	cal_warehouse_temp?: number;
}

/**
 * 0 disconnected, 1 invalid information, 2 connecting, 3 connected, 4 wrong address, 5 wrong serial number,
 * 6 wrong access code, 7 unknown.
 */
export type PrinterLinkCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** 0 idle, 1 scanning, 2 done. */
export type ScanCode = 0 | 1 | 2;

/** Never with an access code. */
export interface PrinterRoot {
	name?: string;
	/** Of a Bambu Lab printer. */
	sn?: string;
	/** Of a Bambu Lab printer. */
	ip?: string;
	/** Of Moonraker. */
	host?: string;
	/** Of Moonraker. */
	port?: number;
	/** Absent while none is bound: a client in the field cuts the heat at anything but 3. */
	state?: PrinterLinkCode;
	scan?: ScanCode;
	scan_port?: ScanCode;
}

/** Never with a password. */
export interface WifiRoot {
	ssid: string;
	scan: ScanCode;
}

export interface StationRoot {
	ip: string;
	hostname: string;
	/** 1 no network named, 2 connecting, 3 connected, 4 connecting again, 5 wrong password. */
	state: 1 | 2 | 3 | 4 | 5;
}

/** Never with a password. */
export interface AccessPointRoot {
	ssid: string;
	ip: string;
	on: Bit;
}

export interface Snapshot {
	settings: SettingsRoot;
	printer: PrinterRoot;
	wifi: WifiRoot;
	sta: StationRoot;
	ap: AccessPointRoot;
}

export interface SnapshotSources {
	breath: BreathState;
	report: Pick<HeaterReport, "chamberStatus" | "elementStatus" | "ready">;
	dryingPreset: "pla" | "petg_abs" | "custom";
	language: string;
	printerType: "bambu" | "klipper";
	printer: PrinterRoot;
	wifi: WifiStatus;
	/** Without ".local". */
	hostname: string;
}

export function createSnapshot(sources: SnapshotSources): Snapshot {
	const { wifi } = sources;
	return {
		settings: settingsRoot(sources),
		printer: sources.printer,
		wifi: { ssid: nameOf(wifi.station), scan: wifi.scanning ? 1 : wifi.networks.length > 0 ? 2 : 0 },
		sta: {
			ip: wifi.station.status === "connected" ? wifi.station.address : "",
			hostname: sources.hostname,
			state: stationCode(wifi.station),
		},
		ap: { ssid: wifi.accessPoint.ssid, ip: wifi.accessPoint.address, on: wifi.accessPoint.on ? 1 : 0 },
	};
}

/** What is pushed each second. Without a good reading it says so instead. */
export function temperaturePush(breath: BreathState, report: SnapshotSources["report"]): string {
	const measured = chamberFields(breath);
	return JSON.stringify({
		settings: measured ?? {
			warehouse_sensor_status: sensorStatus("chamber", report.chamberStatus, breath, report.ready),
		},
	});
}

function settingsRoot(sources: SnapshotSources): SettingsRoot {
	const { breath, report } = sources;
	const { drying } = breath;
	return {
		fw_version: PROTOCOL_VERSION,
		language: sources.language,
		printer_type: sources.printerType === "klipper" ? 2 : 1,
		work_on: breath.on ? 1 : 0,
		work_mode: breath.mode === "auto" ? 1 : breath.mode === "always_on" ? 2 : 3,
		set_temp: breath.target,
		filtertemp: breath.filterThreshold,
		hotbedtemp: breath.bedThreshold,
		custom_temp: drying.target,
		custom_timer: drying.hours,
		isrunning: drying.running ? 1 : 0,
		remaining_seconds: drying.running ? drying.remainingSeconds : 0,
		...(breath.mode === "drying" && { filament_drying_mode: presetCode(sources.dryingPreset) }),
		warehouse_sensor_status: sensorStatus("chamber", report.chamberStatus, breath, report.ready),
		ptc_sensor_status: sensorStatus("element", report.elementStatus, breath, report.ready),
		...(isHeaterFault(breath.fault?.code) && { ptc_heater_status: 1 as const }),
		...chamberFields(breath),
	};
}

function chamberFields({
	chamber,
}: BreathState): Pick<Required<SettingsRoot>, "warehouse_temper" | "cal_warehouse_temp"> | undefined {
	return chamber === undefined
		? undefined
		: { warehouse_temper: Math.round(chamber), cal_warehouse_temp: Math.round(chamber * 10) / 10 };
}

function presetCode(preset: SnapshotSources["dryingPreset"]): 1 | 2 | 3 {
	return preset === "pla" ? 1 : preset === "petg_abs" ? 2 : 3;
}

/** As it is now; a sensor that is good again is still told of as long as its fault keeps the heater off. */
function sensorStatus(
	sensor: "chamber" | "element",
	status: HeaterReport["chamberStatus"],
	{ fault }: BreathState,
	isReady: boolean,
): SensorStatus {
	if (status === "short" || fault?.code === `${sensor}_sensor_short`) return 1;
	if (fault?.code === `${sensor}_sensor_open` || fault?.code === `${sensor}_sensor_failed`) return 2;
	// Before the first reading nothing has failed yet.
	if (status === "open" || (status === "failed" && isReady)) return 2;
	return 0;
}

/** Pages have a dialog of their own for sensors. */
function isHeaterFault(code: FaultCode | undefined): boolean {
	return code !== undefined && !/_sensor_(open|short|failed)$/.test(code);
}

function nameOf(station: WifiState): string {
	return station.status === "off" ? "" : station.ssid;
}

function stationCode(station: WifiState): StationRoot["state"] {
	switch (station.status) {
		case "off":
			return 1;
		case "connecting":
			return 2;
		case "connected":
			return 3;
		case "disconnected":
			return station.reason === "wrong_password" ? 5 : 4;
	}
}
