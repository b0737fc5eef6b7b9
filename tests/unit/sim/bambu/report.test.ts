import assert from "node:assert/strict";
import { test } from "node:test";
import { loadCapture } from "../../../../sim/printers/bambu/capture";
import { defaultFilaments } from "../../../../sim/printers/bambu/job-commands";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../../sim/printers/bambu/json";
import { createMachine, type Machine, withHms, withSpool } from "../../../../sim/printers/bambu/machine";
import { advance, startPrintJob } from "../../../../sim/printers/bambu/machine-run";
import { type PrinterModelName, printerModel } from "../../../../sim/printers/bambu/models";
import { planPrint } from "../../../../sim/printers/bambu/print-job";
import { fullReport, versionReport } from "../../../../sim/printers/bambu/report";
import { filledSlots, unknownSpool } from "../../../../sim/printers/bambu/spools";
import { at, capturePath, numberAt, objectAt } from "./fixtures";

function machineOf(model: PrinterModelName): Machine {
	return createMachine({ model: printerModel(model) });
}

function printing(model: PrinterModelName, minutes: number): Machine {
	const machine = machineOf(model);
	const plan = planPrint({ name: "Boat", filaments: defaultFilaments(machine) });
	return advance(startPrintJob(machine, plan), minutes * 60_000);
}

/** Names every field of `captured` that `ours` lacks or gives another type. Lists are compared by their first item. */
function mismatches(captured: JsonValue, ours: JsonValue | undefined, path: string): string[] {
	if (isJsonObject(captured)) {
		if (!isJsonObject(ours)) return [`${path} should be an object`];
		return Object.entries(captured).flatMap(([key, value]) => mismatches(value, ours[key], `${path}.${key}`));
	}
	if (isJsonArray(captured)) {
		if (!isJsonArray(ours)) return [`${path} should be a list`];
		const [first] = captured;
		return first === undefined || ours.length === 0 ? [] : mismatches(first, ours[0], `${path}[0]`);
	}
	return typeof captured === typeof ours ? [] : [`${path} should be like ${JSON.stringify(captured)}`];
}

const twins: readonly (readonly [string, PrinterModelName])[] = [
	["p1p-ams.json", "P1P"],
	["p1p-no-ams.json", "P1P"],
	["a1-ams-lite.json", "A1"],
	["a1-print.jsonl", "A1"],
	["x1c-multi-ams.json", "X1C"],
	["x1c-mixed-ams.json", "X1C"],
	["p2s.json", "P2S"],
	["h2d.json", "H2D"],
	["h2d-deltas.json", "H2D"],
];

// Added when a report is sent; and part numbers of an update that is under way.
const left = [".sequence_id", ".command", ".msg", ".upgrade_state.mc_for_ams_firmware"];

for (const [name, model] of twins) {
	test(`a virtual ${model} reports every field of ${name}, with the same types`, async () => {
		const { firstFull } = await loadCapture(capturePath(name));
		const found = mismatches(firstFull, fullReport(printing(model, 8)), "").filter(
			(mismatch) => !left.some((ignored) => mismatch.startsWith(`${ignored} `)),
		);
		assert.deepEqual(found, []);
	});

	test(`a virtual ${model} has the modules of ${name} in the same shape`, async () => {
		const { version } = await loadCapture(capturePath(name));
		if (version === undefined) {
			assert.equal(name, "a1-print.jsonl");
			return;
		}
		const ours = versionReport(machineOf(model));
		const prefix = (value: JsonValue): string => String(value).split("/")[0] ?? "";
		const names = (report: JsonValue): string[] => {
			const modules = at(report, "module");
			assert.ok(isJsonArray(modules));
			return modules.map((module) => prefix(at(module, "name")));
		};
		const units = new Set(["ams", "ams_f1", "n3f", "n3s"]);
		for (const module of names(version)) {
			if (units.has(module) || module === "pc") continue;
			assert.ok(names(ours).includes(module), `${module} is missing`);
		}
		const boards = isJsonArray(at(ours, "module")) ? at(ours, "module") : [];
		assert.ok(isJsonArray(boards));
		assert.equal(at(boards[0], "name"), "ota");
		assert.equal(at(boards[0], "sw_ver"), printerModel(model).firmware);
	});
}

