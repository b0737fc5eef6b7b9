// The light of a screen that a simulator draws: remembered, and told to whoever draws it.

import type { DisplayPort } from "../display";

export class SimulatedDisplay implements DisplayPort {
	#brightness = 100;
	/** Replaced when one comes or goes. */
	private listeners: readonly ((percent: number) => void)[] = [];

	/** Percent. */
	get brightness(): number {
		return this.#brightness;
	}

	setBrightness(percent: number): void {
		if (Number.isNaN(percent)) return;
		const brightness = Math.max(0, Math.min(100, percent));
		if (brightness === this.#brightness) return;
		this.#brightness = brightness;
		for (const listener of this.listeners) listener(brightness);
	}

	/** Calls back when it changes; the returned function ends that. */
	onChange(listener: (percent: number) => void): () => void {
		const own = (percent: number): void => listener(percent);
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}
}
