// The contract of MqttClient, kept by the simulator's host.

import { createClock } from "../../../sim/host/clock";
import { createMqttClient } from "../../../sim/host/mqtt-client";
import { createTextCodec } from "../../../sim/host/text-codec";
import { mqttCases } from "../cases/mqtt";
import { createAuthorities } from "./peers/certificates";
import { NodeMqttPeers } from "./peers/mqtt-peers";
import { runCases } from "./run-cases";

const authorities = createAuthorities();

runCases(mqttCases, async () => {
	const peers = new NodeMqttPeers(await authorities);
	return {
		context: { port: createMqttClient(), peers, clock: createClock(), text: createTextCodec() },
		resources: [peers],
	};
});
