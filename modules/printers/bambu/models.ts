// Bambu Lab's models: how to tell them apart.

import type { ModuleReport } from "./report-schema";

/** By the first three characters of the serial number, which is also the common name of the certificate. */
const bySerial: ReadonlyMap<string, string> = new Map([
	["00M", "X1C"],
	["00W", "X1"],
	["03W", "X1E"],
	["01S", "P1P"],
	["01P", "P1S"],
	["22E", "P2S"],
	["030", "A1 mini"],
	["039", "A1"],
	["26A", "A2L"],
	["20P", "X2D"],
	["093", "H2S"],
	["094", "H2D"],
	["239", "H2D Pro"],
	["31B", "H2C"],
]);

/** What older firmware calls the models in `get_version`. */
const projectNames: Readonly<Record<string, string>> = Object.freeze({
	C11: "P1P",
	C12: "P1S",
	N1: "A1 mini",
	N2S: "A1",
});

/** What printers call their model when they announce themselves in the network. */
const announcedCodes: Readonly<Record<string, string>> = Object.freeze({
	"BL-P001": "X1C",
	"3DPrinter-X1-Carbon": "X1C",
	"BL-P002": "X1",
	"3DPrinter-X1": "X1",
	C13: "X1E",
	C11: "P1P",
	C12: "P1S",
	N7: "P2S",
	N1: "A1 mini",
	N2S: "A1",
	N9: "A2L",
	N6: "X2D",
	O1D: "H2D",
	O1E: "H2D Pro",
	O2D: "H2D Pro",
	O1S: "H2S",
	O1C: "H2C",
	O1C2: "H2C",
});

/** Of a printer that cannot be told. */
const UNKNOWN_MODEL = "Bambu Lab printer";

/**
 * The model by serial number; for a prefix that is not known yet, by what `get_version` says:
 * product name, else project name, else the hardware version of the main board.
 */
export function modelOf(serial: string, modules: readonly ModuleReport[] = []): string {
	return bySerial.get(serial.slice(0, 3).toUpperCase()) ?? nameFromModules(modules) ?? UNKNOWN_MODEL;
}

/** By serial number, else by the code that the printer announces. Never the code itself. */
export function modelName(serial: string, code: string): string {
	const name = modelOf(serial);
	if (name !== UNKNOWN_MODEL || !Object.hasOwn(announcedCodes, code)) return name;
	return announcedCodes[code] ?? name;
}

function nameFromModules(modules: readonly ModuleReport[]): string | undefined {
	for (const { product_name } of modules) {
		const name = /^Bambu Lab (.+)$/.exec(product_name ?? "")?.[1];
		if (name) return name === "X1-Carbon" ? "X1C" : name;
	}
	for (const { project_name } of modules) {
		const name = project_name && Object.hasOwn(projectNames, project_name) && projectNames[project_name];
		if (name) return name;
	}
	for (const { name, hw_ver } of modules) {
		if (!/^(esp32|rv1126|ap2?)$/.test(name ?? "")) continue;
		if (hw_ver === "AP02") return "X1E";
		if (hw_ver === "AP05") return "X1C";
	}
	return undefined;
}
