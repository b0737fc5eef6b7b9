// What is shown of each model, on a report as that model sends it: the virtual printer's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilitiesOf } from "../../../../modules/printers/bambu/capabilities";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { createMachine, type Machine } from "../../../../sim/printers/bambu/machine";
import {
	exampleSerial,
	type PrinterModelName,
	printerModel,
	printerModelNames,
} from "../../../../sim/printers/bambu/models";
import { fullReport, versionReport } from "../../../../sim/printers/bambu/report";
import { isFreeOfTables } from "../../in-tables";
import { benchPrinter, readCapture } from "./bench-printer";
import { expectedStates } from "./captures.expected";

const HOT = { currentC: 210, targetC: 220 };

/** As it is in the middle of something, so that every field has a value of its own. */
function busy(name: PrinterModelName): Machine {
	const machine = createMachine({ model: printerModel(name) });
	return {
		...machine,
		nozzles: machine.nozzles.map(() => HOT),
		bed: { currentC: 55, targetC: 60 },
		chamber: { currentC: 41, targetC: machine.model.chamberHeater ? 50 : 0 },
		fans: { part: 255, aux: 102, aux2: 51, chamber: 204 },
		airDuctMode: machine.model.airDuct?.modes.length ? 1 : 0,
	};
}

function reported(name: PrinterModelName, machine = busy(name)): PrinterState {
	const { printer, deliver } = benchPrinter({ serial: exampleSerial(machine.model) });
	deliver({ info: { command: "get_version", ...versionReport(machine) } });
	deliver({ print: { command: "push_status", msg: 0, ...fullReport(machine) } });
	return printer.state;
}

interface Expected {
	nozzles: 1 | 2;
	/** Whether it has a heater; left out: not even a sensor. */
	chamber?: boolean;
	fans: readonly string[];
	lights: readonly string[];
	airDuct?: "heating";
	door?: true;
	/** Kinds of units, and which nozzle each one feeds. */
	units: readonly string[];
	external: number;
	/** Of the capabilities, what no report shows. */
	limits: readonly [maxNozzle: number, maxBed: number, maxChamber: number];
	switchable: readonly string[];
	camera: "jpeg" | "rtsps";
	forms: string;
}

const open = {
	nozzles: 1,
	fans: ["part"],
	lights: ["chamber"],
	external: 1,
	switchable: ["chamber"],
	camera: "jpeg",
} as const;
const closed = {
	nozzles: 1,
	chamber: false,
	fans: ["part", "aux", "chamber"],
	lights: ["chamber", "work"],
	door: true,
	external: 1,
	switchable: ["chamber", "work"],
	camera: "rtsps",
} as const;
const ducted = { ...closed, airDuct: "heating", forms: "home jog bed" } as const;
const h2 = {
	...ducted,
	chamber: true,
	lights: ["chamber", "chamber_2", "work"],
	limits: [350, 120, 65],
	switchable: ["chamber", "chamber_2", "work", "heatbed"],
	forms: "home jog bed chamber",
} as const;
const h2Dual = {
	...h2,
	nozzles: 2,
	external: 2,
	units: ["ams_2_pro 1", "ams_2_pro 0", "ams_ht 0"],
} as const;

const expected: Record<PrinterModelName, Expected> = {
	X1C: { ...closed, units: ["ams", "ams_2_pro"], limits: [300, 110, 0], forms: "home" },
	X1E: { ...closed, chamber: true, units: ["ams", "ams_2_pro"], limits: [320, 110, 60], forms: "home" },
	// Whether a P1P has the two fans that can be bought for it, it does not tell.
	P1P: { ...open, fans: ["part", "aux", "chamber"], units: ["ams"], limits: [300, 100, 0], forms: "" },
	P1S: { ...open, fans: ["part", "aux", "chamber"], units: ["ams"], limits: [300, 100, 0], forms: "" },
	A1: { ...open, units: ["ams_lite"], limits: [300, 100, 0], forms: "" },
	"A1 mini": { ...open, units: ["ams_lite"], limits: [300, 80, 0], forms: "" },
	A2L: { ...open, units: ["ams_lite"], limits: [300, 80, 0], forms: "home jog bed" },
	P2S: {
		...ducted,
		fans: ["part", "aux", "aux2", "chamber"],
		units: ["ams_2_pro"],
		limits: [300, 110, 0],
	},
	X2D: {
		...ducted,
		nozzles: 2,
		chamber: true,
		fans: ["part", "aux", "aux2", "chamber"],
		units: ["ams_2_pro 1", "ams_2_pro 0"],
		external: 2,
		limits: [300, 120, 65],
		switchable: ["chamber", "chamber_2", "work"],
		forms: "home jog bed chamber",
	},
	H2S: { ...h2, units: ["ams_2_pro"] },
	H2D: { ...h2Dual, forms: "home jog chamber" },
	"H2D Pro": h2Dual,
	H2C: h2Dual,
};