test("the set of fields stays the same through a whole job, apart from trays", () => {
	const keysOf = (value: JsonValue, path: string): string[] => {
		if (path.endsWith(".tray") || path.endsWith(".stg") || path.endsWith(".hms")) return [];
		if (isJsonObject(value)) {
			return Object.entries(value).flatMap(([key, inner]) => [
				`${path}.${key}`,
				...keysOf(inner, `${path}.${key}`),
			]);
		}
		return isJsonArray(value) && !path.endsWith(".mapping")
			? value.flatMap((item, index) => keysOf(item, `${path}[${index}]`))
			: [];
	};
	for (const model of ["P1S", "A1", "X1C", "P2S", "H2D"] as const) {
		const before = keysOf(fullReport(machineOf(model)), "").sort();
		for (const minutes of [1, 5, 12, 30]) {
			assert.deepEqual(keysOf(fullReport(printing(model, minutes)), "").sort(), before);
		}
	}
});

test("P1 and A1 printers send their dummy chamber temperature, the others send none or a real one", () => {
	for (const model of ["P1S", "P1P", "A1", "A1 mini"] as const) {
		assert.equal(fullReport(printing(model, 10)).chamber_temper, 5);
	}
	for (const model of ["X1C", "P2S"] as const) {
		const report = fullReport(printing(model, 10));
		assert.equal(report.chamber_temper, undefined);
		assert.ok(numberAt(report, "device", "ctc", "info", "temp") > 22);
	}
	assert.ok(numberAt(fullReport(printing("H2D", 10)), "chamber_temper") > 22);
});

test("packed temperatures of the device block agree with the flat ones", () => {
	for (const model of ["X1C", "P2S", "H2D"] as const) {
		const report = fullReport(printing(model, 10));
		const bed = numberAt(report, "device", "bed", "info", "temp");
		assert.equal(bed & 0xffff, at(report, "bed_temper"));
		assert.equal(bed >> 16, at(report, "bed_target_temper"));
		const active = (numberAt(report, "device", "extruder", "state") >> 4) & 0xf;
		const nozzle = numberAt(report, "device", "extruder", "info", active, "temp");
		assert.equal(nozzle & 0xffff, at(report, "nozzle_temper"));
		assert.equal(nozzle >> 16, at(report, "nozzle_target_temper"));
	}
});

test("a printer with two nozzles says in its device block what it loaded, and only the slot in tray_now", () => {
	const machine = machineOf("H2D");
	const loaded = { ...machine, loaded: [{ unit: 1, slot: 3 }, undefined] };
	const report = fullReport(loaded);
	assert.equal(at(report, "ams", "tray_now"), "3");
	assert.equal(at(report, "device", "extruder", "info", 0, "snow"), 259);
	assert.equal(at(report, "device", "extruder", "info", 1, "snow"), 65279);
	assert.equal(at(report, "device", "extruder", "state"), 2);
	assert.equal(at(fullReport({ ...loaded, activeNozzle: 1 }), "device", "extruder", "state"), 274);
	const external = {
		...machine,
		loaded: [
			{ unit: 255, slot: 0 },
			{ unit: 128, slot: 0 },
		],
	};
	assert.equal(at(fullReport(external), "device", "extruder", "info", 0, "snow"), 0xff00);
	assert.equal(at(fullReport(external), "device", "extruder", "info", 1, "snow"), 0x8000);
});

