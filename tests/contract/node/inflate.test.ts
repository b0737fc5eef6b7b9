// The contract of Inflate, kept by the simulator's host.

import { inflate } from "../../../sim/host/inflate";
import { inflateCases } from "../cases/inflate";
import { runCases } from "./run-cases";

runCases(inflateCases, async () => ({ context: { port: inflate } }));
