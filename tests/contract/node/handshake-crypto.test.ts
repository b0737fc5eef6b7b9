// The contract of HandshakeCrypto, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { handshakeCrypto } from "../../../sim/host/handshake-crypto";
import { createTextCodec } from "../../../sim/host/text-codec";
import { handshakeCryptoCases } from "../cases/handshake-crypto";
import { runCases } from "./run-cases";

runCases(handshakeCryptoCases, async () => ({
	context: { port: handshakeCrypto, clock: createClock(), text: createTextCodec() },
}));
