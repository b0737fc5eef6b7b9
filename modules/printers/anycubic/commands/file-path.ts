// Where a file is on the printer, from a path that came from outside.

import { type CommandFailure, failed } from "../../command";

export const MAX_PATH_LENGTH = 400;
const MAX_NAME_LENGTH = 255;
const ENDING = ".gcode";

export interface FilePath {
	/** "/" or "/folder/inner" */
	readonly folder: string;
	/** Without the folder. */
	readonly name: string;
}

const NO_FILE = failed(
	"bad_field",
	'"file" has to be the path of a .gcode file on the printer, such as "name.gcode" or "folder/name.gcode".',
);
const NO_FOLDER = failed(
	"bad_field",
	'"folder" has to be a folder on the printer, such as "/" or "/models".',
);

export function readFilePath(file: string): FilePath | CommandFailure {
	const parts = file.split("/");
	const name = parts.at(-1) ?? "";
	return parts.every(isName) && isPrintable(name)
		? { folder: `/${parts.slice(0, -1).join("/")}`, name }
		: NO_FILE;
}

/** What is wrong with it, or `undefined`. */
export function folderProblem(folder: string): CommandFailure | undefined {
	if (folder === "/") return undefined;
	return folder.startsWith("/") && folder.slice(1).split("/").every(isName) ? undefined : NO_FOLDER;
}

/** Of a file that can be printed. */
export function isPrintable(name: string): boolean {
	return name.length > ENDING.length && name.toLowerCase().endsWith(ENDING);
}

/** Of a file or folder; nothing that leads elsewhere. */
export function isName(name: string): boolean {
	if (name === "" || name === "." || name === ".." || name.length > MAX_NAME_LENGTH) return false;
	for (let at = 0; at < name.length; at++) {
		const code = name.charCodeAt(at);
		if (code < 0x20 || code === 0x7f) return false;
	}
	return !name.includes("/") && !name.includes("\\");
}
