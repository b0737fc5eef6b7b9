// The jobs that the virtual printer can be told to print, by what they take their filament from.

import { defaultFilaments } from "./job-commands";
import type { JsonObject } from "./json";
import type { Machine } from "./machine";
import type { JobPlan, PrintOptions } from "./print-job";
import { externalUnit, flatTray, type TrayAddress } from "./spools";

/**
 * - `sequence`: several filaments, one after the other
 * - `interleaved`: several filaments that take turns every few layers
 * - `single`: one filament of a unit
 * - `external`: the spool outside
 */
export type JobKind = "sequence" | "interleaved" | "single" | "external";
export const jobKinds: readonly JobKind[] = ["sequence", "interleaved", "single", "external"];

const layersPerTurn = 3;
/** Not alike, so that one taken for another shows. */
const gramsOfInterleaved: readonly number[] = [24.5, 8.25, 13.75, 3.5];

export function jobOptions(machine: Machine, kind: JobKind): Partial<PrintOptions> {
	const filaments = defaultFilaments(machine);
	switch (kind) {
		case "sequence":
			return { filaments };
		case "interleaved":
			return { name: "Interleaved rings", filaments, layersPerTurn, gramsPerFilament: gramsOfInterleaved };
		case "single":
			return { name: "Plain bracket", filaments: filaments.slice(0, 1) };
		case "external":
			return { name: "Outside job", filaments: [{ unit: externalUnit, slot: 0 }] };
	}
}

/** The command with which a slicer starts that job, as the printer repeats it for all to hear. */
export function startEcho({ name, filaments }: JobPlan, sequenceId: string): JsonObject {
	const trays = filaments.map(({ tray }) => tray);
	return {
		sequence_id: sequenceId,
		command: "project_file",
		param: "Metadata/plate_1.gcode",
		project_id: "0",
		profile_id: "0",
		task_id: "0",
		subtask_id: "0",
		subtask_name: name,
		file: `${name}.gcode.3mf`,
		url: `ftp://${name}.gcode.3mf`,
		md5: "",
		bed_type: "auto",
		use_ams: trays.some((tray) => tray !== undefined && tray.unit !== externalUnit),
		ams_mapping: trays.map((tray) => (isInUnit(tray) ? flatTray(tray) : -1)),
		ams_mapping2: trays.map((tray) => ({
			ams_id: tray?.unit ?? externalUnit,
			slot_id: tray === undefined ? 255 : isInUnit(tray) ? tray.slot : 0,
		})),
		result: "success",
		reason: "",
	};
}

function isInUnit(tray: TrayAddress | undefined): tray is TrayAddress {
	return tray !== undefined && tray.unit !== externalUnit;
}
