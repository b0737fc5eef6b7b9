// The contract of UdpPort, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createTextCodec } from "../../../sim/host/text-codec";
import { createUdp } from "../../../sim/host/udp";
import { udpCases } from "../cases/udp";
import { LOOPBACK, NodeUdpPeers } from "./peers/udp-peers";
import { runCases } from "./run-cases";

runCases(udpCases, async () => {
	const peers = new NodeUdpPeers();
	return {
		context: {
			port: createUdp({ interface: LOOPBACK }),
			peers,
			clock: createClock(),
			text: createTextCodec(),
		},
		resources: [peers],
	};
});