for (const name of printerModelNames) {
	const model = expected[name];

	test(`of ${/^[AHX]/.test(name) ? "an" : "a"} ${name} all is shown that it has, and nothing that it lacks`, () => {
		const state = reported(name);
		assert.equal(state.model, name);
		assert.equal(state.nozzles.length, model.nozzles);
		for (const nozzle of state.nozzles)
			assert.deepEqual([nozzle.current, nozzle.target, nozzle.diameterMm], [210, 220, 0.4]);
		assert.deepEqual(
			state.nozzles.map(({ active }) => active),
			model.nozzles === 2 ? [true, false] : [true],
		);
		assert.deepEqual(state.bed, { current: 55, target: 60 });
		const chambers = { none: undefined, sensor: { current: 41 }, heater: { current: 41, target: 50 } };
		const chamber = model.chamber === undefined ? "none" : model.chamber ? "heater" : "sensor";
		assert.deepEqual(state.chamber, chambers[chamber]);
		const speeds: Record<string, number> = { part: 100, aux: 40, aux2: 20, chamber: 80 };
		assert.deepEqual(state.fans, Object.fromEntries(model.fans.map((fan) => [fan, speeds[fan]])));
		assert.deepEqual(Object.keys(state.lights).sort(), [...model.lights].sort());
		assert.equal(state.airDuct, model.airDuct);
		assert.equal(state.door, model.door && "closed");
		assert.deepEqual(
			state.filament.units.map(({ kind, nozzle }) => (nozzle === undefined ? kind : `${kind} ${nozzle}`)),
			model.units,
		);
		assert.equal(state.filament.external.length, model.external);
		// An AMS Lite has no sensors, whatever it reports.
		for (const { kind, ...unit } of state.filament.units)
			assert.equal(unit.humidityPercent === undefined, kind === "ams_lite", kind);
		assert.deepEqual(state.faults, []);
		assert.equal(state.job.stage, undefined, "it does nothing");
	});

	test(`what ${name} can do is known from its name, and corrected by its report`, () => {
		const { capabilities } = reported(name);
		const { maxNozzle, maxBed, maxChamber, lights, camera, nozzles, forms } = capabilities;
		assert.deepEqual([maxNozzle, maxBed, maxChamber], model.limits);
		assert.deepEqual(lights, model.switchable);
		assert.equal(camera, model.camera);
		assert.equal(nozzles, model.nozzles);
		assert.equal(capabilities.auxFan, model.fans.includes("aux"));
		assert.equal(capabilities.secondAuxFan, model.fans.includes("aux2"));
		assert.equal(capabilities.chamberFan, model.fans.includes("chamber"));
		assert.equal(capabilities.chamberSensor, model.chamber !== undefined);
		assert.equal(capabilities.doorSensor, model.door === true);
		assert.equal(capabilities.bedMovesInZ, !name.startsWith("A"));
		const modes = printerModel(name).airDuct?.modes.length ?? 0;
		assert.deepEqual(capabilities.airDuct, ["cooling", "heating", "laser"].slice(0, modes));
		const taken = {
			home: forms.home,
			jog: forms.jog,
			bed: forms.bedTemperature,
			chamber: forms.chamberTemperature,
		};
		assert.deepEqual(
			Object.keys(taken).filter((form) => taken[form as keyof typeof taken]),
			model.forms.split(" ").filter(Boolean),
		);
		const { airDuct: _airDuct, drying: _drying, forms: _forms, ...table } = capabilitiesOf(name, {});
		const { airDuct: _a, drying: _d, forms: _f, ...live } = capabilities;
		assert.deepEqual(live, table, "the rest is the model's");
	});
}

