// The files on a printer that can be printed, for printers that tell of them.

import type { CommandResult } from "./command";

/** `local`: the printer's own memory. `usb`: a stick in it. */
export type FilePlace = "local" | "usb";

export interface PrinterFile {
	/** Without a path. */
	readonly name: string;
	readonly isFolder: boolean;
	readonly sizeBytes?: number;
	/** When it was written: seconds since 1970. */
	readonly modifiedSeconds?: number;
}

export type FileList =
	| { readonly ok: true; readonly files: readonly PrinterFile[] }
	| Exclude<CommandResult, { readonly ok: true }>;

/** Of a printer. Starting and deleting are commands: `start` with `place` and `file`, `delete_file` likewise. */
export interface PrinterFiles {
	/** Those of a folder, such as "/"; at most 200, the newest first. Never rejects. */
	list(place: FilePlace, folder: string): Promise<FileList>;
}
