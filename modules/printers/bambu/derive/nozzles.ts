import { known } from "../../known";
import type { NozzleState } from "../../printer-state";
import type { DeviceReport, PrintReport } from "../report-schema";
import { unpackTemperature } from "./packed-temperature";

/** Nozzle types as newer printers write them: two letters for the flow, two digits for the material. */
const materials: ReadonlyMap<string, string> = new Map([
	["00", "stainless_steel"],
	["01", "hardened_steel"],
	["05", "tungsten_carbide"],
]);

/** While the printer switches from one nozzle to the other. */
const SWITCHING = 0xf;

/** The nozzles in order of id: 0 is the right or only one, 1 the left one. */
export function deriveNozzles(print: PrintReport): NozzleState[] {
	const extruders = print.device?.extruder?.info;
	if (extruders && extruders.length > 0) {
		const active = activeExtruder(print.device);
		return [...extruders]
			.sort((a, b) => (a.id ?? 0) - (b.id ?? 0))
			.map(({ id = 0, temp }) => ({
				...unpackTemperature(temp),
				...fitted(print, id),
				active: extruders.length === 1 || id === active,
			}));
	}
	const { nozzle_temper: current, nozzle_target_temper: target } = print;
	if (current === undefined && target === undefined) return [];
	return [
		{
			...known<{ current?: number; target?: number }>({ current, target }),
			...fitted(print, 0),
			active: true,
		},
	];
}

/** The id of the nozzle in use; `undefined` while switching, or when the printer has not said. */
export function activeExtruder(device: DeviceReport | undefined): number | undefined {
	const state = device?.extruder?.state;
	if (state === undefined) return undefined;
	const active = (state >>> 4) & 0xf;
	return active === SWITCHING ? undefined : active;
}

function fitted(print: PrintReport, id: number): { diameterMm?: number; type?: string } {
	const nozzle = print.device?.nozzle?.info?.find((other) => other.id === id);
	return known<{ diameterMm?: number; type?: string }>({
		diameterMm: nozzle ? nozzle.diameter : print.nozzle_diameter,
		type: material(nozzle ? nozzle.type : print.nozzle_type),
	});
}

function material(type: string | undefined): string | undefined {
	const digits = /^[A-Z]{2}(\d\d)$/.exec(type ?? "")?.[1];
	return (digits && materials.get(digits)) || type || undefined;
}
