// Holds the state of one printer and tells its listeners what changed. The only place where that state is written.

import type { PrinterState } from "./printer-state";
import { sameValue } from "./same-value";

export type PrinterStateKey = keyof PrinterState;
/** `undefined` takes a field away. */
export type PrinterStatePatch = { [K in PrinterStateKey]?: PrinterState[K] | undefined };
export type PrinterStateListener = (state: PrinterState, changed: readonly PrinterStateKey[]) => void;

export class PrinterStore {
	/** Replaced when it changes: whoever is being told may come and go meanwhile. */
	private listeners: readonly PrinterStateListener[] = [];
	#state: PrinterState;

	constructor(state: PrinterState) {
		this.#state = state;
	}

	/** Never changed in place: whoever holds it can compare it with a later one. */
	get state(): PrinterState {
		return this.#state;
	}

	/** Takes what differs from the present state; listeners are only called when something does. */
	update(patch: PrinterStatePatch): void {
		const before = this.#state;
		const keys = Object.keys(patch) as PrinterStateKey[];
		const changed = keys.filter((key) => !sameValue(before[key], patch[key]));
		if (changed.length === 0) return;
		const next: Record<string, unknown> = { ...before };
		changed.forEach((key) => {
			next[key] = patch[key];
			if (patch[key] === undefined) delete next[key];
		});
		this.#state = next as unknown as PrinterState;
		this.listeners.forEach((listener) => {
			listener(this.#state, changed);
		});
	}

	/** The returned function ends the calls. */
	onChange(listener: PrinterStateListener): () => void {
		this.listeners = [...this.listeners, listener];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== listener);
		};
	}
}
