// Everything the firmware takes from its host. There are three hosts: the device, Moddable's simulator, Node.

import type { Clock } from "./clock";
import type { DisplayPort } from "./display";
import type { HandshakeCrypto } from "./handshake-crypto";
import type { HeaterBoard } from "./heater-board";
import type { HttpClientPort, HttpServerPort, WebSocketClientPort } from "./http";
import type { Inflate } from "./inflate";
import type { Log } from "./log";
import type { MdnsPort } from "./mdns";
import type { MqttClient } from "./mqtt";
import type { Random } from "./random";
import type { Sha256 } from "./sha256";
import type { Storage } from "./storage";
import type { TagReaderPort } from "./tag-reader";
import type { TextCodec } from "./text-codec";
import type { TlsPort } from "./tls-stream";
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
	tls: TlsPort;
	httpServer: HttpServerPort;
	httpClient: HttpClientPort;
	webSocketClient: WebSocketClientPort;
	udp: UdpPort;
	mdns: MdnsPort;
	wifi: WifiPort;
	update: UpdatePort;
	/** Absent when the board has no screen, or none that can be dimmed. */
	display?: DisplayPort;
	/** Absent when the board has no reader of NFC tags. */
	tagReader?: TagReaderPort;
	/** Absent where there is no need to read the files of jobs, nor room for it. */
	inflate?: Inflate;
	/** Absent where no printers are spoken with whose handshake asks for it. */
	handshakeCrypto?: HandshakeCrypto;
	/** Begins a digest. */
	sha256(): Sha256;
	/**
	 * Opens the hardware of a chamber heater, outputs off; absent when the board has none.
	 * Throws a `PortError` `unsupported` when the hardware cannot be set up.
	 */
	openHeaterBoard?: () => HeaterBoard;
	/** The time that the heater's world lives in, in a simulator that runs faster; `clock` when left out. */
	heaterClock?: Clock;
	/** Starts the device anew. What is to be stored has to be stored before. */
	restart(): void;
	/** Which board the image is built for, such as "panda_breath"; an update has to be for the same one. */
	board: string;
	/**
	 * Whether more is kept of spools than their material, and anything of air ducts. A chamber heater needs no more of
	 * them, and its chip has no room for the colours, names and numbers of twenty.
	 */
	spoolDetails: boolean;
	/** The longest picture of a camera that there is room for; 0 on a board without room for any: it shows none. */
	cameraFrameBytes: number;
	/**
	 * Connections to printers that stay, at most; with more printers the others are looked at in turn, each on one
	 * connection more. A connection takes 40 to 50 KB of the chip's own memory.
	 */
	liveLinks: number;
	/** Printers that there is room for, 10 at most: each of them takes 10 to 20 KB of the XS heap. */
	mostPrinters: number;
	/** What is built into the image: the page's files. */
	resources: Resources;
	/** DER certificates that printers may chain to: those of `certs/`, in the simulator also its own CA. */
	printerAuthorities: readonly Uint8Array[];
	/** Of that printer's file server; `undefined`: where printers have it, as everywhere but in a simulator. */
	printerFilesPort?: (host: string) => number | undefined;
	/** The TCP port that the device's own page is served on: 80, except in a simulator. */
	webPort: number;
	/** Of the image: "0.1.0". */
	firmwareVersion: string;
}

export interface Resources {
	/** The bytes of a file below `ui/web`, such as "index.html", or `undefined`. */
	read(name: string): Uint8Array | undefined;
	/** Every file is packed by gzip, for itself. Left out: they are as they are. */
	readonly isPacked?: boolean;
}
