// Announces the device's page on the local network, under a name that nobody else has there.

import type { Log } from "../platform/log";
import type { MdnsAdvertisement, MdnsPort } from "../platform/mdns";
import type { WifiPort } from "../platform/wifi";
import type { Settings } from "../settings/settings";

/** A part of a name (RFC 1035, 2.3.4). */
const MAX_LABEL_CHARACTERS = 63;
/** So many devices of one name in one network are a mistake; the last one keeps silent. */
const MAX_ATTEMPTS = 99;

export interface MdnsAnnouncementOptions {
	mdns: MdnsPort;
	wifi: WifiPort;
	settings: Settings;
	log: Log;
	/** Without ".local", for when the settings name none. */
	defaultHostname: string;
	board: string;
}

export class MdnsAnnouncement {
	private readonly options: MdnsAnnouncementOptions;
	private advertisement: MdnsAdvertisement | undefined;
	/** Ends when the last one has said goodbye. */
	private ending: Promise<void> = Promise.resolve();
	private port: number | undefined;
	/** 1 for the name itself, 2 for "-2" and so on. */
	private attempt = 1;
	/** What the announcement under way is for; an older one that ends late finds another. */
	private turn = 0;
	private endings: (() => void)[] = [];
	private closed = false;

	constructor(options: MdnsAnnouncementOptions) {
		this.options = options;
	}

	/** The name that leads to us, without ".local": the one wanted, or that with "-2" and so on. */
	get hostname(): string {
		const { settings, defaultHostname } = this.options;
		const wanted = settings.get("hostname") || defaultHostname;
		if (this.attempt === 1) return wanted;
		const suffix = `-${this.attempt}`;
		return wanted.slice(0, MAX_LABEL_CHARACTERS - suffix.length) + suffix;
	}

	/** Announces the page on that port, and announces it anew when the device's names or its address change. */
	start(port: number): void {
		if (this.closed || this.port !== undefined) return;
		this.port = port;
		const { settings, wifi } = this.options;
		this.endings = [
			settings.onChange((keys) => {
				if (keys.includes("hostname") || keys.includes("deviceName")) this.announce(1);
			}),
			// In another network the name may be free, and in the same one we may have been forgotten.
			wifi.onChange(({ status }) => {
				if (status === "connected") this.announce(1);
			}),
		];
		this.announce(1);
	}

	/** Says goodbye. May be called any number of times. */
	async close(): Promise<void> {
		this.closed = true;
		for (const end of this.endings.splice(0)) end();
		this.end();
		await this.ending;
	}

	private announce(attempt: number): void {
		if (this.closed) return;
		this.attempt = attempt;
		this.end();
		const turn = this.turn;
		void this.ending.then(() => {
			if (turn === this.turn && !this.closed) this.advertise();
		});
	}

	private advertise(): void {
		const { mdns, settings, log, board } = this.options;
		const { hostname } = this;
		const turn = this.turn;
		try {
			this.advertisement = mdns.advertise({
				hostname,
				name: settings.get("deviceName"),
				type: "_http._tcp",
				port: this.port ?? 0,
				text: { board },
				onConflict: () => {
					if (turn === this.turn) this.onConflict(hostname);
				},
			});
		} catch (error) {
			log.warn(`mDNS: ${hostname}.local is not announced: ${describe(error)}`);
		}
	}

	private onConflict(hostname: string): void {
		const { log } = this.options;
		if (this.attempt >= MAX_ATTEMPTS) {
			log.warn(`mDNS: ${hostname}.local is somebody else's too; choose another name`);
			this.end();
			return;
		}
		this.announce(this.attempt + 1);
		log.warn(`mDNS: ${hostname}.local is somebody else's; now it is ${this.hostname}.local`);
	}

	private end(): void {
		this.turn++;
		const advertisement = this.advertisement;
		this.advertisement = undefined;
		if (!advertisement) return;
		const { log } = this.options;
		this.ending = this.ending
			.then(() => advertisement.close())
			.catch((error: unknown) => log.warn(`mDNS: did not end well: ${describe(error)}`));
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
