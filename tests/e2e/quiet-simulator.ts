// The simulator on ports that are free, with a log that nobody reads.

import { parseCommandLine } from "../../sim/command-line";
import type { DrawPanel } from "../../sim/simulated-screen";
import { type Simulator, type SimulatorMeans, startSimulator } from "../../sim/simulator";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

export interface QuietSimulator {
	simulator: Simulator;
	/** Of the device's page; the workbench is on the next one. */
	port: number;
}

/** `args` as on the command line, without port and storage. It has no panel unless `startQuietPanel` gives it one. */
export function startQuietSimulator(storage: string, ...args: string[]): Promise<QuietSimulator> {
	return start(storage, args, {});
}

export function startQuietPanel(
	storage: string,
	drawPanel: DrawPanel,
	...args: string[]
): Promise<QuietSimulator> {
	return start(storage, args, { drawPanel });
}

async function start(storage: string, args: string[], means: SimulatorMeans): Promise<QuietSimulator> {
	const port = await freePorts(2);
	const parsed = parseCommandLine(["--port", String(port), "--storage", storage, ...args]);
	if (parsed.kind !== "run") throw new Error("bad options");
	return { simulator: await startSimulator(parsed.options, new MemoryLog(), means), port };
}
