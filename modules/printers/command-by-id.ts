// A command to one of the printers, whoever asks for it: over HTTP, or on the panel.

import type { CommandRequest, CommandResult } from "./command";
import type { Printer } from "./printer";
import type { PrinterManager } from "./printer-manager";

export type CommandedPrinters = {
	find(id: string): Pick<Printer, "command" | "files"> | undefined;
} & Pick<PrinterManager, "attend">;

/** Resolves as `Printer.command` does; with `undefined` when there is no such printer. Never rejects. */
export async function commandById(
	printers: CommandedPrinters,
	id: string,
	request: CommandRequest,
): Promise<CommandResult | undefined> {
	if (!printers.find(id)) return undefined;
	// A printer that is only looked at now and then has no connection yet.
	await printers.attend(id);
	// It may have been forgotten meanwhile.
	return printers.find(id)?.command(request);
}
