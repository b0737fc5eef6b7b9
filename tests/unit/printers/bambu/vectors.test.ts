// Numbers as printers sent them, beside what they mean: each one pins the reading of a packed field.

import assert from "node:assert/strict";
import { test } from "node:test";
import { activeExtruder } from "../../../../modules/printers/bambu/derive/nozzles";
import { unpackTemperature } from "../../../../modules/printers/bambu/derive/temperature";
import { errorCode, hmsCode } from "../../../../modules/printers/bambu/faults/fault-codes";
import { hexBit } from "../../../../modules/printers/bambu/hex-bits";
import { trayExistBit, unitExistBit } from "../../../../modules/printers/bambu/unit-bits";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { benchPrinter, type Json } from "./bench-printer";

function reported(print: Json, serial = "09400A000000001"): PrinterState {
	const { printer, deliver } = benchPrinter({ serial });
	deliver({ info: { command: "get_version", module: [{ name: "ota", sw_ver: "01.09.00.00" }] } });
	deliver({ print: { command: "push_status", msg: 0, ...print } });
	return printer.state;
}

for (const [packed, current, target] of [
	[16056565, 245, 245],
	[47, 47, 0],
	[4587590, 70, 70],
	[35, 35, 0],
	[3932208, 48, 60],
	[3932220, 60, 60],
] as const) {
	test(`the packed temperature ${packed} is ${current} °C of ${target} °C`, () => {
		assert.deepEqual(unpackTemperature(packed), { current, target });
	});
}

for (const [value, code] of [
	[50348044, "0300_400C"],
	[50348045, "0300_400D"],
	[16777248, "0100_0020"],
	[84033543, "0502_4007"],
	[-1, "FFFF_FFFF"],
] as const) {
	test(`print_error ${value} is written ${code}`, () => {
		assert.equal(errorCode(value), code);
	});
}

for (const [attr, code, written] of [
	[201327360, 196615, "HMS_0C00_0300_0003_0007"],
	[83887616, 131184, "HMS_0500_0600_0002_0070"],
] as const) {
	test(`the HMS entry ${attr}, ${code} is written ${written}`, () => {
		assert.equal(hmsCode({ attr, code }), written);
	});
}

for (const [bits, units] of [
	["17", [0, 1, 2, 128]],
	["3f", [0, 1, 2, 3, 128, 129]],
	["1000", [16]],
] as const) {
	test(`ams_exist_bits "${bits}" are the units ${units.join(", ")}`, () => {
		const all = [0, 1, 2, 3, 16, 128, 129, 130, 131];
		assert.deepEqual(
			all.filter((unit) => hexBit(bits, unitExistBit(unit))),
			units,
		);
	});
}

test('tray_exist_bits "10eff" are all trays of three units but the first of the third one, and that of the AMS HT', () => {
	const bits = "10eff";
	for (const unit of [0, 1, 2])
		for (const tray of [0, 1, 2, 3])
			assert.equal(hexBit(bits, trayExistBit(unit, tray)), !(unit === 2 && tray === 0), `${unit}/${tray}`);
	assert.equal(hexBit(bits, trayExistBit(128, 0)), true);
	assert.equal(hexBit(bits, trayExistBit(129, 0)), false);
});

test('tray_exist_bits "2000000" is the second tray of the unit in an A2L', () => {
	const there = [0, 1, 2, 3].filter((tray) => hexBit("2000000", trayExistBit(16, tray)));
	assert.deepEqual(there, [1]);
});

for (const [state, active] of [
	[0x1, 0],
	[0x2, 0],
	[0x112, 1],
	[0x8112, 1],
	[0xf2, undefined],
] as const) {
	test(`of extruder.state 0x${state.toString(16)} ${active === undefined ? "none" : `number ${active}`} is active`, () => {
		assert.equal(activeExtruder({ extruder: { state } }), active);
	});
}

for (const [snow, active] of [
	[0x0103, { unit: 1, slot: 3 }],
	[0x8000, { unit: 128, slot: 0 }],
	[0xff00, "external"],
	[0xffff, undefined],
	[0xfeff, undefined],
] as const) {
	test(`snow 0x${snow.toString(16)} is ${JSON.stringify(active) ?? "nothing loaded"}, whatever tray_now says`, () => {
		const info = [
			{ id: 0, snow },
			{ id: 1, snow: 0x0002 },
		];
		const print = { ams: { tray_now: "3" }, device: { extruder: { state: 0x2, info } } };
		assert.deepEqual(reported(print).filament.active, active);
	});
}

for (const [fun, control] of [
	["11A30F9CFB", "read_only"],
	["60029FD1A3FF9CB7", "read_only"],
	["1AFFF9CFF", "read_only"],
	["4023FF18FFF9CB3", "full"],
] as const) {
	test(`fun "${fun}" says that control is ${control}: bit 29`, () => {
		assert.equal(reported({ fun }).control, control);
	});
}

for (const [stat, door] of [
	["46258008", "closed"],
	["46A58008", "open"],
	["16382181F0", "closed"],
] as const) {
	test(`stat "${stat}" says that the door is ${door}: bit 23`, () => {
		assert.equal(reported({ stat }).door, door);
	});
}

for (const [flag, door] of [
	[-1066934785, "closed"],
	[-1058546177, "open"],
] as const) {
	test(`home_flag ${flag} of an X1C says that its door is ${door}: bit 23`, () => {
		assert.equal(reported({ home_flag: flag }, "00M00A000000001").door, door);
	});
}

for (const [digits, material] of [
	["HS00", "stainless_steel"],
	["HS01", "hardened_steel"],
	["HH01", "hardened_steel"],
	["HX05", "tungsten_carbide"],
	["HA00", "stainless_steel"],
] as const) {
	test(`the nozzle type ${digits} is ${material}`, () => {
		const device = {
			extruder: { state: 1, info: [{ id: 0, temp: 20 }] },
			nozzle: { info: [{ id: 0, type: digits }] },
		};
		assert.equal(reported({ device }).nozzles[0]?.type, material);
	});
}

for (const [step, percent] of [
	["0", 0],
	["4", 27],
	["10", 67],
	["15", 100],
] as const) {
	test(`the fan speed "${step}" of older printers is ${percent} %`, () => {
		assert.equal(reported({ cooling_fan_speed: step }).fans.part, percent);
	});
}
