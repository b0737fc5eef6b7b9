// Names on the local network, through the SDK's DNS-SD module.

import DNSSD from "embedded:network/dnssd";
import Net from "net";
import Timer from "timer";
import type { Log } from "../log";
import type { MdnsAdvertisement, MdnsPort, MdnsService } from "../mdns";
import { callSafely } from "./callbacks";
import { QuietUdp } from "./udp";

/** A part of a name (RFC 1035, 2.3.4). */
const MAX_LABEL_CHARACTERS = 63;
/** Between one look at the network and the next: without an address there is nothing to announce. */
const RETRY_MS = 10_000;

export function createMdns({ log }: { log: Log }): MdnsPort {
	return { advertise: (service) => new DnssdAdvertisement(service, log) };
}

class DnssdAdvertisement implements MdnsAdvertisement {
	private readonly service: MdnsService;
	private readonly log: Log;
	private dnssd: DNSSD | undefined;
	private timer: Timer | undefined;
	private over = false;

	constructor(service: MdnsService, log: Log) {
		this.service = service;
		this.log = log;
		// No callback runs before `advertise` has returned.
		this.timer = Timer.set(() => this.open());
	}

	async close(): Promise<void> {
		this.over = true;
		Timer.clear(this.timer);
		this.timer = undefined;
		const dnssd = this.dnssd;
		this.dnssd = undefined;
		try {
			// Says goodbye for what was announced.
			dnssd?.close();
		} catch (error) {
			this.log.warn(`mDNS: did not end well: ${error}`);
		}
	}

	private open(): void {
		this.timer = undefined;
		if (!Net.get("IP")) {
			this.timer = Timer.set(() => this.open(), RETRY_MS);
			return;
		}
		try {
			const dnssd = new DNSSD({ socket: { io: QuietUdp as never } });
			this.dnssd = dnssd;
			dnssd.claim({
				host: this.service.hostname,
				onReady: () => this.advertise(dnssd),
				onError: () => this.onConflict(),
			});
		} catch (error) {
			this.log.warn(`mDNS: ${this.service.hostname}.local is not announced yet: ${error}`);
			this.timer = Timer.set(() => this.open(), RETRY_MS);
		}
	}

	private advertise(dnssd: DNSSD): void {
		if (this.over) return;
		const { hostname, name, type, port, text } = this.service;
		dnssd.advertise({
			serviceType: type,
			host: hostname,
			// A dot would begin another part of the name.
			name: name.replaceAll(".", "-").slice(0, MAX_LABEL_CHARACTERS),
			port,
			txt: new Map(Object.entries(text)),
		});
	}

	private onConflict(): void {
		if (this.over) return;
		this.over = true;
		const dnssd = this.dnssd;
		this.dnssd = undefined;
		Timer.set(() => dnssd?.close());
		callSafely(() => this.service.onConflict());
	}
}
