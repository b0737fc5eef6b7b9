// All ports of the firmware on XS: the device's, or those of Moddable's simulator, as the manifest chooses.

import { createMdns } from "platform/xs/host/mdns";
import { createSystem } from "platform/xs/host/system";
import type { Platform } from "../platform";
import { createClock } from "./clock";
import { createHttpClient } from "./http-client";
import { createHttpServer } from "./http-server";
import { createLog } from "./log";
import { createMqttClient } from "./mqtt-client";
import { createResources, readAuthorities } from "./resources";
import { createTextCodec } from "./text-codec";
import { createUdp } from "./udp";
import { createWebSocketClient } from "./web-socket-client";

export interface PlatformOptions {
	firmwareVersion: string;
}

export function createPlatform({ firmwareVersion }: PlatformOptions): Platform {
	const log = createLog();
	const clock = createClock();
	const text = createTextCodec();
	const system = createSystem({ clock, log, text });
	return {
		clock,
		random: Math.random,
		log,
		text,
		storage: system.storage,
		mqtt: createMqttClient({ text }),
		httpServer: createHttpServer({ text }),
		httpClient: createHttpClient({ text }),
		webSocketClient: createWebSocketClient({ text }),
		udp: createUdp(),
		mdns: createMdns({ log }),
		wifi: system.wifi,
		update: system.update,
		resources: createResources(),
		printerAuthorities: [...readAuthorities(), ...system.extraAuthorities],
		webPort: system.webPort,
		firmwareVersion,
	};
}
