// The contract of TlsPort, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createTextCodec } from "../../../sim/host/text-codec";
import { createTls } from "../../../sim/host/tls-stream";
import { tlsCases } from "../cases/tls";
import { createAuthorities } from "./peers/certificates";
import { NodeTlsPeers } from "./peers/tls-peers";
import { runCases } from "./run-cases";

const authorities = createAuthorities();

runCases(tlsCases, async () => {
	const peers = new NodeTlsPeers(await authorities);
	return {
		context: { port: createTls(), peers, clock: createClock(), text: createTextCodec() },
		resources: [peers],
	};
});
