// Anycubic's models: what their numbers mean, and what each of them can do.

import type { LightName, PrinterCapabilities } from "../capabilities";
import type { FilePlace } from "../printer-files";

/** Of a printer that cannot be told. */
const UNKNOWN_MODEL = "Anycubic printer";

/** The first ones with MQTT: they are clients of a broker elsewhere, and have commands of their own. */
export const KOBRA_2: readonly string[] = Object.freeze(["20021", "20022", "20023"]);
const KOBRA_X = "20030";

const noLights: readonly LightName[] = Object.freeze([]);
const chamberLight: readonly LightName[] = Object.freeze(["chamber"]);
const workLight: readonly LightName[] = Object.freeze(["work"]);
const bothPlaces: readonly FilePlace[] = Object.freeze(["local", "usb"]);

const kobra2: PrinterCapabilities = Object.freeze({
	nozzles: 1,
	maxNozzle: 260,
	maxBed: 90,
	chamberSensor: false,
	maxChamber: 0,
	auxFan: false,
	secondAuxFan: false,
	chamberFan: false,
	airDuct: Object.freeze([]),
	lights: noLights,
	camera: "none",
	drying: false,
	bedMovesInZ: false,
	doorSensor: false,
	// None of them takes lines of G-code, and none is moved from afar.
	motion: false,
	loading: false,
	fastestSpeed: 3,
	filesIn: bothPlaces,
	forms: Object.freeze({ home: false, jog: false, bedTemperature: true, chamberTemperature: false }),
});

const kobra3: PrinterCapabilities = Object.freeze({ ...kobra2, maxNozzle: 300, maxBed: 110, drying: true });

/** Closed. The S1 Max heats its chamber, but not when told. */
const kobraS1: PrinterCapabilities = Object.freeze({
	...kobra3,
	maxNozzle: 320,
	maxBed: 120,
	chamberSensor: true,
	auxFan: true,
	chamberFan: true,
	lights: chamberLight,
	bedMovesInZ: true,
});

/** Of newer ones too little is known: nothing is risked. */
const cautious: PrinterCapabilities = Object.freeze({ ...kobra3, maxNozzle: 260, maxBed: 90 });

/** Nothing that it reports is hidden. */
const unknownModel: PrinterCapabilities = Object.freeze({
	...cautious,
	chamberSensor: true,
	auxFan: true,
	chamberFan: true,
});

interface Model {
	readonly name: string;
	readonly capabilities: PrinterCapabilities;
}

const models: ReadonlyMap<string, Model> = new Map([
	["20021", model("Kobra 2 Pro", Object.freeze({ ...kobra2, maxBed: 110 }))],
	["20022", model("Kobra 2 Plus", kobra2)],
	["20023", model("Kobra 2 Max", kobra2)],
	["20024", model("Kobra 3", kobra3)],
	["20025", model("Kobra S1", kobraS1)],
	["20026", model("Kobra 3 Max", Object.freeze({ ...kobra3, maxBed: 90 }))],
	["20027", model("Kobra 3 V2", kobra3)],
	["20028", model("Kobra 4", cautious)],
	["20029", model("Kobra S1 Max", kobraS1)],
	[KOBRA_X, model("Kobra X", Object.freeze({ ...cautious, lights: workLight }))],
]);

function model(name: string, capabilities: PrinterCapabilities): Model {
	return Object.freeze({ name, capabilities });
}

/** Filament units. They are connected to a printer, but have numbers as printers have. */
const boxes: ReadonlyMap<string, string> = new Map([
	["40001", "ACE Pro"],
	["40002", "ACE 2"],
]);

/** "Kobra 2 Plus", "ACE Pro"; never the number itself. */
export function modelName(modelId: string): string {
	return models.get(modelId)?.name ?? boxes.get(modelId) ?? UNKNOWN_MODEL;
}

/** Whether that is the number of a filament unit, and so of no printer. */
export function isFilamentBox(modelId: string): boolean {
	return boxes.has(modelId);
}

/** Whether it is a Kobra 2 Pro, Plus or Max. */
export function isKobra2(modelId: string): boolean {
	return KOBRA_2.includes(modelId);
}

/** `lights`: those that the printer has reported, or `undefined` when it never did. */
export function capabilitiesOf(modelId: string, lights?: readonly LightName[]): PrinterCapabilities {
	const known = models.get(modelId)?.capabilities ?? unknownModel;
	// The state is told as JSON, and XS's `JSON.stringify` throws at an object that lies in flash.
	return {
		...known,
		airDuct: [...known.airDuct],
		lights: [...(lights ?? known.lights)],
		filesIn: [...known.filesIn],
		forms: { ...known.forms },
	};
}

/** Slots of one box. */
export const BOX_SLOTS = 4;
const MOST_UNITS = 4;

/**
 * What a box is called in the state: 0 to 3. The one that is built into a Kobra X has the number −1, and those that are
 * connected to it begin with 0. `undefined`: no such box.
 */
export function unitOfBox(modelId: string, box: number): number | undefined {
	const unit = modelId === KOBRA_X ? box + 1 : box;
	return Number.isInteger(unit) && unit >= 0 && unit < MOST_UNITS ? unit : undefined;
}

/** The printer's number of it. */
export function boxOfUnit(modelId: string, unit: number): number {
	return modelId === KOBRA_X ? unit - 1 : unit;
}

/** What printers call the kinds of their lights. */
const HEAD_LIGHT = 1;
const CHAMBER_LIGHT = 2;
const CAMERA_LIGHT = 3;

/** `undefined` for a kind that is not known. */
export function lightName(kind: number): LightName | undefined {
	if (kind === CHAMBER_LIGHT) return "chamber";
	return kind === HEAD_LIGHT || kind === CAMERA_LIGHT ? "work" : undefined;
}

/** What to call it when it is to be switched; `reported` are the kinds that the printer has told of. */
export function lightKind(modelId: string, name: LightName, reported: readonly number[]): number | undefined {
	const kind = reported.find((known) => lightName(known) === name);
	if (kind !== undefined) return kind;
	if (name === "chamber") return CHAMBER_LIGHT;
	if (name !== "work") return undefined;
	return modelId === KOBRA_X ? CAMERA_LIGHT : HEAD_LIGHT;
}
