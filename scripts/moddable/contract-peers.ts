// What the contract's cases on XS ask for of the process that started the simulator.

import { readFileSync } from "node:fs";
import { type Authorities, createAuthorities } from "../../tests/contract/node/peers/certificates";
import { NodeHttpClientPeers } from "../../tests/contract/node/peers/http-client-peers";
import { NodeHttpServerPeers } from "../../tests/contract/node/peers/http-server-peers";
import { NodeMqttPeers } from "../../tests/contract/node/peers/mqtt-peers";
import { NodeTlsPeers } from "../../tests/contract/node/peers/tls-peers";
import { NodeUdpPeers } from "../../tests/contract/node/peers/udp-peers";
import { NodeWebSocketClientPeers } from "../../tests/contract/node/peers/websocket-client-peers";

let authorities: Promise<Authorities> | undefined;

/** For one case, and ended with it. */
export async function openContractPeers(kind: string): Promise<object> {
	switch (kind) {
		case "resources":
			// With a method, so that it can be closed.
			return {
				name: "index.html",
				bytes: readFileSync("ui/web-packed/index.html.gz"),
				close: async () => {},
			};
		case "udp":
			return new NodeUdpPeers();
		case "http client":
			return new NodeHttpClientPeers();
		case "http server":
			return new NodeHttpServerPeers();
		case "websocket client":
			return new NodeWebSocketClientPeers();
		case "tls":
			authorities ??= createAuthorities();
			return new NodeTlsPeers(await authorities);
		case "mqtt":
			authorities ??= createAuthorities();
			return new NodeMqttPeers(await authorities);
		default:
			throw new Error(`there are no peers "${kind}"`);
	}
}
