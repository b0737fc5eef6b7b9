// Follows a printer whose address has changed: one that is not reached is sought by its announcements.
//
// Anybody in the network can announce anything. So nobody is listened to as long as every printer is reached, and an
// address is taken only when a printer with that serial number has proved by its certificate that it is there.

import type { Clock } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Settings } from "../settings/settings";
import type { PrinterAddress } from "./printer-book";
import type { PrinterManager } from "./printer-manager";
import { isSameSerial, readSlot, slotOf } from "./printer-slots";
import type { PrinterState } from "./printer-state";
import type { SpareLink } from "./spare-link";

/** So long an address at which the printer was not is not tried again. */
const REFUSED_MS = 60_000;
/** More of these are not remembered: whoever announces so many is no printer. */
const MOST_REFUSED = 8;

/** What an announcement says. */
export interface AnnouncedPrinter {
	serial: string;
	/** An IPv4 address. */
	host: string;
}

export interface AddressFollowerOptions {
	clock: Clock;
	log: Log;
	settings: Settings;
	printers: Pick<PrinterManager, "states" | "onChange">;
	spare: SpareLink;
	/** Calls back with each announcement until the returned function is called. */
	listen(onAnnounced: (printer: AnnouncedPrinter) => void): () => void;
	/** Whether the printer with that serial number is there. Never rejects. */
	isThere(address: PrinterAddress, serial: string): Promise<boolean>;
}

export class AddressFollower {
	private readonly options: AddressFollowerOptions;
	private ignorePrinters: () => void = () => {};
	/** While a printer is not reached. */
	private ignoreAnnouncements: (() => void) | undefined;
	private refused: readonly { serial: string; host: string; untilMs: number }[] = [];
	private isAsking = false;
	private closed = false;

	constructor(options: AddressFollowerOptions) {
		this.options = options;
	}

	start(): void {
		this.ignorePrinters = this.options.printers.onChange((event) => {
			if (event.type !== "changed" || event.changed.includes("link") || event.changed.includes("linkError"))
				this.listenIfNeeded();
		});
		this.listenIfNeeded();
	}

	/** May be called any number of times. */
	close(): void {
		this.closed = true;
		this.ignorePrinters();
		this.ignoreAnnouncements?.();
		this.ignoreAnnouncements = undefined;
	}

	private listenIfNeeded(): void {
		const { printers, listen } = this.options;
		const isNeeded = !this.closed && printers.states.some(isLost);
		if (isNeeded) {
			this.ignoreAnnouncements ??= listen((printer) => this.onAnnounced(printer));
		} else {
			this.ignoreAnnouncements?.();
			this.ignoreAnnouncements = undefined;
		}
	}

	private onAnnounced({ serial, host }: AnnouncedPrinter): void {
		const { clock, spare, settings } = this.options;
		// One at a time, and nobody has to wait for it: whoever is there announces itself again.
		if (this.isAsking || this.closed || !spare.isFree) return;
		const slot = slotOf(settings, serial);
		if (slot === undefined || !this.isWanted(serial, host)) return;
		const nowMs = clock.now();
		this.refused = this.refused.filter(({ untilMs }) => untilMs > nowMs);
		if (this.refused.length >= MOST_REFUSED) return;
		if (this.refused.some((refused) => isSameSerial(refused.serial, serial) && refused.host === host)) return;
		this.isAsking = true;
		void this.ask(slot, serial, host).finally(() => {
			this.isAsking = false;
		});
	}

	private async ask(slot: number, serial: string, host: string): Promise<void> {
		const { clock, log, settings, spare, isThere } = this.options;
		const setup = readSlot(settings, slot);
		if (!setup) return;
		const isProved = await spare.run(() => isThere({ ...setup, host }, setup.serial));
		if (this.closed || isProved === undefined) return;
		if (!isProved) {
			log.warn(`printer ${setup.serial} is announced at ${host}, but is not there`);
			this.refused = [...this.refused, { serial, host, untilMs: clock.now() + REFUSED_MS }];
			return;
		}
		// Meanwhile it may have been reached where it was, entered anew, or forgotten.
		if (slotOf(settings, serial) !== slot || !this.isWanted(serial, host)) return;
		log.info(`printer ${setup.serial} is no longer at ${setup.host}; it is at ${host} now`);
		settings.patch({ [`printer${slot}.host`]: host });
	}

	/** Whether the printer is not reached where it is looked for, and that is somewhere else. */
	private isWanted(serial: string, host: string): boolean {
		const state = this.options.printers.states.find((printer) => isSameSerial(printer.serial, serial));
		return state !== undefined && isLost(state) && state.host !== host;
	}
}

/** An access code is refused only by the printer itself: then it is where it is looked for. */
function isLost({ link, linkError }: PrinterState): boolean {
	if (link === "online" || link === "stale") return false;
	return linkError !== undefined && linkError !== "wrong_access_code";
}
