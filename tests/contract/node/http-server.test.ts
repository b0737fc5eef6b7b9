// The contract of HttpServerPort, bodies in pieces included, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createHttpServer } from "../../../sim/host/http-server";
import { createTextCodec } from "../../../sim/host/text-codec";
import { httpBodyCases } from "../cases/http-bodies";
import { httpServerCases } from "../cases/http-server";
import { NodeHttpServerPeers } from "./peers/http-server-peers";
import { runCases } from "./run-cases";

runCases([...httpServerCases, ...httpBodyCases], async () => {
	const peers = new NodeHttpServerPeers();
	return {
		context: {
			port: createHttpServer({ address: "127.0.0.1" }),
			peers,
			clock: createClock(),
			text: createTextCodec(),
		},
		resources: [peers],
	};
});
