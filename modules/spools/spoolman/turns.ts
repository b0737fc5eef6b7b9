// Lets one thing happen at a time: what comes meanwhile waits for its turn.

import { SpoolmanError } from "./spoolman-error";

const MOST_WAITING = 64;

interface Waiting {
	start(): void;
	reject(error: SpoolmanError): void;
}

export class Turns {
	private waiting: Waiting[] = [];
	private isBusy = false;
	#isClosed = false;
	private readonly onIdle: (() => void)[] = [];

	get isClosed(): boolean {
		return this.#isClosed;
	}

	run<T>(work: () => Promise<T>): Promise<T> {
		if (this.#isClosed) return Promise.reject(closedError());
		if (this.waiting.length >= MOST_WAITING)
			return Promise.reject(
				new SpoolmanError("unavailable", "Too much waits for Spoolman already: try again in a moment."),
			);
		return new Promise((resolve, reject) => {
			const start = async (): Promise<void> => {
				try {
					resolve(await work());
				} catch (error) {
					reject(error);
				}
				this.isBusy = false;
				this.next();
			};
			this.waiting.push({ start: () => void start(), reject });
			this.next();
		});
	}

	/** Rejects what waits; resolves when what has its turn is over. */
	close(): Promise<void> {
		this.#isClosed = true;
		const waiting = this.waiting;
		this.waiting = [];
		for (const { reject } of waiting) reject(closedError());
		if (!this.isBusy) return Promise.resolve();
		return new Promise((resolve) => {
			this.onIdle.push(resolve);
		});
	}

	private next(): void {
		if (this.isBusy) return;
		const first = this.waiting.shift();
		if (first) {
			this.isBusy = true;
			first.start();
		} else for (const resolve of this.onIdle.splice(0)) resolve();
	}
}

function closedError(): SpoolmanError {
	return new SpoolmanError("unreachable", "The connection to Spoolman was given up before this was done.");
}
