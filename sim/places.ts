// What runs where, for the person who started the simulator.

import { isIP } from "node:net";
import { resolve } from "node:path";
import type { SimulatorOptions } from "./command-line";
import type { VirtualSpoolman } from "./spoolman/server";
import type { VirtualPrinter } from "./virtual-printer";

export interface Place {
	what: string;
	where: string;
	note: string;
}

export interface Parts {
	virtual: VirtualPrinter | undefined;
	spoolman: VirtualSpoolman | undefined;
	hasScreen: boolean;
}

export function places(options: SimulatorOptions, { virtual, spoolman, hasScreen }: Parts): Place[] {
	const shown = shownAddress(options.address);
	const rows: Place[] = [
		{
			what: "Device page",
			where: `http://${shown}:${options.port}/`,
			note: "state at /api/state; Panda Breath clients at /ws",
		},
	];
	if (!options.headless)
		rows.push({
			what: "Workbench",
			where: `http://${shown}:${options.port + 1}/`,
			note: `${hasScreen ? "the touch panel, " : ""}the virtual world and what can go wrong in it`,
		});
	if (virtual)
		rows.push({
			what: "Virtual printer",
			where: virtual.place,
			note: `serial ${virtual.target.serial}, access code ${virtual.target.accessCode}. ${virtual.searchHelp}`,
		});
	if (options.printer) {
		const { host, port, serial } = options.printer;
		rows.push({ what: "Printer", where: `${host}:${port}`, note: `serial ${serial}` });
	}
	if (spoolman)
		rows.push({
			what: "Virtual Spoolman",
			where: spoolman.url,
			note: "the spools of the virtual printer, without a page of its own; the workbench shows them",
		});
	if (options.spoolman !== undefined)
		rows.push({ what: "Spoolman", where: options.spoolman, note: "as given with --spoolman" });
	rows.push({ what: "Storage", where: resolve(options.storage), note: "settings and certificates" });
	return rows;
}

/** What a browser on this computer takes for the address. */
function shownAddress(address: string): string {
	if (address === "0.0.0.0" || address === "::") return "127.0.0.1";
	return isIP(address) === 6 ? `[${address}]` : address;
}
