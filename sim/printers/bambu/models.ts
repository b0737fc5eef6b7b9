// What the virtual printer's models differ in: parts, modules, limits, and the fields they report.

import type { JsonObject } from "./json";
import type { AmsKind } from "./spools";

export type PrinterModelName =
	| "X1C"
	| "X1E"
	| "P1S"
	| "P1P"
	| "A1"
	| "A1 mini"
	| "A2L"
	| "P2S"
	| "X2D"
	| "H2S"
	| "H2D"
	| "H2D Pro"
	| "H2C";

export interface PrinterModule {
	readonly name: string;
	readonly softwareVersion: string;
	readonly hardwareVersion: string;
	readonly loaderVersion: string;
}

export interface PrinterModel {
	readonly name: PrinterModelName;
	/** As the printer spells it in `get_version`. */
	readonly productName: string;
	/** As discovery announces it. */
	readonly discoveryCode: string;
	/** The first three characters of every serial number. */
	readonly serialPrefix: string;
	readonly firmware: string;
	readonly modules: readonly PrinterModule[];
	/** "compact": the P1 and A1 family. "extended": X1, P2 and H2, with bit strings and the `device` block. */
	readonly dialect: "compact" | "extended";
	/** `stg_cur` while no job runs. */
	readonly idleStage: number;
	/** Hex digits of `fun`; bit 29 is set by the printer itself while it demands signed commands. */
	readonly functions?: string;
	readonly nozzles: 1 | 2;
	/** Ids of the nozzles that wait in a rack for the right extruder; it holds the last of them. */
	readonly rack?: readonly number[];
	/** `nozzle_type` and, in the `device` block, `type`. */
	readonly nozzleType: { readonly flat: string; readonly code: string };
	/** "dummy": always 5. "device": in the `device` block only. "both": there and flat. */
	readonly chamber: "dummy" | "device" | "both";
	readonly chamberHeater: boolean;
	readonly enclosed: boolean;
	readonly fans: { readonly aux: boolean; readonly chamber: boolean };
	/** Parts and modes of `device.airduct`, for models with air ducts. */
	readonly airDuct?: { readonly partIds: readonly number[]; readonly modes: readonly JsonObject[] };
	/** Nodes of `lights_report` and their mode after power-on. */
	readonly lights: Readonly<Record<string, "on" | "off" | "flashing">>;
	readonly externalSpool: { readonly vtTray: boolean; readonly slotIds: readonly string[] };
	/** The state field that an empty slot carries; without it an empty slot is its id alone. */
	readonly emptySlotState?: number;
	readonly units: readonly { readonly id: number; readonly kind: AmsKind; readonly nozzle: number }[];
	readonly limits: { readonly nozzleC: number; readonly bedC: number; readonly chamberC: number };
	/** Before the bits that the printer changes at run time are set. */
	readonly bits: {
		readonly homeFlag: number;
		readonly cfg: string;
		readonly stat: string;
		readonly aux: string;
		readonly flag3: number;
	};
}

const bitsOfP1 = { homeFlag: 224478464, cfg: "0", stat: "0", aux: "0", flag3: 671 };
const bitsOfA1 = { homeFlag: 847070616, cfg: "0", stat: "0", aux: "0", flag3: 671 };

const p1Modules: readonly PrinterModule[] = [
	module("esp32", "01.11.35.64", "AP04"),
	module("mc", "00.01.32.85", "MC07", "00.00.00.23"),
	module("th", "00.00.09.95", "TH09", "00.00.00.14"),
];

const a1Modules: readonly PrinterModule[] = [
	module("esp32", "01.13.33.99", "AP05"),
	module("mc", "00.01.29.83", "MC02", "00.00.00.32"),
	module("th", "00.00.07.69", "TH01", "00.00.00.26"),
];

const p1s: PrinterModel = {
	name: "P1S",
	productName: "Bambu Lab P1S",
	discoveryCode: "C12",
	serialPrefix: "01P",
	firmware: "01.08.02.00",
	modules: p1Modules,
	dialect: "compact",
	idleStage: 255,
	nozzles: 1,
	nozzleType: { flat: "stainless_steel", code: "HS00" },
	chamber: "dummy",
	chamberHeater: false,
	enclosed: true,
	fans: { aux: true, chamber: true },
	lights: { chamber_light: "on" },
	externalSpool: { vtTray: true, slotIds: [] },
	units: [{ id: 0, kind: "ams", nozzle: 0 }],
	limits: { nozzleC: 300, bedC: 100, chamberC: 0 },
	bits: bitsOfP1,
};

const a1: PrinterModel = {
	...p1s,
	name: "A1",
	productName: "Bambu Lab A1",
	discoveryCode: "N2S",
	serialPrefix: "039",
	firmware: "01.07.00.00",
	modules: a1Modules,
	idleStage: 0,
	enclosed: false,
	fans: { aux: false, chamber: false },
	lights: { chamber_light: "off" },
	units: [{ id: 0, kind: "ams_lite", nozzle: 0 }],
	bits: bitsOfA1,
};

