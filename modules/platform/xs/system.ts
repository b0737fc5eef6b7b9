// What a device and a simulator do each in their own way.

import type { Clock } from "../clock";
import type { Log } from "../log";
import type { Storage } from "../storage";
import type { TextCodec } from "../text-codec";
import type { UpdatePort } from "../update";
import type { WifiPort } from "../wifi";

export interface SystemOptions {
	clock: Clock;
	log: Log;
	text: TextCodec;
	/** Of the simulator, see `PlatformOptions`. */
	onRestart: (() => void) | undefined;
}

export interface System {
	storage: Storage;
	wifi: WifiPort;
	update: UpdatePort;
	restart(): void;
	/** Which board the image is built for. */
	board: string;
	/** DER certificates that printers may chain to, beside those built in. */
	extraAuthorities: readonly Uint8Array[];
	/** The TCP port that the device's own page is served on. */
	webPort: number;
}
