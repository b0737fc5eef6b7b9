// Learns the time of day from the network (SNTP), and keeps it.

import NTP from "embedded:network/ntp/client";
import Time from "time";
import type { Clock, Timer } from "../clock";
import type { Log } from "../log";
import { SystemResolver } from "./resolve";
import { QuietUdp } from "./udp";

export interface TimeSyncOptions {
	clock: Clock;
	log: Log;
	servers?: readonly string[];
}

const SERVERS = Object.freeze(["pool.ntp.org", "time.google.com"]);
/** A packet of SNTP (RFC 4330, 4). */
const PACKET_BYTES = 48;
/** The crystal of an ESP32 is off by a second a day at most. */
const INTERVAL_MS = 6 * 60 * 60 * 1000;
/** As long as there is no answer. */
const RETRY_MS = 60 * 1000;

/** The returned function ends it. */
export function startTimeSync({ clock, log, servers = SERVERS }: TimeSyncOptions): () => void {
	let timer: Timer | undefined;
	let client: NTP | undefined;
	let wasKnown: boolean | undefined;

	const ask = (): void => {
		client?.close();
		client = new NTP({
			servers: [...servers],
			dns: { io: SystemResolver } as never,
			socket: { io: QuietUdp, minBytes: PACKET_BYTES } as never,
		});
		client.getTime((error: Error | null, time?: number) => {
			const isKnown = error === null && time !== undefined && Number.isFinite(time);
			if (isKnown) Time.set(Math.floor(time / 1000));
			if (isKnown !== wasKnown) {
				if (isKnown) log.info("time: set from the network");
				else log.warn("time: no server answers; certificates' dates are not checked meanwhile");
			}
			wasKnown = isKnown;
			timer = clock.after(isKnown ? INTERVAL_MS : RETRY_MS, ask);
		});
	};
	timer = clock.after(0, ask);

	return () => {
		timer?.cancel();
		client?.close();
		client = undefined;
	};
}