const x1c: PrinterModel = {
	name: "X1C",
	productName: "Bambu Lab X1-Carbon",
	discoveryCode: "BL-P001",
	serialPrefix: "00M",
	firmware: "01.09.00.01",
	modules: [
		module("ahb", "00.00.00.43", "AHB01"),
		module("mc", "00.00.32.89", "MC07", "00.00.00.28"),
		module("mc-sub", "00.00.32.89", "N/A"),
		module("th", "00.00.07.12", "TH09", "00.00.00.14"),
		module("ap", "00.00.50.76", "AP05", "00.00.01.08"),
	],
	dialect: "extended",
	idleStage: -1,
	functions: "11A30F9CFB",
	nozzles: 1,
	nozzleType: { flat: "hardened_steel", code: "HS01" },
	chamber: "device",
	chamberHeater: false,
	enclosed: true,
	fans: { aux: true, chamber: true },
	lights: { chamber_light: "on", work_light: "flashing" },
	externalSpool: { vtTray: true, slotIds: ["255"] },
	emptySlotState: 0,
	units: [
		{ id: 0, kind: "ams", nozzle: 0 },
		{ id: 1, kind: "ams_2_pro", nozzle: 0 },
	],
	limits: { nozzleC: 300, bedC: 110, chamberC: 0 },
	bits: { homeFlag: -1067070064, cfg: "FB299", stat: "7A58000", aux: "280100C", flag3: 671 },
};

const p2s: PrinterModel = {
	...x1c,
	name: "P2S",
	productName: "Bambu Lab P2S",
	discoveryCode: "N7",
	serialPrefix: "22E",
	firmware: "01.01.00.00",
	modules: [
		module("ahb", "01.00.11.61", "AHB-N703", "00.00.05.29"),
		module("th", "02.00.20.82", "TH03", "00.00.00.10"),
		module("smc", "02.00.13.93", "SMC01", "00.00.06.03"),
		module("mc", "01.00.69.85", "MC06", "00.01.02.07"),
		module("ap", "00.00.69.32", "AP04", "00.00.01.11"),
	],
	functions: "60029FD1A3FF9CB7",
	nozzleType: { flat: "HS01", code: "HS01" },
	airDuct: {
		partIds: [16, 32, 160],
		modes: [
			{ ctrl: [16, 32, 160], modeId: 0, off: [] },
			{ ctrl: [16, 32], modeId: 1, off: [160] },
		],
	},
	externalSpool: { vtTray: false, slotIds: ["255"] },
	emptySlotState: 8,
	units: [{ id: 0, kind: "ams_2_pro", nozzle: 0 }],
	bits: { homeFlag: -1067100737, cfg: "10017DAB9", stat: "10002080F0", aux: "2801004", flag3: 671 },
};

const h2d: PrinterModel = {
	...x1c,
	name: "H2D",
	productName: "Bambu Lab H2D",
	discoveryCode: "O1D",
	serialPrefix: "094",
	firmware: "01.01.02.07",
	modules: [
		module("ahb", "02.00.09.67", "AHB02", "00.00.00.21"),
		module("mc", "02.05.57.52", "MC09", "02.05.57.52"),
		module("mc-sub", "02.05.57.52", "N/A"),
		module("th", "02.01.17.55", "TH08", "00.00.17.22"),
		module("ext", "00.00.08.18", "EXT07", "00.00.01.00"),
		module("smc", "02.01.12.00", "SMC09", "00.00.09.26"),
		module("ap", "00.00.51.98", "AP05", "00.00.01.11"),
	],
	functions: "41AFFF9CFF",
	nozzles: 2,
	chamber: "both",
	chamberHeater: true,
	airDuct: {
		partIds: [16, 32, 48, 96],
		modes: [
			{ ctrl: [16, 32, 48], modeId: 0, off: [96] },
			{ ctrl: [16], modeId: 1, off: [32, 48] },
			{ ctrl: [48], modeId: 2, off: [] },
		],
	},
	lights: { chamber_light: "on", work_light: "flashing", chamber_light2: "on" },
	externalSpool: { vtTray: true, slotIds: ["254", "255"] },
	emptySlotState: 8,
	units: [
		{ id: 0, kind: "ams_2_pro", nozzle: 1 },
		{ id: 1, kind: "ams_2_pro", nozzle: 0 },
		{ id: 128, kind: "ams_ht", nozzle: 0 },
	],
	limits: { nozzleC: 350, bedC: 120, chamberC: 65 },
	bits: { homeFlag: -1066934785, cfg: "3C5FDAD9", stat: "17802181F0", aux: "2D01004", flag3: 671 },
};

