// Gathers what changes, and tells it a moment later, all at once: printers change several times a second.

import type { DeviceChange } from "../../ui/panel/device";
import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { PrintersEvent } from "../printers/printer-manager";
import type { PrinterStateKey } from "../printers/printer-store";

const GATHER_MS = 50;

export type ChangedPart = Exclude<keyof DeviceChange, "printers">;

type Gathered = { -readonly [Part in ChangedPart]: boolean } & {
	printers: Map<string, Set<PrinterStateKey>>;
};

export class ChangeGather {
	private readonly clock: Clock;
	private readonly log: Log;
	/** Replaced when one comes or goes: whoever is being told may come and go meanwhile. */
	private listeners: readonly ((change: DeviceChange) => void)[] = [];
	private gathered: Gathered | undefined;
	private timer: Timer | undefined;

	constructor({ clock, log }: { clock: Clock; log: Log }) {
		this.clock = clock;
		this.log = log;
	}

	note(part: ChangedPart): void {
		const gathered = this.gather();
		if (gathered) gathered[part] = true;
	}

	notePrinters(event: PrintersEvent): void {
		const gathered = this.gather();
		if (!gathered) return;
		if (event.type !== "changed") {
			gathered.list = true;
			// One that comes again within the moment is another one.
			if (event.type === "removed") gathered.printers.delete(event.id);
			return;
		}
		const { id } = event.state;
		const keys = gathered.printers.get(id);
		if (keys) for (const key of event.changed) keys.add(key);
		else gathered.printers.set(id, new Set(event.changed));
	}

	onChange(listener: (change: DeviceChange) => void): () => void {
		const own = (change: DeviceChange): void => listener(change);
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	/** Nothing is told afterwards. May be called any number of times. */
	close(): void {
		this.listeners = [];
		this.timer?.cancel();
		this.timer = undefined;
		this.gathered = undefined;
	}

	/** `undefined` while nobody listens: then nothing has to be remembered. */
	private gather(): Gathered | undefined {
		if (this.listeners.length === 0) return undefined;
		this.timer ??= this.clock.after(GATHER_MS, () => this.tell());
		this.gathered ??= {
			printers: new Map(),
			list: false,
			heater: false,
			spools: false,
			wifi: false,
			update: false,
			jobs: false,
			preferences: false,
		};
		return this.gathered;
	}

	private tell(): void {
		const change = this.gathered;
		this.gathered = undefined;
		this.timer = undefined;
		if (!change) return;
		for (const listener of this.listeners) {
			// One of those before may have ended this one.
			if (!this.listeners.includes(listener)) continue;
			try {
				listener(change);
			} catch (error) {
				const message = error instanceof Error ? error.message : String(error);
				this.log.error(`panel: who was told of a change failed: ${message}`);
			}
		}
	}
}
