// Files on a printer for pictures: a list that is there at once.

import type { PanelDevice, PrinterFile } from "../../ui/panel/device";
import { PICTURE_TIME } from "./picture-device";

const HOUR = 3600;

/** Newest first. */
export const PICTURE_FILES: readonly PrinterFile[] = [
	file("Bracket_PLA_0.2.gcode", 12.4, 2),
	{ name: "models", isFolder: true },
	file("Phone stand with cable guide, left and right, 0.28 mm, PETG, 5h12m.gcode", 48.9, 20),
	file("vase.gcode", 0.31, 31),
	file("Gear_3.gcode", 3.2, 24 * 6),
	file("calibration_cube.gcode", 0.9, 24 * 40),
	file("Halter für Bohrer.gcode", 7.7, 24 * 400),
	{ name: "no clock.gcode", isFolder: false, sizeBytes: 1_200_000, modifiedSeconds: 12 },
];

export function pictureFiles(
	list: PanelDevice["files"]["list"] = async (_id, _place, folder) => ({
		ok: true,
		value: folder === "/" ? PICTURE_FILES : PICTURE_FILES.slice(2, 5),
	}),
): Partial<PanelDevice> {
	return { files: { list } };
}

function file(name: string, megabytes: number, hoursAgo: number): PrinterFile {
	const modifiedSeconds = PICTURE_TIME / 1000 - hoursAgo * HOUR;
	return { name, isFolder: false, sizeBytes: Math.round(megabytes * 1024 * 1024), modifiedSeconds };
}
