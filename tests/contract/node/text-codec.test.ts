// The contract of TextCodec, kept by the simulator's host.

import { createTextCodec } from "../../../sim/host/text-codec";
import { textCodecCases } from "../cases/text-codec";
import { runCases } from "./run-cases";

runCases(textCodecCases, async () => ({ context: { port: createTextCodec() } }));
