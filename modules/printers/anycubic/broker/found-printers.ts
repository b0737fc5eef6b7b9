// The printers that were heard of at a broker.

import type { AnycubicAddress } from "../anycubic-connection";
import { isFilamentBox } from "../models";

/** Anybody who may write to the broker can make up printers. */
const MOST = 32;

export interface FoundPrinter extends AnycubicAddress {
	/** By the clock's `now`. */
	heardAtMs: number;
	/** As it said last: by its last will, or by saying anything. */
	isOnline: boolean;
}

export class FoundPrinters {
	private readonly printers = new Map<string, FoundPrinter>();

	/** Whether the list is another one now, but for the time. */
	heard({ modelId, deviceId }: AnycubicAddress, isOnline: boolean, nowMs: number): boolean {
		if (isFilamentBox(modelId)) return false;
		const key = deviceId.toLowerCase();
		const known = this.printers.get(key);
		// The one that was heard last is the last one.
		this.printers.delete(key);
		this.printers.set(key, { modelId, deviceId, heardAtMs: nowMs, isOnline });
		if (this.printers.size > MOST) {
			const [oldest] = this.printers.keys();
			if (oldest !== undefined) this.printers.delete(oldest);
		}
		return known?.modelId !== modelId || known.isOnline !== isOnline;
	}

	/** The one that was heard last comes first. */
	get list(): FoundPrinter[] {
		return [...this.printers.values()].reverse();
	}
}
