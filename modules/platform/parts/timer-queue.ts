// Timers of a clock that have not called back yet. When each of them is due is the clock's business.

export interface PendingTimer {
	dueAt: number;
	/** Of a timer that calls back again and again. */
	readonly intervalMs: number | undefined;
	readonly callback: () => void;
}

export class TimerQueue {
	/** In the order in which they were added, which is the order of those due at the same time. */
	private readonly timers = new Set<PendingTimer>();

	get size(): number {
		return this.timers.size;
	}

	/** The one that is due next. */
	get first(): PendingTimer | undefined {
		let first: PendingTimer | undefined;
		for (const timer of this.timers) if (first === undefined || timer.dueAt < first.dueAt) first = timer;
		return first;
	}

	/** What `Clock.after` starts. */
	after(now: number, delayMs: number, callback: () => void): PendingTimer {
		return this.add({ dueAt: now + Math.max(0, delayMs || 0), intervalMs: undefined, callback });
	}

	/** What `Clock.every` starts. */
	every(now: number, intervalMs: number, callback: () => void): PendingTimer {
		const step = Math.max(1, intervalMs || 0);
		return this.add({ dueAt: now + step, intervalMs: step, callback });
	}

	has(timer: PendingTimer): boolean {
		return this.timers.has(timer);
	}

	/** As the last one of those that are due at the same time. */
	add(timer: PendingTimer): PendingTimer {
		this.timers.add(timer);
		return timer;
	}

	delete(timer: PendingTimer): void {
		this.timers.delete(timer);
	}

	/** All that are due at that moment, in their order. */
	dueAt(now: number): PendingTimer[] {
		return [...this.timers].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
	}
}
