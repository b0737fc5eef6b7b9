// All ports of the firmware on XS: the device's, or those of Moddable's simulator, as the manifest chooses.

import { openDisplay } from "boards/this/backlight";
import { handshakeCrypto } from "boards/this/handshake-crypto";
import { openHeaterBoard } from "boards/this/heater-board";
import { inflate } from "boards/this/inflate";
import { createMdns } from "platform/xs/host/mdns";
import { createSystem } from "platform/xs/host/system";
import type { Platform } from "../platform";
import { createClock } from "./clock";
import { createHttpClient } from "./http-client";
import { createHttpServer } from "./http-server";
import { createLog } from "./log";
import { createMqttClient } from "./mqtt-client";
import { createResources, readAuthorities } from "./resources";
import { createSha256 } from "./sha256";
import { createTextCodec } from "./text-codec";
import { createTls } from "./tls-stream";
import { createUdp } from "./udp";
import { createWebSocketClient } from "./web-socket-client";

export interface PlatformOptions {
	firmwareVersion: string;
	/** See `Platform.spoolDetails`. */
	spoolDetails: boolean;
	/** See `Platform.cameraFrameBytes`. */
	cameraFrameBytes: number;
	/** See `Platform.liveLinks`. */
	liveLinks: number;
	/** See `Platform.mostPrinters`. */
	mostPrinters: number;
	/**
	 * In the simulator, where a restart is no new process: has to end the firmware and start it on a new platform.
	 * Left out: the log says that nobody did. A device restarts without it.
	 */
	onRestart?: (() => void) | undefined;
}

export function createPlatform(options: PlatformOptions): Platform {
	const { firmwareVersion, spoolDetails, cameraFrameBytes, liveLinks, mostPrinters, onRestart } = options;
	const log = createLog();
	const clock = createClock();
	const text = createTextCodec();
	const system = createSystem({ clock, log, text, onRestart });
	const display = openDisplay?.();
	return {
		clock,
		random: Math.random,
		log,
		text,
		storage: system.storage,
		mqtt: createMqttClient({ text }),
		tls: createTls(),
		httpServer: createHttpServer({ text }),
		httpClient: createHttpClient({ text }),
		webSocketClient: createWebSocketClient({ text }),
		udp: createUdp(),
		mdns: createMdns({ log }),
		wifi: system.wifi,
		update: system.update,
		...(display && { display }),
		...(openHeaterBoard !== undefined && { openHeaterBoard }),
		sha256: createSha256,
		...(inflate !== undefined && { inflate }),
		...(handshakeCrypto && { handshakeCrypto }),
		restart: system.restart,
		board: system.board,
		spoolDetails,
		cameraFrameBytes,
		liveLinks,
		mostPrinters,
		resources: createResources(),
		printerAuthorities: [...readAuthorities(), ...system.extraAuthorities],
		webPort: system.webPort,
		firmwareVersion,
	};
}
