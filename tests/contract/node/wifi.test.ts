// The contract of WifiPort, kept by the simulator's twin of a radio.

import type { SimulatedNetwork } from "../../../modules/platform/twins/simulated-wifi";
import { createClock } from "../../../sim/host/clock";
import { createTextCodec } from "../../../sim/host/text-codec";
import { createWifi } from "../../../sim/host/wifi";
import { wifiCases } from "../cases/wifi";
import { runCases } from "./run-cases";

const network: SimulatedNetwork = { ssid: "Workshop", password: "filament", rssiDbm: -50 };
const others: readonly SimulatedNetwork[] = [
	{ ssid: "Neighbours", password: "not-for-you", rssiDbm: -80 },
	{ ssid: "Workshop", password: "filament", rssiDbm: -75 },
	{ ssid: "Cafe", password: "", rssiDbm: -60 },
];

runCases(wifiCases, async () => {
	const port = createWifi({ clock: createClock({ speed: 100 }), networks: [...others, network] });
	return {
		context: {
			port,
			peers: {
				network,
				lose: async () => port.setNetworks(others.filter(({ ssid }) => ssid !== network.ssid)),
				restore: async () => port.setNetworks([...others, network]),
			},
			clock: createClock(),
			text: createTextCodec(),
		},
		// Its retries would keep the process alive.
		resources: [{ close: async () => port.leave() }],
	};
});
