// What is asked of the device as a whole, whoever asks: a restart, a factory reset. The log of events says who.

import type { Asker } from "./event-log/asker";
import type { EventLog } from "./event-log/event-log";
import type { Clock } from "./platform/clock";

/** For the answer to go out. */
const RESTART_DELAY_MS = 1_000;

export interface OrderedDevice {
	clock: Clock;
	events: Pick<EventLog, "add">;
	/** Has to turn everything off first, and to store what is left. */
	restart(): void;
	/** Removes what is stored; rejects when storage refuses. */
	factoryReset(): Promise<void>;
}

/** The restart comes a second later. */
export function orderRestart({ clock, events, restart }: OrderedDevice, by: Asker): void {
	events.add("restart_asked", by);
	clock.after(RESTART_DELAY_MS, () => restart());
}

/** Resolves with false, and nothing is reset, when storage refuses; else the restart follows a second later. */
export async function orderFactoryReset(device: OrderedDevice, by: Asker): Promise<boolean> {
	const { clock, events, restart } = device;
	events.add("factory_reset", by);
	try {
		await device.factoryReset();
	} catch {
		return false;
	}
	clock.after(RESTART_DELAY_MS, () => restart());
	return true;
}
