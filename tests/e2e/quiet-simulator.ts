// The simulator on ports that are free, with a log that nobody reads.

import { parseCommandLine } from "../../sim/command-line";
import { type Simulator, startSimulator } from "../../sim/simulator";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

export interface QuietSimulator {
	simulator: Simulator;
	/** Of the device's page; the workbench is on the next one. */
	port: number;
}

/** `args` as on the command line, without port and storage. */
export async function startQuietSimulator(storage: string, ...args: string[]): Promise<QuietSimulator> {
	const port = await freePorts(2);
	const parsed = parseCommandLine(["--port", String(port), "--storage", storage, ...args]);
	if (parsed.kind !== "run") throw new Error("bad options");
	return { simulator: await startSimulator(parsed.options, new MemoryLog()), port };
}
