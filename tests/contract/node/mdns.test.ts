// The contract of MdnsPort, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createMdns } from "../../../sim/host/mdns";
import { createTextCodec } from "../../../sim/host/text-codec";
import { MemoryLog } from "../../fakes/memory-log";
import { mdnsCases } from "../cases/mdns";
import { freeUdpPort, NodeMdnsPeers } from "./peers/mdns-peers";
import { LOOPBACK } from "./peers/udp-peers";
import { runCases } from "./run-cases";

runCases(mdnsCases, async () => {
	const udpPort = await freeUdpPort();
	const peers = await NodeMdnsPeers.start(udpPort);
	return {
		context: {
			port: createMdns({ log: new MemoryLog(), interface: LOOPBACK, port: udpPort }),
			peers,
			clock: createClock(),
			text: createTextCodec(),
		},
		resources: [peers],
	};
});
