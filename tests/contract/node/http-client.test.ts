// The contract of HttpClientPort, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createHttpClient } from "../../../sim/host/http-client";
import { createTextCodec } from "../../../sim/host/text-codec";
import { httpClientCases } from "../cases/http-client";
import { NodeHttpClientPeers } from "./peers/http-client-peers";
import { runCases } from "./run-cases";

runCases(httpClientCases, async () => {
	const peers = new NodeHttpClientPeers();
	return {
		context: { port: createHttpClient(), peers, clock: createClock(), text: createTextCodec() },
		resources: [peers],
	};
});
