// What runs where, for the person who started the simulator.

import { isIP } from "node:net";
import { resolve } from "node:path";
import type { SimulatorOptions } from "./command-line";
import type { Broker } from "./simulated-kobras";
import type { VirtualSpoolman } from "./spoolman/server";
import type { StartedKobra } from "./virtual-kobra";
import type { VirtualPrinter } from "./virtual-printer";

export interface Place {
	what: string;
	where: string;
	note: string;
}

export interface Parts {
	virtual: VirtualPrinter | undefined;
	spoolman: VirtualSpoolman | undefined;
	kobras: readonly StartedKobra[];
	/** Of the command line. */
	broker: Broker | undefined;
	hasScreen: boolean;
}

export function places(
	options: SimulatorOptions,
	{ virtual, spoolman, kobras, broker, hasScreen }: Parts,
): Place[] {
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
	for (const { printer, place, target } of kobras)
		rows.push({
			what: `Virtual ${printer.model.name.replace("Anycubic ", "")}`,
			where: place,
			note: `${target.way === "lan" ? "in LAN mode" : "at this broker"}, device id ${target.deviceId}`,
		});
	if (broker)
		rows.push({
			what: "Anycubic broker",
			where: broker.place,
			note: "as given with --anycubic-broker; printers that are heard there are set up",
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
