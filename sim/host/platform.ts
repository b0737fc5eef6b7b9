// The simulator's host: all ports of the firmware, on Node.

import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Clock } from "../../modules/platform/clock";
import type { Log } from "../../modules/platform/log";
import type { Platform } from "../../modules/platform/platform";
import type { Storage } from "../../modules/platform/storage";
import type { SimulatedNetwork } from "../../modules/platform/twins/simulated-wifi";
import { PRINTER_SLOTS } from "../../modules/settings/schema";
import { createClock } from "./clock";
import { createFileUpdate } from "./file-update";
import { handshakeCrypto } from "./handshake-crypto";
import { createHttpClient } from "./http-client";
import { createHttpServer } from "./http-server";
import { inflate } from "./inflate";
import { createJsonStorage } from "./json-storage";
import { createMdns } from "./mdns";
import { createMemoryStorage } from "./memory-storage";
import { createMqttClient } from "./mqtt-client";
import { createResources } from "./resources";
import { createRestartedUpdate } from "./restarted-update";
import { createSha256 } from "./sha256";
import { createTextCodec } from "./text-codec";
import { createTls } from "./tls-stream";
import { createUdp } from "./udp";
import { createWebSocketClient } from "./websocket-client";
import { createWifi } from "./wifi";

export interface PlatformOptions {
	log: Log;
	/** Real time when left out. */
	clock?: Clock;
	/** The address that the device's page is served on: 127.0.0.1, unless others are to reach it. */
	address?: string;
	/** 0 = any free port. */
	webPort: number;
	/** Where settings and firmware slots are kept. Left out: in memory and in the system's temporary folder. */
	storageDirectory?: string | undefined;
	/** DER certificates that printers may chain to, beside those of `certs/`. */
	extraAuthorities?: readonly Uint8Array[];
	/** What the radio finds. */
	wifiNetworks?: readonly SimulatedNetwork[];
	/** Twelve lower-case hex digits. */
	macAddress?: string;
	/** Where mDNS is heard; as `address` says when left out. */
	mdns?: { interface?: string; port?: number };
	/** Connections to printers that stay; one for each printer when left out. */
	liveLinks?: number;
	/** Has to end the firmware and start it on a new platform. Left out: the log says that nobody did. */
	onRestart?: () => void;
}

const LOOPBACK = "127.0.0.1";
/** As on a board with much memory: printers' pictures have 20 to 200 KB. */
const CAMERA_FRAME_BYTES = 512 * 1024;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export function createPlatform(options: PlatformOptions): Platform {
	const { log, clock = createClock(), address = LOOPBACK, webPort, storageDirectory } = options;
	const storage =
		storageDirectory === undefined
			? createMemoryStorage()
			: createJsonStorage({ directory: storageDirectory, log });
	const updateDirectory = storageDirectory ?? join(tmpdir(), `culm-${randomUUID()}`);
	const update = createRestartedUpdate(() => createFileUpdate({ directory: updateDirectory, log }));
	const { onRestart = () => log.warn("a restart was asked for; nobody here restarts it") } = options;
	return {
		clock,
		random: Math.random,
		log,
		text: createTextCodec(),
		storage,
		mqtt: createMqttClient(),
		tls: createTls(),
		httpServer: createHttpServer({ address }),
		httpClient: createHttpClient(),
		webSocketClient: createWebSocketClient(),
		udp: createUdp(),
		// Nobody else can reach a page on the loopback address, so that nobody else is told of it.
		mdns: createMdns({ log, ...(address === LOOPBACK ? { interface: LOOPBACK } : {}), ...options.mdns }),
		wifi: createWifi({
			clock,
			networks: options.wifiNetworks,
			macAddress: options.macAddress ?? storedMacAddress(storage),
		}),
		update,
		inflate,
		handshakeCrypto,
		sha256: createSha256,
		restart() {
			update.restart();
			onRestart();
		},
		board: "simulator",
		spoolDetails: true,
		cameraFrameBytes: CAMERA_FRAME_BYTES,
		liveLinks: options.liveLinks ?? PRINTER_SLOTS,
		mostPrinters: PRINTER_SLOTS,
		resources: createResources(join(ROOT, "ui/web")),
		printerAuthorities: [...readAuthorities(join(ROOT, "certs")), ...(options.extraAuthorities ?? [])],
		webPort,
		firmwareVersion: readVersion(join(ROOT, "package.json")),
	};
}

/** Made once for each storage: printers push out a client whose id another one brings, and the id holds this. */
function storedMacAddress(storage: Storage): string {
	const place = { namespace: "culm", key: "mac" };
	const stored = readIfWhole(storage, place);
	if (typeof stored === "string" && /^02[0-9a-f]{10}$/.test(stored)) return stored;
	// Locally administered, so that no maker's device has it.
	const made = `02${randomBytes(5).toString("hex")}`;
	// Where it cannot be stored, the settings say so, and the next start makes another one.
	storage.write([{ ...place, value: made }]).catch(() => {});
	return made;
}

function readIfWhole(storage: Storage, { namespace, key }: { namespace: string; key: string }) {
	try {
		return storage.get(namespace, key);
	} catch {
		return undefined;
	}
}

function readAuthorities(directory: string): Uint8Array[] {
	return readdirSync(directory)
		.filter((name) => name.endsWith(".der"))
		.sort()
		.map((name) => readFileSync(join(directory, name)));
}

function readVersion(file: string): string {
	const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
	return version;
}
