// The printer that auto follows: which one it is, and what the event log says of it.

import type { Asker } from "../event-log/asker";
import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { PrinterState } from "../printers/printer-state";
import type { Settings } from "../settings/settings";
import { isReachable } from "./modes";

/** A link that comes back sooner than this was not lost: the log is short. */
const LOST_MS = 60_000;

export interface FollowedPrinterOptions {
	settings: Settings;
	events: EventLog;
	clock: Clock;
	/** The printer in the slot that auto follows. */
	printer(): PrinterState | undefined;
}

export class FollowedPrinter {
	private readonly settings: Settings;
	private readonly events: EventLog;
	private readonly clock: Clock;
	private readonly printer: () => PrinterState | undefined;
	#state: PrinterState | undefined;
	/** Serial number of the printer in the slot that auto follows; empty: none. */
	private boundSerial: string;
	/** Whether the log has it as connected. */
	private isKnownOnline = false;
	private goneAtMs: number | undefined;

	constructor({ settings, events, clock, printer }: FollowedPrinterOptions) {
		this.settings = settings;
		this.events = events;
		this.clock = clock;
		this.printer = printer;
		this.boundSerial = readBoundSerial(settings);
	}

	/** As it was when it was looked at last; `undefined` when there is none to follow. */
	get state(): PrinterState | undefined {
		return this.#state;
	}

	/** One that cannot be followed yet. */
	get isKlipper(): boolean {
		return this.settings.get("breath.printerType") === "klipper";
	}

	look(): PrinterState | undefined {
		this.#state = this.isKlipper ? undefined : this.printer();
		return this.#state;
	}

	/** Until the next look there is none. */
	forget(): void {
		this.#state = undefined;
	}

	/** Looks whether another one is bound. */
	noteBinding(by: Asker | undefined): void {
		const serial = readBoundSerial(this.settings);
		if (serial === this.boundSerial) return;
		this.boundSerial = serial;
		const slot = this.settings.get("breath.printerSlot");
		this.events.add(serial === "" ? "printer_unbound" : "printer_bound", by, slot);
	}

	/** At each tick. */
	noteLink(): void {
		if (isReachable(this.#state)) {
			this.goneAtMs = undefined;
			if (this.isKnownOnline) return;
			this.isKnownOnline = true;
			this.events.add("printer_online", "firmware");
			return;
		}
		if (!this.isKnownOnline) return;
		const nowMs = this.clock.now();
		this.goneAtMs ??= nowMs;
		if (this.#state && nowMs - this.goneAtMs < LOST_MS) return;
		this.isKnownOnline = false;
		// One that was forgotten has its own event.
		if (this.#state) this.events.add("printer_lost", "firmware");
	}
}

function readBoundSerial(settings: Settings): string {
	const slot = settings.get("breath.printerSlot");
	return settings.get(`printer${slot}.host`) === "" ? "" : settings.get(`printer${slot}.serial`);
}
