// The contract of Sha256, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createSha256 } from "../../../sim/host/sha256";
import { createTextCodec } from "../../../sim/host/text-codec";
import { sha256Cases } from "../cases/sha256";
import { runCases } from "./run-cases";

runCases(sha256Cases, async () => ({
	context: { port: createSha256, clock: createClock(), text: createTextCodec() },
}));
