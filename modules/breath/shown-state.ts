// The state as it is shown: a new value for each change, and the listeners told once a tick what has changed.

import type { Log } from "../platform/log";
import type { BreathState } from "./breath-state";
import { changedKeys } from "./state-changes";

export type BreathListener = (changed: readonly (keyof BreathState)[]) => void;

export class ShownState {
	private readonly log: Log;
	private readonly listeners = new Set<BreathListener>();
	private state: BreathState;
	/** What the listeners know. */
	private told: BreathState;
	/** Nobody has been given it yet, so that it may be changed in place. */
	private isOwn = true;

	/** What is put before the first `show` or `tell` is put into this first state, and no listener is told of it. */
	constructor(first: BreathState, log: Log) {
		this.state = first;
		this.told = first;
		this.log = log;
	}

	/** For a look; to be given away by `show` only. */
	get current(): Readonly<BreathState> {
		return this.state;
	}

	/** A value: it does not change afterwards, and stays the same one as long as nothing changes. */
	show(): BreathState {
		this.isOwn = false;
		return this.state;
	}

	/** Copies the state before the first change to one that somebody may hold. */
	put<K extends keyof BreathState>(key: K, value: BreathState[K] | undefined): void {
		if (this.state[key] === value) return;
		if (!this.isOwn) {
			this.state = { ...this.state };
			this.isOwn = true;
		}
		if (value === undefined) delete (this.state as Partial<BreathState>)[key];
		else this.state[key] = value;
	}

	/** The returned function ends it. */
	onChange(listener: BreathListener): () => void {
		// One entry a call, so that a listener given twice is told twice and ended one by one.
		const entry: BreathListener = (changed) => listener(changed);
		this.listeners.add(entry);
		return () => void this.listeners.delete(entry);
	}

	/** Tells what has changed since the last time, if anything has. */
	tell(): void {
		this.isOwn = false;
		if (this.state === this.told) return;
		const changed = changedKeys(this.told, this.state);
		this.told = this.state;
		if (changed.length === 0) return;
		for (const listener of [...this.listeners]) {
			// Whoever was told before may have ended this one's listening, or all of it.
			if (!this.listeners.has(listener)) continue;
			try {
				listener(changed);
			} catch (error) {
				this.log.error(`breath: who was told of a change failed: ${describe(error)}`);
			}
		}
	}

	close(): void {
		this.listeners.clear();
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
