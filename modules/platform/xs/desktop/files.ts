// The folder in which the simulator keeps what a device keeps in flash.
/// <reference path="../typings/files.d.ts" />

import root, { type Directory } from "embedded:storage/files";
import { joinBytes } from "../bytes";

export const FOLDER = "culm-simulator";
const PIECE_BYTES = 16 * 1024;

/** Made when it is needed. */
export function openFolder(): Directory {
	root.createDirectory(FOLDER);
	return root.openDirectory({ path: FOLDER });
}

/** `undefined` when there is no such file. */
export function readFile(folder: Directory, name: string): Uint8Array | undefined {
	if (folder.status(name).mode === 0) return undefined;
	const file = folder.openFile({ path: name });
	try {
		const { size } = file.status();
		const pieces: Uint8Array[] = [];
		for (let position = 0; position < size; position += PIECE_BYTES)
			pieces.push(new Uint8Array(file.read(Math.min(PIECE_BYTES, size - position), position)));
		return joinBytes(pieces);
	} finally {
		file.close();
	}
}

/** The file has either its old or its new content at any moment. */
export function replaceFile(folder: Directory, name: string, bytes: Uint8Array): void {
	const temporary = `${name}.new`;
	const file = folder.openFile({ path: temporary, mode: "w" });
	try {
		file.write(bytes, 0);
		file.flush();
	} finally {
		file.close();
	}
	folder.move(temporary, name);
}
