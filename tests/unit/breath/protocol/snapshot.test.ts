import assert from "node:assert/strict";
import { test } from "node:test";
import type { BreathState } from "../../../../modules/breath/breath-state";
import { difference } from "../../../../modules/breath/protocol/changes";
import { listFrames, MAX_FRAME_BYTES, utf8Length } from "../../../../modules/breath/protocol/list-frames";
import {
	createSnapshot,
	type SnapshotSources,
	temperaturePush,
} from "../../../../modules/breath/protocol/snapshot";
import { idleBreath, idleReport, sources } from "./fakes";

const snapshot = (changes: Partial<SnapshotSources> = {}) => createSnapshot({ ...sources(), ...changes });
const withBreath = (changes: Partial<BreathState>) => snapshot({ breath: { ...idleBreath(), ...changes } });

test("a snapshot has all five roots and every field that clients would otherwise make up", () => {
	assert.deepEqual(snapshot(), {
		settings: {
			fw_version: "V1.0.3",
			language: "en",
			printer_type: 1,
			work_on: 0,
			work_mode: 1,
			set_temp: 45,
			filtertemp: 30,
			hotbedtemp: 80,
			custom_temp: 60,
			custom_timer: 12,
			isrunning: 0,
			remaining_seconds: 0,
			warehouse_sensor_status: 0,
			ptc_sensor_status: 0,
			warehouse_temper: 22,
			cal_warehouse_temp: 22.4,
		},
		printer: { scan: 0 },
		wifi: { ssid: "Workshop", scan: 0 },
		sta: { ip: "192.0.2.20", hostname: "PandaBreath", state: 3 },
		ap: { ssid: "Panda_Breath_0123456789AB", ip: "192.168.254.1", on: 0 },
	});
});

test("the drying preset is told in drying mode only: a client takes it for that mode", () => {
	assert.equal(withBreath({ mode: "always_on" }).settings.filament_drying_mode, undefined);
	assert.equal(withBreath({ mode: "auto" }).settings.filament_drying_mode, undefined);
	assert.equal(withBreath({ mode: "drying" }).settings.filament_drying_mode, 3);
	const drying = { ...idleBreath(), mode: "drying" as const };
	assert.equal(snapshot({ breath: drying, dryingPreset: "pla" }).settings.filament_drying_mode, 1);
	assert.equal(snapshot({ breath: drying, dryingPreset: "petg_abs" }).settings.filament_drying_mode, 2);
});

test("modes, on, and the time that drying has left are numbers", () => {
	assert.equal(withBreath({ mode: "always_on", on: true }).settings.work_mode, 2);
	assert.equal(withBreath({ mode: "drying" }).settings.work_mode, 3);
	assert.equal(withBreath({ on: true }).settings.work_on, 1);
	const drying = { running: true, target: 55, hours: 6, remainingSeconds: 21_599 };
	const { settings } = withBreath({ mode: "drying", on: true, drying });
	assert.deepEqual(
		[settings.isrunning, settings.custom_temp, settings.custom_timer, settings.remaining_seconds],
		[1, 55, 6, 21_599],
	);
	const stopped = withBreath({ drying: { ...drying, running: false } }).settings;
	assert.deepEqual([stopped.isrunning, stopped.remaining_seconds], [0, 0]);
});

test("a fault of the heater is told as one, a fault of a sensor by that sensor, until it is cleared", () => {
	const fault = (code: NonNullable<BreathState["fault"]>["code"]) =>
		withBreath({ fault: { code, text: "", latched: true } }).settings;
	for (const code of ["element_overheat", "heating_too_slow", "no_mains", "storage_unreadable"] as const) {
		const { ptc_heater_status, ptc_sensor_status, warehouse_sensor_status } = fault(code);
		assert.deepEqual([ptc_heater_status, ptc_sensor_status, warehouse_sensor_status], [1, 0, 0], code);
	}
	assert.ok(!("ptc_heater_status" in fault("chamber_sensor_open")));
	assert.ok(!("ptc_heater_status" in snapshot().settings));
	assert.equal(fault("chamber_sensor_open").warehouse_sensor_status, 2);
	assert.equal(fault("chamber_sensor_short").warehouse_sensor_status, 1);
	assert.equal(fault("element_sensor_short").ptc_sensor_status, 1);
	assert.equal(fault("element_sensor_failed").ptc_sensor_status, 2);
	const report = { ...idleReport(), chamberStatus: "short" as const, elementStatus: "open" as const };
	const { warehouse_sensor_status, ptc_sensor_status } = snapshot({ report }).settings;
	assert.deepEqual([warehouse_sensor_status, ptc_sensor_status], [1, 2]);
	const starting = { chamberStatus: "failed" as const, elementStatus: "failed" as const, ready: false };
	assert.equal(snapshot({ report: starting }).settings.ptc_sensor_status, 0);
	assert.equal(snapshot({ report: { ...starting, ready: true } }).settings.ptc_sensor_status, 2);
});