const models: Readonly<Record<PrinterModelName, PrinterModel>> = {
	P1S: p1s,
	P1P: {
		...p1s,
		name: "P1P",
		productName: "Bambu Lab P1P",
		discoveryCode: "C11",
		serialPrefix: "01S",
		enclosed: false,
		fans: { aux: true, chamber: false },
	},
	A1: a1,
	"A1 mini": {
		...a1,
		name: "A1 mini",
		productName: "Bambu Lab A1 mini",
		discoveryCode: "N1",
		serialPrefix: "030",
		limits: { nozzleC: 300, bedC: 80, chamberC: 0 },
	},
	X1C: x1c,
	X1E: {
		...x1c,
		name: "X1E",
		productName: "Bambu Lab X1E",
		discoveryCode: "C13",
		serialPrefix: "03W",
		firmware: "01.02.00.00",
		chamberHeater: true,
		limits: { nozzleC: 320, bedC: 110, chamberC: 60 },
	},
	A2L: {
		...a1,
		name: "A2L",
		productName: "Bambu Lab A2L",
		discoveryCode: "N9",
		serialPrefix: "26A",
		firmware: "01.01.00.00",
		dialect: "extended",
		functions: "100D122002FBD",
		airDuct: { partIds: [16], modes: [] },
		externalSpool: { vtTray: false, slotIds: ["255"] },
		emptySlotState: 8,
		units: [{ id: 16, kind: "ams_lite", nozzle: 0 }],
		limits: { nozzleC: 300, bedC: 80, chamberC: 0 },
		bits: { homeFlag: 847070616, cfg: "120000870A00", stat: "30040000", aux: "1000", flag3: 25240 },
	},
	P2S: p2s,
	X2D: {
		...p2s,
		name: "X2D",
		productName: "Bambu Lab X2D",
		discoveryCode: "N6",
		serialPrefix: "20P",
		firmware: "01.01.00.00",
		functions: "40029FD1B30F9CB7",
		nozzles: 2,
		chamberHeater: true,
		airDuct: {
			partIds: [16, 32, 160, 48],
			modes: [
				{ ctrl: [16, 32, 160, 48], modeId: 0, off: [] },
				{ ctrl: [16, 160, 48], modeId: 1, off: [] },
			],
		},
		externalSpool: { vtTray: false, slotIds: ["254", "255"] },
		units: [
			{ id: 0, kind: "ams_2_pro", nozzle: 1 },
			{ id: 1, kind: "ams_2_pro", nozzle: 0 },
		],
		limits: { nozzleC: 300, bedC: 120, chamberC: 65 },
		bits: { ...p2s.bits, stat: "1001000208070" },
	},
	H2S: {
		...h2d,
		name: "H2S",
		productName: "Bambu Lab H2S",
		discoveryCode: "O1S",
		serialPrefix: "093",
		firmware: "01.01.00.00",
		functions: "21FF1AFFF9CB7",
		nozzles: 1,
		chamber: "device",
		externalSpool: { vtTray: false, slotIds: ["255"] },
		units: [{ id: 0, kind: "ams_2_pro", nozzle: 0 }],
	},
	H2D: h2d,
	"H2D Pro": {
		...h2d,
		name: "H2D Pro",
		productName: "Bambu Lab H2D Pro",
		discoveryCode: "O1E",
		serialPrefix: "239",
		firmware: "01.01.00.00",
		functions: "4023FF1AFFF9CB3",
		chamber: "device",
		externalSpool: { vtTray: false, slotIds: ["254", "255"] },
	},
	H2C: {
		...h2d,
		name: "H2C",
		productName: "Bambu Lab H2C",
		discoveryCode: "O1C2",
		serialPrefix: "31B",
		firmware: "01.01.00.00",
		functions: "14023FF1AFFF9CB7",
		chamber: "device",
		externalSpool: { vtTray: false, slotIds: ["254", "255"] },
		rack: [16, 17, 18, 19, 20, 21],
	},
};

export const printerModelNames = Object.keys(models) as readonly PrinterModelName[];

export function printerModel(name: PrinterModelName): PrinterModel {
	return models[name];
}

/** The model people mean by "a1 MINI" or "a1mini"; `undefined` for one that is not in the table. */
export function findPrinterModel(name: string): PrinterModel | undefined {
	const wanted = name.toLowerCase().replace(/[\s_-]/g, "");
	const found = printerModelNames.find((known) => known.toLowerCase().replace(" ", "") === wanted);
	return found === undefined ? undefined : models[found];
}

/**
 * The serial number of a virtual printer that was given none: right prefix and length, and no real printer's.
 * `count` tells those on one computer apart.
 */
export function exampleSerial(model: PrinterModel, count = 1): string {
	return `${model.serialPrefix}00A${String(count).padStart(9, "0")}`;
}

/** Whether a bit of `fun` is set. The string may hold 64 bits, more than a number keeps. */
export function hasFunction(model: PrinterModel, bit: number): boolean {
	return model.functions !== undefined && ((BigInt(`0x${model.functions}`) >> BigInt(bit)) & 1n) === 1n;
}

function module(
	name: string,
	softwareVersion: string,
	hardwareVersion: string,
	loaderVersion = "00.00.00.00",
): PrinterModule {
	return { name, softwareVersion, hardwareVersion, loaderVersion };
}
