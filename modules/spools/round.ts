// Does one thing after the other as long as there is something to do, then waits until it is due.

import type { Clock, Timer } from "../platform/clock";

/** Time for others after so many in a row. */
const MOST_IN_A_ROW = 64;
const PAUSE_MS = 1_000;

export interface RoundOptions {
	clock: Clock;
	/** Does the next thing; resolves with ms until there is another one, 0 for at once. Never rejects. */
	next(): Promise<number>;
}

export class Round {
	private readonly options: RoundOptions;
	private timer: Timer | undefined;
	/** While something is being done. Never rejects. */
	private running: Promise<void> | undefined;
	private isWoken = false;
	private isClosed = false;

	constructor(options: RoundOptions) {
		this.options = options;
	}

	/** There may be something to do. */
	wake(): void {
		if (this.isClosed) return;
		this.isWoken = true;
		this.timer?.cancel();
		this.timer = undefined;
		this.running ??= this.run().finally(() => {
			this.running = undefined;
			if (this.isWoken) this.wake();
		});
	}

	/** Resolves when nothing is being done any more. May be called any number of times. */
	async close(): Promise<void> {
		this.isClosed = true;
		this.timer?.cancel();
		this.timer = undefined;
		await this.running;
	}

	private async run(): Promise<void> {
		let waitMs = PAUSE_MS;
		for (let done = 0; done < MOST_IN_A_ROW && !this.isClosed; done++) {
			this.isWoken = false;
			waitMs = await this.options.next();
			if (waitMs > 0) break;
			waitMs = PAUSE_MS;
		}
		if (this.isClosed || this.isWoken || waitMs === Number.POSITIVE_INFINITY) return;
		this.timer = this.options.clock.after(waitMs, () => {
			this.timer = undefined;
			this.wake();
		});
	}
}