test("exist bits name the units and the slots that hold a spool", () => {
	const p1 = withSpool(machineOf("P1S"), { unit: 0, slot: 1 }, undefined);
	assert.equal(at(fullReport(p1), "ams", "tray_exist_bits"), "d");
	assert.equal(at(fullReport(p1), "ams", "ams_exist_bits"), "1");
	const unit = { temperatureC: 26, humidity: 9, nozzle: 0 };
	const x1 = createMachine({
		model: printerModel("X1C"),
		units: [
			{ ...unit, id: 0, kind: "ams", slots: filledSlots(0, "ams") },
			{ ...unit, id: 1, kind: "ams", slots: filledSlots(1, "ams") },
			{ ...unit, id: 2, kind: "ams_2_pro", slots: [undefined, ...filledSlots(2, "ams_2_pro").slice(1)] },
			{ ...unit, id: 128, kind: "ams_ht", slots: filledSlots(128, "ams_ht") },
		],
	});
	const report = fullReport(x1);
	assert.equal(at(report, "ams", "ams_exist_bits"), "17");
	assert.equal(at(report, "ams", "tray_exist_bits"), "10eff");
	assert.deepEqual(at(report, "ams", "ams", 2, "tray", 0), { id: "0", state: 0 });
	assert.equal(at(report, "ams", "ams", 2, "info"), "2003");
	assert.equal(at(report, "ams", "ams", 3, "info"), "2004");
});

test("an empty slot is its id alone on P1 and A1, and has a state on the others", () => {
	const empty = (model: PrinterModelName): JsonValue => {
		const machine = withSpool(machineOf(model), { unit: 0, slot: 1 }, undefined);
		return at(fullReport(machine), "ams", "ams", 0, "tray", 1);
	};
	assert.deepEqual(empty("P1S"), { id: "1" });
	assert.deepEqual(empty("A1"), { id: "1" });
	assert.deepEqual(empty("P2S"), { id: "1", state: 8 });
});

test("a spool that nobody has described has an empty type", () => {
	const machine = withSpool(machineOf("P2S"), { unit: 0, slot: 2 }, unknownSpool());
	const tray = objectAt(fullReport(machine), "ams", "ams", 0, "tray", 2);
	assert.equal(tray.tray_type, "");
	assert.equal(tray.state, 9);
	assert.equal(at(fullReport(machine), "ams", "tray_exist_bits"), "f");
});

test("bit 29 of `fun` is set exactly while the firmware demands signed commands", () => {
	for (const model of ["X1C", "P2S", "H2D"] as const) {
		const machine = machineOf(model);
		const bits = (secured: boolean): bigint => BigInt(`0x${fullReport({ ...machine, secured }).fun}`);
		assert.equal((bits(true) >> 29n) & 1n, 1n);
		assert.equal((bits(false) >> 29n) & 1n, 0n);
		assert.equal(bits(true) - bits(false), 1n << 29n);
	}
	assert.equal(fullReport({ ...machineOf("P1S"), secured: true }).fun, undefined);
});

test("fans are strings from 0 to 15, and a printer with a part fan only repeats it", () => {
	const fans = { part: 178, aux: 255, chamber: 64, aux2: 0 };
	const p1 = fullReport({ ...machineOf("P1S"), fans });
	assert.deepEqual([p1.cooling_fan_speed, p1.big_fan1_speed, p1.big_fan2_speed], ["10", "15", "4"]);
	assert.equal(p1.fan_gear, 178 | (255 << 8) | (64 << 16));
	const a1 = fullReport({ ...machineOf("A1"), fans: { part: 178, aux: 0, chamber: 0, aux2: 0 } });
	assert.deepEqual([a1.cooling_fan_speed, a1.big_fan1_speed, a1.big_fan2_speed], ["10", "10", "10"]);
	const parts = at(fullReport({ ...machineOf("H2D"), fans }), "device", "airduct", "parts");
	assert.deepEqual(isJsonArray(parts) && parts.map((part) => [at(part, "id"), at(part, "state")]), [
		[16, 70],
		[32, 100],
		[48, 25],
		[96, 0],
	]);
});

test("faults are listed with the numbers printers use", () => {
	const machine = withHms(machineOf("P1S"), { attr: 0x05000500, code: 0x00010007 });
	assert.deepEqual(fullReport(machine).hms, [{ attr: 83887360, code: 65543 }]);
});
