// The contract of UpdatePort, kept by the simulator's slots in files.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../../../sim/host/clock";
import { createFileUpdate } from "../../../sim/host/file-update";
import { createTextCodec } from "../../../sim/host/text-codec";
import { MemoryLog } from "../../fakes/memory-log";
import { updateCases } from "../cases/update";
import { runCases } from "./run-cases";

runCases(updateCases, async () => {
	const directory = await mkdtemp(join(tmpdir(), "culm-update-"));
	const start = () => createFileUpdate({ directory, log: new MemoryLog() });
	const first = start();
	return {
		context: {
			port: first,
			clock: createClock(),
			text: createTextCodec(),
			async restart() {
				const port = start();
				return { port, updated: port.running !== first.running };
			},
			written: () => readFile(join(directory, first.running === "a" ? "slot-b.bin" : "slot-a.bin")),
		},
		resources: [{ close: () => rm(directory, { recursive: true, force: true }) }],
	};
});
