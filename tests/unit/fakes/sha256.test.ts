// The fake digest keeps the contract of the real ones.

import { createClock } from "../../../sim/host/clock";
import { createTextCodec } from "../../../sim/host/text-codec";
import { sha256Cases } from "../../contract/cases/sha256";
import { runCases } from "../../contract/node/run-cases";
import { createFakeSha256 } from "../../fakes/sha256";

runCases(sha256Cases, async () => ({
	context: { port: createFakeSha256, clock: createClock(), text: createTextCodec() },
}));
