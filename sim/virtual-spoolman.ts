// The virtual Spoolman of the simulator: beside the virtual printer, with the spools that are in it.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../modules/platform/log";
import { PortError } from "../modules/platform/port-error";
import type { SimulatorOptions } from "./command-line";
import { startVirtualSpoolman, type VirtualSpoolman } from "./spoolman/server";
import { StartError } from "./start-error";

/** Behind the device's page and the workbench. */
const PORT_OFFSET = 2;
const HIGHEST_PORT = 65_535;

/**
 * On this computer alone, kept in `storage`. At another port where the usual one is taken: only the device has to know it.
 */
export async function startSimulatorSpoolman(
	{ port: devicePort }: SimulatorOptions,
	storage: string,
	log: Log,
	endings: (() => Promise<void> | void)[],
): Promise<VirtualSpoolman> {
	try {
		await mkdir(storage, { recursive: true });
	} catch (cause) {
		throw new StartError(
			"environment",
			"The storage folder cannot be made. Choose another one with --storage.",
			cause,
		);
	}
	const wanted = devicePort + PORT_OFFSET;
	const start = (port: number): Promise<VirtualSpoolman> =>
		startVirtualSpoolman({ port, file: join(storage, "spoolman.sqlite"), hasExample: true, log });
	const spoolman = await start(wanted <= HIGHEST_PORT ? wanted : 0).catch((error: unknown) => {
		if (error instanceof PortError && (error.code === "address_in_use" || error.code === "refused"))
			return start(0);
		throw error;
	});
	endings.push(() => spoolman.close());
	return spoolman;
}
