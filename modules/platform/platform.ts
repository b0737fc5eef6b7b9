// Everything the firmware takes from its host. There are three hosts: the device, Moddable's simulator, Node.

import type { Clock } from "./clock";
import type { HttpClientPort, HttpServerPort, WebSocketClientPort } from "./http";
import type { Log } from "./log";
import type { MdnsPort } from "./mdns";
import type { MqttClient } from "./mqtt";
import type { Random } from "./random";
import type { Storage } from "./storage";
import type { TextCodec } from "./text-codec";
import type { UdpPort } from "./udp";
import type { UpdatePort } from "./update";
import type { WifiPort } from "./wifi";

export interface Platform {
	clock: Clock;
	random: Random;
	log: Log;
	text: TextCodec;
	storage: Storage;
	mqtt: MqttClient;
	httpServer: HttpServerPort;
	httpClient: HttpClientPort;
	webSocketClient: WebSocketClientPort;
	udp: UdpPort;
	mdns: MdnsPort;
	wifi: WifiPort;
	update: UpdatePort;
	/** What is built into the image: the page's files. */
	resources: Resources;
	/** DER certificates that printers may chain to: those of `certs/`, in the simulator also its own CA. */
	printerAuthorities: readonly Uint8Array[];
	/** The TCP port that the device's own page is served on: 80, except in a simulator. */
	webPort: number;
	/** Of the image: "0.1.0". */
	firmwareVersion: string;
}

export interface Resources {
	/** The bytes of a file below `ui/web`, such as "index.html", or `undefined`. */
	read(name: string): Uint8Array | undefined;
}
