// What the user of a connection is told, in the order in which it came and with a stack of its own.

import { throwLater } from "./callbacks";

/**
 * The part of TLS and of the SDK's parsers is deep, and so is what is done with a report: one must not stand on the
 * other. Not by a timer: the simulator on Linux loses one in 65,536.
 */
export class News {
	/** Waiting; `undefined` while nothing does. */
	private waiting: (() => void)[] | undefined;
	private isOver = false;

	/** Soon; never after `end`. */
	tell(callback: () => void): void {
		if (this.isOver) return;
		if (this.waiting !== undefined) {
			this.waiting.push(callback);
			return;
		}
		this.waiting = [callback];
		void Promise.resolve().then(() => this.deliver());
	}

	/** Nothing is told any more, not even what waits. May be called any number of times. */
	end(): void {
		this.isOver = true;
		this.waiting = undefined;
	}

	private deliver(): void {
		const news = this.waiting ?? [];
		this.waiting = undefined;
		for (const callback of news) {
			if (this.isOver) return;
			// As `callSafely` does, without its stack.
			try {
				callback();
			} catch (error) {
				throwLater(error);
			}
		}
	}
}
