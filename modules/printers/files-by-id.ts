// The files of one of the printers, whoever asks for them: over HTTP, or on the panel.

import type { CommandedPrinters } from "./command-by-id";
import type { FileList, FilePlace } from "./printer-files";

/** Resolves with `undefined` when there is no such printer, and with "none" when it does not tell of files. Never rejects. */
export async function filesById(
	printers: CommandedPrinters,
	id: string,
	place: FilePlace,
	folder: string,
): Promise<FileList | "none" | undefined> {
	const printer = printers.find(id);
	if (!printer) return undefined;
	if (!printer.files) return "none";
	// A printer that is only looked at now and then has no connection yet.
	await printers.attend(id);
	// It may have been forgotten meanwhile.
	return printers.find(id)?.files?.list(place, folder);
}
