// The `device` block of a status report: nozzles, bed, chamber and air ducts of X1, P2 and H2 printers.

import { packTemperature } from "./bit-fields";
import type { JsonObject } from "./json";
import type { Machine } from "./machine";
import { packedTray, type TrayAddress } from "./spools";

export function deviceReport(machine: Machine): JsonObject {
	const { bed, chamber, model, fans } = machine;
	const bedTemp = packTemperature(bed.currentC, bed.targetC);
	const chamberTemp = packTemperature(chamber.currentC, chamber.targetC);
	const waiting = model.rack?.slice(0, -1) ?? [];
	const held = model.rack?.at(-1) ?? 0;
	return {
		...(model.airDuct === undefined ? {} : { airduct: airDuctReport(machine) }),
		bed: { info: { temp: bedTemp }, state: bed.targetC > 0 ? 2 : 0 },
		bed_temp: bedTemp,
		cam: { laser: { cond: 252, state: 0 }, ...(model.name === "P2S" ? { timelapse_path: "" } : {}) },
		...(model.chamber === "both" ? { cham_temp: chamberTemp } : {}),
		ctc: { info: { temp: chamberTemp }, state: chamber.targetC > 0 ? 1 : 0 },
		ext_tool: { calib: 2, low_prec: true, mount: 0, mount_3d: 0, th_temp: 0, type: "" },
		extruder: extruderReport(machine),
		fan: fans.part,
		...(model.name === "P2S" ? { holder: null } : {}),
		laser: { power: 0 },
		nozzle: {
			exist: model.nozzles === 2 ? 3 : 1,
			info: [...machine.nozzles.keys(), ...waiting].map((id) => ({
				color_m: "00000000",
				diameter: Number(machine.nozzleDiameter),
				fila_id: "",
				id,
				sn: "N/A",
				stat: 0,
				tm: 0,
				type: nozzleCode(machine),
				wear: 0,
			})),
			src_id: held,
			state: 0,
			tar_id: held,
		},
		plate: { base: 0, cali2d_id: "", cur_id: "", mat: 1, tar_id: "" },
		type: 1,
	};
}

/** Nozzle types in words, and the two digits at the end of their code. */
const nozzleDigits: ReadonlyMap<string, string> = new Map([
	["stainless_steel", "00"],
	["hardened_steel", "01"],
	["tungsten_carbide", "05"],
]);

function nozzleCode({ nozzleType, model }: Machine): string {
	const digits = nozzleDigits.get(nozzleType);
	return digits === undefined ? model.nozzleType.code : `HS${digits}`;
}

function extruderReport(machine: Machine): JsonObject {
	const { nozzles, change, activeNozzle } = machine;
	return {
		info: nozzles.map((nozzle, id) => {
			const now = machine.loaded[id];
			const target = change?.nozzle === id ? change.to : now;
			return {
				filam_bak: [],
				hnow: id,
				hpre: id,
				htar: id,
				id,
				// Bit 3: there is a nozzle; bits 1 and 2: filament in it and in its buffer.
				info: 8 | (now === undefined ? 0 : 6),
				snow: slotNumber(id, now),
				spre: slotNumber(id, machine.previous[id]),
				star: slotNumber(id, target),
				stat: 0,
				temp: packTemperature(nozzle.currentC, nozzle.targetC),
			};
		}),
		// Bits 0–3 how many, 4–7 the active one, 8–11 the one it should be.
		state: nozzles.length | (activeNozzle << 4) | (activeNozzle << 8),
	};
}

/** Nothing loaded is 0xFFFF for the right nozzle and 0xFEFF for the left one. */
function slotNumber(nozzle: number, tray: TrayAddress | undefined): number {
	if (tray === undefined) return nozzle === 0 ? 0xffff : 0xfeff;
	return packedTray(tray);
}

function airDuctReport({ model, fans, chamber, airDuctMode }: Machine): JsonObject {
	const percent = (speed: number): number => Math.round((speed * 100) / 255);
	const states: Readonly<Record<number, number>> = {
		16: percent(fans.part),
		32: percent(fans.aux),
		48: percent(fans.chamber),
		160: percent(fans.aux2),
		96: chamber.targetC > 0 ? 100 : 0,
	};
	return {
		modeCur: airDuctMode,
		modeFunc: 0,
		modeList: model.airDuct?.modes ?? [],
		modeVisable: 7,
		parts: (model.airDuct?.partIds ?? []).map((id, index) => ({
			func: index,
			id,
			range: 0x640000,
			state: states[id] ?? 0,
		})),
		subFunc: 0,
		subMode: 0,
		subVisable: 7,
		version: 1,
	};
}
