// The one connection beside those that stay. Whoever needs one for a moment waits for the turn: memory for TLS is scarce.

/** More than these do not wait: whoever asks later is asked to come again. */
const MOST_WAITING = 4;

export class SpareLink {
	private last: Promise<unknown> = Promise.resolve();
	private count = 0;
	private closed = false;

	/** Nobody uses it and nobody waits for it. */
	get isFree(): boolean {
		return this.count === 0;
	}

	/**
	 * Runs the job when those before have ended, however they ended. `undefined`, and the job is not run, when too many
	 * wait or after `close`. Rejects with what the job rejects with.
	 */
	async run<T>(job: () => Promise<T>): Promise<T | undefined> {
		if (this.closed || this.count > MOST_WAITING) return undefined;
		this.count++;
		const turn = this.last.then(() => (this.closed ? undefined : job()));
		this.last = turn.catch(() => {});
		try {
			return await turn;
		} finally {
			this.count--;
		}
	}

	/** Whoever waits is sent away. May be called any number of times. */
	close(): void {
		this.closed = true;
	}
}