test("the temperature is pushed as a whole number and with a decimal; without a reading no number is made up", () => {
	assert.deepEqual(JSON.parse(temperaturePush({ ...idleBreath(), chamber: 44.96 }, idleReport())), {
		settings: { warehouse_temper: 45, cal_warehouse_temp: 45 },
	});
	const { chamber: _, ...blind } = idleBreath();
	const open = { ...idleReport(), chamberStatus: "open" as const };
	assert.deepEqual(JSON.parse(temperaturePush(blind, open)), { settings: { warehouse_sensor_status: 2 } });
});

test("Wi-Fi states are those that clients know", () => {
	const station = (state: SnapshotSources["wifi"]["station"]) =>
		snapshot({ wifi: { ...sources().wifi, station: state } }).sta.state;
	const ssid = "Workshop";
	assert.equal(station({ status: "off" }), 1);
	assert.equal(station({ status: "connecting", ssid }), 2);
	assert.equal(station({ status: "connected", ssid, address: "192.0.2.20", rssiDbm: -50 }), 3);
	assert.equal(station({ status: "disconnected", ssid, reason: "lost" }), 4);
	assert.equal(station({ status: "disconnected", ssid, reason: "not_found" }), 4);
	assert.equal(station({ status: "disconnected", ssid, reason: "wrong_password" }), 5);
	const { wifi } = sources();
	assert.equal(snapshot({ wifi: { ...wifi, scanning: true } }).wifi.scan, 1);
	const networks = [{ ssid, rssiDbm: -50, secure: true }];
	assert.equal(snapshot({ wifi: { ...wifi, networks } }).wifi.scan, 2);
});

test("a snapshot is under 4 KiB, whatever names people give", () => {
	const long = (length: number) => '"\\ü\ud800'.repeat(length).slice(0, length);
	const text = JSON.stringify(
		snapshot({
			breath: {
				...idleBreath(),
				mode: "drying",
				fault: { code: "cooling_while_heating", text: long(500), latched: true },
				reason: long(500),
			},
			printer: { name: long(64), host: long(253), port: 65_535, state: 3, scan_port: 2 },
			hostname: long(32),
			wifi: {
				...sources().wifi,
				station: { status: "connected", ssid: long(32), address: "255.255.255.255", rssiDbm: -100 },
				accessPoint: { on: true, ssid: long(32), address: "255.255.255.255" },
				networks: Array.from({ length: 20 }, () => ({ ssid: long(32), rssiDbm: -1, secure: true })),
			},
		}),
	);
	assert.ok(utf8Length(text) <= MAX_FRAME_BYTES, `${utf8Length(text)} bytes`);
});

test("a change is what differs, nothing else, and nothing when nothing does", () => {
	const before = snapshot();
	assert.equal(difference(before, snapshot()), undefined);
	assert.deepEqual(difference(before, withBreath({ target: 50 })), { settings: { set_temp: 50 } });
	assert.deepEqual(difference(before, withBreath({ mode: "always_on", on: true })), {
		settings: { work_mode: 2, work_on: 1 },
	});
	assert.deepEqual(difference(before, withBreath({ mode: "drying" })), {
		settings: { work_mode: 3, filament_drying_mode: 3 },
	});
	assert.deepEqual(difference(withBreath({ mode: "drying" }), before), { settings: { work_mode: 1 } });
});

test("temperatures and the time left are no changes: they go on by themselves", () => {
	const drying = { running: true, target: 55, hours: 6, remainingSeconds: 100 };
	const before = withBreath({ chamber: 30, drying });
	const later = withBreath({ chamber: 31, drying: { ...drying, remainingSeconds: 99 } });
	assert.equal(difference(before, later), undefined);
});

test("a printer that was forgotten is told as disconnected and without a name", () => {
	const bound = snapshot({
		printer: { name: "P1S", sn: "01P00A0000000000", ip: "192.0.2.7", state: 3, scan: 0 },
	});
	assert.deepEqual(difference(bound, snapshot()), { printer: { name: "", sn: "", ip: "", state: 0 } });
	assert.equal(difference(snapshot(), bound)?.printer?.state, 3);
});

test("lists go in frames of their own, as many entries in each as fit", () => {
	assert.deepEqual(listFrames("wifi", { scan: 2 }, []), ['{"wifi":{"scan":2,"list":[]}}']);
	assert.deepEqual(listFrames("wifi", { scan: 2 }, [{ ssid: "a" }, { ssid: "b" }]), [
		'{"wifi":{"scan":2,"list":[{"ssid":"a"},{"ssid":"b"}]}}',
	]);
	const entries = Array.from({ length: 200 }, (_, index) => ({ ssid: `Küche ${index} ${"x".repeat(20)}` }));
	const frames = listFrames("printer", { scan: 2 }, [{ ssid: "ü".repeat(5_000) }, ...entries]);
	assert.ok(frames.length > 1);
	assert.equal(utf8Length("aü€"), 1 + 2 + 3);
	for (const frame of frames) assert.ok(utf8Length(frame) <= MAX_FRAME_BYTES);
	const listed = frames.flatMap((frame) => JSON.parse(frame).printer.list as { ssid: string }[]);
	assert.deepEqual(listed, entries);
});
