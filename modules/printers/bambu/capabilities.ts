// What each Bambu Lab model can do: a table by model, corrected by what the printer says of itself.

import type { AirDuctMode, CommandForms, LightName, PrinterCapabilities } from "../capabilities";
import type { FilePlace } from "../printer-files";
import { hexBit } from "./hex-bits";
import type { BambuReport } from "./report-schema";

/** `modeId`s of the air duct, in their order. */
const airDuctModes: readonly AirDuctMode[] = Object.freeze(["cooling", "heating", "laser"]);

const noDuct: readonly AirDuctMode[] = Object.freeze([]);
const noPlace: readonly FilePlace[] = Object.freeze([]);
const duct = Object.freeze(airDuctModes.slice(0, 2));
const chamberLight: readonly LightName[] = Object.freeze(["chamber"]);
const twoLights: readonly LightName[] = Object.freeze(["chamber", "work"]);

const HOME = 1;
const JOG = 2;
const BED_TEMPERATURE = 4;
const CHAMBER_TEMPERATURE = 8;
/** By the sum of those that are taken. */
const allForms: readonly CommandForms[] = Object.freeze(
	Array.from({ length: 16 }, (_, taken) =>
		Object.freeze({
			home: (taken & HOME) !== 0,
			jog: (taken & JOG) !== 0,
			bedTemperature: (taken & BED_TEMPERATURE) !== 0,
			chamberTemperature: (taken & CHAMBER_TEMPERATURE) !== 0,
		}),
	),
);
/** Lines of G-code for everything. */
const gcode = formsOf(0);
const newForms = formsOf(HOME | JOG | BED_TEMPERATURE);

const a1: PrinterCapabilities = Object.freeze({
	nozzles: 1,
	maxNozzle: 300,
	maxBed: 100,
	chamberSensor: false,
	maxChamber: 0,
	auxFan: false,
	secondAuxFan: false,
	chamberFan: false,
	airDuct: noDuct,
	lights: chamberLight,
	camera: "jpeg",
	drying: false,
	bedMovesInZ: false,
	doorSensor: false,
	motion: true,
	loading: true,
	fastestSpeed: 4,
	filesIn: noPlace,
	forms: gcode,
});

const p1: PrinterCapabilities = Object.freeze({
	...a1,
	auxFan: true,
	chamberFan: true,
	bedMovesInZ: true,
});

/** On mains of 220 V the bed goes no further than this; on 110 V it would reach 120 °C. */
const x1: PrinterCapabilities = Object.freeze({
	...p1,
	maxBed: 110,
	chamberSensor: true,
	lights: twoLights,
	camera: "rtsps",
	doorSensor: true,
});

const p2s: PrinterCapabilities = Object.freeze({
	...x1,
	secondAuxFan: true,
	airDuct: duct,
	drying: true,
	forms: newForms,
});

const h2s: PrinterCapabilities = Object.freeze({
	...x1,
	maxNozzle: 350,
	maxBed: 120,
	maxChamber: 65,
	airDuct: airDuctModes,
	lights: Object.freeze(["chamber", "chamber_2", "work", "heatbed"] as const),
	drying: true,
	forms: formsOf(HOME | JOG | BED_TEMPERATURE | CHAMBER_TEMPERATURE),
});

const h2d: PrinterCapabilities = Object.freeze({ ...h2s, nozzles: 2 });

/** The X2D takes orders for a second chamber light, of which it never says whether it is on. */
const x2d: PrinterCapabilities = Object.freeze({
	...p2s,
	nozzles: 2,
	maxBed: 120,
	maxChamber: 65,
	lights: Object.freeze(["chamber", "chamber_2", "work"] as const),
	forms: formsOf(HOME | JOG | BED_TEMPERATURE | CHAMBER_TEMPERATURE),
});

const byModel: ReadonlyMap<string, PrinterCapabilities> = new Map([
	["X1", x1],
	["X1C", x1],
	["X1E", Object.freeze({ ...x1, maxNozzle: 320, maxChamber: 60 })],
	["P1P", p1],
	["P1S", p1],
	["A1", a1],
	["A1 mini", Object.freeze({ ...a1, maxBed: 80 })],
	["A2L", Object.freeze({ ...a1, maxBed: 80, drying: true, forms: newForms })],
	["P2S", p2s],
	["H2S", h2s],
	["H2D", h2d],
	["H2D Pro", h2d],
	["H2C", h2d],
	["X2D", x2d],
]);

/** Of a printer that cannot be told: nothing it reports is hidden, and nothing is risked. */
const unknownModel: PrinterCapabilities = Object.freeze({
	...h2s,
	maxNozzle: 300,
	maxBed: 80,
	maxChamber: 60,
	secondAuxFan: true,
	airDuct: noDuct,
	lights: twoLights,
	camera: "none",
	drying: false,
	forms: gcode,
});

/** Bits of `fun`. */
const TAKES_HOME = 32;
const TAKES_JOG = 38;
const TAKES_BED_TEMPERATURE = 39;
/** Bit of `fun2`. */
const DRIES_WHEN_TOLD = 5;

/** By the model, where the printer does not say otherwise. */
export function capabilitiesOf(model: string, { print }: BambuReport): PrinterCapabilities {
	const known = byModel.get(model) ?? unknownModel;
	if (!print) return copyOf(known);
	const { fun, fun2, device } = print;
	const airDuct = reportedModes(device?.airduct?.modeList) ?? known.airDuct;
	// Firmware that sends the one and not the other is too old to dry when told.
	const drying = fun2 === undefined ? fun === undefined && known.drying : hexBit(fun2, DRIES_WHEN_TOLD);
	const forms = fun === undefined ? known.forms : reportedForms(fun, known.forms);
	return copyOf({ ...known, airDuct, drying, forms });
}

/** The state is told as JSON, and XS's `JSON.stringify` throws at an object that lies in flash. */
function copyOf(capabilities: PrinterCapabilities): PrinterCapabilities {
	const { airDuct, lights, filesIn, forms } = capabilities;
	return {
		...capabilities,
		airDuct: [...airDuct],
		lights: [...lights],
		filesIn: [...filesIn],
		forms: { ...forms },
	};
}

function formsOf(taken: number): CommandForms {
	return allForms[taken] as CommandForms;
}

function reportedForms(fun: string, { chamberTemperature }: CommandForms): CommandForms {
	let taken = chamberTemperature ? CHAMBER_TEMPERATURE : 0;
	if (hexBit(fun, TAKES_HOME)) taken |= HOME;
	if (hexBit(fun, TAKES_JOG)) taken |= JOG;
	if (hexBit(fun, TAKES_BED_TEMPERATURE)) taken |= BED_TEMPERATURE;
	return formsOf(taken);
}

/** `undefined` when the printer lists none. */
function reportedModes(list: readonly { modeId?: number }[] = []): AirDuctMode[] | undefined {
	const modes: AirDuctMode[] = [];
	for (const { modeId = -1 } of list) {
		const mode = airDuctMode(modeId);
		if (mode) modes.push(mode);
	}
	return modes.length > 0 ? modes : undefined;
}

/** `undefined` for a number without a known meaning. */
export function airDuctMode(id: number): AirDuctMode | undefined {
	return airDuctModes[id];
}
