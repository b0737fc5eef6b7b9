import type { NozzleState } from "../../printer-state";
import { Section } from "../report-fields";
import type { ReportChanges } from "../report-merge";
import type { DeviceReport, PrintReport } from "../report-schema";
import { unpackTemperature } from "./temperature";

/** Nozzle types as newer printers write them: two letters for the flow, two digits for the material. */
const materials: ReadonlyMap<string, string> = new Map([
	["00", "stainless_steel"],
	["01", "hardened_steel"],
	["05", "tungsten_carbide"],
]);

/** While the printer switches from one nozzle to the other. */
const SWITCHING = 0xf;

/** The nozzles in order of id: 0 is the right or only one, 1 the left one. What did not change is that of `before`. */
export function deriveNozzles(
	print: PrintReport,
	{ changed, entries }: ReportChanges,
	before: readonly NozzleState[],
): NozzleState[] {
	const extruders = print.device?.extruder?.info ?? [];
	if (extruders.length > 0) {
		const active = activeExtruder(print.device);
		return extruders.map((extruder, index) => {
			const known = changed & Section.nozzles ? undefined : before[index];
			if (known && !entries.includes(extruder)) return known;
			const { id, temp } = extruder;
			return deriveNozzle(print, id, unpackTemperature(temp), extruders.length === 1 || id === active);
		});
	}
	const { nozzle_temper: current, nozzle_target_temper: target } = print;
	if (current === undefined && target === undefined) return [];
	return [deriveNozzle(print, 0, { current, target }, true)];
}

function deriveNozzle(
	print: PrintReport,
	id: number,
	{ current, target }: { current?: number | undefined; target?: number | undefined },
	active: boolean,
): NozzleState {
	const fitted = print.device?.nozzle?.info?.find((other) => other.id === id);
	const diameterMm = fitted ? fitted.diameter : print.nozzle_diameter;
	const type = material(fitted ? fitted.type : print.nozzle_type);
	const nozzle: NozzleState = { active };
	if (current !== undefined) nozzle.current = current;
	if (target !== undefined) nozzle.target = target;
	if (diameterMm !== undefined) nozzle.diameterMm = diameterMm;
	if (type !== undefined) nozzle.type = type;
	return nozzle;
}

/** The id of the nozzle in use; `undefined` while switching, or when the printer has not said. */
export function activeExtruder(device: DeviceReport | undefined): number | undefined {
	const state = device?.extruder?.state;
	if (state === undefined) return undefined;
	const active = (state >>> 4) & 0xf;
	return active === SWITCHING ? undefined : active;
}

function material(type = ""): string | undefined {
	const digits = type.length === 4 ? type.slice(2) : "";
	return materials.get(digits) ?? (type || undefined);
}