test("what a printer says of itself counts more than its model", () => {
	const state = (fun?: string) => {
		const { printer, deliver } = benchPrinter({ serial: "22E00A000000001" });
		if (fun !== undefined) deliver({ print: { command: "push_status", msg: 0, fun, fun2: "21" } });
		return printer.state.capabilities;
	};
	const before = capabilitiesOf("P2S", {});
	assert.deepEqual(state(), before);
	// Bits 32, 38 and 39: what the table says.
	assert.deepEqual(state("60029FD1A3FF9CB7"), before);
	assert.deepEqual(state("60029F91A3FF9CB7").forms, { ...before.forms, jog: false });
	assert.deepEqual(state("20000000").forms, {
		home: false,
		jog: false,
		bedTemperature: false,
		chamberTemperature: false,
	});
});

test("nothing of a printer's state is an object of a table", () => {
	for (const name of Object.keys(expectedStates)) {
		const { printer, deliver } = benchPrinter({ serial: expectedStates[name]?.serial ?? "" });
		assert.ok(isFreeOfTables(printer.state), "before the first report");
		for (const message of Object.values(readCapture(name))) deliver(message);
		assert.ok(isFreeOfTables(printer.state), name);
	}
});

test("drying is offered once the printer says that it takes the order", () => {
	const drying = (serial: string, fun2?: string) => {
		const { printer, deliver } = benchPrinter({ serial });
		deliver({ print: { command: "push_status", msg: 0, fun: "1AFFF9CFF", ...(fun2 && { fun2 }) } });
		return printer.state.capabilities.drying;
	};
	assert.equal(drying("09400A000000001"), false);
	assert.equal(drying("09400A000000001", "21"), true);
	assert.equal(drying("31B00A000000001", "E"), false);
	assert.equal(drying("20P00A000000001", "B7B77"), true);
	assert.equal(drying("26A00A000000001", "1049560"), true);
	assert.equal(capabilitiesOf("A1", {}).drying, false);
});

test("only the air duct's modes that the printer lists are offered, and only those with a known meaning", () => {
	const { printer, deliver } = benchPrinter({ serial: "09400A000000001" });
	const modeList = [{ modeId: 0 }, { modeId: 2 }, { modeId: 7 }, {}];
	deliver({ print: { command: "push_status", msg: 0, device: { airduct: { modeCur: 2, modeList } } } });
	assert.deepEqual(printer.state.capabilities.airDuct, ["cooling", "laser"]);
	assert.equal(printer.state.airDuct, "laser");
	deliver({ print: { command: "push_status", msg: 1, device: { airduct: { modeCur: 7 } } } });
	assert.equal(printer.state.airDuct, undefined);
	deliver({ print: { command: "push_status", msg: 1, device: { airduct: { modeCur: 0 } } } });
	assert.equal(printer.state.airDuct, "cooling");
});

test("an H2C shows the two nozzles in its extruders, not those in the rack, and follows a change of them", () => {
	const { printer, deliver } = benchPrinter({ serial: exampleSerial(printerModel("H2C")) });
	deliver({
		print: { command: "push_status", msg: 0, ...fullReport(createMachine({ model: printerModel("H2C") })) },
	});
	assert.equal(printer.state.nozzles.length, 2);
	const info = [{ id: 0, diameter: 0.2, type: "HS00" }];
	deliver({ print: { command: "push_status", msg: 1, device: { nozzle: { info } } } });
	const [right, left] = printer.state.nozzles;
	assert.deepEqual([right?.diameterMm, right?.type], [0.2, "stainless_steel"]);
	assert.deepEqual([left?.diameterMm, left?.type], [0.4, "hardened_steel"]);
});

test("an X1's door is only shown with firmware that watches it", () => {
	const door = (serial: string, version: string | undefined, home_flag: number) => {
		const { printer, deliver } = benchPrinter({ serial });
		const module = [{ name: "ota", sw_ver: version }];
		if (version !== undefined) deliver({ info: { command: "get_version", module } });
		deliver({ print: { command: "push_status", msg: 0, home_flag, stat: "800000" } });
		return printer.state.door;
	};
	const [closed, open] = [-1066934785, -1058546177];
	const x1c = "00M00A000000001";
	assert.equal(door(x1c, "01.07.00.00", open), "open");
	assert.equal(door(x1c, "01.07.00.00", closed), "closed");
	assert.equal(door(x1c, "01.06.06.00", open), undefined);
	assert.equal(door(x1c, undefined, open), undefined);
	assert.equal(door("03W00A000000001", "01.01.02.00", open), "open");
	assert.equal(door("03W00A000000001", "01.01.01.00", open), undefined);
	assert.equal(door("09400A000000001", "01.01.00.00", closed), "open", "an H2D tells it by stat");
	assert.equal(door("01P00A000000001", "01.08.00.00", open), undefined, "a P1S has no sensor");
});
