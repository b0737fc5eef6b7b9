// The contract of Storage, kept by the simulator's host on disk and in memory.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { createClock } from "../../../sim/host/clock";
import { createJsonStorage } from "../../../sim/host/json-storage";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { createTextCodec } from "../../../sim/host/text-codec";
import { MemoryLog } from "../../fakes/memory-log";
import { storageCases } from "../cases/storage";
import { runCases } from "./run-cases";

const clock = createClock();
const text = createTextCodec();
const log = new MemoryLog();

describe("the storage in a JSON file", () => {
	runCases(storageCases, async () => {
		const directory = await mkdtemp(join(tmpdir(), "culm-storage-"));
		const open = () => createJsonStorage({ directory, log });
		return {
			context: { port: open(), clock, text, reopen: async () => open() },
			resources: [{ close: () => rm(directory, { recursive: true }) }],
		};
	});
});

describe("the storage in memory", () => {
	runCases(storageCases, async () => ({
		context: { port: createMemoryStorage(), clock, text, reopen: async () => undefined },
	}));
});
