// The state of the radio, and everybody who wants to know of it.

import type { WifiState } from "../wifi";

export interface WifiStateStoreOptions {
	/** Runs it; what it throws surfaces elsewhere, and is not thrown here. */
	callSafely(callback: () => void): void;
}

export class WifiStateStore {
	private readonly callSafely: (callback: () => void) => void;
	private readonly listeners = new Set<(state: WifiState) => void>();
	/** States that the listeners have not been told yet: they may change the state themselves. */
	private readonly untold: WifiState[] = [];
	#state: WifiState = { status: "off" };

	constructor({ callSafely }: WifiStateStoreOptions) {
		this.callSafely = callSafely;
	}

	get state(): WifiState {
		return this.#state;
	}

	set(state: WifiState): void {
		if (state.status === "off" && this.#state.status === "off") return;
		this.#state = state;
		this.untold.push(state);
		// A listener that changes the state is told in its turn, so that all of them hear the same order.
		if (this.untold.length > 1) return;
		for (let told = this.untold[0]; told !== undefined; told = this.untold[0]) {
			const now = told;
			for (const listener of [...this.listeners])
				if (this.listeners.has(listener)) this.callSafely(() => listener(now));
			this.untold.shift();
		}
	}

	onChange(listener: (state: WifiState) => void): () => void {
		// A wrapper, so that the same function may listen twice.
		const own = (state: WifiState): void => listener(state);
		this.listeners.add(own);
		return () => void this.listeners.delete(own);
	}
}
