// Bambu Lab's models: how to tell them apart and what each one lacks.

import type { ModuleReport } from "./report-schema";

export interface BambuModel {
	name: string;
	/** `none`: the reported chamber temperature is a constant 5 without meaning. */
	chamber: "none" | "sensor" | "heater";
	auxFan: boolean;
	chamberFan: boolean;
}

const open = { chamber: "none", auxFan: false, chamberFan: false } as const;
const enclosed = { chamber: "sensor", auxFan: true, chamberFan: true } as const;
const heated = { chamber: "heater", auxFan: true, chamberFan: true } as const;

/** By the first three characters of the serial number, which is also the common name of the certificate. */
const bySerial: ReadonlyMap<string, BambuModel> = new Map(
	(
		[
			["00M", { name: "X1C", ...enclosed }],
			["00W", { name: "X1", ...enclosed }],
			["03W", { name: "X1E", ...heated }],
			["01S", { name: "P1P", ...enclosed, chamber: "none" }],
			["01P", { name: "P1S", ...enclosed, chamber: "none" }],
			["22E", { name: "P2S", ...enclosed }],
			["030", { name: "A1 mini", ...open }],
			["039", { name: "A1", ...open }],
			["26A", { name: "A2L", ...open }],
			["20P", { name: "X2D", ...heated }],
			["093", { name: "H2S", ...heated }],
			["094", { name: "H2D", ...heated }],
			["239", { name: "H2D Pro", ...heated }],
			["31B", { name: "H2C", ...heated }],
		] as const
	).map(([prefix, model]) => [prefix, model]),
);

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

/** Of a printer that cannot be told: nothing it reports is hidden. */
const unknownModel: BambuModel = Object.freeze({ name: "Bambu Lab printer", ...heated });

/**
 * The model by serial number; for a prefix that is not known yet, by what `get_version` says:
 * product name, else project name, else the hardware version of the main board.
 */
export function findModel(serial: string, modules: readonly ModuleReport[] = []): BambuModel {
	const known = bySerial.get(serial.slice(0, 3).toUpperCase());
	if (known) return known;
	const name = nameFromModules(modules);
	if (!name) return unknownModel;
	return [...bySerial.values()].find((model) => model.name === name) ?? { ...unknownModel, name };
}

/** By serial number, else by the code that the printer announces. Never the code itself. */
export function modelName(serial: string, code: string): string {
	const { name } = findModel(serial);
	if (name !== unknownModel.name || !Object.hasOwn(announcedCodes, code)) return name;
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
