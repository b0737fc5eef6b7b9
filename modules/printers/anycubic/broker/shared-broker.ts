// The broker of the settings: one connection for all printers, made anew when a setting of it changes.

import type { Clock } from "../../../platform/clock";
import type { Log } from "../../../platform/log";
import type { MqttClient } from "../../../platform/mqtt";
import { PortError } from "../../../platform/port-error";
import type { Random } from "../../../platform/random";
import type { TextCodec } from "../../../platform/text-codec";
import type { Settings } from "../../../settings/settings";
import type { AnycubicAddress, AnycubicLink, AnycubicLinkEvents } from "../anycubic-connection";
import { BrokerLink } from "./broker-link";
import { type BrokerTarget, brokerTarget } from "./broker-target";
import type { FoundPrinter } from "./found-printers";

const KEYS: readonly string[] = Object.freeze([
	"anycubic.brokerHost",
	"anycubic.brokerPort",
	"anycubic.brokerSecurity",
	"anycubic.brokerUser",
	"anycubic.brokerPassword",
	"anycubic.brokerCa",
	"anycubic.brokerPin",
	"anycubic.clientCertificate",
	"anycubic.clientKey",
]);

const NO_BROKER =
	"No broker is set up for Anycubic printers. Enter the address of the one that the printer uses, on this device's page.";

export interface SharedBrokerOptions {
	settings: Pick<Settings, "get" | "onChange">;
	clock: Clock;
	random: Random;
	log: Log;
	mqtt: MqttClient;
	text: TextCodec;
}

export class SharedBroker {
	private readonly options: SharedBrokerOptions;
	private link: BrokerLink | undefined;
	/** Why there is none. */
	private help = NO_BROKER;
	private readonly printers = new Set<SharedPrinter>();
	private ignoreSettings: () => void = () => {};

	constructor(options: SharedBrokerOptions) {
		this.options = options;
	}

	/** Connects as soon as a broker is set up, also without any printer: so that some are found. */
	start(): void {
		this.ignoreSettings = this.options.settings.onChange((keys) => {
			if (keys.some((key) => KEYS.includes(key))) this.follow();
		});
		this.follow();
	}

	/** Of this broker, as long as it is this one. */
	get found(): readonly FoundPrinter[] {
		return this.link?.found ?? [];
	}

	printer(address: AnycubicAddress, events: AnycubicLinkEvents): AnycubicLink {
		return new SharedPrinter(address, events, {
			link: () => this.link,
			help: () => this.help,
			opened: (printer) => this.printers.add(printer),
			closed: (printer) => this.printers.delete(printer),
		});
	}

	/** Resolves when the goodbye is said. May be called any number of times. */
	async close(): Promise<void> {
		this.ignoreSettings();
		await this.link?.close();
	}

	private follow(): void {
		const target = this.target();
		const before = this.link;
		const { settings: _, ...means } = this.options;
		// What was found at another broker is not at this one.
		this.link = target && new BrokerLink({ ...means, target });
		this.link?.start();
		void before?.close();
		for (const printer of [...this.printers]) printer.follow();
	}

	private target(): BrokerTarget | undefined {
		const { settings, log } = this.options;
		const host = settings.get("anycubic.brokerHost");
		this.help = NO_BROKER;
		if (host === "") return undefined;
		try {
			return brokerTarget({
				host,
				port: settings.get("anycubic.brokerPort"),
				security: settings.get("anycubic.brokerSecurity"),
				username: settings.get("anycubic.brokerUser"),
				password: settings.get("anycubic.brokerPassword"),
				authorities: settings.get("anycubic.brokerCa"),
				pinnedSha256: settings.get("anycubic.brokerPin"),
				clientCertificate: settings.get("anycubic.clientCertificate"),
				clientKey: settings.get("anycubic.clientKey"),
			});
		} catch (error) {
			if (!(error instanceof PortError)) throw error;
			this.help = error.message;
			log.warn(`broker: ${error.message}`);
			return undefined;
		}
	}
}

interface Door {
	link(): BrokerLink | undefined;
	help(): string;
	opened(printer: SharedPrinter): void;
	closed(printer: SharedPrinter): void;
}

/** The way to one printer, whichever broker it is at. */
class SharedPrinter implements AnycubicLink {
	private readonly address: AnycubicAddress;
	private readonly events: AnycubicLinkEvents;
	private readonly door: Door;
	private link: AnycubicLink | undefined;
	private isStarted = false;

	constructor(address: AnycubicAddress, events: AnycubicLinkEvents, door: Door) {
		this.address = address;
		this.events = events;
		this.door = door;
	}

	start(): void {
		if (this.isStarted) return;
		this.isStarted = true;
		this.door.opened(this);
		this.open();
	}

	publish(command: Parameters<AnycubicLink["publish"]>[0]): boolean {
		return this.link?.publish(command) ?? false;
	}

	async close(): Promise<void> {
		this.isStarted = false;
		this.door.closed(this);
		const link = this.link;
		this.link = undefined;
		await link?.close();
	}

	/** The broker is another one, or is none. */
	follow(): void {
		const before = this.link;
		this.link = undefined;
		void before?.close();
		// The connection that was there is gone before the next one begins.
		if (before) this.events.onStatus({ status: "connecting" });
		if (this.isStarted) this.open();
	}

	private open(): void {
		const broker = this.door.link();
		if (!broker) {
			this.events.onStatus({ status: "offline", error: "unreachable", help: this.door.help() });
			return;
		}
		this.link = broker.printer(this.address, this.events);
		this.link.start();
	}
}
