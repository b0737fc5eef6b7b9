// The contract of WebSocketClientPort, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createTextCodec } from "../../../sim/host/text-codec";
import { createWebSocketClient } from "../../../sim/host/websocket-client";
import { webSocketClientCases } from "../cases/websocket-client";
import { NodeWebSocketClientPeers } from "./peers/websocket-client-peers";
import { runCases } from "./run-cases";

runCases(webSocketClientCases, async () => {
	const peers = new NodeWebSocketClientPeers();
	return {
		context: { port: createWebSocketClient(), peers, clock: createClock(), text: createTextCodec() },
		resources: [peers],
	};
});
