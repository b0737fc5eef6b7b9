import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packTemperature, withBits, withHexBits } from "../../../../sim/printers/bambu/bit-fields";
import { readFaultCode } from "../../../../sim/printers/bambu/fault-code";
import { readGcode } from "../../../../sim/printers/bambu/gcode";
import { sameJson } from "../../../../sim/printers/bambu/json";
import {
	exampleSerial,
	findPrinterModel,
	hasFunction,
	printerModel,
	printerModelNames,
} from "../../../../sim/printers/bambu/models";
import { flatTray, packedTray, trayBit, trayFromFlat, unitBit } from "../../../../sim/printers/bambu/spools";

test("temperatures are packed as printers pack them", () => {
	assert.equal(packTemperature(245, 245), 16056565);
	assert.equal(packTemperature(47, 0), 47);
	assert.equal(packTemperature(48, 60), 3932208);
	assert.equal(packTemperature(69.6, 70), 4587590);
});

test("bits of a 64-bit hex string change without touching the others", () => {
	assert.equal(withHexBits("60029FD1A3FF9CB7", { 29: false }), "60029FD183FF9CB7");
	assert.equal(withHexBits("60029FD183FF9CB7", { 29: true, 63: true }), "E0029FD1A3FF9CB7");
});

test("bits of the home flag stay a signed 32-bit number", () => {
	assert.equal(withBits(-1066934785, { 23: true }), -1058546177);
	assert.equal(withBits(0, { 31: true }), -2147483648);
});

test("G-code of one or many lines tells its heaters, fans and homing, and nothing else", () => {
	assert.deepEqual(readGcode("M104 S220\nM140 S60 ; bed\n\nG28\nG1 X10 F3000\nM106 P2 S128\nM107 P3\n"), [
		{ kind: "nozzle", nozzle: undefined, targetC: 220 },
		{ kind: "bed", targetC: 60 },
		{ kind: "home" },
		{ kind: "fan", fan: "aux", speed: 128 },
		{ kind: "fan", fan: "chamber", speed: 0 },
	]);
	assert.deepEqual(readGcode("m104 T1 s200"), [{ kind: "nozzle", nozzle: 1, targetC: 200 }]);
	assert.deepEqual(readGcode("M106 S999"), [{ kind: "fan", fan: "part", speed: 255 }]);
	assert.deepEqual(readGcode("M104\nM140 Shot\nM106 P9 S1\nM141 S45"), [{ kind: "chamber", targetC: 45 }]);
});

test("fault codes are read in the ways people write them", () => {
	assert.deepEqual(readFaultCode("0300_8004"), { kind: "print_error", code: 0x03008004, stage: 6 });
	assert.deepEqual(readFaultCode("0300400c"), { kind: "print_error", code: 50348044, stage: 30 });
	const entry = { attr: 201327360, code: 196615 };
	assert.deepEqual(readFaultCode("HMS_0C00_0300_0003_0007"), { kind: "hms", entry });
	assert.deepEqual(readFaultCode(" 0C00030000030007 "), { kind: "hms", entry });
	for (const bad of ["", "0300", "0300_80", "HMS", "xyz_0000", "0300_8004_0001"]) {
		assert.equal(readFaultCode(bad), undefined);
	}
});

test("slots have the flat numbers, packed numbers and bits that printers give them", () => {
	assert.equal(flatTray({ unit: 1, slot: 3 }), 7);
	assert.equal(flatTray({ unit: 128, slot: 0 }), 128);
	assert.equal(flatTray({ unit: 255, slot: 0 }), 254);
	assert.equal(packedTray({ unit: 1, slot: 2 }), 258);
	assert.equal(packedTray({ unit: 128, slot: 0 }), 32768);
	assert.equal(packedTray({ unit: 255, slot: 0 }), 65280);
	assert.equal(unitBit(128), 4);
	assert.equal(trayBit({ unit: 128, slot: 0 }), 16);
	assert.equal(unitBit(16), 12);
	assert.equal(trayBit({ unit: 16, slot: 1 }), 25);
	for (const flat of [0, 3, 7, 15, 64, 67, 128, 131, 254]) {
		const tray = trayFromFlat(flat);
		assert.ok(tray !== undefined);
		assert.equal(flatTray(tray), flat);
	}
	for (const none of [255, -1, 16, 63, 68, 1.5]) assert.equal(trayFromFlat(none), undefined);
});

test("every model has its serial prefix and is found however people write its name", () => {
	const prefixes = {
		X1C: "00M",
		P1S: "01P",
		P1P: "01S",
		A1: "039",
		"A1 mini": "030",
		A2L: "26A",
		P2S: "22E",
		X1E: "03W",
		X2D: "20P",
		H2S: "093",
		H2D: "094",
		"H2D Pro": "239",
		H2C: "31B",
	};
	assert.deepEqual([...printerModelNames].sort(), Object.keys(prefixes).sort());
	for (const name of printerModelNames) {
		const model = printerModel(name);
		assert.equal(model.serialPrefix, prefixes[name]);
		assert.equal(exampleSerial(model).length, 15);
		assert.ok(exampleSerial(model).startsWith(model.serialPrefix));
	}
	assert.equal(exampleSerial(printerModel("P1S")), "01P00A000000001");
	assert.equal(findPrinterModel("a1-MINI")?.name, "A1 mini");
	assert.equal(findPrinterModel("p2s")?.name, "P2S");
	assert.equal(findPrinterModel("Ender"), undefined);
});

test("only models that send `fun` have its functions", () => {
	assert.equal(hasFunction(printerModel("P1S"), 38), false);
	assert.equal(hasFunction(printerModel("A1"), 32), false);
	assert.equal(hasFunction(printerModel("P2S"), 38), true);
	assert.equal(hasFunction(printerModel("X1C"), 38), false);
	assert.equal(hasFunction(printerModel("X1C"), 32), true);
});

test("two JSON values are the same exactly when assert says so", () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
			const first = JSON.parse(JSON.stringify(a));
			const second = JSON.parse(JSON.stringify(b));
			let equal = true;
			try {
				assert.deepEqual(first, second);
			} catch {
				equal = false;
			}
			assert.equal(sameJson(first, second), equal);
			assert.equal(sameJson(first, structuredClone(first)), true);
		}),
	);
});
